import { type Language, judgeCode } from "../code.ts"
import { pathsOf, writesFile } from "../files.ts"
import { UNKNOWN, placeOf } from "../paths.ts"
import { parseOptions } from "../options.ts"
import type { Call, Output, Programs, Rule } from "../Shell.ts"
import { suspectScript } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"
import { modules } from "./modules.ts"
import { isLocal } from "../addresses.ts"

interface Interpreter {
  readonly language: Language
  /** Options whose value is code. */
  readonly code: ReadonlyArray<string>
  /** Other options with a value. */
  readonly short?: string
  readonly long?: string
  /** The option whose value names a module to run. */
  readonly module?: string
  /** Words that stand before a script, as `bun run`. */
  readonly verbs?: RegExp
}

const interpreterRule =
  (interpreter: Interpreter): Rule =>
  (call) => {
    const { shell, args, input } = call
    const { language, code, module } = interpreter
    const short = `${code
      .filter((name) => name.length === 2)
      .join("")
      .replaceAll("-", "")}${interpreter.short ?? ""}${module?.slice(1) ?? ""}`
    const { rest, valuesOf, has } = parseOptions(upToCode(args, code, module), {
      short,
      long: `${code.join(" ")} ${interpreter.long ?? ""}`,
      first: true,
    })
    const texts = valuesOf(...code)
    if (texts.length + rest.length === 0 && args.some((arg) => /^(--version|--help|-V|-h)$/.test(arg))) return
    for (const loaded of language === "perl" || language === "ruby" ? valuesOf("-M", "-m", "-r") : [])
      if (/socket|net\W|open-uri|LWP|HTTP|FTP|pty\b|drb|^\/(tmp|home)/i.test(loaded))
        shell.report(
          "network-egress",
          `loads what talks to other machines into ${call.name}: ${shown(loaded)}`,
        )
    if (language === "php" && has("-S") && !valuesOf("-S").every((at) => isLocal(at) && !at.startsWith("0.")))
      shell.report("network-egress", "serves files to other machines")
    if (
      language === "php" &&
      valuesOf("-t").some((folder) =>
        pathsOf(shell, folder).some((path) => placeOf(path, shell.context) === "outside"),
      )
    )
      shell.report("network-egress", "serves files from outside the workspace")
    // perl -i and ruby -i write the files that they read.
    if ((language === "perl" || language === "ruby") && has("-i"))
      for (const target of texts.length > 0 ? rest : rest.slice(1)) writesFile(shell, target)
    if (has("-i") && texts.some((text) => /^\s*\$_\s*=\s*(""|''|undef)\s*;?\s*$/.test(text)))
      shell.report("wipe-workspace", `throws away what files hold: ${shown(texts.join(" "))}`)
    for (const text of texts) judgeCode(shell, language, text)
    if (args.some((arg) => /^--inspect(-brk|-port)?=(?!127\.|localhost|\d+$)/.test(arg)))
      shell.report("network-egress", `lets other machines debug ${call.name}`)
    const loaded = valuesOf("-r", "--require", "--import", "--loader", "-I")
    if (language === "node")
      for (const file of loaded)
        if (file.startsWith("data:")) {
          judgeCode(shell, language, decodeURIComponent_(file))
          shell.report("inline-code", `loads code that is given on the line: ${shown(file)}`)
        }
    const run = module === undefined ? undefined : valuesOf(module)[0]
    if (run !== undefined) return runModule(call, run)
    if (texts.length > 0) return
    const [file] =
      interpreter.verbs !== undefined && interpreter.verbs.test(rest[0] ?? "") ? rest.slice(1) : rest
    if (file === undefined || file === "-" || file === "/dev/stdin") return runStdin(call, language, input)
    runScript(call, language, file)
    return
  }

const decodeURIComponent_ = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return UNKNOWN
  }
}

/** What follows a module or the code belongs to it, whatever it looks like. */
const upToCode = (
  args: ReadonlyArray<string>,
  code: ReadonlyArray<string>,
  module: string | undefined,
): ReadonlyArray<string> => {
  const at = args.findIndex((arg) => code.includes(arg) || arg === module || /^-[A-Za-z]*[ce]$/.test(arg))
  const script = args.findIndex((arg) => !arg.startsWith("-"))
  return at >= 0 && (script < 0 || at <= script)
    ? args.slice(0, code.includes("-e") ? undefined : at + 2)
    : args
}

