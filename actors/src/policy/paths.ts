import type { JudgeContext } from "./Verdict.ts"

/** Stands in a value for text that cannot be known before the command runs. */
export const UNKNOWN = "\u0000"
/** Stands in a value for names of files or other plain words that cannot be known, but hold no `..`. */
export const SOME = "\u0001"

/** Where a path lies, as far as what may be done there goes. */
export type Place =
  | "workspace"
  /** The workspace itself, or everything in it. */
  | "whole-workspace"
  /** The repository's own data, or all of it. */
  | "git-data"
  | "temporary"
  /** The temporary folder itself, or everything in it. */
  | "whole-temporary"
  | "device"
  /** `/dev/null` and other harmless devices. */
  | "sink"
  | "outside"
  | "unknown"

const sinks = new Set(
  "/dev/null /dev/zero /dev/full /dev/tty /dev/stdout /dev/stderr /dev/stdin /dev/random /dev/urandom /dev/ptmx".split(
    " ",
  ),
)
const temporaryRoots = ["/tmp", "/var/tmp", "/private/tmp", "/dev/shm"]
const everything = /^(\*+(?:\/\*+(?:\.\*)?)*|\.\*+|\.\[\^?.*|\{.*|\u0001)$/

/**
 * The absolute path that a word means, by its letters only (no symbolic links are followed). What cannot be known stays in
 * it as `UNKNOWN`; a path that begins with it is returned as it is.
 */
export const resolvePath = (value: string, cwd: string): string => {
  if (value.startsWith(UNKNOWN)) return value
  const joined = value.startsWith("/") ? value : `${cwd}/${value}`
  // Most words of most texts: there is nothing to resolve.
  if (joined.startsWith("/") && !/\/(?:[./]|$)/.test(joined)) return joined
  const kept: Array<string> = []
  for (const part of joined.split("/")) {
    if (part === "" || part === ".") continue
    // A name that cannot be known may be a link or a `..` itself.
    if (part === "..") {
      if (kept.at(-1)?.includes(UNKNOWN)) kept.push(UNKNOWN)
      else kept.pop()
    } else kept.push(part)
  }
  return cwd.startsWith(UNKNOWN) && !value.startsWith("/") ? kept.join("/") : `/${kept.join("/")}`
}

export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`)

/** The place of a resolved path. */
export const placeOf = (path: string, { workspace }: JudgeContext): Place => {
  if (!path.startsWith("/")) return "unknown"
  if (sinks.has(path) || /^\/dev\/fd\/\d*$/.test(path) || path.startsWith("/proc/self/fd/")) return "sink"
  const temporary = temporaryRoots.find((root) => isWithin(path, root))
  const inside = isWithin(path, workspace)
  // An unknown name below a known folder might climb out of it.
  const unknownAt = path.indexOf(UNKNOWN)
  if (unknownAt >= 0) {
    const known = path.slice(0, unknownAt)
    const whole = known.lastIndexOf("/") === known.length - 1
    if (isWithin(workspace, known.slice(0, -1) || "/") && whole && !isWithin(known.slice(0, -1), workspace))
      return "unknown"
    if (inside || temporary !== undefined) return "unknown"
    return path.startsWith("/dev/") ? "device" : known === "/" ? "unknown" : "outside"
  }
  if (inside) return placeInside(path, workspace)
  if (temporary !== undefined) {
    const rest = path.slice(temporary.length + 1)
    return rest === "" || (everything.test(rest) && rest !== SOME) ? "whole-temporary" : "temporary"
  }
  return isWithin(path, "/dev") ? "device" : "outside"
}

const placeInside = (path: string, workspace: string): Place => {
  const rest = path.slice(workspace.length + 1)
  if (rest === "" || (everything.test(rest) && rest !== SOME)) return "whole-workspace"
  const names = rest.split("/")
  const git = names.indexOf(".git")
  if (git < 0) return "workspace"
  // Locks are left by crashed commands; removing one is ordinary.
  return rest.endsWith(".lock") ? "workspace" : "git-data"
}

/** A path as a person wants to read it. */
export const shownPath = (path: string): string =>
  path.replaceAll(UNKNOWN, "(not known)").replaceAll(SOME, "*") || "(not known)"

/** A pattern of file names as the shell matches it, in time linear in both lengths for each of its stars. */
export const matchesGlob = (pattern: string, name: string): boolean => {
  if (name.startsWith(".") && /^[*?[]/.test(pattern)) return false
  let p = 0
  let n = 0
  let star = -1
  let from = 0
  while (n < name.length) {
    const char = pattern[p]
    const close = char === "[" ? pattern.indexOf("]", p + 2) : -1
    if (char === "*") {
      star = p++
      from = n
    } else if (char === "[" && close > 0 && inBracket(pattern.slice(p + 1, close), name[n] ?? "")) {
      p = close + 1
      n++
    } else if (char === "?" || (char === name[n] && !(char === "[" && close > 0))) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++from
    } else return false
  }
  while (pattern[p] === "*") p++
  return p === pattern.length
}

const inBracket = (set: string, char: string): boolean => {
  const negated = set.startsWith("!") || set.startsWith("^")
  const members = negated ? set.slice(1) : set
  // A class such as [:alpha:] is taken to match.
  if (members.includes("[:")) return true
  for (let index = 0; index < members.length; index++) {
    const low = members[index] ?? ""
    const high = members[index + 1] === "-" ? members[index + 2] : undefined
    if (high === undefined ? low === char : low <= char && char <= high) return !negated
    if (high !== undefined) index += 2
  }
  return negated
}
