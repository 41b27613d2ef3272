import type { MessageId, UserId } from "@maillm/schema/Ids"
import type { MailContent, OutboundMail } from "@maillm/schema/Message"
import type { MessageRow } from "@maillm/schema/ReadModel"
import type { RequestSpec, UserEvent } from "@maillm/schema/UserActor"
import { replyText } from "../readmodel/replyText.ts"
import { cut } from "./cut.ts"

const blank = {
  reasons: [],
  sessionId: null,
  requestId: null,
  quotedText: "",
  internetMessageId: "",
  inReplyTo: "",
  attachments: [],
  raw: null,
  remoteAddress: "",
} as const

/** A mail of which nothing is known but its id. */
export const unknownMail = (id: MessageId, userId: UserId, atMillis: number): MessageRow => ({
  ...blank,
  id,
  userId,
  direction: "in",
  channel: "email",
  state: "received",
  from: "",
  to: "",
  subject: "",
  text: "",
  atMillis,
  updatedAtMillis: atMillis,
})

/** A mail as SMTP took it, unread. */
export const receivedMail = (
  event: Extract<UserEvent, { readonly _tag: "MailReceived" }>,
  userId: UserId,
  atMillis: number,
): MessageRow => ({
  ...unknownMail(event.mailId, userId, event.receivedAtMillis),
  sessionId: event.recipient._tag === "Session" ? event.recipient.sessionId : null,
  from: event.envelope.from,
  to: event.envelope.to,
  raw: event.raw,
  remoteAddress: event.envelope.remoteAddress,
  updatedAtMillis: atMillis,
  ...(event.origin === undefined ? {} : { origin: event.origin }),
})

/** Why a mail is in quarantine: what the user's actor says, and why it is not proven who wrote it. */
export const heldReasons = ({ origin }: MessageRow, said: MessageRow["reasons"]): MessageRow["reasons"] => [
  ...said,
  ...(origin?._tag === "Relayed" ? origin.reasons : []),
]

/** What reading a mail adds to its row: the author it names, and its words. */
export const contentOf = (content: MailContent): Partial<MessageRow> => {
  if (content._tag === "Unreadable") return {}
  const { mail } = content
  return {
    ...(mail.from.length === 0 ? {} : { from: cut(mail.from.join(", "), 320) }),
    subject: mail.subject,
    text: mail.newestText,
    quotedText: mail.quotedText,
    internetMessageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    attachments: mail.attachments,
  }
}

/** A reply as it is to be sent. */
export const replyMessage = (mail: OutboundMail, atMillis: number): MessageRow => ({
  ...blank,
  id: mail.messageId,
  userId: mail.userId,
  direction: "out",
  channel: "email",
  state: "queued",
  sessionId: mail.sessionId,
  requestId: mail.requestId,
  from: mail.fromAddress,
  to: mail.to,
  subject: mail.subject,
  text: replyText(mail),
  internetMessageId: mail.internetMessageId,
  inReplyTo: mail.inReplyTo,
  attachments: mail.attachments,
  atMillis: mail.createdAtMillis,
  updatedAtMillis: atMillis,
})

/** A request typed in the console, as a message. Its id is the request's. */
export const consoleMessage = (
  id: MessageId,
  request: RequestSpec,
  from: string,
  sessionId: MessageRow["sessionId"],
  atMillis: number,
): MessageRow => ({
  ...blank,
  id,
  userId: request.userId,
  direction: "in",
  channel: "console",
  state: request.refusal === null ? "accepted" : "refused",
  reasons: request.refusal === null ? [] : [request.refusal],
  sessionId,
  requestId: request.requestId,
  from,
  to: "",
  subject: request.title,
  text: request.text,
  attachments: request.attachments,
  atMillis: request.receivedAtMillis,
  updatedAtMillis: atMillis,
})
