import PostalMime from "postal-mime"
import type { Attachment, Email } from "postal-mime"
import type { ParsedMail } from "@maillm/schema/Message"
import { attachmentName } from "./attachmentName.ts"
import { automaticReason } from "./automatic.ts"
import { splitHtmlReply } from "./htmlReply.ts"
import { parseMailboxes } from "./mailboxes.ts"
import {
  attachmentsLimit,
  headerLimit,
  htmlLimit,
  mailboxesLimit,
  newestLimit,
  referencesLimit,
} from "./parseLimits.ts"
import { headerValues, rawHeaders } from "./rawHeaders.ts"
import type { RawHeader } from "./rawHeaders.ts"
import type { ReplyText } from "./replyParts.ts"
import { splitTextReply } from "./textReply.ts"

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
    const email = await PostalMime.parse(raw, {
      forceRfc822Attachments: true,
      attachmentEncoding: "arraybuffer",
      maxNestingDepth: 100,
    })
    return read(email, rawHeaders(raw), domain)
  } catch (error) {
    return unreadable(`its structure is broken (${error instanceof Error ? error.message : String(error)})`)
  }
}

const unreadable = (what: string): ParseResult => ({
  _tag: "Unreadable",
  reason: `The mail could not be read: ${what}.`.slice(0, 500),
})

const read = (email: Email, headers: ReadonlyArray<RawHeader>, domain: string): ParseResult => {
  if (email.attachments.length > attachmentsLimit) {
    return unreadable(`it has ${email.attachments.length} attachments, more than ${attachmentsLimit}`)
  }
  const reply = replyText(email, domain)
  if (typeof reply === "string") return unreadable(reply)
  if (reply.newest.length > newestLimit) {
    return unreadable(
      `its text is ${reply.newest.length} characters long, more than ${newestLimit}; send long text as an attachment`,
    )
  }
  const type = headerValues(headers, "content-type")[0] ?? ""
  const nothing = reply.newest === "" && reply.quoted === "" && email.attachments.length === 0
  if (nothing && /^multipart\//i.test(type)) {
    return unreadable(`it is announced as ${type.split(";")[0]}, but nothing to read was found in it`)
  }
  return {
    _tag: "Readable",
    mail: {
      ...headerFields(email, headers),
      newestText: reply.newest,
      quotedText: reply.quoted,
      signature: reply.signature,
    },
    attachments: email.attachments.map(toAttachment),
  }
}

/** HTML first: its marks of quotes need no language, and its lines are not wrapped by the client. */
const replyText = (email: Email, domain: string): ReplyText | string => {
  const html = email.html ?? ""
  if (html.trim() !== "" && html.length <= htmlLimit) {
    try {
      const reply = splitHtmlReply(html)
      if (reply.newest !== "" || (email.text ?? "").trim() === "") return reply
    } catch {
      if (email.text === undefined) return "its HTML is nested too deep; send it as plain text"
    }
  }
  if (email.text === undefined && html.length > htmlLimit) {
    return `its HTML is ${html.length} characters long, more than ${htmlLimit}, and it has no plain text part`
  }
  return splitTextReply(email.text ?? "", domain)
}

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
    automatic: automaticReason(headers),
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
  text
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ")
    .trim()
    .slice(0, limit)

const toAttachment = (attachment: Attachment, index: number): ParsedAttachment => ({
  name: attachmentName(
    attachment.filename ?? (attachment.mimeType === "message/rfc822" ? "message.eml" : null),
    index,
  ),
  type: oneLine(attachment.mimeType, 255),
  bytes: toBytes(attachment.content),
})

const toBytes = (content: Attachment["content"]): Uint8Array =>
  typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content)
