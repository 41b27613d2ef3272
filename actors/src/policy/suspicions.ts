import { list } from "./options.ts"
import { isLocal } from "./addresses.ts"
import type { Shell } from "./Shell.ts"
import { shown } from "./Verdict.ts"

/**
 * What no rule of a single program needs to say: subcommands that reach others or destroy, in whatever tool; options that
 * name programs; shells handed to tools that have no use for one.
 */

/** Subcommands, or parts of them such as in `hex.publish`, that reach others or destroy whatever the tool is. */
const graveWord =
  /^(publish\w*|unpublish|yank|unyank|upload\w*|deploy\w*|undeploy|redeploy|push|trunk-push|delete|destroy|purge|wipe|nuke|teardown|tear-down|promote|rollback|login|logout|signin|register|deregister|unregister|token|tokens|secret|secrets|credential|credentials|owner|release|drop|truncate|terminate|revoke|transfer|gh-deploy|uninstall|self-update|self-uninstall|prune|factory-reset|tunnel|share|expose|user-secrets|dev-certs|submit|sign|notarize|install-deps|prod)$/
/** With these words a grave one means something else: `flutter pub token list`, `helm push --dry-run`. */
const onlyTalks = /^(--dry-?run|-n|--check|--help|-h|--list|list|ls|status|show|--simulate|--what-if)$/i
/** Tools whose words are files, patterns of tests or text, and not subcommands. */
const noVerbs = new Set(
  list(`ctest jest vitest mocha ava tap pytest py.test rspec phpunit pest eslint prettier tsc ruff black isort flake8 pylint mypy stylelint
  gcc g++ cc c++ clang clang++ ld ar as strip objcopy javac rustc rustfmt gofmt ghc protoc pandoc convert magick dot gs
  cspell alex bats shfmt sass nodemon playwright-x typos codespell vale commitlint make gmake just task act php ruby perl
  python python3 node lua tsx ts-node golangci-lint staticcheck busted codecept behat cucumber dart-x`),
)

/** What follows these is a name that somebody chose. */
const makesOrTests =
  /^(generate|g|new|add|remove|install|require|i|test|t|bench|init|create|make:\w+|c|doc|explain|why|show|info)$/

/** The value of these is a name, not a subcommand. */
const takesName =
  /^(-[cCrRtpPen]|--(configuration|profile|mode|target|filter|env|environment|name|preset|scheme|package|example|bin|test|grep))$/

