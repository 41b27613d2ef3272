import { pathsOf } from "./files.ts"
import { list } from "./options.ts"
import { isLocal } from "./addresses.ts"
import { UNKNOWN, placeOf } from "./paths.ts"
import type { Shell } from "./Shell.ts"
import { shown } from "./Verdict.ts"

/**
 * What no rule of a single program needs to say: subcommands that reach others or destroy, in whatever tool; options that
 * name programs; shells handed to tools that have no use for one.
 */

/** Subcommands, or parts of them such as in `hex.publish`, that reach others or destroy whatever the tool is. */
const graveWord =
  /^(publish\w*|unpublish|yank|unyank|upload\w*|deploy\w*|undeploy|redeploy|push|trunk-push|delete|destroy|purge|wipe|nuke|teardown|tear-down|promote|rollback|login|logout|signin|register|deregister|unregister|token|tokens|secret|secrets|credential|credentials|owner|release|drop|truncate|terminate|revoke|transfer|gh-deploy|uninstall|self-update|self-uninstall|prune|factory-reset|tunnel|share|expose|user-secrets|dev-certs|submit|install-deps|prod)$/
/** With these words a grave one means something else: `flutter pub token list`, `helm push --dry-run`. */
const onlyTalks = /^(--dry-?run|-n|--check|--help|-h|--list|list|ls|status|show|--simulate|--what-if)$/i
/** Tools whose words are files, patterns of tests or text, and not subcommands. */
const noVerbs = new Set(
  list(`ctest jest vitest mocha ava tap pytest py.test rspec phpunit pest eslint prettier tsc ruff black isort flake8 pylint mypy stylelint
  gcc g++ cc c++ clang clang++ ld ar as strip objcopy javac rustc rustfmt gofmt ghc protoc pandoc convert magick dot gs
  cspell alex bats shfmt sass nodemon playwright-x typos codespell vale commitlint make gmake just task php ruby perl
  python python3 node lua tsx ts-node golangci-lint staticcheck busted codecept behat cucumber dart-x`),
)

/** What follows these is a name that somebody chose. */
const makesOrTests =
  /^(generate|g|new|add|remove|install|require|i|test|t|bench|init|create|make:\w+|c|doc|explain|why|show|info)$/

/** The value of these is a name, not a subcommand. */
const takesName =
  /^(-[cCrRtpPen]|--(configuration|profile|mode|target|filter|env|environment|name|preset|scheme|package|example|bin|test|grep))$/

/** Options whose value is a program or a command, in any tool that otherwise only builds, checks or reads. */
const namesProgram =
  /^--?(?:[a-z]+-)*(exec|execute|toolexec|command|cmd|wrapper|launcher|pager|editor|rsh|hook|preprocessor|post-renderer|compress-program|to-command|extcmd|askpass|proxy-command|info-script|debugger-command|trace-children-cmd|vettool|gdb|on-success|on-failure|on-change)(?:=([\s\S]*))?$/i
const loadsLibrary =
  /^--?(?:[a-z]+-)*(plugin|plugin-dir|load|load-extension|library|preload|agentpath|javaagent|engine|init-file|rcfile|lesskey|lesskey-src|config-file)(?:[=:]([\s\S]*))?$/i
/** Options by which a tool is told where its own rules stand. */
const takesRules =
  /^(--?(manifest-path|init-script|config|config-file|settings|project|project-dir|project-directory|build-file|gradle-user-home|rootdir|root|rulesdir|rules-dir|script|stylish|require|import|resolve-plugins-relative-to|global-settings)|-I|-b|-p|-r|-c|-s)$/
