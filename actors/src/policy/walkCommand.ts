import type { Assignment, Command, CommandArgument, HereDoc, Redirection } from "unbash"
import { joined, noOutput, textOutput, unknownOutput } from "./outputs.ts"
import { SOME, UNKNOWN, resolvePath } from "./paths.ts"
import { emptiesFile, readsFile, writesFile } from "./files.ts"
import { judgeVariable, isSecretVariable, printsItsInput } from "./variables.ts"
import type { Alternatives, Output } from "./Shell.ts"
import { shown } from "./Verdict.ts"
import type { Walker } from "./Walker.ts"
import { asTexts, evaluateParts, product } from "./words.ts"

/** One simple command: its redirections, assignments and words, then the rules of its program. */
export const walkCommand = (walker: Walker, command: Command, piped: boolean): Output => {
  const { input, write, writes } = applyRedirects(walker, command.redirects)
  const assigned: Array<readonly [string, Alternatives]> = []
  for (const part of command.prefix) if (part.type === "Assignment") assigned.push(assign(walker, part))
  const words = product([
    ...(command.name === undefined ? [] : [walker.evaluate(command.name)]),
    ...command.args.map((arg) => argument(walker, arg)),
  ])
  const named = words.map((each) => each.filter((word, index) => word !== "" || index > 0))
  if (named.every(({ length }) => length === 0)) {
    for (const [name, values] of assigned) set(walker, name, values)
    return write(noOutput)
  }
  reportSecrets(walker, command, named[0]?.[0] ?? "")
  reportDecoded(walker, command, named[0]?.[0] ?? "")
  // The assignments hold for this command only, and for the script that it may run.
  const before = assigned.map(([name]) => [name, walker.scope.variables.get(name)] as const)
  for (const [name, values] of assigned) set(walker, name, values)
  const outputs = named
    .filter(({ length }) => length > 0)
    .map((each) =>
      walker.dispatch(
        { args: each.slice(1), input: input ?? walker.scope.input, piped: piped || writes, toFile: writes },
        each,
        true,
      ),
    )
  for (const [name, values] of before)
    if (values === undefined) walker.scope.variables.delete(name)
    else walker.scope.variables.set(name, values)
  return write(outputs.length === 1 ? (outputs[0] ?? unknownOutput) : joined(outputs))
}

const set = (walker: Walker, name: string, values: Alternatives): void => {
  for (const text of asTexts(values)) judgeVariable(walker, name, text)
  walker.scope.variables.set(name, values)
}

const assign = (walker: Walker, assignment: Assignment): readonly [string, Alternatives] => {
  const { name, value, append, index } = assignment
  if (index !== undefined) walker.nested(index)
  const known = walker.scope.variables.get(name)
  const values: Alternatives =
    value.type === "ArrayValue"
      ? product(value.elements.map((element) => walker.evaluate(element)))
      : asTexts(walker.evaluate(value)).map((text) => [text])
  if (append === true) walker.analysis.spend(known?.flat().join("").length ?? 0)
  if (append === true)
    return [
      name,
      known === undefined
        ? [[UNKNOWN]]
        : known.flatMap((old) =>
            values.map((more) =>
              value.type === "ArrayValue" ? [...old, ...more] : [old.join(" ") + more.join(" ")],
            ),
          ),
    ]
  // One element of an array: any of them may be meant later.
  return [
    name,
    index === undefined || known === undefined
      ? values
      : known.length > 32
        ? [[UNKNOWN]]
        : [...known, ...values],
  ]
}

const argument = (walker: Walker, arg: CommandArgument): Alternatives => {
  if (arg.type === "Word") return walker.evaluate(arg)
  const [, values] = assign(walker, arg)
  if (arg.value.type === "ArrayValue") {
    walker.scope.variables.set(arg.name, values)
    return [[arg.name]]
  }
  return asTexts(values).map((text) => [`${arg.name}=${text}`])
}

interface Redirects {
  readonly input: Output | undefined
  readonly writes: boolean
  /** What is left for the pipe once the files have theirs. */
  readonly write: (output: Output) => Output
}

