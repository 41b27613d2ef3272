import { isSome, writesFile } from "../files.ts"
import { runsAside } from "../suspicions.ts"
import { list, parseOptions } from "../options.ts"
import { manyLines, unknownOutput } from "../outputs.ts"
import { SOME, UNKNOWN } from "../paths.ts"
import type { Call, Output, Programs, Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { judgeVariable } from "../variables.ts"
import { forNames } from "../verbs.ts"
import { runsProjectScript } from "./npm.ts"
import { givenOptions } from "./ordinary.ts"

/** Runs the rest of its words: how many words of its own come first, and which options take a value. */
interface Wrapper {
  readonly short?: string
  readonly long?: string
  readonly own?: number
  /** A subcommand without which nothing is run. */
  readonly verb?: string
}

const wrapper =
  ({ short, long, own = 0, verb }: Wrapper): Rule =>
  ({ shell, args, input, name }) => {
    const grammar = grammarOf(verb === undefined ? name : `${name} ${args[0] ?? ""}`, short, long)
    let { rest } = parseOptions(args, grammar)
    if (verb !== undefined) {
      if (!list(verb).includes(rest[0] ?? "")) {
        if (rest.length > 0) shell.report("unknown", `is a call of ${name} that is not known`)
        return
      }
      rest = parseOptions(rest.slice(1), grammar).rest
    }
    // `setarch` may leave out its own word.
    const words = rest.slice(name === "setarch" && rest[0]?.includes("/") ? 0 : own)
    return words.length === 0 ? undefined : shell.runWords(words, input)
  }

/** Which options take the next word: those of the table of ordinary options, and those named here. */
const grammarOf = (
  call: string,
  short = "",
  long = "",
): { readonly short: string; readonly long: string; readonly first: true } => {
  const given = givenOptions(call)
  return { short: short + given.short, long: `${long} ${given.long}`, first: true }
}

const env: Rule = (call) => {
  const { shell, args, input } = call
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "uCS",
    long: "--unset --chdir --split-string --block-signal",
    first: true,
  })
  const split = valuesOf("-S", "--split-string")
  const words = [...rest]
  while (/^[A-Za-z_]\w*=/.test(words[0] ?? "")) {
    const word = words.shift() ?? ""
    const equals = word.indexOf("=")
    const [name, value] = [word.slice(0, equals), word.slice(equals + 1)]
    judgeVariable(shell, name, value)
    shell.scope.variables.set(name, [[value]])
  }
  for (const folder of valuesOf("-C", "--chdir")) shell.runWords(["cd", folder])
  if (split.length > 0) return shell.runText([...split, ...words].join(" "), input)
  if (words.length > 0) return shell.runWords(words, input)
  return has("--version", "--help") ? undefined : dumpsEnvironment(call)
}

/** Into a pipe, it depends on what filters it. */
const dumpsEnvironment = ({ shell, piped, toFile }: Call): Output => {
  if (!piped || toFile) shell.report("credentials", "shows the whole environment, with the secrets in it")
  return { ...unknownOutput, environment: piped && !toFile }
}

const printenv: Rule = (call) => {
  const names = call.args.filter((arg) => !arg.startsWith("-"))
  if (names.length === 0) return dumpsEnvironment(call)
  for (const name of names)
    if (
      !/^(PATH|HOME|USER|SHELL|LANG|LC_\w+|PWD|TERM|NODE_ENV|CI|TZ|EDITOR|GOPATH|JAVA_HOME|VIRTUAL_ENV|DEBUG|PORT|HOSTNAME|TMPDIR|DISPLAY)$/.test(
        name,
      ) &&
      /KEY|TOKEN|SECRET|PASS|CRED|AUTH|URL|DSN|\u0000/i.test(name)
    )
      call.shell.report("credentials", `shows the secret in $${name}`)
  return
}

const xargs: Rule = ({ shell, args, input }) => {
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "IEdLnPsa",
    long: "--max-args --max-procs --max-lines --replace --delimiter --arg-file --max-chars --eof",
    first: true,
  })
  const mark = valuesOf("-I")[0] ?? valuesOf("--replace")[0] ?? (has("-i", "--replace") ? "{}" : undefined)
  const command = rest.length === 0 ? ["echo"] : rest
  const text = has("-a", "--arg-file") ? UNKNOWN : (input?.text ?? UNKNOWN)
  const lines = wordsOf(text, mark !== undefined)
  if (text.split("\n").length > manyLines && (valuesOf("-P", "--max-procs")[0] ?? "").startsWith("0"))
    shell.report("resource", `starts thousands of programs at once: ${shown(command.join(" "))}`)
  // The input was read for the words: what is run has none of it.
  if (mark === undefined) return shell.runWords([...command, ...lines], unknownOutput)
  if (lines.length === 0) return shell.runWords(command, unknownOutput)
  let output: Output | undefined
  for (const line of lines.slice(0, 64)) {
    output = shell.runWords(
      command.map((word) => word.replaceAll(mark, () => line)),
      unknownOutput,
    )
  }
  return lines.length > 64 ? shell.runWords(command.map((word) => word.replaceAll(mark, UNKNOWN))) : output
}

