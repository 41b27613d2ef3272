import { pathsOf, writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import { noOutput } from "../outputs.ts"
import { placeOf } from "../paths.ts"
import type { Programs, Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"
import { foreignRegistry, foreignSource, npm, npx, runsPackage, runsProjectScript } from "./npm.ts"
import { cargo, gem, go, systemPackages, uploader, venv } from "./toolchains.ts"

const pip: Rule = ({ shell, args, path, name }) => {
  const { rest, has, valuesOf } = parseOptions(args, {
    short: "rcitpe",
    long: "--requirement --constraint --index-url --extra-index-url --target --prefix --root --editable --python --find-links --trusted-host --proxy --cache-dir --log --no-binary --only-binary --platform --timeout --global-option --config-settings",
  })
  const [verb = "", ...words] = rest
  const text = shown([name, ...args].join(" "))
  foreignRegistry(shell, args)
  if (/^(list|freeze|show|check|search|help|debug|inspect|index|hash|cache|completion|tree|)$/.test(verb))
    return shell.report("read", `only looks: ${text}`)
  if (verb === "config")
    return shell.report(
      /^(get|list|debug)$/.test(words[0] ?? "") ? "read" : "persistence",
      `sets an option for everything from now on: ${text}`,
    )
  const foreign = [...words, ...valuesOf("-e", "--editable", "-r", "--requirement")].find(
    (word) => foreignSource.test(word) && !/^[./]/.test(word),
  )
  if (foreign !== undefined && /^(install|download|wheel)$/.test(verb))
    return shell.report("code-from-network", `installs code from elsewhere: ${shown(foreign)}`)
  if (has("--user", "--break-system-packages", "--system", "--target", "-t", "--prefix", "--root")) {
    const inside = valuesOf("--target", "-t", "--prefix").some((folder) =>
      pathsOf(shell, folder).every((at) => placeOf(at, shell.context) === "workspace"),
    )
    if (!inside) return shell.report("install-system", `installs for the whole machine: ${text}`)
  }
  const inVenv = /env\b.*\/bin\//.test(path) || shell.scope.variables.has("VIRTUAL_ENV")
  if (
    words.some(
      (word) =>
        /^[/~]/.test(word) &&
        pathsOf(shell, word).some(
          (at) => placeOf(at, shell.context) !== "workspace" && at !== shell.context.workspace,
        ),
    )
  )
    return shell.report("unknown", `installs what lies outside the workspace: ${text}`)
  if (verb === "download" || verb === "wheel") {
    for (const folder of parseOptions(args, { short: "dw", long: "--dest --wheel-dir" }).valuesOf(
      "-d",
      "--dest",
      "-w",
      "--wheel-dir",
    ))
      writesFile(shell, folder)
  }
  const fromProject =
    has("-r", "--requirement", "-e", "--editable") ||
    words.some((word) => /^\.{0,2}\/|^\.(\[.*\])?$/.test(word))
  const tools =
    words.length > 0 && words.every((word) => /^(pip|setuptools|wheel|build)([=<>~!].*)?$/.test(word))
  if (verb === "uninstall" && !inVenv)
    return shell.report("install-system", `removes packages of the whole machine: ${text}`)
  if (inVenv || fromProject || tools || name === "uv")
    return shell.report("install-project", `installs what the project needs: ${text}`)
  return shell.report("install-system", `installs packages, perhaps for the whole machine: ${text}`)
}

/** Tools that keep a project's environment: `uv`, `poetry`, `pipenv`, `pdm`, `hatch`, `rye`, `conda`. */
const projectTool: Rule = (call) => {
  const { shell, args, name, input } = call
  const { rest, valuesOf } = parseOptions(args, {
    short: "nCp",
    long: "--project --directory --python --with --from --group --extra --name --prefix --env-file --index-url --with-requirements --package",
    first: true,
  })
  const [verb = "", ...words] = rest
  const text = shown([name, ...args].join(" "))
  foreignRegistry(shell, args)
  if (args.includes("--system") || args.includes("--break-system-packages"))
    shell.report("install-system", `installs for the whole machine: ${text}`)
  for (const folder of valuesOf("--project", "--directory", "-C"))
    for (const path of pathsOf(shell, folder))
      if (["outside", "temporary"].includes(placeOf(path, shell.context)))
        shell.report("unknown", `works on a project outside the workspace: ${shown(path)}`)
  for (const file of parseOptions(words, { short: "o", long: "--output-file" }).valuesOf(
    "-o",
    "--output-file",
  ))
    if (/[/~]/.test(file)) writesFile(shell, file)
  if (verb === "run-script") return runsProjectScript(shell, name, words[0] ?? "")
  if (verb === "run" || (name === "bundle" && verb === "exec")) {
    const inner = parseOptions(words, {
      short: "nep",
      long: "--with --extra --group --python --env-file --name --prefix --package --directory --project --with-requirements --env",
      first: true,
    })
    const [module] = parseOptions(words, { short: "m", first: true }).valuesOf("-m")
    if (module !== undefined) return shell.runWords(["python", ...words], input)
    const command = inner.rest
    if (command.length === 0) return
    if ((command[0] ?? "").endsWith(".py")) return shell.runWords(["python", ...command], input)
    if (name === "hatch" || name === "pdm" || name === "rye") {
      const known = /^[\w-]+(:[\w-]+)?$/.test(command[0] ?? "") && command.length === 1
      if (known) return runsProjectScript(shell, `${name} run`, command[0] ?? "")
    }
    return shell.runWords(command, input)
  }
  if (name === "uv" && verb === "pip") return pip({ ...call, args: words })
  if (name === "uv" && verb === "tool") {
    if (words[0] === "run") return runsPackage(call, words.slice(1), input)
    return shell.report(
      words[0] === "list" ? "read" : "install-system",
      `installs tools for the user: ${text}`,
    )
  }
  if (/^(publish|push)$/.test(verb)) return shell.report("publish", `publishes to others: ${text}`)
  if (verb === "python" && /^(install|uninstall|upgrade|update-shell)$/.test(words[0] ?? ""))
    return shell.report("install-system", `installs for the user: ${text}`)
  if (/^(config|self|source)$/.test(verb) && words.length > 0 && !words.includes("--list"))
    return shell.report("persistence", `sets an option for everything from now on: ${text}`)
  if (
    /^(show|tree|list|why|why-not|depends|prohibits|browse|check|version|env|info|search|about|graph|help|where|outdated|licenses|status|completions?|python|cache|platform|viz|open|doctor|dump-autoload|dumpautoload|validate|diagnose|suggests|fund|)$/.test(
      verb,
    )
  )
    return shell.report("read", `only looks: ${text}`)
  if (words.some((word) => foreignSource.test(word)) || valuesOf("--git").length > 0)
    return shell.report("code-from-network", `installs code from elsewhere: ${text}`)
  if (
    /^(add|install|require|sync|lock|update|upgrade|remove|uninstall|init|new|build|venv|export|create|shell|activate|deactivate|clean|dedupe|package|binstubs|config|audit|fmt|format|lint|test|dep|fix|type-check|env|use|pin|unlock|import)$/.test(
      verb,
    )
  )
    return shell.report("install-project", `works with the project's packages: ${text}`)
  return shell.report("unknown", `is a call that is not known: ${text}`)
}

export const packages: Programs = {
  ...forNames("npm pnpm yarn bun cnpm", npm),
  ...forNames("npx bunx pnpx uvx pipx-run", npx),
  ...forNames("pip pip3 pip-sync", pip),
  ...forNames("uv poetry pipenv pdm hatch rye pixi bundle bundler composer", projectTool),
  ...forNames("conda mamba micromamba", (call) => {
    if (call.args[0] === "run") return projectTool(call)
    if (
      call.args[0] === "config" &&
      call.args.some((arg) => /^--(set|add|append|prepend|remove|remove-key)$/.test(arg))
    )
      return call.shell.report(
        "persistence",
        `sets an option for everything from now on: ${shown(call.args.join(" "))}`,
      )
    if (
      /^(install|update|remove|create|config|clean|uninstall|env)$/.test(call.args[0] ?? "") &&
      !/^(list|export)$/.test(call.args[1] ?? "")
    )
      return systemPackages(call)
    if (
      !/^(list|info|search|env|activate|deactivate|shell|init|--\w+|-V|compare|notices|doctor|)$/.test(
        call.args[0] ?? "",
      )
    )
      call.shell.report(
        "unknown",
        `is a call that is not known: ${shown([call.name, ...call.args].join(" "))}`,
      )
    return undefined
  }),
  pipx: (call) => {
    if (call.args[0] === "run") return npx({ ...call, args: call.args.slice(1) })
    call.shell.report(
      /^(list|environment)$/.test(call.args[0] ?? "") ? "read" : "install-system",
      `installs for the user: ${shown(["pipx", ...call.args].join(" "))}`,
    )
    return undefined
  },
  cargo,
  ...forNames(
    "cargo-binstall easy_install cpan cpanm cabal-install luarocks opam-install nimble-install",
    ({ shell, args, name }) =>
      shell.report("install-system", `installs for the user: ${shown([name, ...args].join(" "))}`),
  ),
  go,
  gem,
  ...forNames(
    "apt apt-get aptitude dnf yum zypper pacman yay paru apk brew port snap flatpak emerge nix-env nix-channel pkg pkg_add choco winget scoop dpkg rpm guix xbps-install eopkg swupd tdnf microdnf apt-key add-apt-repository dpkg-reconfigure update-alternatives gdebi alien installer softwareupdate",
    systemPackages,
  ),
  ...forNames("apt-cache apt-mark-x dpkg-query apt-file apt-config", () => undefined),
  ...forNames(
    "twine flit-publish semantic-release np release-it lerna-publish vsce ovsx ghr goreleaser cargo-release changeset-publish",
    uploader,
  ),
  ...forNames("venv virtualenv", venv),
  ...forNames(
    "nvm fnm volta n pyenv rbenv nodenv goenv jenv tfenv sdk rustup asdf corepack ghcup juliaup",
    ({ shell, args, name }) => {
      const [verb = ""] = args
      const looks =
        /^(ls|list|current|version|versions|which|show|use|--version|local|shell|ls-remote|list-remote|init|exec|run|where|env|alias|toolchain-list|hook|activate|pin|completions|target-list|component-list|)$/.test(
          verb,
        ) ||
        (/^(toolchain|target|component)$/.test(verb) && args[1] === "list")
      if (name === "corepack" && /^(npm|pnpm|yarn)$/.test(verb)) shell.runWords(args)
      else if (verb === "exec" || verb === "run") shell.runWords(args.slice(name === "rustup" ? 2 : 1))
      else
        shell.report(
          looks
            ? "read"
            : name === "rustup" && /^(component|target)$/.test(verb)
              ? "install-project"
              : "install-system",
          `${looks ? "chooses a version" : "installs for the user"}: ${shown([name, ...args].join(" "))}`,
        )
      if (verb === "init" || verb === "env" || verb === "hook" || verb === "activate") return noOutput
      return undefined
    },
  ),
}
