import type { Email } from "postal-mime"
import type { ParsedMail } from "@maillm/schema/Message"
import { attachmentNames } from "./attachmentName.ts"
import { automaticReason } from "./automatic.ts"
import { parseMailboxes } from "./mailboxes.ts"
import { calendarReason } from "./mime/calendar.ts"
import { withoutControls } from "./mime/charset.ts"
import { bodyLines, mailBody } from "./mime/mailBody.ts"
import type { MailBody } from "./mime/mailBody.ts"
import { countDelimiters } from "./mime/countParts.ts"
import { mimeParts } from "./mime/mimeParts.ts"
import type { MimeMail, MimePart } from "./mime/mimeParts.ts"
import { readTnef } from "./mime/tnef.ts"
import {
  attachmentsLimit,
  headerLimit,
  mailboxesLimit,
  newestLimit,
  partsLimit,
  referencesLimit,
  TooMuchMail,
} from "./parseLimits.ts"
import { headerValues, rawHeaders } from "./rawHeaders.ts"
import type { RawHeader } from "./rawHeaders.ts"
import { htmlLines } from "./reply/htmlLines.ts"
import type { Line } from "./reply/Line.ts"
import { splitReply } from "./reply/splitReply.ts"
import type { MailFacts, ReplyText } from "./reply/splitReply.ts"
import { textLines } from "./reply/textLines.ts"

