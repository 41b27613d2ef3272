import { writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import type { Rule } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp } from "../verbs.ts"

export const cargo: Rule = ({ shell, args, input }) => {
  const [verb = "", ...words] = args.filter((arg) => !arg.startsWith("+"))
  const text = shown(["cargo", ...args].join(" "))
  for (const setting of parseOptions(args, { long: "--config" }).valuesOf("--config"))
    if (/runner|wrapper|linker|rustc|rustdoc|credential|registr|source|alias|\/|^[^=]*$/.test(setting))
      shell.report("obfuscated", `sets what cargo runs, or where it fetches: ${shown(setting)}`)
  if (/^(publish|yank|owner|login|logout)$/.test(verb))
    return args.includes("--dry-run")
      ? shell.report("project-script", text)
      : shell.report(/log/.test(verb) ? "credentials" : "publish", `publishes to others: ${text}`)
  if (verb === "install") {
    const root = parseOptions(words, { long: "--root --path --git --version" }).valuesOf("--root")
    if (words.some((word) => word === "--git" || word.startsWith("--git=")))
      return shell.report("code-from-network", `installs code from elsewhere: ${text}`)
    return shell.report(
      root.length > 0 || words.includes("--list") ? "install-project" : "install-system",
      `installs for the user: ${text}`,
    )
  }
  // What follows is for the compiler itself.
  if (/^rust(c|doc)$/.test(verb) && words.includes("--"))
    shell.runWords([verb, ...words.slice(words.indexOf("--") + 1)])
  if (verb === "vendor") for (const word of words) if (!word.startsWith("-")) writesFile(shell, word)
  if (verb === "uninstall") return shell.report("install-system", `removes what is installed: ${text}`)
  if (verb === "watch")
    for (const script of parseOptions(words, { short: "s", long: "--shell" }).valuesOf("-s", "--shell"))
      shell.runText(script, input)
  if (verb === "add" && words.includes("--git"))
    return shell.report("code-from-network", `takes code from elsewhere: ${text}`)
  if (/^(add|remove|rm|update|fetch|vendor|generate-lockfile|upgrade)$/.test(verb))
    return shell.report("install-project", `installs what the project needs: ${text}`)
  if (!cargoVerbs.test(verb)) return shell.report("unknown", `is a call that is not known: ${text}`)
  return shell.report("project-script", `builds or tests the project: ${text}`)
}

/** Subcommands of cargo and of the plugins that everybody uses. */
const cargoVerbs =
  /^(|b|build|c|check|t|test|r|run|bench|clean|clippy|d|doc|rustdoc|rustc|fmt|fix|tree|metadata|pkgid|locate-project|search|info|report|new|init|package|help|version|-\S*|--\S*|watch|nextest|expand|audit|deny|outdated|machete|udeps|llvm-cov|tarpaulin|hack|insta|make|xtask|sort|edit|geiger|bloat|flamegraph|criterion|miri|kani|fuzz|mutants|semver-checks|public-api|msrv|ndk|lambda|leptos|tauri|component|wasi|zigbuild|cross|chef|sqlx|readme|deb|about|license|modules|features|show-asm|asm|spellcheck|rdme|careful|shear|vet|crev|generate|profdata|objdump|size|nm|binutils|config|doc2readme|minimal-versions|all-features|workspaces|quickinstall|cache)$/

