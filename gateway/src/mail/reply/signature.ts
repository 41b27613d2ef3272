import { isBlank, plainText } from "./Line.ts"
import type { Line } from "./Line.ts"
import { closings } from "./closings.ts"
import { disclaimers } from "./disclaimers.ts"
import { isName, looksLikeName } from "./names.ts"
import { appLines, contactMarks } from "./signatureWords.ts"

/** Lines that a signature may have under its separator. RFC 3676 §4.3 says four; companies have more. */
const underSeparator = 40
/** Lines that may stand under a closing phrase or make up a company's block. */
const blockLines = 10

const closingPhrases = new Set(closings)

/** Longer lines are sentences. */
const lineLimit = 200

const bare = (line: Line) =>
  plainText(line.text.slice(0, lineLimit + 1))
    .toLowerCase()
    .replace(/^[\s*[(]+|[\s*\])]+$/g, "")
/** Without the address that a link leaves in plain text. */
const withoutLink = (text: string) =>
  text
    .replace(/\[([^\][]{1,60})\]\(https?:[^)\s]*\)?/g, "$1")
    .replace(/[<([]\s*(?:https?:\/\/|mailto:)[^\s>)\]]*\s*(?:[>)\]]|$)/g, "")
    .replace(/https?:\/\/\S+$/g, "")
    .replace(/^[<[]+|[>\]]+$/g, "")
    .replace(/\s+/g, " ")
    .trim()

const isAppLine = (line: Line): boolean => {
  const text = withoutLink(bare(line))
  return text.length <= 110 && appLines.some((pattern) => pattern.test(text.replace(/[.!]$/, "")))
}
const isClosing = (line: Line): boolean =>
  line.text.length <= 100 &&
  bare(line)
    .replace(/ (?:aus|from|depuis|desde|uit|från|fra) \p{L}+[,.!]?$/u, "")
    .split(/ ?[/|] ?| (?:and|und|et|y|e|en|i|og|och|a|и|&) /u)
    .every(isClosingPhrase)
/** "LG Max": closing and name on one line. */
const isSignedClosing = (line: Line, names: ReadonlyArray<string>): boolean => {
  const [, phrase = "", name = ""] = /^([^\s,]+(?: [^\s,]+){0,3}?)[,!]? +(.+)$/u.exec(bare(line)) ?? []
  return line.text.length <= 80 && isClosingPhrase(phrase) && names.includes(name.replace(/[.,!]+$/, ""))
}
const isClosingPhrase = (text: string): boolean =>
  closingPhrases.has(
    text.replace(/(?:[\s,.!;:。、，！‚~)-]|\p{Extended_Pictographic}|\ufe0f)+$/gu, "").replaceAll("’", "'"),
  )

/** Under a closing: a name, a team, how to reach them; no sentence and nothing that a shell would run. */
const isSignatureLine = (line: Line, names: ReadonlyArray<string>): boolean =>
  isName(line, names) || looksLikeName(line) || isContact(line) || isAppLine(line) || isPicture(line)
/** What stands in plain text for a picture: a logo. */
const isPicture = (line: Line): boolean =>
  /^\s*\[(?:cid:[^\]]{0,120}|[^\]]{0,60}(?:image|logo|picture|banner|photo)[^\]]{0,60})\]\s*$/i.test(
    line.text,
  )