/** Judges what is read and written by redirection. */
export const applyRedirects = (walker: Walker, redirects: ReadonlyArray<Redirection>): Redirects => {
  let input: Output | undefined
  const targets: Array<string> = []
  const emptied: Array<string> = []
  for (const redirect of redirects) {
    if (redirect.type === "HereDoc") input = textOutput(hereText(walker, redirect))
    else if (redirect.target !== undefined) {
      const values = asTexts(walker.evaluate(redirect.target))
      if (redirect.type === "HereString") {
        input = textOutput(values.join("\n"))
        continue
      }
      const { operator } = redirect
      for (const value of values) {
        if (operator.endsWith("&") && /^(\d*-?|\u0001)$/.test(value)) continue
        if (operator.startsWith("<")) input = readsFile(walker, value)
        if (operator !== "<" && operator !== "<&") {
          writesFile(walker, value)
          if (operator === ">" || operator === ">|") emptied.push(value)
          targets.push(...walker.scope.cwds.map((cwd) => resolvePath(value, cwd)))
        }
      }
    }
  }
  return {
    input,
    writes: targets.length > 0,
    write: (output) => {
      const [file] = targets.filter((path) => !path.startsWith("/dev/"))
      if (output.endless === true && file !== undefined)
        walker.report("resource", `writes without end, which fills the disk: ${shown(file)}`)
      if (output.text.trim() === "" && !output.network) for (const file of emptied) emptiesFile(walker, file)
      for (const path of targets) keep(walker, path, output)
      return targets.length > 0 ? noOutput : output
    },
  }
}

/** Remembers what a file holds, for when it is run. */
export const keep = (walker: Pick<Walker, "scope">, path: string, output: Output): void => {
  const { files } = walker.scope
  if (path.includes(UNKNOWN) || files.size > 256) return
  const before = files.get(path) ?? []
  if (before.length < 16) files.set(path, [...before, output])
}

const hereText = (walker: Walker, { body, delimiter, operator }: HereDoc): string => {
  const text =
    delimiter?.quoted === true || body.parts === undefined
      ? body.text
      : asTexts(evaluateParts(body.parts, walker, true)).join("\n")
  walker.analysis.spend(text.length)
  return operator === "<<-" ? text.replace(/^\t+/gm, "") : text
}

/** A secret variable of the environment that a command prints or sends. */
const reportSecrets = (walker: Walker, command: Command, name: string): void => {
  if (!printsItsInput(name)) return
  for (const arg of [...command.args, ...command.redirects]) {
    const text = arg.type === "HereDoc" ? (arg.delimiter?.quoted === true ? "" : arg.body.text) : textOf(arg)
    for (const [, variable = ""] of text.matchAll(/\$\{?([A-Za-z_]\w{0,80})(?!\w|:?\+)/g))
      if (isSecretVariable(variable) && !walker.scope.variables.has(variable) && !isQuotedAway(arg))
        walker.report("credentials", `shows or sends the secret in $${variable}`)
  }
}

/** What is decoded only to be run: a reader of the command does not see it. */
const reportDecoded = (walker: Walker, command: Command, name: string): void => {
  if (/^(kill|pkill)$/.test(name) && command.args.some((arg) => /\$\{?PPID\b/.test(textOf(arg))))
    walker.report("system", "ends the program that runs this command")
  if (!/^(eval|source|\.|(.*\/)?(ba|da|z|k)?sh)$/.test(name)) return
  for (const arg of command.args)
    if (
      /[`(<]\s*[^`)]*\b(base(64|32)|openssl|xxd|uudecode|gunzip|zcat|rev|tr)\b[^`)]*/.test(textOf(arg)) &&
      /base\d\d\s+-{1,2}[dD]|xxd\s+-\w*r|\s-d\b|zcat|gunzip|\brev\b|\btr\s/.test(textOf(arg))
    )
      walker.report("obfuscated", "decodes text and runs it as a program")
}

const textOf = (arg: CommandArgument | Redirection): string =>
  arg.type === "Word" || arg.type === "Assignment"
    ? arg.text
    : arg.type === "HereString"
      ? (arg.target?.text ?? "")
      : ""

const isQuotedAway = (arg: CommandArgument | Redirection): boolean =>
  arg.type === "Word" && arg.parts === undefined

export const isPlain = (text: string): boolean => !text.includes(UNKNOWN) && !text.includes(SOME)
