import { type ParameterExpansionPart, type Word, type WordPart, parse } from "unbash"
import { expandBraces } from "./braces.ts"
import { noOutput } from "./outputs.ts"
import { SOME, UNKNOWN } from "./paths.ts"
import type { Alternatives } from "./Shell.ts"
import type { Walker } from "./Walker.ts"

/** More values than these are taken as not known. */
const alternativeLimit = 32
const wordsLimit = 1_024
const braceTextLimit = 4_096
const unknown: Alternatives = [[UNKNOWN]]

/** A word while it is put together: those that are complete, and the one that grows. */
interface Draft {
  readonly done: ReadonlyArray<string>
  readonly last: string
  /** Something was there, be it an empty string in quotes. */
  readonly started: boolean
}

/** What a word may come to: alternatives, each of none, one or several words. */
export const evaluateWord = (word: Word, walker: Walker): Alternatives => {
  const braces = word.parts?.some(({ type }) => type === "BraceExpansion") ?? false
  if (!braces) return evaluatePlain(word, walker)
  const texts = word.text.length > braceTextLimit ? undefined : expandBraces(word.text)
  if (texts === undefined) {
    walker.nested(word)
    return unknown
  }
  if (texts.length === 1) return evaluatePlain(word, walker)
  return product(texts.map((text) => evaluateText(text, walker)))
}

/** All words of a command: alternatives of whole commands. */
export const product = (words: ReadonlyArray<Alternatives>): Alternatives => {
  const count = words.reduce((all, { length }) => Math.min(all * length, alternativeLimit + 1), 1)
  const bounded = count <= alternativeLimit ? words : words.map((each) => (each.length > 1 ? unknown : each))
  let commands: Array<Array<string>> = [[]]
  for (const alternatives of bounded) {
    if (alternatives.length === 1) for (const command of commands) command.push(...(alternatives[0] ?? []))
    else commands = commands.flatMap((command) => alternatives.map((words) => [...command, ...words]))
  }
  return commands
}

/** As one text each, as in double quotes, assignments and here-documents. */
export const asTexts = (alternatives: Alternatives): ReadonlyArray<string> => [
  ...new Set(alternatives.map((words) => words.join(" "))),
]

const evaluateText = (text: string, walker: Walker): Alternatives => {
  walker.analysis.spend(text.length + 1)
  const script = parse(`: ${text}`)
  const command = script.commands[0]?.command
  if (script.errors !== undefined || command?.type !== "Command") return unknown
  return product(command.args.map((arg) => (arg.type === "Word" ? evaluatePlain(arg, walker) : [[arg.text]])))
}

const evaluatePlain = (word: Word, walker: Walker): Alternatives => {
  walker.analysis.step()
  if (word.parts === undefined) return [[tilde(word.text, word.value, walker)]]
  return evaluateParts(word.parts, walker)
}

export const evaluateParts = (
  parts: ReadonlyArray<WordPart>,
  walker: Walker,
  quoted = false,
): Alternatives => {
  let drafts: ReadonlyArray<Draft> = [{ done: [], last: "", started: false }]
  for (const [index, part] of parts.entries())
    // Nothing more can be known of a long word that is not known anyway; what is nested in it counts.
    if (
      drafts.length === 1 &&
      (drafts[0]?.last.length ?? 0) > 1_024 &&
      drafts[0]?.last.includes(UNKNOWN) === true
    )
      walker.nested(part)
    else drafts = appendPart(drafts, part, { walker, quoted, first: index === 0 })
  return drafts.map(({ done, last, started }) => (started ? [...done, last] : done))
}

interface Place {
  readonly walker: Walker
  readonly quoted: boolean
  readonly first: boolean
}

const appendPart = (drafts: ReadonlyArray<Draft>, part: WordPart, place: Place): ReadonlyArray<Draft> => {
  const { walker, quoted } = place
  const text = (value: string, mark = quoted) => append(drafts, [[value]], true, mark)
  switch (part.type) {
    case "Literal":
      return text(place.first && !quoted ? tilde(part.text, part.value, walker) : part.value)
    case "SingleQuoted":
    case "AnsiCQuoted":
      return text(part.value, true)
    case "DoubleQuoted":
    case "LocaleString": {
      const start = text("", true)
      return part.parts.reduce<ReadonlyArray<Draft>>(
        (grown, child) => appendPart(grown, child, { walker, quoted: true, first: false }),
        start,
      )
    }
    case "SimpleExpansion":
      return append(drafts, valueOf(part.text.slice(1), walker), quoted, quoted, separatorsOf(walker))
    case "ParameterExpansion":
      return append(drafts, expansionOf(part, walker), quoted, quoted, separatorsOf(walker))
    case "CommandExpansion": {
      const output = part.script === undefined ? noOutput : walker.script(part.script)
      walker.analysis.spend(output.text.length)
      return append(drafts, [[output.text.replace(/\n+$/, "")]], quoted, quoted, separatorsOf(walker))
    }
    case "ProcessSubstitution":
      return text(processFile(part.script, part.operator, walker))
    case "ArithmeticExpansion":
      walker.nested(part)
      return text(SOME)
    case "ExtendedGlob":
      walker.nested(part)
      return text("*")
    case "Glob":
      return text(part.text)
    case "BraceExpansion":
      walker.nested(part)
      return text(part.text)
  }
}

