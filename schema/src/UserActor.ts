import * as Schema from "effect/Schema"
import { filesLimit, pathLimit } from "./Files.ts"
import { EpochMillis, MessageId, RequestId, SessionId, text, TurnId, UserId } from "./Ids.ts"
import { AccountCommands, AccountEvents } from "./accountEvents.ts"
import { ApprovalDecision, ApprovalId } from "./Approval.ts"
import { MailOrigin } from "./MailOrigin.ts"
import { Attachment, BlobRef, Channel, Envelope, MailContent, Recipient, Thread } from "./Message.ts"
import { PolicyLayer } from "./Policy.ts"
import { DriverName, Repository } from "./Turn.ts"

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
  /** The same for all copies of one mail that came together. */
  receivedAtMillis: EpochMillis,
  /** Absent where version 0.1.0 took it in, which asked for no more than that it came over loopback. */
  origin: Schema.optionalKey(MailOrigin),
})
export type ReceiveMail = typeof ReceiveMail.Type

/** The parser has read the mail, or says why it cannot. */
export const MailRead = Schema.TaggedStruct("MailRead", { mailId: MessageId, content: MailContent })
export type MailRead = typeof MailRead.Type

/** The owner has looked at a mail in quarantine and wants it done as his own. `by` is how he is named. */
export const ReleaseMail = Schema.TaggedStruct("ReleaseMail", { mailId: MessageId, by: text(320) })
export type ReleaseMail = typeof ReleaseMail.Type

/** A request typed in the console or sent to the API. `requestId` is chosen by the sender. */
export const SubmitRequest = Schema.TaggedStruct("SubmitRequest", {
  requestId: RequestId,
  text: text(262_144),
  sessionId: Schema.NullOr(SessionId),
  /** The agent wished for; what the text itself says counts before it. */
  driver: Schema.optionalKey(DriverName),
  repository: Schema.optionalKey(Repository),
})
export type SubmitRequest = typeof SubmitRequest.Type

/** From a session actor: an approval is open, or is not any more; so an answer finds it by its code. */
export const NoteApproval = Schema.TaggedStruct("NoteApproval", {
  approvalId: ApprovalId,
  sessionId: SessionId,
  requestId: RequestId,
  code: text(8),
  open: Schema.Boolean,
})
export type NoteApproval = typeof NoteApproval.Type

/** From a session actor: what a turn has cost. */
export const NoteCost = Schema.TaggedStruct("NoteCost", {
  sessionId: SessionId,
  turnId: TurnId,
  costMicroUsd: Schema.Int,
  atMillis: EpochMillis,
})
export type NoteCost = typeof NoteCost.Type

/** From a session actor: may a turn begin, or is the spending cap reached? Answered with `TurnLeave`. */
export const AskTurnLeave = Schema.TaggedStruct("AskTurnLeave", {
  sessionId: SessionId,
  requestId: RequestId,
})
export type AskTurnLeave = typeof AskTurnLeave.Type

/** From a session actor: the server of an address says that it does not exist or takes no mail. */
export const NoteUnreachable = Schema.TaggedStruct("NoteUnreachable", {
  address: text(320),
  status: text(16),
  reason: text(1_000),
  messageId: MessageId,
  sessionId: SessionId,
  /** When the mail was written that came back: what was written before an address was confirmed anew says nothing. */
  sentAtMillis: EpochMillis,
})
export type NoteUnreachable = typeof NoteUnreachable.Type

/** The user says that an address can be written to again. */
export const RetryAddress = Schema.TaggedStruct("RetryAddress", { address: text(320), by: text(320) })
export type RetryAddress = typeof RetryAddress.Type

/** What the account's requests and agents may do otherwise than the installation says; replaces the former. */
export const SetPolicy = Schema.TaggedStruct("SetPolicy", { layer: PolicyLayer, by: text(320) })
export type SetPolicy = typeof SetPolicy.Type

export const UserCommand = Schema.Union([
  CreateUser,
  SetPolicy,
  ReceiveMail,
  MailRead,
  ReleaseMail,
  SubmitRequest,
  NoteApproval,
  NoteCost,
  AskTurnLeave,
  NoteUnreachable,
  RetryAddress,
  ...AccountCommands,
])
export type UserCommand = typeof UserCommand.Type

/** Whom to answer by mail, and in which thread. */
export const ReplyTo = Schema.Struct({ address: text(320), thread: Thread })
export type ReplyTo = typeof ReplyTo.Type

