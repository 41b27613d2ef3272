import { AskedMail, PrivateAddress, SenderAddress } from "./Account.ts"
import * as Schema from "effect/Schema"
import { Approval, ApprovalId } from "./Approval.ts"
import { Files } from "./Files.ts"
import { EpochMillis, MessageId, NodeId, RequestId, SessionId, text, TurnId, UserId } from "./Ids.ts"
import { MailOrigin } from "./MailOrigin.ts"
import { Attachment, BlobRef, Channel } from "./Message.ts"
import { PolicyLayer } from "./Policy.ts"
import { Changes, DriverName, Repository, RuntimeName, Usage } from "./Turn.ts"

export const RequestState = Schema.Literals([
  "received",
  "confirming",
  "queued",
  "running",
  "waiting",
  "done",
  "failed",
  "cancelled",
  "expired",
])
export type RequestState = typeof RequestState.Type

/** One request as the console and the API show it. */
export const RequestRow = Schema.Struct({
  id: RequestId,
  userId: UserId,
  sessionId: SessionId,
  channel: Channel,
  title: text(200),
  text: text(262_144),
  state: RequestState,
  /** Why it is in this state, in words; empty when the state says it all. */
  stateReason: text(1_000),
  /** First line of the answer: the outcome. */
  outcome: text(500),
  answer: text(262_144),
  truncated: Schema.Boolean,
  outputBytes: Schema.Int,
  outputBlob: Schema.NullOr(BlobRef),
  exitCode: Schema.NullOr(Schema.Int),
  turnId: Schema.NullOr(TurnId),
  nodeId: Schema.NullOr(NodeId),
  attachments: Schema.Array(Attachment),
  createdAtMillis: EpochMillis,
  startedAtMillis: Schema.NullOr(EpochMillis),
  endedAtMillis: Schema.NullOr(EpochMillis),
  updatedAtMillis: EpochMillis,
  /** The agent that does it; absent until one was chosen. */
  driver: Schema.optionalKey(DriverName),
  /** How `answer` is to be set; a terminal's text when absent. */
  answerFormat: Schema.optionalKey(Schema.Literals(["markdown", "terminal"])),
  changes: Schema.optionalKey(Changes),
  usage: Schema.optionalKey(Usage),
  recording: Schema.optionalKey(BlobRef),
  /** The agent's own record of the last turn: JSON lines. */
  transcript: Schema.optionalKey(BlobRef),
  /** What went out with its answer. */
  files: Schema.optionalKey(Files),
})
export type RequestRow = typeof RequestRow.Type

export const SessionRow = Schema.Struct({
  id: SessionId,
  userId: UserId,
  title: text(200),
  driver: DriverName,
  runtime: Schema.NullOr(RuntimeName),
  nodeId: Schema.NullOr(NodeId),
  /** What the session's actor knows: nothing to do, waiting for a node, a turn ordered or running, or waiting for an answer. */
  state: Schema.Literals(["idle", "queued", "running", "waiting"]),
  stateAtMillis: EpochMillis,
  /** Who said so: the event that made the state. */
  stateSource: text(64),
  requestCount: Schema.Int,
  lastRequestId: Schema.NullOr(RequestId),
  createdAtMillis: EpochMillis,
  updatedAtMillis: EpochMillis,
  /** What its turns have cost so far, millionths of a US dollar; absent when nothing is known. */
  costMicroUsd: Schema.optionalKey(Schema.Int),
  repository: Schema.optionalKey(Repository),
})
export type SessionRow = typeof SessionRow.Type

/** One approval as the console and the API show it. */
export const ApprovalRow = Schema.Struct({
  ...Approval.fields,
  /** `approvalId` again, as every row has it. */
  id: ApprovalId,
  /** Title of the request that waits. */
  title: text(200),
  nodeId: Schema.NullOr(NodeId),
  updatedAtMillis: EpochMillis,
})
export type ApprovalRow = typeof ApprovalRow.Type

