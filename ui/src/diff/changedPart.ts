import type { DiffLine } from "./parsePatch.ts"

/** From where to where a line differs from the one it replaces. UTF-16 code units. */
export interface ChangedPart {
  readonly start: number
  readonly end: number
}

const longest = 500
/** Two lines that share less than this of the shorter one are two different lines. */
const leastShared = 0.35

const boundary = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text[at] ?? "")

const compare = (before: string, after: string): readonly [ChangedPart, ChangedPart] | null => {
  if (before.length > longest || after.length > longest) return null
  const least = Math.min(before.length, after.length)
  let start = 0
  while (start < least && before[start] === after[start]) start += 1
  if (boundary(before, start)) start -= 1
  let tail = 0
  while (tail < least - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const shared = before.slice(0, start).trim().length + before.slice(before.length - tail).trim().length
  if (least === 0 || shared / Math.max(1, Math.min(before.trim().length, after.trim().length)) < leastShared)
    return null
  return [
    { start, end: before.length - tail },
    { start, end: after.length - tail },
  ]
}

/** For lines that replace as many lines right above them: what part of each is other, by the line's index. */
export const changedParts = (lines: ReadonlyArray<DiffLine>): ReadonlyMap<number, ChangedPart> => {
  const parts = new Map<number, ChangedPart>()
  let at = 0
  while (at < lines.length) {
    const removedFrom = at
    while (lines[at]?.kind === "removed") at += 1
    const addedFrom = at
    while (lines[at]?.kind === "added") at += 1
    const count = addedFrom - removedFrom
    if (count > 0 && at - addedFrom === count) {
      for (let index = 0; index < count; index += 1) {
        const pair = compare(lines[removedFrom + index]?.text ?? "", lines[addedFrom + index]?.text ?? "")
        if (pair === null) continue
        parts.set(removedFrom + index, pair[0])
        parts.set(addedFrom + index, pair[1])
      }
    }
    if (at === removedFrom) at += 1
  }
  return parts
}
