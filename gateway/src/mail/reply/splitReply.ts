import { quotedLimit, signatureLimit } from "../parseLimits.ts"
import { attributionAbove, attributionLength, isAttribution, isWholeAttribution } from "./attribution.ts"
import { isBlank } from "./Line.ts"
import type { Line } from "./Line.ts"
import { isArrowHead, isHeaderLine, isRule, isSeparator, oldMailHeaderAt } from "./oldMailHead.ts"
import { fencedLines, looksOwn, surroundings } from "./ownText.ts"
import { namesOf } from "./names.ts"
import { signatureStart } from "./signature.ts"

/** What the sender wrote now, and what was cut off it. Nothing is lost: the raw mail has it all. */
export interface ReplyText {
  readonly newest: string
  readonly quoted: string
  readonly signature: string
}

/** What the mail's header says, as far as it helps to read its text. */
export interface MailFacts {
  /** It answers another mail, or says so. */
  readonly reply: boolean
  readonly fromName: string
  readonly fromAddress: string
  /** Domain of our own addresses: where a mail names one of them, the old mail begins. */
  readonly domain: string
}

type Kind = "newest" | "quoted" | "signature"

/**
 * Splits a mail's lines, whether they came from HTML or from plain text. In this order: what is marked as quoted and
 * truly is; where the old mail begins that is not marked; the lines that introduce a quote; the signature.
 */
export const splitReply = (lines: ReadonlyArray<Line>, facts: MailFacts): ReplyText => {
  const fenced = fencedLines(lines)
  const quoted = quotedLines(lines, fenced, facts)
  const start = oldMailStart(lines, quoted, fenced, facts)
  const kinds = lines.map((line, i): Kind => {
    if (i >= start || quoted[i] === true || line.role === "attribution") return "quoted"
    return line.role === "signature" ? "signature" : "newest"
  })
  markAttributions(lines, kinds)
  markSignature(lines, kinds, fenced, facts)
  return assemble(lines, kinds)
}

interface Run {
  readonly start: number
  readonly end: number
}

const quotedLines = (
  lines: ReadonlyArray<Line>,
  fenced: ReadonlyArray<boolean>,
  facts: MailFacts,
): ReadonlyArray<boolean> => {
  const runs = runsOf(lines, (line, i) => line.depth > 0 && fenced[i] !== true)
  const first = runs.find((run) => lines[run.start]?.by !== "bar" && isIntroduced(lines, run))
  const around = surroundings(lines)
  const quoted = lines.map(() => false)
  for (const run of runs) {
    const by = lines[run.start]?.by
    const introduced = first !== undefined && run.start >= first.start
    const counts =
      by === "client" ||
      (by === "bar" && isIntroduced(lines, run)) ||
      (introduced && by !== "bar" && !(by === "angle" && looksOwn(lines, run, around, "amid quotes"))) ||
      (first === undefined &&
        by === "angle" &&
        !looksOwn(lines, run, around, facts.reply ? "reply" : "new mail"))
    if (counts) quoted.fill(true, run.start, run.end)
  }
  return quoted
}

/** Stretches of lines with the same mark. */
const runsOf = (lines: ReadonlyArray<Line>, within: (line: Line, index: number) => boolean) => {
  const runs: Array<{ start: number; end: number }> = []
  lines.forEach((line, i) => {
    if (!within(line, i)) return
    const last = runs.at(-1)
    if (last !== undefined && last.end === i && lines[last.start]?.by === line.by) last.end = i + 1
    else runs.push({ start: i, end: i + 1 })
  })
  return runs
}

/** A quote has a line above it, or at its head, that says whose it is. */
const isIntroduced = (lines: ReadonlyArray<Line>, run: Run): boolean => {
  if (lines[run.start]?.by === "client" || lines[run.start - 1]?.role === "attribution") return true
  if (attributionAbove(lines, run.start) !== null) return true
  const inside = lines.slice(run.start, run.end)
  const said = inside.slice(0, 4).findIndex((line) => !isBlank(line))
  return (
    said >= 0 &&
    (attributionLength(inside, said, (text) => isAttribution(text, true)) > 0 ||
      isSeparator(inside, said) ||
      oldMailHeaderAt(inside, said))
  )
}

/** Where an old mail begins that is not marked as quoted, from its separator or header on; else the end. */
const oldMailStart = (
  lines: ReadonlyArray<Line>,
  quoted: ReadonlyArray<boolean>,
  fenced: ReadonlyArray<boolean>,
  facts: MailFacts,
): number => {
  const ours = ourAddress(facts.domain)
  const at = lines.findIndex((line, i) => {
    if (line.rest || isArrowHead(line)) return true
    if (quoted[i] === true || fenced[i] === true || isBlank(line)) return false
    return (
      isSeparator(lines, i) ||
      oldMailHeaderAt(lines, i) ||
      (ours.test(line.text) && !quoted.includes(true, i)) ||
      endsInOldMail(lines, quoted, i, facts)
    )
  })
  if (at < 0) return lines.length
  let start = at
  for (let above = at - 1; above >= 0 && at - above <= headLines; above--) {
    if (isBlank(lines[above])) continue
    if (quoted[above] === true || !belongsToHead(lines, above)) break
    start = above
  }
  return start
}

