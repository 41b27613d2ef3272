import { isBlank } from "./Line.ts"
import type { Line } from "./Line.ts"

/** Lines within a pair of Markdown fences, or of a here-document: whatever they look like, the sender wrote them so. */
export const fencedLines = (lines: ReadonlyArray<Line>): ReadonlyArray<boolean> => {
  const fenced = lines.map(() => false)
  let fence = -1
  let here: { readonly line: number; readonly end: string } | null = null
  lines.forEach(({ text, depth, by, shown }, i) => {
    if (depth > 0 && by === "client") return
    const line = (by === "angle" || by === "bar" ? shown : text).slice(0, 500)
    if (here !== null) {
      if (line.trim() !== here.end) return
      fenced.fill(true, here.line, i + 1)
      here = null
    } else if (/^\s*(?:```|~~~)/.test(line)) {
      if (fence >= 0) fenced.fill(true, fence, i + 1)
      fence = fence < 0 ? i : -1
    } else if (fence < 0 && depth === 0) {
      const end = /<<-?\s*(["']?)([A-Za-z_]\w{0,40})\1(?:\s|$|[>|;&])/.exec(line)?.[2]
      if (end !== undefined) here = { line: i, end }
    }
  })
  return fenced
}

/** What is known of where a stretch of `>` lines stands. */
type Place = "amid quotes" | "reply" | "new mail"

/** What the whole mail says about its `>` lines. */
export interface Surroundings {
  /** Where a conflict marker `<<<<<<<` stands, or a line of a difference that begins with `< `; -1 for none. */
  readonly conflict: number
  readonly less: number
  /** The first and the last line of the sender's own that are not blank. */
  readonly firstOwn: number
  readonly lastOwn: number
}
const isOwn = (line: Line) => line.depth === 0 || line.by === "bar"
export const surroundings = (lines: ReadonlyArray<Line>): Surroundings => ({
  conflict: lines.findIndex(({ text }) => /^<{7}(?: |$)/.test(text)),
  less: lines.findIndex(({ text }) => text.startsWith("< ")),
  firstOwn: lines.findIndex((line) => isOwn(line) && !isBlank(line)),
  lastOwn: lines.findLastIndex((line) => isOwn(line) && !isBlank(line)),
})

/**
 * Whether `>` at the start of these lines is the sender's own: conflict markers, a normal difference, an interpreter's
 * prompt, a redirection. In a mail that answers none, what stands amid own words was set off by who wrote them.
 */
export const looksOwn = (
  lines: ReadonlyArray<Line>,
  { start, end }: { readonly start: number; readonly end: number },
  around: Surroundings,
  place: Place,
): boolean => {
  const run = lines.slice(start, end)
  const before = lines[start - 1]
  if (around.conflict >= 0 && run.some(({ shown }) => /^>{7}(?: \S+)?$/.test(shown))) return true
  const above = before?.depth === 0 ? before.text.trim() : ""
  if (/^\d+(?:,\d+)?[acd]\d+(?:,\d+)?$/.test(above)) return true
  if (above === "---" && around.less >= 0 && around.less < start) return true
  // Who writes nothing else has quoted: what stands there is somebody's, and may not be a request.
  if (place === "amid quotes" || around.firstOwn < 0) return false
  if (run.every(({ shown }) => /^>>>(?: |$)/.test(shown))) return true
  if (place === "new mail" && around.firstOwn >= 0 && around.firstOwn < start && around.lastOwn >= end)
    return true
  if (run.length > 1) return false
  const shown = run[0]?.shown.slice(0, 300) ?? ""
  const redirects = /^>{1,2} ?(?:&\d|["']?[\w~$./-]*[./_$&-]\w[^\s]*)(?: 2>&1)?(?: [&|;].*)?$/.test(shown)
  return place === "new mail" || (redirects && !isBlank(before))
}