export interface ParsedAttachment {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export type ParseResult =
  | {
      readonly _tag: "Readable"
      readonly mail: Omit<ParsedMail, "attachments">
      readonly attachments: ReadonlyArray<ParsedAttachment>
    }
  /** The reason is for the sender to read. */
  | { readonly _tag: "Unreadable"; readonly reason: string }

/**
 * Reads a raw mail. Never throws; all texts are within the bounds of `ParsedMail`. To be run where time and
 * memory are capped: a hostile mail can cost seconds.
 */
export const parseMail = async (raw: Uint8Array, domain: string): Promise<ParseResult> => {
  try {
    const delimiters = countDelimiters(raw)
    if (delimiters > partsLimit) return unreadable(`it has more than ${partsLimit} parts`)
    return read(await mimeParts(raw), rawHeaders(raw), domain)
  } catch (error) {
    if (error instanceof TooMuchMail) return unreadable(error.message)
    return unreadable(`its structure is broken (${error instanceof Error ? error.message : String(error)})`)
  }
}

const unreadable = (what: string): ParseResult => ({
  _tag: "Unreadable",
  reason: `The mail could not be read: ${what}.`.slice(0, 500),
})

const read = ({ email, parts }: MimeMail, headers: ReadonlyArray<RawHeader>, domain: string): ParseResult => {
  if (parts.length > partsLimit) return unreadable(`it has more than ${partsLimit} parts`)
  const body = mailBody(parts)
  if (body.pieces.length === 0 && parts.some(isEncrypted)) {
    return unreadable("it is encrypted, and there is no key for it here; send it signed, not encrypted")
  }
  const { files, lines: packed } = unpackedFiles(body)
  if (files.length > attachmentsLimit) {
    return unreadable(`it has ${files.length} attachments, more than ${attachmentsLimit}`)
  }
  const reply = replyText(body, packed, factsOf(email, domain))
  if (typeof reply === "string") return unreadable(reply)
  if (reply.newest.length > newestLimit) {
    return unreadable(
      `its text is ${reply.newest.length} characters long, more than ${newestLimit}; send long text as an attachment`,
    )
  }
  const type = headerValues(headers, "content-type")[0] ?? ""
  const nothing = reply.newest === "" && reply.quoted === "" && files.length === 0
  if (nothing && /^multipart\//i.test(type) && parts.every(({ bytes }) => bytes.length === 0)) {
    return unreadable(`it is announced as ${type.split(";")[0]}, but nothing to read was found in it`)
  }
  return {
    _tag: "Readable",
    mail: {
      ...headerFields(email, headers),
      automatic: automaticReason(headers) ?? calendarReason(parts),
      newestText: reply.newest,
      quotedText: reply.quoted,
      signature: reply.signature,
    },
    attachments: files,
  }
}

const factsOf = (email: Email, domain: string): MailFacts => ({
  domain,
  fromName: email.from?.name ?? "",
  fromAddress: email.from?.address ?? "",
  reply:
    email.inReplyTo !== undefined ||
    email.references !== undefined ||
    /^\s*(?:re|aw|sv|antw|odp|ynt|回复|答复|回覆|답장)\s*(?:\[\d+\])?\s*[:：]/iu.test(email.subject ?? ""),
})

/** HTML first; the plain text where the HTML cannot be read or says nothing. */
const replyText = (body: MailBody, packed: ReadonlyArray<Line>, facts: MailFacts): ReplyText | string => {
  const split = (prefer: "html" | "plain") => {
    const lines = body.pieces.length === 0 ? packed : bodyLines(body, prefer)
    return splitReply(lines, facts)
  }
  const both = body.pieces.some(({ html, plain }) => html.length > 0 && plain.length > 0)
  try {
    const reply = split("html")
    if (reply.newest !== "" || !both) return reply
  } catch (error) {
    if (!(error instanceof TooMuchMail)) throw error
    const hasHtml = body.pieces.some(({ html }) => html.length > 0)
    if (!both) return hasHtml ? `${error.message}, and it has no plain text part` : error.message
  }
  return split("plain")
}

/** The files of a mail by safe names. What Exchange packs into winmail.dat is taken out of it. */
const unpackedFiles = ({
  files,
}: MailBody): { readonly files: ReadonlyArray<ParsedAttachment>; readonly lines: ReadonlyArray<Line> } => {
  const lines: Array<Line> = []
  const found = files.flatMap(
    (part): ReadonlyArray<{ given: string | null; type: string; bytes: Uint8Array }> => {
      const tnef = isTnef(part) ? readTnef(part.bytes) : null
      if (tnef === null)
        return [{ given: part.fileName ?? defaultName(part), type: part.type, bytes: part.bytes }]
      lines.push(
        ...(tnef.text === "" ? htmlLines(tnef.html.slice(0, 1_000_000)) : textLines(tnef.text, null)),
      )
      return tnef.files.map(({ name, bytes }) => ({ given: name, type: "application/octet-stream", bytes }))
    },
  )
  const names = attachmentNames(found.map(({ given }) => given))
  return {
    files: found.map(({ type, bytes }, i) => ({
      name: names[i] ?? `attachment-${i + 1}`,
      type: oneLine(type, 255) || "application/octet-stream",
      bytes,
    })),
    lines,
  }
}

/** S/MIME's enveloped data, or PGP/MIME. */
const isEncrypted = ({ type, within }: MimePart) =>
  /^application\/(?:x-)?pkcs7-mime$/.test(type) ||
  type === "application/pgp-encrypted" ||
  within.includes("encrypted")

const isTnef = (part: MimePart) =>
  /^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || /^winmail\.dat$/i.test(part.fileName ?? "")

const defaultName = ({ type }: MimePart) =>
  type === "message/rfc822" ? "message.eml" : type === "text/calendar" ? "calendar.ics" : null

const headerFields = (email: Email, headers: ReadonlyArray<RawHeader>) => {
  const fromFields = headerValues(headers, "from")
  const mailboxes = fromFields.map((field) => parseMailboxes(field))
  return {
    // One field that no strict reader understands, and the mail has no sender at all.
    from: mailboxes.includes(null) ? [] : mailboxes.flatMap((all) => all ?? []).slice(0, mailboxesLimit),
    fromHeaderCount: fromFields.length,
    fromName: oneLine(email.from?.name ?? "", 255),
    subject: oneLine(email.subject ?? "", headerLimit),
    messageId: messageIds(email.messageId ?? "")[0] ?? "",
    inReplyTo: messageIds(email.inReplyTo ?? "")[0] ?? "",
    references: messageIds(email.references ?? "").slice(-referencesLimit),
    dateMillis: dateMillis(email.date),
  }
}

/** Ids with their brackets. One that would have to be cut is no id any more and is left out. */
const messageIds = (field: string): ReadonlyArray<string> =>
  (field.match(/<[^<>\s\p{Cc}]+>/gu) ?? []).filter((id) => id.length <= headerLimit)

const dateMillis = (date: string | undefined): number | null => {
  const millis = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isSafeInteger(millis) ? millis : null
}

/** Without control and direction characters, which a header has no use for but to deceive. */
const oneLine = (text: string, limit: number) =>
  withoutControls(text)
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ")
    .trim()
    .slice(0, limit)
