import { isBlank, plainText } from "./Line.ts"
import type { Line } from "./Line.ts"
import { attributionOpeners, attributionVerbs } from "./replyWords.ts"

/** A line that introduces a quote, wrapped onto so many at most. */
const linesLimit = 4
const lengthLimit = 300

const escaped = (words: ReadonlyArray<string>) =>
  words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/ /g, "\\s+"))
    .join("|")
const verbs = escaped(attributionVerbs)
/** Scripts without blanks have no words to bound. */
const verb = new RegExp(
  `(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}])(?:${verbs})(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}])`,
  "iu",
)
const verbAtEnd = new RegExp(`(?:${verbs})[\\s(]*(?:\\p{L}{0,3}[)]?)?\\s*-*\\s*$`, "iu")

/** The last letters of the verbs: most lines end in none of them, and need not be held against all. */
const ending = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s()/-]+$/u, "")
    .slice(-2)
const verbEndings = new Set(attributionVerbs.map(ending))
const opener = new RegExp(`^(?:${escaped(attributionOpeners)})(?!\\p{L})`, "iu")

const day =
  /(?<!\d)(?:19|20|25)\d\d(?!\d)|(?<!\d)\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}(?!\d)|\d{1,2}[日일]/u
const time = /(?<!\d)\d{1,2}\s?[:.h時时시點点]\s?\d{2}(?!\d)|(?<!\d)\d{1,2}\s?[時시點点]/u
const address = /[^\s<>"'@]+@[^\s<>"'@]+/
/** "2026/11/23 Name <address>", without a word and without a colon. */
const dateAndSender = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s.{0,120}<[^<>\s]+@[^<>\s]+>$/u
/** "Name <address>" at its start. */
const sender = /^["'\p{L}][^<>@]{0,60}<[^<>\s]+@[^<>\s]+>/u
const endsWithAddress = /@[^\s@]+\s*[)\]>"']*\s*[:：]$/u
/** The first digit of a date comes within its first words: "On Mon, Nov 23", "пн, 23", "2026년". */
const beginsWithDate = /^\W{0,3}(?:[\p{L}\p{M}'’׳]{1,14}[.,،:]*\s+){0,4}[\p{L}־-]{0,3}\d/u

/**
 * Whether a text, wrapped or not, is what a client writes above what it quotes: "On … wrote:" in any language. Two of
 * three have to be there: a date, an address, a word for writing. A line that stands right above a quote needs less,
 * for something has to introduce it.
 */
export const isAttribution = (given: string, aboveQuote: boolean): boolean => {
  if (given.length > 2 * lengthLimit) return false
  const text = plainText(given).replace(/^[-*\s]{1,40}|[-\s]{1,40}$/g, "")
  if (text === "" || text.length > lengthLimit) return false
  const ends = /[:：]$/u.test(text) || (aboveQuote && dateAndSender.test(text))
  if (!ends && !(verbEndings.has(ending(text)) && verbAtEnd.test(text.slice(-60)))) return false
  const hasVerb = verb.test(text) || opener.test(text)
  const hasDate = day.test(text)
  const hasAddress = address.test(text)
  if (hasVerb && (hasDate || hasAddress)) return true
  if (hasDate && hasAddress && (beginsWithDate.test(text) || endsWithAddress.test(text))) return true
  if (!aboveQuote) return false
  return (hasVerb && text.length <= 80) || (hasDate && time.test(text) && beginsWithDate.test(text))
}

/** The same without a quote below it: there the date, a time or an address, and the word have all to be there; in a reply "Name <address> wrote:" is enough. */
export const isWholeAttribution = (given: string, reply: boolean): boolean => {
  const text = plainText(given)
  if (!isAttribution(text, false)) return false
  if (!day.test(text)) return reply && sender.test(text) && verb.test(text) && text.length <= 150
  return address.test(text) || (reply && verb.test(text) && time.test(text) && beginsWithDate.test(text))
}

/** "On Wed, Dec 9," without a year. */
const shortDay = /^\p{L}{2,3} \p{L}{2,4}[.,]{1,2} (?:\p{L}{3,4}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,4}\.?),? /u

/** First half of a wrapped one: it holds the date, and ends no sentence. */
const startsAttribution = (text: string) => {
  const plain = plainText(text)
  return (
    (day.test(plain) || shortDay.test(plain)) &&
    beginsWithDate.test(plain) &&
    !/[.!?。]$/u.test(plain.replace(/(?:\b\p{L}{1,4}|г|р)\.$/u, ""))
  )
}

/** How many lines up a wrapped one begins: where its date is; 0 when there is none. */
const linesBefore = (lines: ReadonlyArray<Line>, end: number): number => {
  for (let count = 1; count < linesLimit; count++) {
    const line = lines[end - count]
    if (line === undefined || isBlank(line) || line.text.length > 120) return 0
    if (startsAttribution(line.text)) return count
  }
  return 0
}

const joined = (lines: ReadonlyArray<Line>) => lines.map(({ text }) => text).join(" ")

/** How many lines right above `start` introduce what stands there; 0 for none. Blank lines between do not count. */
export const attributionAbove = (
  lines: ReadonlyArray<Line>,
  start: number,
): { readonly from: number; readonly count: number } | null => {
  let end = start
  while (end > 0 && isBlank(lines[end - 1]) && start - end < 3) end--
  const above = (count: number) => lines.slice(end - count, end)
  let found = 0
  for (let count = 1; count <= linesLimit && count <= end && !isBlank(lines[end - count]); count++) {
    const text = joined(above(count))
    // "wrote:" alone on a line is the end of one that says more.
    if (isAttribution(text, false)) {
      found = count
      break
    }
    if (found === 0 && isAttribution(text, true)) found = count
  }
  if (found === 0) return null
  const wrapped = day.test(plainText(joined(above(found)))) ? 0 : linesBefore(lines, end - found)
  return { from: end - found - wrapped, count: found + wrapped }
}

/** How many lines from `start` on are such an introduction, at most so many. */
export const attributionLength = (
  lines: ReadonlyArray<Line>,
  start: number,
  accept: (text: string) => boolean,
): number => {
  let text = ""
  for (let count = 1; count <= linesLimit; count++) {
    const line = lines[start + count - 1]
    if (line === undefined || isBlank(line)) return 0
    text += ` ${line.text}`
    if (accept(text)) return count
  }
  return 0
}