const shellInside =
  /(?:^|[\s,;|='"({])(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh(?:$|,|\s+-\w*[ci]\b)|\\(?:immediate\s*)?write18|^\|\s*\S|^!\s*\S|^\+\S*!|^--?(enable-write18|shell-escape)$/

export interface Suspect {
  readonly name: string
  readonly args: ReadonlyArray<string>
}

/** Judges a call of a tool with subcommands: a grave word among the first three asks. */
export const suspectVerbs = (shell: Shell, { name, args }: Suspect): void => {
  if (args.some((arg) => /^(user-secrets|dev-certs)$/.test(arg)))
    shell.report("credentials", `handles secrets: ${shown([name, ...args].join(" "))}`)
  if (noVerbs.has(name) || args.some((arg) => onlyTalks.test(arg)) || makesOrTests.test(args[0] ?? "")) return
  // dotnet publishes into a folder.
  if (name === "dotnet" && args[0] === "publish") return
  const words = args
    .filter((arg, index) => !arg.startsWith("-") && !takesName.test(args[index - 1] ?? ""))
    .slice(0, 3)
  const grave = words.find(
    (word) =>
      !/\s|^[^/]+\//.test(word) &&
      word
        .replace(/^\/\//, "")
        .replace(/([a-z])([A-Z])/g, (_, low: string, high: string) => `${low}:${high.toLowerCase()}`)
        .split(/[.:/]/)
        .some((part, index) => index < 3 && graveWord.test(part)),
  )
  const flag = args.find((arg) =>
    /^--?(upload|publish|deploy|push|prod|production)(-(?!dir|path|url)[a-z-]+)?$/.test(arg),
  )
  if (
    grave !== undefined ||
    flag !== undefined ||
    (name === "ollama" && /^(rm|push|cp)$/.test(words[0] ?? ""))
  )
    shell.report(
      "publish",
      `may reach others or destroy (${grave ?? flag ?? words[0] ?? ""}): ${shown([name, ...args].join(" "))}`,
    )
}

/** Judges options that name programs or libraries, and shells that are handed over. */
export const suspectOptions = (shell: Shell, { name, args }: Suspect): void => {
  for (const [index, arg] of args.entries()) {
    if (arg === "--") break
    const program = name === "nodemon" ? null : namesProgram.exec(arg)
    if (program !== null) {
      const value = program[2] ?? args[index + 1] ?? ""
      if (value !== "" && !value.startsWith("-")) shell.runText(value)
    }
    const library = loadsLibrary.exec(arg)
    if (library !== null) {
      const value = library[2] ?? args[index + 1] ?? ""
      if (/^[/~]/.test(value) || value.includes(UNKNOWN) || value.startsWith("../"))
        for (const path of pathsOf(shell, value.split("=")[0] ?? value))
          if (
            !["workspace", "sink"].includes(placeOf(path, shell.context)) &&
            !/^\/(usr|opt|lib)\//.test(path)
          )
            shell.report("obfuscated", `has ${name} load what lies outside the workspace: ${shown(value)}`)
    }
    if (
      /^(https?|ftp|s3|gs|rmi|ldap|jdbc:\w+):\/\//i.test(arg) &&
      !isLocal(arg) &&
      !/^-(?!(jar|cp|classpath|i|-input|-classpath)$)/.test(args[index - 1] ?? "")
    )
      shell.report("network-egress", `has ${name} fetch or use what lies elsewhere: ${shown(arg)}`)
    if (/^--enable-(exec|alpha-plugins|helm-hooks)/.test(arg))
      shell.report("inline-code", `lets ${name} run programs: ${shown(arg)}`)
    if (takesRules.test(arg.split("=")[0] ?? arg) && !noVerbs.has(name)) {
      const value = arg.includes("=") ? arg.slice(arg.indexOf("=") + 1) : (args[index + 1] ?? "")
      if (/^(\/|~|\.\.\/\.\.)/.test(value))
        for (const path of pathsOf(shell, value))
          if (
            ["outside", "temporary", "unknown"].includes(placeOf(path, shell.context)) &&
            !/^\/(usr|opt)\//.test(path)
          )
            shell.report(
              "unknown",
              `takes what it runs from outside the workspace: ${shown(arg)} ${shown(value)}`,
            )
    }
    if (shellInside.test(arg)) shell.report("inline-code", `hands a command to ${name}: ${shown(arg)}`)
  }
}

/** Names of files that say that running them reaches others or destroys. */
const graveScript =
  /^(deploy|undeploy|release|publish|destroy|wipe|nuke|purge|drop|teardown|tear-down|reset[-_]?(db|prod|all)|uninstall|rollback|promote|prod|exfil|payload|exploit|backdoor|evil|malware|pwn)([-_.]|$)/i

/** Judges a script of the project by its name. */
export const suspectScript = (shell: Shell, path: string): void => {
  const file = path.slice(path.lastIndexOf("/") + 1)
  if (graveScript.test(file) && !/dry|test|spec|check|local|preview|lint/i.test(file))
    shell.report("publish", `runs a script that by its name reaches others or destroys: ${shown(path)}`)
}

/** A command that a program runs on the side is asked about whatever it is; only what everybody sets is not. */
export const runsAside = (shell: Shell, how: string, text: string): void => {
  shell.runText(text)
  if (!usualAside.test(text.trim()))
    shell.report("inline-code", `runs a command from within ${how}: ${shown(text)}`)
}

const usualAside =
  /^((command\s+)?(cat|less|more|most|bat|delta|diff-so-fancy|true|false|:|vi|vim|nvim|nano|emacs|code|subl|hx|micro|zed|idea|xdg-open|open|firefox|chromium|wslview|echo|none|ssh|zstd|zstdmt|pigz|gzip|pbzip2|bzip2|xz|pixz|lz4|brotli|unzstd)(\s+(-\S+|--wait|cat|[\w.-]+))*|)$/