const separatorsOf = ({ scope }: Walker): string => {
  const values = scope.variables.get("IFS")
  return values === undefined ? " \t\n" : values.flat().join("")
}

/** `<(…)` is the name of a file that holds what its command puts out. */
const processFile = (
  script: Parameters<Walker["script"]>[0] | undefined,
  operator: "<" | ">",
  walker: Walker,
): string => {
  if (script === undefined) return UNKNOWN
  const output = walker.script(
    script,
    operator === ">" ? { text: UNKNOWN, network: false, decoded: false } : undefined,
  )
  const path = `/dev/fd/${63 + walker.scope.files.size}`
  walker.scope.files.set(path, [output])
  return path
}

/** Adds what a part came to; outside of quotes it is split at blanks, unless it is literal text. */
const append = (
  drafts: ReadonlyArray<Draft>,
  values: Alternatives,
  whole: boolean,
  quoted: boolean,
  separators = " \t\n",
): ReadonlyArray<Draft> => {
  const grown = drafts.flatMap((draft) =>
    values.map((words) => {
      const pieces = whole ? words : words.flatMap((word) => split(word, separators))
      let { done, last, started } = draft
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) {
          done = started ? [...done, last] : done
          last = ""
          started = false
        }
        last += piece
        started ||= quoted || piece !== ""
      }
      if (last.length > 65_536 || done.length > wordsLimit) return { done: [], last: UNKNOWN, started: true }
      return { done, last, started }
    }),
  )
  return grown.length > alternativeLimit ? [{ done: [], last: UNKNOWN, started: true }] : grown
}

/** Splits at the characters of IFS. An empty piece at an end stands for the blank there, which ends a word. */
const split = (text: string, separators: string): ReadonlyArray<string> => {
  if (separators.includes(UNKNOWN)) return [UNKNOWN]
  if (separators === "") return [text]
  const pieces = text.split(new RegExp(`[${separators.replaceAll(/[\]\\^-]/g, String.raw`\$&`)}]+`))
  return pieces.length > wordsLimit ? [UNKNOWN] : pieces
}

const tilde = (text: string, value: string, { context, scope }: Walker): string => {
  if (!text.startsWith("~")) return value
  if (value === "~" || value.startsWith("~/")) return context.home + value.slice(1)
  if (value === "~+" || value.startsWith("~+/")) return (scope.cwds[0] ?? UNKNOWN) + value.slice(2)
  if (/^~root(\/|$)/.test(value)) return value.slice(1).replace("root", "/root")
  return /^~[A-Za-z_]/.test(value) ? `/home/${value.slice(1)}` : value.startsWith("~-") ? UNKNOWN : value
}

const shellNames: Readonly<Record<string, string>> = {
  IFS: " \t\n",
  TMPDIR: "/tmp",
  SHELL: "/bin/bash",
  BASH: "/bin/bash",
}
const plainNames = new Set(
  "USER LOGNAME HOSTNAME UID EUID RANDOM SRANDOM SECONDS LINENO PPID BASHPID EPOCHSECONDS EPOCHREALTIME OSTYPE HOSTTYPE MACHTYPE BASH_VERSION NPROC ? ! # $ -".split(
    " ",
  ),
)

/** What a variable may hold. One that the script does not set may come with any value. */
export const valueOf = (name: string, { scope, context }: Walker): Alternatives => {
  const known = scope.variables.get(name)
  if (known !== undefined) return known
  if (name === "HOME") return [[context.home]]
  // Of every pane, read-only in a shell: what is put there goes out with the answer to the user.
  if (name === "MAILLM_OUTBOX") return [[`${context.workspace}/.maillm/outbox/session`]]
  if (name === "PWD") return scope.cwds.map((cwd) => [cwd])
  if (name === "WORKSPACE") return unknown
  const shell = shellNames[name]
  if (shell !== undefined) return [[shell]]
  return plainNames.has(name) ? [[SOME]] : unknown
}