export const go: Rule = ({ shell, args }) => {
  const [verb = "", ...words] = args[0] === "-C" ? args.slice(2) : args
  const text = shown(["go", ...args].join(" "))
  for (const option of words) {
    if (
      /(^|[\s=])-(toolexec|extld|wrapper|B)\b/.test(option) &&
      /flags/.test(option + (words[words.indexOf(option) - 1] ?? ""))
    )
      shell.report("obfuscated", `has the compiler run something else: ${shown(option)}`)
    const match = /^--?(?:toolexec|exec|vettool)(?:=(.+))?$/.exec(option)
    if (match !== null) runsAside(shell, "go", match[1] ?? words[words.indexOf(option) + 1] ?? "")
  }
  if (verb === "install" && words.some((word) => word.includes("@")))
    return shell.report("install-system", `installs for the user: ${text}`)
  if (verb === "run" && words.some((word) => /\w@\w/.test(word) && !word.startsWith("-")))
    return shell.report("code-from-network", `fetches code and runs it: ${text}`)
  if (verb === "env" && words.includes("-w"))
    return shell.report("persistence", `sets an option for everything from now on: ${text}`)
  if (verb === "clean" && words.some((word) => /^--?(modcache|fuzzcache)$/.test(word)))
    return shell.report("delete-outside-workspace", `deletes what all projects share: ${text}`)
  if (verb === "mod" && words.some((word) => /=\w[\w.-]*\/\S+@/.test(word)))
    return shell.report("code-from-network", `takes code from elsewhere: ${text}`)
  if (/^(mod|work)$/.test(verb) && words.some((word) => /(^|=)(\/|~|\.\.\/\.\.)/.test(word)))
    return shell.report("unknown", `takes code from outside the workspace: ${text}`)
  if (/^(get|mod|work)$/.test(verb))
    return shell.report("install-project", `works with the project's packages: ${text}`)
  if (/^(version|env|list|doc|help|bug|fmt|vet|tool)$/.test(verb))
    return shell.report("project-script", `looks or checks: ${text}`)
  if (/^(build|test|run|generate|clean|fix|install|telemetry)$/.test(verb))
    return shell.report("project-script", `builds or tests the project: ${text}`)
  return shell.report(verb === "" ? "read" : "unknown", `is a call that is not known: ${text}`)
}

/** What a system's package manager is asked: looking is harmless, all else changes the machine. */
export const systemPackages: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "oct",
    long: "--option --config-file --target-release",
  })
  for (const option of valuesOf("-o", "--option")) {
    const command = /(?:Pre-Invoke|Post-Invoke|ProxyAutoDetect)[^=]*=(.*)$/i.exec(option)?.[1]
    if (command !== undefined) shell.runText(command.replace(/[{}"]/g, ""))
  }
  const [verb = ""] = rest
  const text = shown([name, ...args].join(" "))
  const looks =
    /^(list|search|show|info|policy|depends|rdepends|madison|files|provides|leaves|deps|desc|home|config|doctor|outdated|cat|log|changelog|showpkg|pkgnames|stats|repoquery|whatprovides|history|--prefix|formulae|casks|help|check|check-update|download|versions)$/.test(
      verb,
    ) ||
    (/^(dpkg|rpm|pacman|dpkg-query|apk)$/.test(name) &&
      args.some((arg) =>
        /^-(l|L|S|s|Q\w*|q\w*|Ss|Si|Qi|p|I|W)$|^--(list|search|status|query|listfiles|print-architecture|info)/.test(
          arg,
        ),
      )) ||
    args.some((arg) => /^(--help|--simulate|--dry-run|--print-architecture)$/.test(arg)) ||
    asksForHelp(args) ||
    (name.startsWith("apt") && args.includes("-s")) ||
    (name === "brew" && args[0] === "--prefix") ||
    args.length === 0
  shell.report(
    looks ? "read" : "install-system",
    `${looks ? "only looks" : "changes what is installed on the machine"}: ${text}`,
  )
}

export const uploader: Rule = ({ shell, args, name }) => {
  if (/^(check|--version|--help)$/.test(args[0] ?? "") || args.includes("--dry-run")) return
  shell.report("publish", `publishes to others: ${shown([name, ...args].join(" "))}`)
}

export const gem: Rule = ({ shell, args }) => {
  const [verb = ""] = args
  const text = shown(["gem", ...args].join(" "))
  if (/^(push|yank|owner|signin)$/.test(verb)) shell.report("publish", `publishes to others: ${text}`)
  else if (/^(install|uninstall|update|cleanup|sources)$/.test(verb))
    shell.report("install-system", `installs for the user: ${text}`)
  else if (
    /^(list|search|info|env|environment|which|contents|dependency|outdated|specification|stale|help|query|details|fetch|build|check|lock|unpack|rdoc|pristine|)$|^-/.test(
      verb,
    )
  )
    shell.report("read", `only looks: ${text}`)
  else shell.report("unknown", `is a call that is not known: ${text}`)
}

export const venv: Rule = ({ shell, args, name }) => {
  for (const folder of parseOptions(args, { short: "p", long: "--python --prompt" }).rest)
    writesFile(shell, folder)
  shell.report("workspace-write", `makes an environment for Python: ${shown([name, ...args].join(" "))}`)
}
