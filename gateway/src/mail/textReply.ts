import EmailReplyParser from "email-reply-parser"
import { replyParserLimit } from "./parseLimits.ts"
import { assemble } from "./replyParts.ts"
import type { Part, ReplyText } from "./replyParts.ts"

/**
 * Splits plain text. The reply parser only proposes: it takes every line of dashes for a signature and every
 * "On … wrote:" for a quote, so each of its fragments has to look like what it is said to be.
 */
export const splitTextReply = (text: string, domain: string): ReplyText => {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\u00a0/g, " ")
  const [above, below] = cutOldMail(lines, domain)
  const parts = above.length <= replyParserLimit ? fragments(above) : plainParts(above)
  return assemble(below === "" ? parts : [...parts, { kind: "quoted", text: below }])
}

const fragments = (text: string): ReadonlyArray<Part> => {
  const parts = new EmailReplyParser().read(text).getFragments()
  const kinds = parts.map((part): Part => {
    const content = part.getContent()
    return {
      kind: (part.isQuoted() || part.isSignature()) && looksQuoted(content) ? "quoted" : "newest",
      text: content,
    }
  })
  // Nothing cut: the text as it came, for the parser drops blanks at line ends.
  return kinds.every(({ kind }) => kind === "newest") ? [{ kind: "newest", text }] : kinds
}

const separator =
  /^-{3,} ?(?:original message|ursprüngliche nachricht|message d'origine|oprindelig besked|mensaje original|messaggio originale|oorspronkelijk bericht|forwarded message|weitergeleitete nachricht) ?-{3,}/im
const headerField =
  /^\s*\*?(?:From|Sent|Date|To|Cc|Subject|Von|Gesendet|Datum|An|Betreff|De|Envoyé|À|Objet|Da|Inviato|Oggetto|Enviado|Para|Asunto|Van|Verzonden|Aan|Onderwerp)\s?:\*?\s/gimu

const looksQuoted = (text: string) =>
  /^>/m.test(text) || separator.test(text) || (text.match(headerField)?.length ?? 0) >= 2

/** Quoted is what starts with `>`. */
const plainParts = (text: string): ReadonlyArray<Part> => {
  const parts: Array<{ kind: Part["kind"]; lines: Array<string> }> = []
  for (const line of text.split("\n")) {
    const kind = line.startsWith(">") ? "quoted" : "newest"
    const last = parts.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else parts.push({ kind, lines: [line] })
  }
  return parts.map(({ kind, lines }) => ({ kind, text: lines.join("\n") }))
}

/**
 * What stands below a forwarding line is not the sender's. Neither is what stands below our own address: every
 * mail of ours comes from a signed session address, and clients name it where they quote, in the "On … wrote:"
 * line or the From line above, which makes it a delimiter that needs no language. Where the quote is marked with
 * `>` the marks tell, for there may be answers in between.
 */
const cutOldMail = (text: string, domain: string): readonly [string, string] => {
  const lines = text.split("\n")
  const ours = ourAddress(domain)
  const forwarded = lines.findIndex((line) => separator.test(line))
  const named = lines.findIndex((line) => !line.startsWith(">") && ours.test(line))
  const marked = named >= 0 && lines.slice(named + 1).some((line) => line.startsWith(">"))
  const starts = [forwarded, marked ? -1 : named].filter((at) => at >= 0)
  if (starts.length === 0) return [text, ""]
  let start = Math.min(...starts)
  while (start > 0 && isQuoteHead(lines[start - 1] ?? "")) start--
  return [lines.slice(0, start).join("\n"), lines.slice(start).join("\n")]
}

const ourAddress = (domain: string) =>
  new RegExp(
    `\\bre\\.[a-z0-9_-]{1,20}\\.[a-z0-9_-]{1,20}\\.[a-z2-7]{16}@${domain.replace(/[^a-z0-9-]/gi, "\\$&")}`,
    "i",
  )

const isQuoteHead = (line: string) =>
  separator.test(line) || /^\s*[_-]{5,}\s*$/.test(line) || line.match(headerField) !== null