/** The words that a program gets for what is piped into `xargs`. */
const wordsOf = (text: string, byLine: boolean): ReadonlyArray<string> => {
  const words = text.split(byLine ? /\n/ : /\s+/).filter((word) => word !== "")
  if (words.length > 1_000) return [UNKNOWN]
  return words.length === 0
    ? []
    : words.map((word) => (word === SOME || !isSome(word) ? unquote(word) : word))
}

const unquote = (word: string): string => word.replace(/^(["'])(.*)\1$/, "$2")

const parallel: Rule = ({ shell, args, input }) => {
  const { rest } = parseOptions(args, grammarOf("parallel", "jISnNLsaCD", "--workdir --sshlogin"))
  if (args.some((arg) => /^(-S|--sshlogin)/.test(arg)))
    shell.report("network-egress", "runs commands on other machines (parallel)")
  const marks = rest.findIndex((word) => /^:{3,4}\+?$/.test(word))
  const command = marks < 0 ? rest : rest.slice(0, marks)
  const given =
    marks < 0
      ? (input?.text ?? UNKNOWN).split("\n").filter((line) => line !== "")
      : rest.slice(marks + 1).filter((word) => !/^:{3,4}\+?$/.test(word))
  // With no command of its own it runs the lines that it is given.
  if (command.length === 0) return shell.runText(given.join("\n"))
  for (const value of given.slice(0, 64)) {
    const text = command.join(" ")
    const filled = /\{[./]*\}/.test(text) ? text.replaceAll(/\{[./]*\}/g, () => value) : `${text} ${value}`
    shell.runText(filled.replaceAll(SOME, "__some__"), input)
  }
  return
}

/** `watch cmd`: a line for a shell, or words with -x. */
const watch: Rule = ({ shell, args, input }) => {
  const { rest, has } = parseOptions(args, { short: "nq", long: "--interval --equexit", first: true })
  if (rest.length === 0) return undefined
  return has("-x", "--exec") ? shell.runWords(rest, input) : shell.runText(rest.join(" "), input)
}

/** `script -c 'cmd' file`, `flock file -c 'cmd'`, `su -c` and their like are found by their `-c`. */
const script: Rule = ({ shell, args }) => {
  const { valuesOf } = parseOptions(args, { short: "cmoEtT", long: "--command" })
  for (const text of valuesOf("-c", "--command")) shell.runText(text)
  if (valuesOf("-c", "--command").length === 0)
    shell.report("unknown", "starts a shell that is recorded (script)")
}

const flock: Rule = ({ shell, args }) => {
  const { rest } = parseOptions(args, {
    short: "wE",
    long: "--timeout --wait --conflict-exit-code",
    first: true,
  })
  const words = rest.slice(1)
  if (words[0] === "-c" || words[0] === "--command") return shell.runText(words[1] ?? "")
  return words.length === 0 ? undefined : shell.runWords(words)
}

const manyCommands: Rule = ({ shell, args }) => {
  const { rest } = parseOptions(args, {
    short: "ncpsl",
    long: "--names --prefix --prefix-colors --success --max-processes --handle-input --restart-tries --default-input-target",
  })
  for (const word of rest)
    shell.runText(/^(npm|yarn|pnpm|bun):/.test(word) ? `npm run ${word.split(":").slice(1).join(":")}` : word)
}

const crossEnv: Rule = (call) => env(call)

const find = (name: string): Wrapper => known[name] ?? {}

const known: Readonly<Record<string, Wrapper>> = {
  nohup: {},
  time: { short: "fo", long: "--format --output" },
  nice: { short: "n", long: "--adjustment" },
  ionice: { short: "cnpPu", long: "--class --classdata" },
  timeout: { short: "ks", long: "--kill-after --signal", own: 1 },
  gtimeout: { short: "ks", long: "--kill-after --signal", own: 1 },
  stdbuf: { short: "ioe", long: "--input --output --error" },
  setsid: {},
  unbuffer: {},
  chrt: { short: "TPD", own: 1 },
  taskset: { short: "", own: 1 },
  catchsegv: {},
  caffeinate: { short: "tw" },
  faketime: { short: "f", own: 1 },
  "xvfb-run": { short: "nswefpl", long: "--server-args --server-num --auth-file --error-file" },
  "dbus-run-session": { long: "--config-file" },
  busybox: {},
  toybox: {},
  doas: {},
  winpty: {},
  prlimit: { long: "--nproc --nofile --as --pid" },
  setarch: { own: 1 },
  strace: { short: "eopPsuabEISX" },
  ltrace: { short: "eopsunaAF" },
  perf: { verb: "stat record", short: "eorF" },
  valgrind: {},
  hyperfine: {},
  dotenv: { short: "efvc" },
  dotenvx: { verb: "run", short: "f" },
  chronic: {},
  ts: {},
  sem: { short: "j", long: "--id --jobs" },
  op: { verb: "run", long: "--env-file" },
  rtk: {},
  direnv: { verb: "exec", own: 1 },
  mise: { verb: "exec x" },
  "env-cmd": { short: "fer" },
  arch: {},
  command_not: {},
}

/** Programs that run others, which are judged in their place. */
/** `strace cmd`; with -p it looks into what runs already. */
const tracer: Rule = (call) => {
  if (call.args.some((arg) => arg.startsWith("-p") || arg.startsWith("--attach")))
    call.shell.report("privilege", `looks into a running process: ${call.name}`)
  for (const file of parseOptions(call.args, { short: "eopPsuabEISXnAF", first: true }).valuesOf("-o"))
    if (/^[|!]/.test(file)) runsAside(call.shell, call.name, file.slice(1))
    else writesFile(call.shell, file)
  return wrapper(find(call.name))(call)
}

export const wrappers: Programs = {
  ...Object.fromEntries(
    list(
      "nohup time nice ionice timeout gtimeout stdbuf setsid unbuffer chrt taskset catchsegv caffeinate faketime xvfb-run dbus-run-session busybox toybox winpty ccache sccache distcc emmake emcmake prlimit setarch strace ltrace valgrind dotenv dotenvx env-cmd chronic sem rtk arch fakeroot linux32 linux64",
    ).map((name) => [name, wrapper(find(name))]),
  ),
  ...forNames("strace ltrace", tracer),
  env,
  printenv,
  xargs,
  parallel,
  ...forNames("cross-env", crossEnv),
  watch,
  ...forNames("hyperfine", ({ shell, args }) => {
    const { rest } = parseOptions(args, {
      short: "wrmMnpcLPDs",
      long: "--warmup --runs --min-runs --max-runs --prepare --export-json --export-markdown --shell --command-name",
    })
    for (const text of rest) shell.runText(text)
  }),
  ...forNames("entr", ({ shell, args }) => {
    const { rest, has } = parseOptions(args, { first: true })
    if (rest.length === 0) return undefined
    return has("-s") ? shell.runText(rest.join(" ")) : shell.runWords(rest)
  }),
  ...forNames("watchexec cargo-watch", ({ shell, args }) => {
    const { rest, valuesOf } = parseOptions(args, {
      short: "ewxsidf",
      long: "--exts --watch --ignore --shell",
      first: true,
    })
    for (const text of valuesOf("-s", "--shell")) shell.runText(text)
    if (rest.length > 0) shell.runWords(rest)
  }),
  perf: ({ shell, args }) => {
    const [verb = "", ...more] = args
    if (!["stat", "record", "trace"].includes(verb)) return
    const { rest } = parseOptions(more, { short: "eorFp", first: true })
    if (rest.length > 0) shell.runWords(rest)
  },
  script,
  flock,
  ...forNames("concurrently", manyCommands),
  ...forNames("npm-run-all run-p run-s", ({ shell, args }) => {
    for (const script of args) if (!script.startsWith("-")) runsProjectScript(shell, "npm run", script)
  }),
  onchange: ({ shell, args, input }) =>
    args.includes("--") ? shell.runWords(args.slice(args.indexOf("--") + 1), input) : undefined,
  direnv: ({ shell, args }) => {
    if (args[0] === "exec") shell.runWords(args.slice(2))
    else if (args[0] === "allow")
      shell.report("persistence", "lets a file set the environment from now on (direnv allow)")
  },
  mise: ({ shell, args }) => {
    if (args[0] === "exec" || args[0] === "x") {
      const from = args.indexOf("--")
      if (from > 0) shell.runWords(args.slice(from + 1))
    } else if (args[0] === "run" || args[0] === "r")
      shell.report("project-script", "runs a task of the project (mise)")
    else if (/^(install|use|upgrade)$/.test(args[0] ?? ""))
      shell.report("install-project", "installs tools of the project (mise)")
  },
}
