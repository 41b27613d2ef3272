import { createHash } from "node:crypto"
import { type Policy, actionFor } from "@maillm/schema/Policy"
import { expandBraces } from "./braces.ts"
import { deletesFile, writesFile } from "./files.ts"
import { findingsOf } from "./judgeCommand.ts"
import { placeOf, resolvePath } from "./paths.ts"
import { isSecretPath } from "./sensitivePaths.ts"
import type { Output, Scope, Shell } from "./Shell.ts"
import { type ToolKind, toolKinds } from "./tools.ts"
import { type Finding, type JudgeContext, type Verdict, shown, verdictOf } from "./Verdict.ts"
import { isLocal } from "./addresses.ts"

/**
 * Whether an agent may call a tool: the name and input as its CLI's hook gives them (Claude Code, Codex, OpenCode). A tool
 * that is not known, and an input of another shape than the tool has, ask. Never fails.
 */
export const judgeTool = (tool: string, input: unknown, context: JudgeContext, policy: Policy): Verdict =>
  verdictOf(toolFindings(tool, input, context), (name) => actionFor(policy, name))

const toolFindings = (tool: string, input: unknown, context: JudgeContext): ReadonlyArray<Finding> => {
  try {
    const name = tool.slice(0, 200)
    const kind = Object.hasOwn(toolKinds, name) ? toolKinds[name] : toolKinds[name.toLowerCase()]
    if (kind === undefined || typeof kind !== "string")
      return [{ class: "unknown", reason: `is a tool that is not known: ${shown(name)}` }]
    return judges[kind](asRecord(input), context, name.toLowerCase())
  } catch {
    return [{ class: "unknown", reason: "could not be analysed" }]
  }
}

type Fields = Readonly<Record<string, unknown>>

const asRecord = (input: unknown): Fields =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object's fields are unknown each: no more is said
  typeof input === "object" && input !== null && !Array.isArray(input) ? (input as Fields) : {}

const textOf = (fields: Fields, ...names: ReadonlyArray<string>): string | undefined => {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === "string") return value
  }
  return undefined
}

const malformed: ReadonlyArray<Finding> = [
  { class: "unknown", reason: "has an input of another shape than this tool takes" },
]

type Judge = (fields: Fields, context: JudgeContext, tool: string) => ReadonlyArray<Finding>

const judges: Readonly<Record<ToolKind, Judge>> = {
  shell: (fields, context) => {
    const cwd = textOf(fields, "workdir", "cwd", "working_directory")
    const at = cwd === undefined ? context : { ...context, cwd: resolvePath(cwd, context.cwd) }
    // Which of several it would run is not ours to guess; nor what variables make of it.
    if (commandFields(fields).length > 1 || fields["env"] !== undefined) return malformed
    const words = fields["command"] ?? fields["cmd"] ?? fields["script"]
    const escalates =
      fields["with_escalated_permissions"] === true || fields["dangerouslyDisableSandbox"] === true
    const extra: ReadonlyArray<Finding> =
      escalates || fields["sandbox_permissions"] === "require_escalated"
        ? [{ class: "privilege", reason: "asks to run outside of its sandbox" }]
        : []
    if (typeof words === "string") return [...extra, ...findingsOf(words, at)]
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === "string"))
      return [...extra, ...findingsOf(words.map(quoted).join(" "), at)]
    return malformed
  },
  typing: (fields, context) => {
    const text = textOf(fields, "chars", "input", "text")
    if (text === undefined || text.trim() === "")
      return [{ class: "agent-tool", reason: "waits for a running command" }]
    return findingsOf(text, context).map((finding) =>
      finding.class === "read"
        ? { class: "unknown", reason: `types into a running command: ${shown(text)}` }
        : finding,
    )
  },
  read: (fields, context, tool) => {
    const paths = [...pathsIn(fields), ...globsIn(fields, tool)]
    const searches = textOf(fields, "pattern", "query") !== undefined
    if (pathFields.some((name) => fields[name] !== undefined && typeof fields[name] !== "string"))
      return malformed
    if (paths.length > 0) return paths.flatMap((path) => readFindings(path, context))
    if (!searches && !/^(ls|list)/.test(tool) && Object.keys(fields).length > 0) return malformed
    return [{ class: "read", reason: "looks at the workspace" }]
  },
  write: (fields, context) => {
    const paths = pathsIn(fields)
    if (paths.length === 0) return malformed
    return paths.flatMap((path) => reported(context, (shell) => writesFile(shell, path)))
  },
  patch: (fields, context) =>
    patchFindings(textOf(fields, "input", "patch", "patchText", "patch_text"), context),
  web: (fields) => {
    const url = textOf(fields, "url", "query", "search_query", "q")
    if (url === undefined) return malformed
    return isLocal(url) && /^https?:/.test(url)
      ? [{ class: "network-local", reason: `talks to this machine: ${shown(url)}` }]
      : [{ class: "network-egress", reason: `sends to the web: ${shown(url)}` }]
  },
  own: () => [{ class: "agent-tool", reason: "plans, asks or waits" }],
}

const commandFields = (fields: Fields) =>
  ["command", "cmd", "script"].filter((name) => fields[name] !== undefined && fields[name] !== null)

const pathFields = [
  "file_path",
  "filePath",
  "notebook_path",
  "notebookPath",
  "path",
  "target_file",
  "dir_path",
] as const

const pathsIn = (fields: Fields): ReadonlyArray<string> => {
  const direct = pathFields.flatMap((name) => {
    const value = fields[name]
    return typeof value === "string" ? [value] : []
  })
  const many = fields["files"] ?? fields["paths"]
  const others = Array.isArray(many) ? many.filter((path) => typeof path === "string") : []
  // Of very many, none is picked to stand for the rest.
  return others.length > 100 ? ["/"] : [...direct, ...others]
}