const expansionOf = (part: ParameterExpansionPart, walker: Walker): Alternatives => {
  const { parameter, operation, prefix } = part
  if (part.index !== undefined && !/^[@*\d]+$/.test(part.index.text)) walker.nested(part.index)
  const value = valueOf(parameter, walker)
  if (prefix === "#") return [[SOME]]
  if (prefix === "!") {
    if (operation !== undefined) walker.nested(part)
    return indirect(value, walker)
  }
  if (operation === undefined) return value
  if (operation.type === "Default") {
    const operand = evaluateWord(operation.operand, walker)
    if (operation.operator.endsWith("?")) return value
    if (operation.operator.endsWith("+")) return [...operand, [""]]
    const isSet = walker.scope.variables.has(parameter)
    const values = isSet ? [...value, ...operand] : [...operand, ...(isUnknown(value) ? [] : value)]
    if (operation.operator.endsWith("=")) walker.scope.variables.set(parameter, values)
    return isSet || !isUnknown(value) ? values : [...values, [UNKNOWN]]
  }
  walker.nested(part)
  const texts = value.map(([text = ""]) => text)
  if (operation.type === "Remove")
    return texts.map((text) => [removed(text, operation.operator, operation.operand.value)])
  if (operation.type === "Replace") {
    const { pattern, replacement } = operation
    const plain = [pattern, replacement].every(
      ({ parts, value }) => parts === undefined && !/[*?[]/.test(value),
    )
    return texts.map((text) => [
      plain ? replaced(text, operation.operator, pattern.value, replacement.value) : UNKNOWN,
    ])
  }
  if (operation.type === "CaseModification")
    return texts.map((text) => [
      operation.operand === undefined ? recased(text, operation.operator) : UNKNOWN,
    ])
  if (operation.type === "Slice" && !/\D/.test(operation.offset.text + (operation.length?.text ?? "")))
    return texts.map((text) => [sliced(text, Number(operation.offset.text), operation.length?.text)])
  return texts.every((text) => text === SOME) ? [[SOME]] : unknown
}

const isUnknown = (value: Alternatives): boolean => value.length === 1 && value[0]?.[0] === UNKNOWN

const indirect = (value: Alternatives, walker: Walker): Alternatives => {
  const name = value.length === 1 ? value[0]?.[0] : undefined
  return name !== undefined && /^\w+$/.test(name) ? valueOf(name, walker) : unknown
}

const removed = (text: string, operator: string, pattern: string): string => {
  if (!/[*?[]/.test(pattern)) {
    if (operator.startsWith("#")) return text.startsWith(pattern) ? text.slice(pattern.length) : text
    return text.endsWith(pattern) ? text.slice(0, text.length - pattern.length) : text
  }
  if (operator === "##" && pattern === "*/") return text.slice(text.lastIndexOf("/") + 1)
  if (operator === "%" && pattern === "/*")
    return text.includes("/") ? text.slice(0, text.lastIndexOf("/")) : text
  // An extension less, or what follows the last dot: no other folder either way.
  if (operator.startsWith("%") && /^[.-]/.test(pattern)) {
    const name = text.slice(text.lastIndexOf("/") + 1)
    return name.includes(pattern[0] ?? ".") ? text.slice(0, text.lastIndexOf(pattern[0] ?? ".")) : text
  }
  if (operator === "##" && pattern === "*.") return text.slice(text.lastIndexOf(".") + 1)
  return text === SOME ? SOME : UNKNOWN
}

const replaced = (text: string, operator: string, pattern: string, replacement: string): string => {
  if (pattern === "") return text
  if (text.includes(UNKNOWN) || text.length > 4_096) return UNKNOWN
  if (operator === "//") return text.replaceAll(pattern, () => replacement)
  if (operator === "/#") return text.startsWith(pattern) ? replacement + text.slice(pattern.length) : text
  if (operator === "/%") return text.endsWith(pattern) ? text.slice(0, -pattern.length) + replacement : text
  return text.replace(pattern, () => replacement)
}

const recased = (text: string, operator: string): string => {
  const upper = operator.startsWith("^")
  const change = (part: string): string => (upper ? part.toUpperCase() : part.toLowerCase())
  return operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1)
}

const sliced = (text: string, offset: number, length: string | undefined): string =>
  text.includes(UNKNOWN) || text.includes(SOME)
    ? UNKNOWN
    : text.slice(offset, length === undefined ? undefined : offset + Number(length))
