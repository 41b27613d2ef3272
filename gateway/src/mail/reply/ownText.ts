import { isBlank } from "./Line.ts"
import type { Line } from "./Line.ts"

/** Lines within a pair of Markdown fences: whatever they look like, the sender wrote them as they are. */
export const fencedLines = (lines: ReadonlyArray<Line>): ReadonlyArray<boolean> => {
  const fenced = lines.map(() => false)
  let open = -1
  lines.forEach(({ text, depth, by, shown }, i) => {
    const line = by === "angle" ? shown : text
    if ((depth > 0 && by === "client") || !/^\s*(?:```|~~~)/.test(line)) return
    if (open < 0) open = i
    else {
      fenced.fill(true, open, i + 1)
      open = -1
    }
  })
  return fenced
}

/** What is known of where a stretch of `>` lines stands. */
type Place = "amid quotes" | "reply" | "new mail"

/**
 * Whether `>` at the start of these lines is the sender's own: conflict markers, a normal difference, an interpreter's
 * prompt, a redirection. In a mail that answers none, one line with `>` is no quote either.
 */
export const looksOwn = (
  lines: ReadonlyArray<Line>,
  { start, end }: { readonly start: number; readonly end: number },
  place: Place,
): boolean => {
  const run = lines.slice(start, end)
  const before = lines[start - 1]
  if (
    run.some(({ shown }) => /^>{7}(?: \S+)?$/.test(shown)) &&
    lines.some(({ text }) => /^<{7}(?: |$)/.test(text))
  ) {
    return true
  }
  const above = before?.depth === 0 ? before.text.trim() : ""
  if (/^\d+(?:,\d+)?[acd]\d+(?:,\d+)?$/.test(above)) return true
  if (
    above === "---" &&
    lines.slice(Math.max(0, start - 40), start).some(({ shown }) => shown.startsWith("< "))
  ) {
    return true
  }
  if (place === "amid quotes") return false
  // Who answers nothing has set it off: own words stand on both sides of it.
  const own = (some: ReadonlyArray<Line>) => some.some((line) => line.depth === 0 && !isBlank(line))
  if (place === "new mail" && own(lines.slice(0, start)) && own(lines.slice(end))) return true
  if (run.every(({ shown }) => /^>>>(?: |$)/.test(shown))) return true
  if (run.length > 1) return false
  const [line] = run
  if (line === undefined) return false
  const redirects = /^>{1,2} ?(?:&\d|["']?[\w~$./-]*[./_$&-]\w[^\s]*)(?: 2>&1)?(?: [&|;].*)?$/.test(
    line.shown,
  )
  return place === "new mail" || (redirects && !isBlank(before))
}
