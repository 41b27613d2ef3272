import { quotedLimit, signatureLimit } from "./parseLimits.ts"

/** A stretch of a mail's text, in reading order. */
export interface Part {
  readonly kind: "newest" | "quoted" | "signature"
  readonly text: string
}

/** What the sender wrote now, and what was cut off it. Nothing is lost: the raw mail has it all. */
export interface ReplyText {
  readonly newest: string
  readonly quoted: string
  readonly signature: string
}

export const assemble = (parts: ReadonlyArray<Part>): ReplyText => {
  const cut = withSignatureCut(withAttributionCut(parts))
  const all = (kind: Part["kind"]) =>
    cut
      .filter((part) => part.kind === kind)
      .map(({ text }) => text)
      .join("\n")
      .replace(/^(?:[ \t]*\n)+/, "")
      .trimEnd()
  return {
    newest: all("newest"),
    quoted: all("quoted").slice(0, quotedLimit),
    signature: all("signature").slice(0, signatureLimit),
  }
}

/**
 * The line that introduces a quote ("On … wrote:") in whatever language: right before it, ends in a colon, and
 * holds an address, a year or a time of day. It may be wrapped onto two lines.
 */
const withAttributionCut = (parts: ReadonlyArray<Part>): ReadonlyArray<Part> =>
  parts.flatMap((part, i) => {
    if (part.kind !== "newest" || parts[i + 1]?.kind !== "quoted") return [part]
    const lines = part.text.trimEnd().split("\n")
    const last = lines.at(-1) ?? ""
    if (!/[:：]\s*$/u.test(last)) return [part]
    const before = lines.at(-2)?.trim() ?? ""
    const marks = /@|\b(?:19|20)\d{2}\b|\b\d{1,2}[:.]\d{2}\b/
    const count = marks.test(last) ? (before !== "" && startsAttribution(before) ? 2 : 1) : 0
    const taken = count === 0 && before !== "" && marks.test(before) ? 2 : count
    if (taken === 0) return [part]
    return [
      { kind: "newest" as const, text: lines.slice(0, -taken).join("\n") },
      { kind: "quoted" as const, text: lines.slice(-taken).join("\n") },
    ]
  })

/** First half of a wrapped attribution: a date, and no end of a sentence. */
const startsAttribution = (line: string) => /\b(?:19|20)\d{2}\b/.test(line) && !/[.!?]$/.test(line)

const phoneSignature =
  /^(?:Sent from|Get Outlook for|Von .{1,60} gesendet|Gesendet (?:von|mit)|Envoyé (?:de|depuis)|Enviado (?:desde|do|de)|Inviato da|V(?:erstuurd|erzonden) vanaf|Sendt fra|Skickat från|Wysłane z)\b.{0,80}$/iu
const closing =
  /^(?:(?:best|kind|warm)?\s?regards|best|cheers|thanks|best wishes|sincerely|mit freundlichen grüßen|viele grüße|cordialement|saludos|cordiali saluti|med venlig hilsen),?!?$/iu
/** Lines that a closing phrase or a `--` may have under it and still be a signature, not an instruction. */
const signatureLines = 5

/**
 * Cuts a signature off the end of what is newest: below `-- ` (RFC 3676 §4.3), a phone's advertisement, or a
 * short closing. A line of dashes with more below it is the sender's own text and stays.
 */
const withSignatureCut = (parts: ReadonlyArray<Part>): ReadonlyArray<Part> => {
  const index = parts.findLastIndex((part) => part.kind === "newest" && part.text.trim() !== "")
  const part = parts[index]
  if (part === undefined) return parts
  const lines = part.text.trimEnd().split("\n")
  const start = signatureStart(lines)
  if (start === null) return parts
  return parts.toSpliced(
    index,
    1,
    { kind: "newest", text: lines.slice(0, start).join("\n") },
    { kind: "signature", text: lines.slice(start).join("\n") },
  )
}

const signatureStart = (lines: ReadonlyArray<string>): number | null => {
  const separator = lines.lastIndexOf("-- ")
  if (separator > 0 || (separator === 0 && lines.length > 1)) return separator
  if (phoneSignature.test(lines.at(-1)?.trim() ?? "")) return lines.length - 1
  for (let i = lines.length - 1; i > 0 && i >= lines.length - 1 - signatureLines; i--) {
    const line = lines[i]?.trim() ?? ""
    if (line === "--" || (closing.test(line) && lines.length - 1 - i <= 3)) return i
  }
  return null
}