/** Patterns of file names, which are paths; `pattern` is one only where the tool does not search in files. */
const globsIn = (fields: Fields, tool: string): ReadonlyArray<string> => {
  const names = tool === "glob" ? ["pattern", "glob", "include"] : ["glob", "include"]
  const base = textOf(fields, "path", "dir_path")
  return names.flatMap((name) => {
    const pattern = fields[name]
    if (typeof pattern !== "string" || pattern.startsWith("!")) return []
    // More choices than are looked at may lead anywhere.
    return (expandBraces(pattern) ?? ["/"]).map((glob) =>
      base === undefined || /^[/~]/.test(glob) ? glob : `${base}/${glob}`,
    )
  })
}

const expandHome = (path: string, { home }: JudgeContext): string =>
  path === "~" || path.startsWith("~/") ? home + path.slice(1) : path

const readFindings = (given: string, context: JudgeContext): ReadonlyArray<Finding> => {
  const path = resolvePath(expandHome(given, context), context.cwd)
  if (path.includes("\u0000")) return malformed
  if (isSecretPath(path, context)) return [{ class: "credentials", reason: `reads secrets: ${shown(path)}` }]
  const place = placeOf(path, context)
  if (place === "device") return [{ class: "disk", reason: `reads a device directly: ${shown(path)}` }]
  if (place === "outside" || place === "unknown")
    return [{ class: "read-outside-workspace", reason: `reads outside the workspace: ${shown(path)}` }]
  return [{ class: "read", reason: `reads ${shown(path)}` }]
}

const patchLines = 100_000

/** Files that a patch of Codex's form, or a unified one, touches. */
const patchFindings = (patch: string | undefined, context: JudgeContext): ReadonlyArray<Finding> => {
  if (patch === undefined) return malformed
  const findings: Array<Finding> = []
  let found = 0
  const lines = patch.split("\n")
  if (lines.length > patchLines) return malformed
  for (const line of lines) {
    // As leniently as the tools read them: blanks before a header do not make it another line for all of them.
    const codex = /^\s*\*\*\* (Add File|Update File|Delete File|Move to):\s*(.+?)\s*$/.exec(line)
    const unified =
      codex === null
        ? /^(?:(?:\+\+\+|---) (?:[ab]\/)?|(?:rename|copy) (?:from|to) )([^\t\n]+)/.exec(line)
        : null
    const path = codex?.[2] ?? unified?.[1]
    if (path === undefined || path === "/dev/null" || ++found > 500) continue
    findings.push(
      ...reported(context, (shell) =>
        codex?.[1] === "Delete File" ? deletesFile(shell, path, false) : writesFile(shell, path),
      ),
    )
  }
  return found === 0 || found > 500 ? malformed : findings
}

const noOutput: Output = { text: "", network: false, decoded: false }

/** What the rules for files report, in a shell that runs nothing. */
const reported = (context: JudgeContext, judge: (shell: Shell) => void): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  const scope: Scope = {
    cwds: [resolvePath(context.cwd, "/")],
    variables: new Map(),
    functions: new Map(),
    aliases: new Map(),
    files: new Map(),
    input: undefined,
  }
  judge({
    context,
    scope,
    report: (name, reason) => void findings.push({ class: name, reason }),
    knows: () => false,
    runText: () => noOutput,
    runHere: () => noOutput,
    runWords: () => noOutput,
    atExit: () => undefined,
    runAtExit: () => undefined,
  })
  return findings
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`

/**
 * What an approval is bound to: SHA-256, in hex, of the tool, its input and the directory. Equal for inputs that differ in
 * the order of their keys only. Throws RangeError for an input nested more than 200 deep, which no tool takes.
 */
export const inputHash = (tool: string, input: unknown, cwd: string): string =>
  createHash("sha256").update(canonical({ cwd, input, tool }, 0)).digest("hex")

const canonical = (value: unknown, depth: number): string => {
  if (depth > 200) throw new RangeError("the input is nested too deeply")
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field, depth + 1)}`).join(",")}}`
}

const describedLimit = 16_384

/** A tool call as a person has to see it before he allows it: the exact command or input, at most 16,384 characters. */
export const describeToolCall = (tool: string, input: unknown): string => {
  const fields = asRecord(input)
  const words = fields["command"] ?? fields["cmd"]
  const isCommand = toolKinds[tool] === "shell" || toolKinds[tool.toLowerCase()] === "shell"
  const others = Object.entries(fields).filter(
    ([name]) => !["command", "cmd", "description", "timeout"].includes(name),
  )
  const command =
    typeof words === "string"
      ? words
      : Array.isArray(words)
        ? words
            .map((word) => (/^[\w./:=@%+-]+$/.test(String(word)) ? String(word) : quoted(String(word))))
            .join(" ")
        : undefined
  const { plan } = fields
  const isPlan = toolKinds[tool] === "own" && typeof plan === "string"
  const text = isPlan
    ? // To be read as it was written; its file holds the same.
      `${tool}\n\n${plan.trim()}`
    : isCommand && command !== undefined
      ? [command, ...others.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)].join("\n")
      : `${tool} ${safeJson(input)}`
  if (text.length <= describedLimit) return text
  const note = `\n… cut: ${text.length - describedLimit} of ${text.length} characters and more are not shown`
  return text.slice(0, describedLimit - note.length) + note
}

const safeJson = (input: unknown): string => {
  try {
    return JSON.stringify(input, null, 2) ?? "null"
  } catch {
    return "(cannot be shown)"
  }
}