/** A whole "On … wrote:" with unmarked text below it and no quote anywhere after. */
const endsInOldMail = (
  lines: ReadonlyArray<Line>,
  quoted: ReadonlyArray<boolean>,
  at: number,
  facts: MailFacts,
): boolean => {
  const whole = (text: string) => isWholeAttribution(text, facts.reply)
  const count = attributionLength(lines, at, whole)
  // It begins in the next line: this one is the sender's.
  if (count > 1 && attributionLength(lines, at + 1, whole) > 0) return false
  return (
    count > 0 && !quoted.includes(true, at + count) && lines.slice(at + count).some((line) => !isBlank(line))
  )
}

/** Lines above an old mail's header that may belong to it: a rule, a separator, further header lines. */
const headLines = 8
const belongsToHead = (lines: ReadonlyArray<Line>, at: number): boolean => {
  const line = lines[at]
  return (
    line !== undefined &&
    (isRule(line) ||
      isSeparator(lines, at) ||
      (isHeaderLine(line) && /@|\d{4}/.test(line.text)) ||
      isAttribution(line.text, true))
  )
}

/** Every mail of ours comes from a signed session address, and clients name it where they quote. */
const ourAddress = (domain: string) =>
  new RegExp(
    `\\bre\\.[a-z0-9_-]{1,20}\\.[a-z0-9_-]{1,20}\\.[a-z2-7]{16}@${domain.replace(/[^a-z0-9-]/gi, "\\$&")}`,
    "i",
  )

const markAttributions = (lines: ReadonlyArray<Line>, kinds: Array<Kind>): void => {
  kinds.forEach((kind, i) => {
    if (kind !== "quoted" || kinds[i - 1] === "quoted") return
    const above = attributionAbove(lines, i)
    if (above === null) return
    for (let j = headStart(lines, above.from); j < i; j++) if (kinds[j] === "newest") kinds[j] = "quoted"
  })
}

/** Some clients set a rule and header lines above the line that introduces the quote. */
const headStart = (lines: ReadonlyArray<Line>, at: number): number => {
  let start = at
  while (start > 0 && at - start < 6 && !isBlank(lines[start - 1]) && isHeaderAbove(lines[start - 1])) start--
  return start > 0 && start < at && isRuleLine(lines[start - 1]) ? start - 1 : at
}
const isHeaderAbove = (line: Line | undefined) => line !== undefined && isHeaderLine(line)
const isRuleLine = (line: Line | undefined) => line !== undefined && isRule(line)

/** The signature ends what the sender wrote, above the quote or below it. */
const markSignature = (
  lines: ReadonlyArray<Line>,
  kinds: Array<Kind>,
  fenced: ReadonlyArray<boolean>,
  facts: MailFacts,
): void => {
  for (let end = kinds.length, tries = 0; tries < 3; tries++) {
    const last = kinds.findLastIndex((kind, i) => i < end && kind === "newest" && !isBlank(lines[i]))
    if (last < 0) return
    const start = kinds.findLastIndex((kind, i) => i < last && kind !== "newest") + 1
    const from =
      start +
      signatureStart(
        lines.slice(start, last + 1),
        fenced.slice(start, last + 1),
        namesOf(facts.fromName, facts.fromAddress),
      )
    for (let i = from; i <= last; i++) kinds[i] = "signature"
    // A signature alone below the quote: the one who wrote above it may have signed there too.
    if (from > start || start === 0) return
    end = start
  }
}

const assemble = (lines: ReadonlyArray<Line>, kinds: ReadonlyArray<Kind>): ReplyText => {
  const all = (kind: Kind) =>
    edges(
      lines
        .filter((_, i) => kinds[i] === kind)
        .map(({ shown }) => shown)
        .join("\n"),
    )
  const text = joined(lines, kinds)
  const signature = all("signature")
  const quoted = all("quoted")
  // Nothing but what a client calls a signature, and nothing to answer: it is what the sender had to say.
  if (text === "" && quoted === "" && lines.some(({ role }) => role === "signature")) {
    return { newest: signature, quoted: "", signature: "" }
  }
  return { newest: text, quoted: quoted.slice(0, quotedLimit), signature: signature.slice(0, signatureLimit) }
}

const joined = (lines: ReadonlyArray<Line>, kinds: ReadonlyArray<Kind>): string => {
  const pieces: Array<Array<string>> = []
  lines.forEach((line, i) => {
    if (kinds[i] !== "newest") return
    if (kinds[i - 1] === "newest") pieces.at(-1)?.push(line.shown)
    else pieces.push([line.shown])
  })
  return pieces
    .map((piece) => edges(piece.join("\n")))
    .filter((piece) => piece !== "")
    .join("\n")
}

/** Without empty lines at its start, and without blanks at its end. */
const edges = (text: string) => text.replace(/^(?:[ \t]*\n)+/, "").trimEnd()