const runModule = (call: Call, name: string): Output | undefined => {
  const at = call.args.indexOf("-m")
  const args = at >= 0 ? call.args.slice(at + 2) : call.args.slice(1)
  if (/^(zipfile|tarfile)$/.test(name) && args.some((arg) => /^(-e|--extract)$/.test(arg)))
    writesFile(call.shell, args.at(-1) ?? UNKNOWN)
  if (name === "json.tool" || name === "lib2to3")
    for (const target of args.filter((arg) => !arg.startsWith("-")).slice(name === "lib2to3" ? 0 : 1))
      writesFile(call.shell, target)
  if (name === "timeit")
    for (const text of args.filter((arg) => !arg.startsWith("-"))) judgeCode(call.shell, "python", text)
  if (/^http\.server$/.test(name) && args.some((arg) => /^(localhost|127\.)/.test(arg))) {
    call.shell.report("network-local", "serves files on this machine")
    return undefined
  }
  const program = Object.hasOwn(modules, name) ? modules[name] : undefined
  if (program !== undefined) return call.shell.runWords([program, ...args], call.input)
  if (
    /^(http\.server|SimpleHTTPServer|pyftpdlib|smtpd|webbrowser|ftplib|smtplib|telnetlib|pty|code|xmlrpc\.server|aiosmtpd|uploadserver|pyngrok|idlelib|turtledemo|wsgiref\.simple_server|asyncore|poplib|imaplib|nntplib|urllib\.request|keyring|awscli|ansible|fabric|pupy|scapy)$/.test(
      name,
    )
  ) {
    call.shell.report("network-egress", "serves files to other machines")
    return undefined
  }
  call.shell.report("project-script", `runs the module ${shown(name)}`)
  return undefined
}

const runStdin = ({ shell, name, args }: Call, language: Language, input: Output | undefined): void => {
  if (input === undefined) {
    if (args.length === 0) shell.report("unknown", `starts ${name} without a script`)
    return
  }
  if (input.network) shell.report("code-from-network", `runs as ${language} code what comes over the network`)
  else if (input.text.includes(UNKNOWN) || input.decoded)
    shell.report("obfuscated", `runs as ${language} code what another command puts out`)
  if (!input.network) judgeCode(shell, language, input.text)
}

const runScript = ({ shell, name, args }: Call, language: Language, file: string): void => {
  for (const path of pathsOf(shell, file)) {
    const program = /\/(manage\.py|artisan|rails|rake|console)$/.exec(path)?.[1]
    if (program !== undefined)
      shell.runWords([
        program === "manage.py" ? "django-admin" : program,
        ...args.slice(args.indexOf(file) + 1),
      ])
    if (path.endsWith("/setup.py") && args.includes("install") && !shell.scope.variables.has("VIRTUAL_ENV"))
      shell.report("install-system", `installs for the whole machine: ${shown([name, ...args].join(" "))}`)
    if (path.endsWith("/setup.py") && args.some((arg) => /^(upload|register)$/.test(arg)))
      shell.report("publish", `publishes to others: ${shown([name, ...args].join(" "))}`)
    const contents = shell.scope.files.get(path)
    const place = placeOf(path, shell.context)
    if (place === "workspace") suspectScript(shell, path)
    if (contents !== undefined)
      for (const content of contents)
        if (content.network)
          shell.report("code-from-network", `runs what came over the network: ${shown(file)}`)
        else judgeCode(shell, language, content.text)
    else if (/^(https?|data|npm|jsr):/.test(file))
      shell.report("code-from-network", `runs what comes over the network: ${shown(file)}`)
    else if (path.includes(UNKNOWN))
      shell.report("obfuscated", `runs a script that is not known until then with ${name}`)
    else if (place === "workspace" || /^\/(usr|opt)\//.test(path) || place === "whole-workspace")
      shell.report("project-script", `runs a script: ${shown(file)}`)
    else shell.report("unknown", `runs a script from outside the workspace: ${shown(file)}`)
  }
}

const python: Interpreter = {
  language: "python",
  code: ["-c"],
  module: "-m",
  short: "WXQ",
  long: "--check-hash-based-pycs",
}
const node: Interpreter = {
  language: "node",
  code: ["-e", "-p", "--eval", "--print", "-pe"],
  short: "rC",
  long: "--require --import --loader --experimental-loader --env-file --env-file-if-exists --conditions --max-old-space-size --stack-trace-limit --test-name-pattern --test-reporter --test-concurrency --watch-path --input-type",
}

/** `bun -e code`; all else of bun is a package manager. */
export const bunCode: Rule = (call) =>
  interpreterRule({ language: "node", code: ["-e", "-p", "--eval", "--print"], short: "r" })(call)

const debugger_: Rule = ({ shell, args, name }) => {
  const { valuesOf, rest } = parseOptions(
    args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, "--")),
    { short: "pxo", long: "--ex --eval-command --command --args-x --iex --one-line --cd" },
  )
  const commands = valuesOf("--ex", "--eval-command", "--iex", "-o", "--one-line")
  if (valuesOf("-p").length > 0 || args.includes("attach"))
    shell.report("privilege", `looks into a running process: ${shown([name, ...args].join(" "))}`)
  if (
    commands.some((text) =>
      /!|\b(shell|python|py|pi|system|pipe|source|call|guile|script|platform|dump|restore|append|generate-core-file|gcore|save|logging|compile)\b/.test(
        text,
      ),
    ) ||
    valuesOf("-p").length > 0
  )
    shell.report("inline-code", `runs commands from within ${name}: ${shown(commands.join("; "))}`)
  else shell.report("project-script", `debugs a program: ${shown([name, ...rest].join(" "))}`)
}

