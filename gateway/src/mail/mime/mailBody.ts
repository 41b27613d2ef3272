import { htmlLimit, linesLimit, textLimit, TooMuchMail } from "../parseLimits.ts"
import { htmlLines } from "../reply/htmlLines.ts"
import type { Line } from "../reply/Line.ts"
import { textLines } from "../reply/textLines.ts"
import { decodeText } from "./charset.ts"
import type { MimePart } from "./mimeParts.ts"

/** What a mail says, in two forms where its sender's client gave two. */
export interface BodyPiece {
  readonly html: ReadonlyArray<MimePart>
  readonly plain: ReadonlyArray<MimePart>
}

export interface MailBody {
  readonly pieces: ReadonlyArray<BodyPiece>
  /** Every part that is no text of the mail: files, pictures in the text, forwarded mails. */
  readonly files: ReadonlyArray<MimePart>
}

const plainTypes = new Set(["text/plain", "text/markdown", "text/enriched", "text", ""])

/**
 * Which parts are the mail's text. A text part with a file name is a file, unless it is the first part of all; of a
 * multipart/alternative all forms together say one thing.
 */
export const mailBody = (parts: ReadonlyArray<MimePart>): MailBody => {
  const pieces: Array<{ html: Array<MimePart>; plain: Array<MimePart>; alternative: number | null }> = []
  const files: Array<MimePart> = []
  parts.forEach((part, i) => {
    const kind = part.type === "text/html" ? "html" : plainTypes.has(part.type) ? "plain" : null
    const isFile = part.disposition === "attachment" || (part.fileName !== null && i > 0)
    if (kind === null || isFile) {
      if (!isOtherForm(part)) files.push(part)
      return
    }
    const open = pieces.find((piece) => part.alternative !== null && piece.alternative === part.alternative)
    if (open !== undefined) open[kind].push(part)
    else {
      const only = { html: [], plain: [], [kind]: [part] }
      pieces.push({ ...only, alternative: part.alternative })
    }
  })
  return { pieces, files }
}

/** A form of the text for other readers, such as AMP or a watch: no file. */
const isOtherForm = (part: MimePart) =>
  part.alternative !== null &&
  part.fileName === null &&
  /^text\/(?!calendar)/.test(part.type) &&
  part.disposition !== "attachment"

/**
 * The lines of all pieces. HTML first: its marks of quotes need no language, and its lines are not wrapped by the
 * client. Throws TooMuchMail on what is too long, or nested too deep, to be read.
 */
export const bodyLines = ({ pieces }: MailBody, prefer: "html" | "plain"): ReadonlyArray<Line> => {
  return pieces.flatMap((piece) => {
    const other = prefer === "html" ? "plain" : "html"
    const form = piece[prefer].length > 0 ? prefer : other
    return piece[form].flatMap((part) => {
      const text = decodeText(part.bytes, part.parameters["charset"])
      if (form === "html") return htmlLines(within(text, "HTML", htmlLimit))
      within(text, "text", textLimit)
      withinLines(text)
      const flowed = part.parameters["format"]?.toLowerCase() === "flowed"
      return textLines(text, flowed ? { delSp: part.parameters["delsp"]?.toLowerCase() === "yes" } : null)
    })
  })
}

const within = (text: string, what: string, limit: number): string => {
  if (text.length <= limit) return text
  throw new TooMuchMail(`its ${what} is ${text.length} characters long, more than ${limit}`)
}

const withinLines = (text: string): void => {
  let count = 0
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (++count > linesLimit) throw new TooMuchMail(`its text has more than ${linesLimit} lines`)
  }
}
