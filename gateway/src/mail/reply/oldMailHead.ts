import { isBlank, plainText } from "./Line.ts"
import type { Line } from "./Line.ts"
import { forwardedLines, headerLabels, separatorWords } from "./replyWords.ts"

type Label = keyof typeof headerLabels

const fold = (text: string) =>
  plainText(text).toLowerCase().replaceAll("i\u0307", "i").normalize("NFC").replace(/\s+/g, " ")
const labels: ReadonlyMap<string, Label> = new Map(
  Object.entries(headerLabels).flatMap(([label, words]) =>
    isLabel(label) ? words.map((word) => [fold(word), label] as const) : [],
  ),
)
function isLabel(name: string): name is Label {
  return Object.hasOwn(headerLabels, name)
}
const separators = new Set(separatorWords.map(fold))
const forwards = new Set(forwardedLines.map(fold))

/** "From: …" in any language, set bold or not, with its value. */
const headerLine = (
  line: Line,
): { readonly label: Label; readonly value: string; readonly capital: boolean } | null => {
  if (!/[:：]/u.test(line.text.slice(0, 80))) return null
  const text = plainText(line.text.slice(0, 2_000))
  const colon = text.slice(0, 60).search(/[:：]/u)
  if (colon <= 0) return null
  const word = text
    .slice(0, colon)
    .replace(/[\s*_>|]/g, " ")
    .trim()
  const label = labels.get(fold(word))
  if (label === undefined) return null
  // Written small they are keys of some file.
  return { label, value: text.slice(colon + 1).replace(/^[\s*_]+/, ""), capital: !/^\p{Ll}/u.test(word) }
}

/** The line that git writes above the header of a patch. */
const patchHead = /^From [0-9a-f]{7,64} /

/** Header lines with blank and wrapped lines between them. */
const windowLines = 14

/**
 * Whether the header of an old mail stands at `start`: three of its lines, from and subject or date among them, with an
 * address or a date in them. A person who lists the fields of a form writes neither.
 */
export const oldMailHeaderAt = (lines: ReadonlyArray<Line>, start: number): boolean => {
  const first = lines[start]
  const begins = first === undefined || isBlank(first) ? null : headerLine(first)
  if (begins === null || begins.value === "" || patchHead.test(lines[start - 1]?.text ?? "")) return false
  const found = new Set<Label>()
  let evidence = false
  let capital = false
  let strange = 0
  for (let i = start; i < Math.min(lines.length, start + windowLines) && strange <= 2; i++) {
    const line = lines[i]
    if (line === undefined || isBlank(line)) continue
    const header = headerLine(line)
    if (header === null) {
      strange++
      continue
    }
    strange = 0
    if (header.label !== "other") found.add(header.label)
    capital ||= header.capital
    evidence ||=
      ((header.label === "from" || header.label === "to") && /\S@\S/.test(header.value)) ||
      (header.label === "date" &&
        /\d{4}/.test(header.value) &&
        /\d[:.時시点h]\s?\d|\d{4}[年.]/.test(header.value))
  }
  return evidence && capital && found.has("from") && (found.has("date") || found.has("to")) && found.size >= 3
}

export const isHeaderLine = (line: Line): boolean => headerLine(line) !== null

/** A rule of dashes or the like, as clients draw above an old mail. */
export const isRule = (line: Line): boolean => /^\s*(?:_{5,}|-{5,}|={4,}|\*{5,})\s*$/.test(line.text)

/** GroupWise's ">>> Name <address> 11/23/2026 9:00 AM >>>", above an old mail that it does not mark. */
export const isArrowHead = (line: Line): boolean =>
  /^>{3} .{0,200}(?:@|\d{4}).{0,100} >{3}\s*$/.test(line.shown)

/** "-----Original Message-----" in any language, or Apple's line above the header of a forwarded mail. */
export const isSeparator = (lines: ReadonlyArray<Line>, at: number): boolean => {
  const line = lines[at]
  if (line === undefined) return false
  const text = fold(line.text.slice(0, 300))
  const ruled = line.text.length > 200 ? null : /^[-–—_=*+# ]{3,}(.*?)[-–—_=*+# ]{2,}$/u.exec(text)
  if (ruled !== null) {
    const words = (ruled[1] ?? "").trim().replace(/\s*[:：]$/u, "")
    if (separators.has(words) || forwards.has(words)) return true
    // "Forwarded message from Bob <bob@example.org>"
    if (/@/.test(words) && separatorWords.some((word) => words.startsWith(`${word} `))) return true
  }
  // Yahoo sets the header on the same line.
  const followed = /^-{3,} ?([^-]{3,60}?) ?-{3,}\s*\p{L}[^:：]{1,24}[:：].*@/u.exec(text)
  if (followed !== null && separators.has((followed[1] ?? "").trim())) return true
  const bare = text.replace(/\s*[:：]?$/u, "")
  if (!forwards.has(bare) && !separators.has(bare)) return false
  return lines
    .slice(at + 1, at + 6)
    .some((next) => !isBlank(next) && isHeaderLine(next) && /@|\d{4}/.test(next.text))
}