const deno: Rule = ({ shell, args }) => {
  const [verb = "", ...words] = args
  const text = shown(["deno", ...args].join(" "))
  const file = words.find((word) => !word.startsWith("-"))
  if (verb === "eval" || verb === "repl")
    for (const code of words.filter((word) => !word.startsWith("-"))) judgeCode(shell, "node", code)
  else if (/^(publish|deploy)$/.test(verb)) shell.report("publish", `publishes to others: ${text}`)
  else if (/^(install|uninstall|upgrade)$/.test(verb) && words.some((word) => /^(-g|--global)$/.test(word)))
    shell.report("install-system", `installs for the user: ${text}`)
  else if (file !== undefined && /^(https?|npm|jsr):/.test(file) && !/^(add|install|cache)$/.test(verb))
    shell.report("code-from-network", `runs what comes over the network: ${text}`)
  else shell.report("project-script", `runs, checks or tests the project: ${text}`)
}

const other = interpreterRule({
  language: "other",
  code: ["-e", "-c", "-ex", "-eval", "--eval", "-l", "-x", "--execute"],
  short: "",
})

/** `crystal eval code` */
const crystal: Rule = (call) => {
  if (call.args[0] !== "eval") return other(call)
  for (const text of call.args.slice(1)) judgeCode(call.shell, "other", text)
  return
}

export const interpreters: Programs = {
  ...forNames("gdb lldb", debugger_),
  deno,
  ...forNames("python python2 python3 pypy pypy3 ipython py", interpreterRule(python)),
  ...forNames("node nodejs iojs", interpreterRule(node)),
  ...forNames(
    "tsx ts-node ts-node-esm ts-node-dev zx vite-node babel-node swc-node esno jiti",
    interpreterRule(node),
  ),
  ...forNames("perl", interpreterRule({ language: "perl", code: ["-e", "-E"], short: "IMmF" })),
  ...forNames("ruby jruby", interpreterRule({ language: "ruby", code: ["-e"], short: "IrEKCF" })),
  ...forNames(
    "php hhvm",
    interpreterRule({ language: "php", code: ["-r", "-B", "-R", "-E", "--run"], short: "dcSztf" }),
  ),
  ...forNames("lua luajit", interpreterRule({ language: "lua", code: ["-e"], short: "l" })),
  ...forNames("Rscript R", interpreterRule({ language: "r", code: ["-e"], short: "f" })),
  ...forNames(
    "tclsh wish expect osascript elixir iex erl julia scala groovy swift kotlinc jshell ghci runghc racket guile scheme csi sbcl clisp bb janet nim raku octave matlab ghc-e dart",
    other,
  ),
  crystal,
}