const shellInside =
  /^[-/]{1,2}(?:p|property):(?:Pre|Post)(?:Build|Link)Event=|^[-/]{1,2}(?:p|property):Custom(?:Before|After)|(?:^|[\s,;|='"({])(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh(?:$|,|\s+-\w*[ci]\b)|\\(?:immediate\s*)?write18|^\|\s*\S|^!\s*\S|^\+\S*!|^(macro|vnd\.sun\.star|msl|mvg|ephemeral|phar|expect|php|ext|fd|javascript|data):|-(javaagent|agentpath|agentlib):|-XX:On\w+Error|\b(system|popen|exec|execute|shell_exec)\s*\(\s*["'$]|^--?(enable-write18|shell-escape)$/

export interface Suspect {
  readonly name: string
  readonly args: ReadonlyArray<string>
}

/** Judges a call of a tool with subcommands: a grave word among the first three asks. */
export const suspectVerbs = (shell: Shell, { name, args }: Suspect): void => {
  if (args.some((arg) => /^(user-secrets|dev-certs)$/.test(arg)))
    shell.report("credentials", `handles secrets: ${shown([name, ...args].join(" "))}`)
  if (noVerbs.has(name) || args.some((arg) => onlyTalks.test(arg)) || makesOrTests.test(args[0] ?? "")) return
  // These publish and prune into a folder.
  if (`${name} ${args[0] ?? ""}` === "dotnet publish" || `${name} ${args[0] ?? ""}` === "turbo prune") return
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
    /^--?(upload|publish|deploy|push|prod)(-(?!dir|path|url)[a-z-]+)?$/.test(arg),
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

/** Judges addresses elsewhere, and shells that are handed over. */
export const suspectOptions = (shell: Shell, { name, args }: Suspect): void => {
  for (const [index, arg] of args.entries()) {
    if (arg === "--") break
    if (
      /^(https?|ftp|s3|gs|rmi|ldap|jdbc:\w+):\/\//i.test(arg) &&
      !isLocal(arg) &&
      !/^-(?!(jar|cp|classpath|i|-input|-classpath)$)/.test(args[index - 1] ?? "")
    )
      shell.report("network-egress", `has ${name} fetch or use what lies elsewhere: ${shown(arg)}`)
    if (shellInside.test(arg) && !/^(shellcheck|shfmt|bashate)$/.test(name))
      shell.report("inline-code", `hands a command to ${name}: ${shown(arg)}`)
  }
}

/** Names of files that say that running them reaches others or destroys. */
const graveScript =
  /^(deploy|undeploy|release|publish|destroy|wipe|nuke|purge|drop|teardown|tear-down|reset[-_]?(db|prod|all)|uninstall|rollback|promote|prod|(delete|drop|wipe|purge|clear|remove)[-_]?(all|users?|db|database|data|tables?|prod|everything)|exfil|payload|exploit|backdoor|evil|malware|pwn)([-_.]|$)/i

/** Judges a script of the project by its name. */
export const suspectScript = (shell: Shell, path: string): void => {
  const file = path.slice(path.lastIndexOf("/") + 1)
  if (graveScript.test(file) && !/dry|test|spec|check|local|preview|lint/i.test(file))
    shell.report("publish", `runs a script that by its name reaches others or destroys: ${shown(path)}`)
}

/**
 * A command that a program runs on the side is judged as any other; and it asks, whatever it is, unless it is a viewer or an
 * editor that everybody sets, or checks, builds, filters or packs.
 */
export const runsAside = (shell: Shell, how: string, text: string): void => {
  // What is only a wrapper is given the rest by the program: `go test -exec 'timeout 30'`.
  if (!onlyWraps.test(text.trim())) shell.runText(text)
  if (!usualAside.test(text.trim()) && !isWorkAside(text))
    shell.report("inline-code", `runs a command from within ${how}: ${shown(text)}`)
}

const wraps = String.raw`(?:[A-Z][A-Z_]*=[\w.,-]*|time(?:\s+-[pvl])?|nice(?:\s+-n\s*\d+)?|timeout(?:\s+-\S+)*\s+[\d.]+[smh]?|xvfb-run(?:\s+-a)?|valgrind(?:\s+-q)?|qemu-\w+|wine)`
const onlyWraps = new RegExp(String.raw`^${wraps}(?:\s+${wraps})*$`)
const works = new RegExp(
  String.raw`^(?:${wraps}\s+)*(?:make|gmake|ninja|just|cmake|ctest|cargo|go|gofmt|tox|nox|pytest|py\.test|npm|pnpm|yarn|bun|tsc|eslint|prettier|biome|jest|vitest|mocha|ruff|black|isort|flake8|mypy|pyright|gradle|gradlew|\./gradlew|mvn|mvnw|\./mvnw|dotnet|rspec|rubocop|rake|bundle|composer|phpunit|phpstan|mix|sbt|stack|cabal|zig|shellcheck|golangci-lint|pre-commit|sort|uniq|grep|egrep|rg|wc|head|tail|cut|tr|nl|cat|jq|column|fmt|gzip|pigz|bzip2|pbzip2|xz|zstd|lz4|brotli|md5sum|sha1sum|sha256sum|b2sum|git (?:diff|status|log|show|diff-tree))(?=\s|$)`,
)

/** Whether every part of a command checks, builds, filters or packs; what it writes is judged beside that. */
const isWorkAside = (text: string): boolean =>
  onlyWraps.test(text.trim()) ||
  (!/[`\n\u0000]|\$\(|[<>]\(/.test(text) &&
    text
      .replaceAll(/"[^"]*"|'[^']*'/g, "''")
      .split(/&&|\|\||[|;]/)
      .every((part) => works.test(part.trim())))

const usualAside =
  /^((command\s+)?(cat|less|more|most|bat|delta|diff-so-fancy|true|false|:|vi|vim|nvim|nano|emacs|code|subl|hx|micro|zed|idea|xdg-open|open|firefox|chromium|wslview|echo|none|ssh|zstd|zstdmt|pigz|gzip|pbzip2|bzip2|xz|pixz|lz4|brotli|unzstd)(\s+(-[^\s;&|<>()`$]*|--wait|cat|[\w.-]+))*|)$/
