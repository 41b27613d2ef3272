import { pathsOf, readsFile, writesFile } from "./files.ts"
import type { OptionKind, OrdinaryCall, OrdinaryCalls } from "./ordinary.ts"
import { isLocal } from "./addresses.ts"
import { placeOf } from "./paths.ts"
import type { Shell } from "./Shell.ts"
import { runsAside } from "./suspicions.ts"
import { shown } from "./Verdict.ts"

/** What is ordinary for a program that has no entry of its own. */
const anyCall = "_any"

/**
 * Judges the options and the subcommand of a call by the tables of what is ordinary: what is in none of them asks, and what
 * an ordinary option names is written, obeyed or run.
 */
export const judgeOptions = (
  shell: Shell,
  calls: OrdinaryCalls,
  name: string,
  args: ReadonlyArray<string>,
): void => {
  const entry = calls.get(name) ?? calls.get(anyCall)
  if (entry === undefined) return
  walkOptions({ shell, calls, parents: [] }, calls.has(name) ? name : anyCall, name, entry, args)
}

interface Walk {
  readonly shell: Shell
  readonly calls: OrdinaryCalls
  /** Entries of the program and the subcommands around: their options may stand behind them too. */
  readonly parents: ReadonlyArray<OrdinaryCall>
}

const walkOptions = (
  walk: Walk,
  key: string,
  said: string,
  entry: OrdinaryCall,
  args: ReadonlyArray<string>,
): void => {
  const { shell, calls, parents } = walk
  const entries = [entry, ...parents]
  let last: string | undefined
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? ""
    // Programs of Microsoft take `/p:x=y` too.
    const arg = /^\/[a-z]+(:|$)/i.test(word) && entry.prefixes.includes("-/") ? `-${word.slice(1)}` : word
    if (arg === "--") break
    if (!/^-./.test(arg)) {
      if (entry.subcommands) {
        const verb = calls.get(`${key} ${arg}`)
        const inner = { ...walk, parents: entries }
        if (verb === undefined && entry.tasks) return
        if (verb === undefined) return strange(shell, "a subcommand", `${said} ${arg}`)
        return walkOptions(inner, `${key} ${arg}`, `${said} ${arg}`, verb, args.slice(index + 1))
      }
      if (entry.words === "obeyed") obeys(shell, said, arg)
      else if (entry.confined && /^@[/~]/.test(arg)) obeys(shell, said, arg)
      else if (entry.confined && remote.test(arg) && !isLocal(arg))
        shell.report("network-egress", `is told of an address elsewhere: ${shown(`${said} ${arg}`)}`)
      if (entry.optionsFirst) break
      last = arg
      continue
    }
    const { name, kind, glued } = optionOf(entries, arg)
    if (kind === undefined || kind === "grave") {
      strange(shell, "an option", `${said} ${name}`)
      continue
    }
    if (kind === "flag") {
      if (glued !== undefined) judgeValue(shell, said, effectOf(entry, kind, name), name, glued)
      continue
    }
    if (kind === "until-semicolon") {
      const end = args.findIndex((word, at) => at > index && /^[;+]$/.test(word))
      index = end < 0 ? args.length : end
      continue
    }
    const value = glued ?? args[++index] ?? ""
    if (kind === "last") {
      if (!/\s/.test(value)) obeys(shell, said, value)
      return
    }
    judgeValue(shell, said, effectOf(entry, kind, name), name, value)
    const ordinary = entries.find(({ options }) => options.has(name))?.values.get(name)
    if (ordinary !== undefined && !ordinary.test(value)) strange(shell, "a value", `${said} ${name} ${value}`)
  }
  if (entry.words === "last-written" && last !== undefined) writesFile(shell, last)
}

const strange = (shell: Shell, what: string, text: string): void =>
  shell.report("unknown", `uses ${what} that is not known: ${shown(text)}`)

/** Options whose value is an address that is only written down, or that is judged by the program's own rule. */
const isName =
  /(^|[-.])(\w*url|site|base|origin|link|href|registry|\w*index|title|message|body|desc\w*|notes?|\w*name|header|referer|user-agent|define|env|build-?arg|label|tag|path|data|issuer)$|^-[DemtAXu]$/i
/** Options whose value is a path of a site or of a container, and none of the machine. */
const isPlace =
  /(^|[-.])(base|prefix|route|routes|endpoint|mount|root-path|context-path|public-?path|url|href|workdir|target|grep|tags?|pattern|match|filter|exclude|include|ignore|rule|message|title|replace|define:\S*)$|^-[ktwm]$/

/** What becomes of a value: where an entry is confined, even a plain one must not lead out of the workspace. */
const effectOf = (entry: OrdinaryCall, kind: OptionKind, name: string): OptionKind | "confined" =>
  (kind === "flag" || kind === "value") && entry.confined && !isPlace.test(name) ? "confined" : kind

