import * as Schema from "effect/Schema"
import { EpochMillis, MessageId, RequestId, SessionId, text, UserId } from "./Ids.ts"
import { Attachment, BlobRef, Channel, Envelope, MailContent, Recipient, Thread } from "./Message.ts"

/** Commands to a user actor (`cmd.<partition>.user.<userId>`). */
export const CreateUser = Schema.TaggedStruct("CreateUser", {
  name: text(100),
  email: text(320),
  /** The private address' local part, `name.<random token>`. */
  privateLocalPart: text(64),
})

/** A mail was accepted by SMTP and its raw bytes are in BLOBS. */
export const ReceiveMail = Schema.TaggedStruct("ReceiveMail", {
  mailId: MessageId,
  raw: BlobRef,
  envelope: Envelope,
  recipient: Recipient,
  receivedAtMillis: EpochMillis,
})
export type ReceiveMail = typeof ReceiveMail.Type

/** The parser has read the mail, or says why it cannot. */
export const MailRead = Schema.TaggedStruct("MailRead", { mailId: MessageId, content: MailContent })
export type MailRead = typeof MailRead.Type

/** A request typed in the console or sent to the API. `requestId` is chosen by the sender. */
export const SubmitRequest = Schema.TaggedStruct("SubmitRequest", {
  requestId: RequestId,
  text: text(262_144),
  sessionId: Schema.NullOr(SessionId),
})
export type SubmitRequest = typeof SubmitRequest.Type

export const UserCommand = Schema.Union([CreateUser, ReceiveMail, MailRead, SubmitRequest])
export type UserCommand = typeof UserCommand.Type

/** What the user actor asks of a session: one request, with where its answer goes. */
export const RequestSpec = Schema.Struct({
  requestId: RequestId,
  userId: UserId,
  channel: Channel,
  text: text(262_144),
  title: text(200),
  attachments: Schema.Array(Attachment).check(Schema.isMaxLength(100)),
  /** For email: whom to answer and in which thread. */
  replyTo: Schema.NullOr(Schema.Struct({ address: text(320), thread: Thread })),
  receivedAtMillis: EpochMillis,
  /** Why this cannot be carried out (no text, too long, unreadable mail …); it is answered with that. Null for work. */
  refusal: Schema.NullOr(text(500)),
})
export type RequestSpec = typeof RequestSpec.Type

/** Events of a user actor (`evt.user.<userId>`). */
export const UserEvent = Schema.Union([
  Schema.TaggedStruct("UserCreated", { name: text(100), email: text(320), privateLocalPart: text(64) }),
  Schema.TaggedStruct("MailReceived", {
    mailId: MessageId,
    raw: BlobRef,
    envelope: Envelope,
    recipient: Recipient,
    receivedAtMillis: EpochMillis,
  }),
  /** The mail is a command: it opened the request named. */
  Schema.TaggedStruct("MailAccepted", {
    mailId: MessageId,
    content: MailContent,
    requestId: RequestId,
    sessionId: SessionId,
  }),
  /** The mail is kept and shown, and is not acted on. */
  Schema.TaggedStruct("MailQuarantined", {
    mailId: MessageId,
    content: MailContent,
    reasons: Schema.Array(text(500)),
  }),
  /** The mail is from the owner but cannot be a request; the reasons are answered. */
  Schema.TaggedStruct("MailRefused", {
    mailId: MessageId,
    content: MailContent,
    reasons: Schema.Array(text(500)),
    requestId: RequestId,
    sessionId: SessionId,
  }),
  Schema.TaggedStruct("RequestOpened", {
    request: RequestSpec,
    sessionId: SessionId,
    newSession: Schema.Boolean,
  }),
  /** A command could not be handled after three attempts; it is in DEAD with the reason. */
  Schema.TaggedStruct("CommandFailed", { commandId: text(200), commandTag: text(64), reason: text(1_000) }),
])
export type UserEvent = typeof UserEvent.Type