/** A request that maillm answers itself, without an agent. */
export const MessageCommand = Schema.Union([
  /** What runs, waits and is asked in this session. `known` is what the user's actor adds. */
  Schema.TaggedStruct("Status", { known: text(4_000) }),
  /** Stop what runs in this session and cancel what waits. */
  Schema.TaggedStruct("Stop", {}),
  /** An answer in words: help, or why a message was not understood. */
  Schema.TaggedStruct("Say", { outcome: text(500), answer: text(8_000) }),
  /** Files of the workspace. Asked for casually, a message whose files are not there is one for the agent. */
  Schema.TaggedStruct("Send", {
    paths: Schema.Array(text(pathLimit)).check(Schema.isMaxLength(filesLimit)),
    casual: Schema.Boolean,
  }),
])
export type MessageCommand = typeof MessageCommand.Type

/** What the user actor asks of a session: one request, with where its answer goes. */
export const RequestSpec = Schema.Struct({
  requestId: RequestId,
  userId: UserId,
  channel: Channel,
  text: text(262_144),
  title: text(200),
  attachments: Schema.Array(Attachment).check(Schema.isMaxLength(100)),
  /** For email: whom to answer and in which thread. */
  replyTo: Schema.NullOr(ReplyTo),
  receivedAtMillis: EpochMillis,
  /** Why this cannot be carried out (no text, too long, unreadable mail …); it is answered with that. Null for work. */
  refusal: Schema.NullOr(text(500)),
  /** For maillm itself, not for an agent. */
  command: Schema.optionalKey(MessageCommand),
  /** The agent the user wishes for, or the account's default; the session's own when absent. */
  driver: Schema.optionalKey(DriverName),
  repository: Schema.optionalKey(Repository),
  /** The account's own layer of the policy, as it was when this was asked for. */
  policy: Schema.optionalKey(PolicyLayer),
  /** Whom to remind by mail of a question that nobody answers where the request came from. */
  escalateTo: Schema.optionalKey(text(320)),
  /** What the terminal showed is to come along as a file. */
  recording: Schema.optionalKey(Schema.Boolean),
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
    origin: Schema.optionalKey(MailOrigin),
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
  /** The owner wants a mail in quarantine done; it is read again. */
  Schema.TaggedStruct("MailReleased", { mailId: MessageId, by: text(320) }),
  /** The mail is from the owner but cannot be a request; the reasons are answered. */
  Schema.TaggedStruct("MailRefused", {
    mailId: MessageId,
    content: MailContent,
    reasons: Schema.Array(text(500)),
    requestId: RequestId,
    sessionId: SessionId,
  }),
  /** The mail answers an approval; the session's actor says whether it was in time. */
  Schema.TaggedStruct("MailAnswered", {
    mailId: MessageId,
    content: MailContent,
    approvalId: ApprovalId,
    sessionId: SessionId,
    requestId: RequestId,
    decision: ApprovalDecision,
  }),
  Schema.TaggedStruct("ApprovalNoted", {
    approvalId: ApprovalId,
    sessionId: SessionId,
    requestId: RequestId,
    code: text(8),
    open: Schema.Boolean,
  }),
  /** Too many mails were answered within an hour: the user is told once, further ones wait in quarantine. */
  Schema.TaggedStruct("ReplyCapped", { mailId: MessageId, reason: text(500), atMillis: EpochMillis }),
  /** No mail goes to the address until the user says so. */
  Schema.TaggedStruct("AddressUnreachable", {
    address: text(320),
    status: text(16),
    reason: text(1_000),
    messageId: MessageId,
    sessionId: SessionId,
    atMillis: EpochMillis,
  }),
  Schema.TaggedStruct("AddressRetried", { address: text(320), by: text(320), atMillis: EpochMillis }),
  Schema.TaggedStruct("PolicySet", { layer: PolicyLayer, by: text(320) }),
  Schema.TaggedStruct("CostNoted", {
    sessionId: SessionId,
    turnId: TurnId,
    costMicroUsd: Schema.Int,
    atMillis: EpochMillis,
  }),
  Schema.TaggedStruct("RequestOpened", {
    request: RequestSpec,
    sessionId: SessionId,
    newSession: Schema.Boolean,
  }),
  ...AccountEvents,
  /** A command could not be handled after three attempts; it is in DEAD with the reason. */
  Schema.TaggedStruct("CommandFailed", { commandId: text(200), commandTag: text(64), reason: text(1_000) }),
])
export type UserEvent = typeof UserEvent.Type