const isContact = (line: Line): boolean => {
  if (line.text.length > lineLimit) return false
  const text = plainText(line.text).replace(/^(?:\p{Extended_Pictographic}|\ufe0f|\s)+/u, "")
  return (
    text.length <= 120 && !/[`$;{}\\]|&&|[.!?]$/.test(text) && contactMarks.some((mark) => mark.test(text))
  )
}

/**
 * Where the signature begins in what a person wrote, or its length when there is none. What only may be one stays: a
 * request that loses a line is worse than one that ends in a name.
 */
export const signatureStart = (
  lines: ReadonlyArray<Line>,
  fenced: ReadonlyArray<boolean>,
  names: ReadonlyArray<string>,
): number => {
  const separated = separatorAt(lines, fenced)
  const whole = trimmed(lines, lines.length)
  let end = separated === null ? whole : trimmed(lines, separated)
  for (let peeled = true; peeled && end > 0;) {
    const next = trimmed(
      lines,
      [
        withoutListFooter,
        withoutDisclaimer,
        withoutAppLine,
        withoutClosing,
        withoutCompany,
        withoutSeparator,
      ].reduce((at, peel) => Math.min(at, peel(lines, at, names)), end),
    )
    peeled = next < end
    end = next
  }
  return end === whole ? lines.length : end
}

/** Right behind the last line before `end` that says something. */
const trimmed = (lines: ReadonlyArray<Line>, end: number) => {
  let at = end
  while (at > 0 && isBlank(lines[at - 1])) at--
  return at
}

/** `-- ` is the separator of RFC 3676. Without its blank it is one only above a few lines of which none is code. */
const separatorAt = (lines: ReadonlyArray<Line>, fenced: ReadonlyArray<boolean>): number | null => {
  const at = lines.findLastIndex(
    ({ text }, i) => fenced[i] !== true && (text === "-- " || text === "--\u00a0"),
  )
  if (at >= 0) {
    const below = lines.slice(at + 1).filter((line) => !isBlank(line))
    const code = below.filter(({ text }) => /^(?:--|[$#>{}]|\s{4,}\S|.*[;{]$)/.test(text)).length
    if (below.length > 0 && below.length <= underSeparator && code * 2 < below.length) return at
  }
  const short = lines.findLastIndex(
    ({ text }, i) => fenced[i] !== true && /^(?:--|—+|–+|--\s+|__+|-{3,}|={3,}|\*{3,}|~{3,})\s*$/.test(text),
  )
  if (short <= 0) return null
  const below = lines.slice(short + 1).filter((line) => !isBlank(line))
  const rule = !/^(?:--|—|–)\s*$/.test(lines[short]?.text ?? "")
  return below.length > 0 &&
    below.length <= 6 &&
    below.every(({ text }) => text.length <= 100 && !/[`$;{}\\=]|&&|^\s*[-+>#]/.test(text)) &&
    !below.every(({ text }) => /^\d+(?:\.\d+)*$/.test(text.trim())) &&
    (!rule || (below.some(isContact) && below.every((line) => isContact(line) || looksLikeName(line)))) &&
    !below.some(
      ({ text }) => /^\p{Ll}.*\s.*\s/u.test(text.trim()) && !contactMarks.some((mark) => mark.test(text)),
    )
    ? short
    : null
}

type Peel = (lines: ReadonlyArray<Line>, end: number, names: ReadonlyArray<string>) => number

const paragraphStart = (lines: ReadonlyArray<Line>, end: number) => {
  let at = end
  while (at > 0 && !isBlank(lines[at - 1])) at--
  return at
}

const withoutAppLine: Peel = (lines, end) => {
  const last = lines[end - 1]
  if (last === undefined) return end
  if (isAppLine(last)) return end - 1
  const before = lines[end - 2]
  // A link on a line of its own below it.
  const linked =
    /^[<([]?https?:\/\/\S+$/.test(plainText(last.text)) && before !== undefined && isAppLine(before)
  return linked ? end - 2 : end
}

/** From the first paragraph that begins as a disclaimer does; not if it is all there is. */
const withoutDisclaimer: Peel = (lines, end) => {
  let found = end
  for (let at = paragraphStart(lines, end); at > 0; at = paragraphStart(lines, trimmed(lines, at))) {
    const text = plainText(
      lines
        .slice(at, Math.min(end, at + 8))
        .map((line) => line.text)
        .join(" "),
    ).toLowerCase()
    if (disclaimers.some((start) => start.test(text))) found = at
    if (end - at > 60) break
  }
  return found
}

/** What a mailing list adds: a rule, and below it its name and how to leave it. */
const withoutListFooter: Peel = (lines, end) => {
  const at = lines.findLastIndex(
    ({ text }, i) => i > 0 && i < end && i >= end - 6 && /^[_-]{2,}$/.test(text.trim()),
  )
  const below =
    at < 0
      ? ""
      : lines
          .slice(at + 1, end)
          .map(({ text }) => text)
          .join(" ")
  return /mailing list|mailman|unsubscribe|listinfo/i.test(below) && /@|https?:/.test(below) ? at : end
}

/** A closing phrase with at most a few lines of a signature under it; with none, only a long one below other lines. */
const withoutClosing: Peel = (lines, end, names) => {
  for (let i = end - 1; i > 0 && i >= end - 1 - blockLines; i--) {
    const line = lines[i]
    if (line === undefined) break
    if (isBlank(line)) continue
    if (isSignedClosing(line, names) && i === end - 1) return closingStart(lines, i)
    if (isClosing(line)) {
      const below = lines.slice(i + 1, end).filter((each) => !isBlank(each))
      const signed =
        below.length === 0
          ? bare(line).length >= 5
          : below.every((each) => isSignatureLine(each, names)) || isCard(lines.slice(i + 1, end), names)
      return signed ? closingStart(lines, i) : end
    }
  }
  return end
}
/** The sender's own name and right below it what stands on a card, an address among it. */
const isCard = (given: ReadonlyArray<Line>, names: ReadonlyArray<string>): boolean => {
  const lines = given.slice(given.findIndex((line) => !isBlank(line)))
  const [first] = lines
  return (
    first !== undefined &&
    isName(first, names) &&
    lines.some(isContact) &&
    lines.every(
      ({ text }) => /\S/.test(text) && text.length <= 80 && !/[`$;{}\\<>=]|&&|[!?]$|^\p{Ll}/u.test(text),
    )
  )
}

/** Several closing phrases one after the other: "Thanks" above "Best regards". */
const closingStart = (lines: ReadonlyArray<Line>, at: number): number => {
  const above = trimmed(lines, at)
  const line = lines[above - 1]
  return above > 1 && line !== undefined && isClosing(line) ? closingStart(lines, above - 1) : at
}

/** A last paragraph that begins with the sender's name, or with any name above two ways to reach them. */
const withoutCompany: Peel = (lines, end, names) => {
  const start = paragraphStart(lines, end)
  const block = lines.slice(start, end)
  const [first] = block
  if (first === undefined || start === 0 || block.length > blockLines) return end
  // What a colon announces is part of the request.
  if (/[:：]\s*$/u.test(lines[trimmed(lines, start) - 1]?.text ?? "")) return end
  const rest = block.slice(1)
  const contacts = rest.filter(isContact).length
  if (isName(first, names))
    return rest.every((line) => isContact(line) || looksLikeName(line) || line.text.length <= 60) &&
      (rest.length === 0 || contacts > 0 || rest.every(looksLikeName))
      ? start
      : end
  return looksLikeName(first) && contacts >= 2 && rest.every((line) => isContact(line) || looksLikeName(line))
    ? start
    : end
}

/** A rule that stood above what was taken off. */
const withoutSeparator: Peel = (lines, end) => {
  const last = lines[end - 1]
  const cutBelow = end < lines.length && lines.slice(end).some((line) => !isBlank(line))
  return cutBelow && last !== undefined && /^(?:--|—+|–+|_{2,}|-{3,}|\*{3,}|={3,}|~{3,})\s*$/.test(last.text)
    ? end - 1
    : end
}