export const MessageState = Schema.Literals([
  /** In: stored, not read yet. */
  "received",
  /** In: it became a request. */
  "accepted",
  /** In: it answered an approval. */
  "answered",
  /** In: kept and not acted on; `reasons` says why. */
  "quarantined",
  /** In: from the owner, but cannot be a request. */
  "refused",
  /** In: kept, and nobody could handle it; `reasons` says why. An operator can have it tried again. */
  "unread",
  /** Out: to be sent. */
  "queued",
  /** Out: kept here because no relay is set. */
  "kept",
  /** Out: taken by the relay, or by its receiver's server. */
  "delivered",
  /** Out: failed, will be tried again. */
  "retrying",
  /** Out: given up. */
  "failed",
])
export type MessageState = typeof MessageState.Type

/** One message in or out, with the text as received or sent. */
export const MessageRow = Schema.Struct({
  id: MessageId,
  userId: UserId,
  direction: Schema.Literals(["in", "out"]),
  channel: Channel,
  state: MessageState,
  reasons: Schema.Array(text(1_000)),
  sessionId: Schema.NullOr(SessionId),
  requestId: Schema.NullOr(RequestId),
  from: text(320),
  to: text(320),
  subject: text(998),
  text: text(300_000),
  quotedText: text(65_536),
  /** RFC 5322 ids, with angle brackets; empty when there is none. */
  internetMessageId: text(998),
  inReplyTo: text(998),
  attachments: Schema.Array(Attachment),
  /** The message as it went over the wire, when stored. */
  raw: Schema.NullOr(BlobRef),
  remoteAddress: text(64),
  atMillis: EpochMillis,
  updatedAtMillis: EpochMillis,
  /** Of mail in: how it came, and what SPF, DKIM, DMARC and ARC say of it; absent where nobody has asked. */
  origin: Schema.optionalKey(MailOrigin),
  /** Of mail that came back: the server's report, its beginning where it is long. */
  report: Schema.optionalKey(BlobRef),
  /** Who released it from quarantine, and when. */
  released: Schema.optionalKey(Schema.Struct({ by: text(320), atMillis: EpochMillis })),
  /** Of mail out: its words are for who reads there. Its `raw` is named only where it has stayed here. */
  proof: Schema.optionalKey(Schema.Literal(true)),
})
export type MessageRow = typeof MessageRow.Type

/** One event, as timelines and the audit show it. `position` = EVT sequence * 1000 + index in the record. */
export const TimelineRow = Schema.Struct({
  position: Schema.Int,
  userId: UserId,
  sessionId: Schema.NullOr(SessionId),
  requestId: Schema.NullOr(RequestId),
  messageId: Schema.NullOr(MessageId),
  atMillis: EpochMillis,
  type: text(64),
  /** One sentence for a person. */
  summary: text(1_000),
})
export type TimelineRow = typeof TimelineRow.Type

export const UnreachableRow = Schema.Struct({
  address: text(320),
  /** RFC 3463, such as 5.1.1. */
  status: text(16),
  reason: text(1_000),
  /** The mail that came back, and its session. */
  messageId: MessageId,
  sessionId: SessionId,
  atMillis: EpochMillis,
})
export type UnreachableRow = typeof UnreachableRow.Type

export const UserRow = Schema.Struct({
  id: UserId,
  name: text(100),
  email: text(320),
  privateLocalPart: text(64),
  createdAtMillis: EpochMillis,
  /** What agents have cost in the last calendar month (UTC) with any cost, millionths of a US dollar. */
  spending: Schema.optionalKey(Schema.Struct({ month: text(7), microUsd: Schema.Int })),
  /** What the account wants otherwise than the installation's policy. */
  policy: Schema.optionalKey(PolicyLayer),
  /** Addresses that no mail goes to, for their servers say that they are none; until the user says "try again". */
  unreachable: Schema.optionalKey(Schema.Array(UnreachableRow)),
  /** The sender address that the settings name. */
  settingsEmail: Schema.optionalKey(text(320)),
  /** Private addresses, oldest first; absent in a row that nothing has touched since version 0.1.0. */
  addresses: Schema.optionalKey(Schema.Array(PrivateAddress)),
  /** Sender addresses; `email` is the primary one. */
  senders: Schema.optionalKey(Schema.Array(SenderAddress)),
  /** Mails that asked for confirmations within a day. */
  asked: Schema.optionalKey(Schema.Array(AskedMail)),
})
export type UserRow = typeof UserRow.Type
