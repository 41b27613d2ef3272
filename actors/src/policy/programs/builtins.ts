import { pathsOf } from "../files.ts"
import { joined, noOutput, plainOutput, textOutput, unknownOutput } from "../outputs.ts"
import { SOME, UNKNOWN } from "../paths.ts"
import type { Alternatives, Call, Output, Programs, Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { judgeVariable } from "../variables.ts"
import { forNames } from "../verbs.ts"
import { parseOptions } from "../options.ts"

const echo: Rule = ({ args }) => {
  let index = 0
  let escapes = false
  while (/^-[neE]+$/.test(args[index] ?? "")) {
    if (args[index]?.includes("e")) escapes = true
    index++
  }
  const text = args.slice(index).join(" ")
  return textOutput(`${escapes || text.includes("\\") ? unescaped(text) : text}\n`)
}

/** As `echo -e` and `printf` write the escapes of a text. */
export const unescaped = (text: string): string =>
  text.replace(/\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|0?[0-7]{1,3}|[abefnrtv\\"'])/g, (_, code: string) => {
    const simple = "abefnrtv".indexOf(code)
    if (code.length === 1 && simple >= 0)
      return "\u0007\b\u001b\f\n\r\t\v"[["a", "b", "e", "f", "n", "r", "t", "v"].indexOf(code)] ?? ""
    if (/^[xu]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff)
    return code
  })

const printf: Rule = ({ args, shell }) => {
  const [first = "", ...others] = args
  const into = first === "-v" ? others[0] : undefined
  const [format = "", ...words] = into === undefined ? args.filter((arg) => arg !== "--") : others.slice(1)
  const decoded = /\\x|\\[0-7]{2}|\\u/.test(format) || words.some((word) => /\\x|\\[0-7]{2}/.test(word))
  let next = 0
  const text = unescaped(format).replace(
    /%(-?\d*(?:\.\d+)?)([sbqdixXocfeg%])/g,
    (_, _width, kind: string) => {
      if (kind === "%") return "%"
      const word = words[next++] ?? ""
      return kind === "b" ? unescaped(word) : word
    },
  )
  // The format is used again for the words that are left.
  const whole =
    next > 0 && next < words.length
      ? text +
        words
          .slice(next)
          .map((word) => unescaped(format.replace(/%\w/, () => word)))
          .join("")
      : text
  if (into !== undefined) shell.scope.variables.set(into, [[whole]])
  return { ...textOutput(whole), decoded }
}

const cd: Rule = ({ shell, args }) => {
  const { scope, context } = shell
  const target = args.filter((arg) => !/^-[LPe@]+$/.test(arg) && arg !== "--")[0] ?? context.home
  const paths = target === "-" ? [UNKNOWN] : pathsOf(shell, target)
  // No system has longer paths; a script that goes ever deeper is not followed.
  scope.cwds = [...new Set(paths.map((path) => (path.length > 4_096 ? UNKNOWN : path)))]
  scope.variables.set("OLDPWD", [[UNKNOWN]])
  return noOutput
}

/** `export`, `declare`, `local`, `readonly`, `typeset`. */
const declare: Rule = ({ shell, args, name }) => {
  const options = args.filter((arg) => /^[-+]\w+$/.test(arg))
  const words = args.filter((arg) => !/^[-+]\w+$/.test(arg))
  if (words.length === 0 && name !== "local" && !options.some((option) => /[fF]/.test(option)))
    shell.report("credentials", "shows all variables, with the secrets among them")
  if (options.some((option) => /^-\w*n/.test(option)) && name !== "export")
    for (const word of words) shell.scope.variables.set(word.split("=")[0] ?? "", [[UNKNOWN]])
  else
    for (const word of words) {
      const equals = word.indexOf("=")
      if (equals <= 0) continue
      const variable = word.slice(0, equals).replace(/\+$/, "")
      const value = word.slice(equals + 1)
      judgeVariable(shell, variable, value)
      shell.scope.variables.set(variable, [[value]])
    }
  return noOutput
}

const set: Rule = ({ shell, args }) => {
  if (args.length === 0) shell.report("credentials", "shows all variables, with the secrets among them")
  if (args[0] === "+o" && args[1] === "history")
    shell.report("anti-forensics", "turns the shell's history off")
  const from = args.indexOf("--")
  const words = from >= 0 ? args.slice(from + 1) : args[0]?.match(/^[-+]/) === null ? args : undefined
  if (words !== undefined) {
    shell.scope.variables.set("@", [words]).set("*", [words])
    for (let index = 1; index <= 9; index++)
      shell.scope.variables.set(String(index), [[words[index - 1] ?? ""]])
  }
  return noOutput
}

const unset: Rule = ({ shell, args }) => {
  for (const word of args) {
    if (word.startsWith("HIST"))
      shell.report("anti-forensics", `unsets ${word}: the shell's history is not kept`)
    shell.scope.variables.set(word, [[""]])
  }
}

const read: Rule = ({ shell, args, input }) => {
  const { rest, valuesOf } = parseOptions(args, { short: "adinNptu" })
  const lines = (input?.text ?? UNKNOWN).split("\n").filter((line) => line !== "")
  const some = lines.length > 0 && lines.every((line) => line.endsWith(SOME) && !line.includes(UNKNOWN))
  const values: Alternatives =
    rest.length === 1 &&
    lines.length > 0 &&
    lines.length <= 16 &&
    !lines.some((line) => line.includes(UNKNOWN))
      ? lines.map((line) => [line.trim()])
      : some
        ? lines.slice(0, 8).map((line) => [line])
        : [[UNKNOWN]]
  for (const name of [...rest, ...valuesOf("-a")]) shell.scope.variables.set(name, values)
  if (rest.length === 0) shell.scope.variables.set("REPLY", values)
  return noOutput
}

const mapfile: Rule = ({ shell, args, input }) => {
  const { rest } = parseOptions(args, { short: "dnOsuCc" })
  const lines = (input?.text ?? UNKNOWN).split("\n").filter((line) => line !== "")
  shell.scope.variables.set(rest[0] ?? "MAPFILE", lines.length > 256 ? [[UNKNOWN]] : [lines])
  const callback = parseOptions(args, { short: "dnOsuCc" }).valuesOf("-C")[0]
  if (callback !== undefined) shell.runText(callback)
  return noOutput
}

const environmentTools =
  /^(ssh-agent|opam env|pyenv init|rbenv init|nodenv init|goenv init|jenv init|conda shell|brew shellenv|direnv (hook|export)|fnm env|dircolors|minikube (-p \S+ )?docker-env|starship init|zoxide init|mise activate|resize|luarocks path|mcfly init|thefuck|register-python-argcomplete|scala-cli|asdf|rustup completions|kubectl completion|gh completion|npm completion|docker completion|helm completion)/

const evaluate: Rule = ({ shell, args }) => {
  const script = args.join(" ")
  if (script.trim() === "") return noOutput
  if (script === UNKNOWN || script.includes(UNKNOWN)) {
    shell.report("obfuscated", "runs text that is put together only then (eval)")
    return script.replaceAll(UNKNOWN, "").trim() === ""
      ? unknownOutput
      : shell.runHere(script.replaceAll(UNKNOWN, "$__unknown__"))
  }
  return shell.runHere(script)
}

/** Whether a command is one whose output is meant for `eval`. */
export const printsEnvironment = (words: string): boolean => environmentTools.test(words)

const source: Rule = ({ shell, args, input }) => {
  const [file] = args.filter((arg) => arg !== "--")
  if (file === undefined) return
  if (file === "/dev/stdin" || file === "-") return runInput({ shell, input })
  return sourceFile(shell, file)
}

const sourceFile = (shell: Call["shell"], file: string): Output => {
  for (const path of pathsOf(shell, file)) {
    const contents = shell.scope.files.get(path)
    if (path.endsWith("/bin/activate")) shell.scope.variables.set("VIRTUAL_ENV", [[path.slice(0, -13)]])
    if (contents === undefined) {
      if (path.includes(UNKNOWN)) shell.report("obfuscated", "runs a file that is not known until then")
      else if (/^\/(tmp|var\/tmp|dev\/shm|dev)\//.test(path) || path.startsWith("/proc/"))
        shell.report("unknown", `runs a file from outside the workspace: ${shown(path)}`)
      else shell.report("project-script", `runs a script: ${shown(path)}`)
      continue
    }
    for (const content of contents) runOutput(shell, content, true)
  }
  return unknownOutput
}

/** Judges text that a shell reads and runs. */
export const runOutput = (shell: Call["shell"], content: Output, here: boolean): Output => {
  if (content.network) {
    shell.report("code-from-network", "runs as a program what comes over the network")
    return unknownOutput
  }
  if (content.text.includes(UNKNOWN) || content.decoded) {
    shell.report(
      "obfuscated",
      content.decoded
        ? "decodes text and runs it as a program"
        : "runs as a program what another command puts out",
    )
    if (content.text === UNKNOWN || content.text.replaceAll(UNKNOWN, "").trim() === "") return unknownOutput
  }
  return here ? shell.runHere(content.text) : shell.runText(content.text, unknownOutput)
}

export const runInput = ({ shell, input }: Pick<Call, "shell" | "input">): Output =>
  input === undefined ? noOutput : runOutput(shell, input, false)

const run: Rule = ({ shell, args, input }) => {
  const words = args[0] === "--" ? args.slice(1) : args
  return words.length === 0 ? noOutput : shell.runWords(words, input)
}

const exec: Rule = ({ shell, args, input }) => {
  const { rest } = parseOptions(args, { short: "a", first: true })
  return rest.length === 0 ? noOutput : shell.runWords(rest, input)
}

const command: Rule = ({ shell, args, input }) => {
  const { rest, has } = parseOptions(args, { first: true })
  if (has("-v", "-V")) return textOutput(rest.join("\n"))
  return rest.length === 0 ? noOutput : shell.runWords(rest, input)
}

const trap: Rule = ({ shell, args }) => {
  const [script = ""] = args.filter((arg) => !/^-[lp]+$/.test(arg) && arg !== "--")
  if (script === "" || script === "-" || args.length < 2) return noOutput
  if (args.slice(1).some((signal) => !/^(SIG)?(EXIT|0|INT|TERM|HUP|QUIT|2|15|1|3)$/.test(signal)))
    return shell.runText(script)
  // It runs at the end, with what variables hold by then.
  shell.atExit(script)
  return noOutput
}

const exit: Rule = ({ shell }) => {
  shell.runAtExit()
  return noOutput
}

const alias: Rule = ({ shell, args }) => {
  for (const arg of args) {
    const equals = arg.indexOf("=")
    if (equals <= 0) continue
    const [name, text] = [arg.slice(0, equals), arg.slice(equals + 1)]
    shell.scope.aliases.set(name, [...(shell.scope.aliases.get(name) ?? []), text].slice(0, 8))
    shell.runText(text)
  }
  return noOutput
}

const history: Rule = ({ shell, args }) => {
  if (args.some((arg) => /^-[cdw]/.test(arg))) shell.report("anti-forensics", "deletes the shell's history")
  else shell.report("credentials", "shows what was typed before, with the secrets in it")
}

const test: Rule = ({ args }) => {
  void args
  return noOutput
}

const ulimit: Rule = ({ shell, args }) => {
  if (args.includes("unlimited")) shell.report("resource", "lifts the limits of what programs may use")
}

const enable: Rule = ({ shell, args }) => {
  if (args.some((arg) => /^-\w*f/.test(arg)))
    shell.report("obfuscated", "loads a library into the shell (enable -f)")
}

const which: Rule = ({ args }) => {
  const names = args.filter((arg) => !arg.startsWith("-"))
  return names.length === 1 ? textOutput(names[0] ?? "") : plainOutput
}

const compgen: Rule = ({ shell, args }) => {
  if (args.some((arg) => /^-\w*[ve]/.test(arg)))
    shell.report("credentials", "shows the names of all variables")
  const { valuesOf } = parseOptions(args, { short: "AGWFCXPS" })
  for (const script of valuesOf("-C")) shell.runText(script)
}

/** What the shell itself does. */
export const builtins: Programs = {
  echo,
  printf,
  cd,
  chdir: cd,
  pushd: cd,
  popd: ({ shell }) => {
    shell.scope.cwds = [...shell.scope.cwds, shell.context.cwd].slice(-2)
  },
  pwd: ({ shell }) =>
    shell.scope.cwds.length === 1 ? textOutput(shell.scope.cwds[0] ?? UNKNOWN) : unknownOutput,
  ...forNames("export declare typeset local readonly", declare),
  set,
  unset,
  read,
  ...forNames("mapfile readarray", mapfile),
  eval: evaluate,
  ...forNames("source .", source),
  builtin: run,
  exec,
  command,
  trap,
  exit,
  alias,
  history,
  ...forNames("test [ [[", test),
  ulimit,
  enable,
  ...forNames("which type whereis", which),
  compgen,
  ...forNames(
    ": true false return break continue shift wait jobs fg bg disown umask times getopts shopt dirs help complete compopt caller let hash unalias logout suspend",
    () => noOutput,
  ),
  fc: ({ shell, args }) => {
    if (!args.some((arg) => arg.includes("l")))
      shell.report("obfuscated", "runs a command of the history again")
    else shell.report("credentials", "shows what was typed before, with the secrets in it")
  },
  bind: ({ shell, args }) => {
    if (args.includes("-x")) shell.report("persistence", "binds a key to a command")
  },
}

export const sequence = (outputs: ReadonlyArray<Output>): Output => joined(outputs)