const judgeValue = (
  shell: Shell,
  said: string,
  kind: OptionKind | "confined",
  name: string,
  value: string,
): void => {
  if (value === "") return
  const text = `${said} ${name} ${value}`
  const address = value.replace(/^[\w.-]+=/, "")
  if (remote.test(address) && !isLocal(address) && !isName.test(name))
    shell.report("network-egress", `is told of an address elsewhere: ${shown(text)}`)
  if (kind === "written" && value !== "-")
    writesFile(shell, /(?:^|,)dest=([^,]*)/.exec(value)?.[1] ?? value.replace(/^[\w.-]+=(?=[/~])/, ""))
  else if (kind === "read") readsFile(shell, value)
  else if (kind === "command") runsAside(shell, said, value)
  else if (kind === "obeyed") obeys(shell, said, value)
  else if (kind === "confined") for (const piece of value.split(/[=,;:]/)) obeys(shell, said, piece)
}

const remote = /^(https?|ftps?|s?ftp|ssh|git|grpcs?|s3|gs|rmi|ldaps?|wss?|tcp|jdbc:\w+|git\+\w+):\/\//i

/** What a program runs or obeys stands in the workspace, or where the system keeps it. */
const obeys = (shell: Shell, said: string, value: string): void => {
  if (remote.test(value) && !isLocal(value))
    shell.report("code-from-network", `runs what lies elsewhere: ${shown(`${said} ${value}`)}`)
  // `name=path` of plugins, `@path` of files that hold more options.
  const file = value.replace(/^@|^[\w.-]+=/, "").replace(/^~(?=\/)/, shell.context.home)
  for (const path of pathsOf(shell, file))
    if (
      ["outside", "temporary", "whole-temporary", "unknown", "device"].includes(
        placeOf(path, shell.context),
      ) &&
      /^([/.\0]|~$|~[\w.-]*\/)/.test(file) &&
      !/^\/(usr|opt|bin|sbin|lib(64)?)(\/|$)/.test(path)
    )
      shell.report("unknown", `takes what it runs from outside the workspace: ${shown(`${said} ${value}`)}`)
}

interface FoundOption {
  readonly name: string
  readonly kind: OptionKind | undefined
  /** A value in the same word. */
  readonly glued: string | undefined
}

const optionOf = (entries: ReadonlyArray<OrdinaryCall>, arg: string): FoundOption => {
  // Some part an option from its value by a colon.
  for (const sign of ["=", ":"]) {
    const at = arg.indexOf(sign)
    const name = at < 0 ? arg : arg.slice(0, at)
    const kind = kindOf(entries, name)
    if (kind !== undefined) return { name, kind, glued: at < 0 ? undefined : arg.slice(at + 1) }
  }
  const equals = arg.indexOf("=")
  const name = equals < 0 ? arg : arg.slice(0, equals)
  const glued = equals < 0 ? undefined : arg.slice(equals + 1)
  const any = entries.some(({ anyOption }) => anyOption)
  const prefix = entries.flatMap(({ prefixes }) => prefixes).find((known) => arg.startsWith(known))
  if (prefix !== undefined) return { name: prefix, kind: "flag", glued: arg.slice(prefix.length) }
  // `head -20` of many programs.
  if (/^-\d+$/.test(arg)) return { name, kind: "flag", glued }
  if (arg.startsWith("--"))
    return { name, kind: any ? (abbreviated(entries, name) ?? "flag") : undefined, glued }
  return clusterOf(entries, arg, any)
}

/** With two dashes or with one, as many programs take both. */
const kindOf = (entries: ReadonlyArray<OrdinaryCall>, name: string): OptionKind | undefined => {
  const other = name.startsWith("--") ? name.slice(1) : name.length > 2 ? `-${name}` : name
  for (const { options } of entries) {
    const kind = options.get(name) ?? options.get(other)
    if (kind !== undefined) return kind
  }
  return undefined
}

/** Programs take beginnings of their long options: one that may mean a marked option counts as that. */
const abbreviated = (entries: ReadonlyArray<OrdinaryCall>, name: string): OptionKind | undefined => {
  for (const { options } of entries)
    for (const [option, kind] of options) if (kind !== "flag" && option.startsWith(name)) return kind
  return undefined
}

/** More letters in one word are a name. */
const clusterLength = 8

/** Short options in one word, of which the last may have a value: `-xzf a.tgz`. */
const clusterOf = (entries: ReadonlyArray<OrdinaryCall>, arg: string, any: boolean): FoundOption => {
  for (let at = 1; at < arg.length; at++) {
    if (at > clusterLength && !any) return { name: arg, kind: undefined, glued: undefined }
    const name = `-${arg[at] ?? ""}`
    if (at > 1 && entries.some(({ prefixes }) => prefixes.includes(name)))
      return { name, kind: "flag", glued: undefined }
    const kind = kindOf(entries, name) ?? (any ? "flag" : undefined)
    if (kind === undefined) return { name: at === 1 ? arg : name, kind, glued: undefined }
    if (kind === "flag") continue
    const glued = arg.slice(at + 1).replace(/^=/, "")
    return { name, kind, glued: glued === "" ? undefined : glued }
  }
  return { name: arg, kind: "flag", glued: undefined }
}
