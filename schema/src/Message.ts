import * as Schema from "effect/Schema"
import { ApprovalId } from "./Approval.ts"
import { EpochMillis, MessageId, RequestId, SessionId, text, Token, UserId } from "./Ids.ts"

/** Longest request text in UTF-16 code units; longer ones are refused with a reason, never cut. */
export const requestTextLimit = 32_768

const sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))

/** Where bytes are kept in the object store. The name is the SHA-256 of the content in lower-case hex. */
export const BlobRef = Schema.Struct({
  sha256,
  sizeBytes: Schema.Int,
  /** The pack that the bytes are a part of, and where they begin in it; absent where they are stored by themselves. */
  within: Schema.optionalKey(Schema.Struct({ pack: sha256, offsetBytes: Schema.Int })),
})
export type BlobRef = typeof BlobRef.Type

export const Attachment = Schema.Struct({
  name: text(255),
  type: text(255),
  blob: BlobRef,
})
export type Attachment = typeof Attachment.Type

export const Channel = Schema.Literals(["email", "console"])
export type Channel = typeof Channel.Type

/** The SMTP envelope and the connection it came over. */
export const Envelope = Schema.Struct({
  from: text(320),
  to: text(320),
  remoteAddress: text(64),
  helo: text(255),
  secure: Schema.Boolean,
  authenticatedAs: Schema.NullOr(text(320)),
})
export type Envelope = typeof Envelope.Type

/** Which of our addresses a mail was sent to: a private one of the user, or a signed one that our mails are answered to. */
export const Recipient = Schema.Union([
  Schema.TaggedStruct("Private", {}),
  Schema.TaggedStruct("Session", { sessionId: SessionId }),
  /** Of one question; `tag` is what its approval's key has. */
  Schema.TaggedStruct("Approval", { tag: Token }),
  /** Of a mail that asked whether an address is the user's. */
  Schema.TaggedStruct("Confirmation", { confirmId: Token }),
])
export type Recipient = typeof Recipient.Type

/** What a mail says once it is parsed. Texts are bounded; what was cut off is in the raw blob. */
export const ParsedMail = Schema.Struct({
  /** Every mailbox of every From header, lower case domain. Only a mail with exactly one can be a command. */
  from: Schema.Array(text(320)).check(Schema.isMaxLength(20)),
  fromHeaderCount: Schema.Int,
  fromName: text(255),
  subject: text(998),
  /** RFC 5322 ids with their angle brackets, as received. */
  messageId: text(998),
  inReplyTo: text(998),
  references: Schema.Array(text(998)).check(Schema.isMaxLength(100)),
  dateMillis: Schema.NullOr(EpochMillis),
  /** Why this mail is automatic (RFC 3834 and relatives), or null for a person's. */
  automatic: Schema.NullOr(text(255)),
  /** The newest text only: no quotes, no signature. May be longer than a request may be; checked later. */
  newestText: text(262_144),
  quotedText: text(65_536),
  signature: text(4_096),
  attachments: Schema.Array(Attachment).check(Schema.isMaxLength(100)),
})
export type ParsedMail = typeof ParsedMail.Type

/** Outcome of reading a mail's MIME. `Unreadable` keeps the raw blob and says why in words for the sender. */
export const MailContent = Schema.Union([
  Schema.TaggedStruct("Readable", { mail: ParsedMail }),
  Schema.TaggedStruct("Unreadable", { reason: text(500) }),
])
export type MailContent = typeof MailContent.Type

/** What a reply needs to stay in its thread. RFC 5322 ids with angle brackets. */
export const Thread = Schema.Struct({
  subject: text(998),
  messageId: text(998),
  references: Schema.Array(text(998)).check(Schema.isMaxLength(100)),
})
export type Thread = typeof Thread.Type

export const OutboundAttachment = Schema.Struct({
  name: text(255),
  type: text(255),
  blob: BlobRef,
  /** A picture that the mail shows between its words; who reads plain text finds it among the attachments. */
  inline: Schema.optionalKey(Schema.Boolean),
})
export type OutboundAttachment = typeof OutboundAttachment.Type

/** What a mail says of the files that belong to it. */
export const MailFiles = Schema.Struct({
  attached: Schema.Array(Schema.Struct({ name: text(255), sizeBytes: Schema.Int })).check(
    Schema.isMaxLength(30),
  ),
  /** What is not attached, why, and where it is to be had; empty when nowhere. */
  left: Schema.Array(Schema.Struct({ name: text(255), reason: text(500), link: text(1_000) })).check(
    Schema.isMaxLength(50),
  ),
})
export type MailFiles = typeof MailFiles.Type

/** A mail that asks: what will run, why it was stopped, how to answer. */
export const MailQuestion = Schema.Struct({
  approvalId: ApprovalId,
  code: text(8),
  tool: text(128),
  command: text(16_384),
  cwd: text(4_096),
  class: text(64),
  reason: text(500),
  expiresAtMillis: EpochMillis,
  /** The page that shows it and takes the answer, without signing in; empty when there is no public address. */
  link: text(1_000),
  /** True when it is asked again because nobody has answered. */
  reminder: Schema.Boolean,
})
export type MailQuestion = typeof MailQuestion.Type

/** An address that its own server says does not exist or takes no mail; `sentAtMillis` is when the mail was written. */
export const UnreachableAddress = Schema.Struct({
  userId: UserId,
  address: text(320),
  /** RFC 3463, such as 5.1.1. */
  status: text(16),
  sentAtMillis: EpochMillis,
})
export type UnreachableAddress = typeof UnreachableAddress.Type

/** One mail to send: a work item of OUTBOX. The text is Markdown-flavoured plain text; HTML is made from it. */
export const OutboundMail = Schema.Struct({
  messageId: MessageId,
  /** RFC 5322 Message-ID with angle brackets, the same for every attempt. */
  internetMessageId: text(998),
  userId: UserId,
  sessionId: SessionId,
  requestId: RequestId,
  epoch: Schema.Int,
  to: text(320),
  fromName: text(255),
  /** The signed reply address: of the session, of the question that the mail asks, or of a confirmation. */
  fromAddress: text(320),
  subject: text(998),
  inReplyTo: text(998),
  references: Schema.Array(text(998)).check(Schema.isMaxLength(100)),
  /** First line: the outcome. */
  outcome: text(500),
  /** The answer in full, as far as a mail carries it. */
  answer: text(262_144),
  /** How the answer is to be set: prose in Markdown, or a terminal's text kept as it is. */
  answerFormat: Schema.Literals(["markdown", "terminal"]),
  /** Label and value: cost, time, changed files … */
  facts: Schema.Array(Schema.Struct({ label: text(64), value: text(500) })).check(Schema.isMaxLength(20)),
  /** The console's page for this request, or empty. */
  link: text(1_000),
  attachments: Schema.Array(OutboundAttachment).check(Schema.isMaxLength(40)),
  createdAtMillis: EpochMillis,
  /** Set on a mail that asks for an approval; `answer` is then empty. */
  question: Schema.optionalKey(MailQuestion),
  /** What the turn changed, as a diffstat: one line a file. */
  diffstat: Schema.optionalKey(text(20_000)),
  files: Schema.optionalKey(MailFiles),
  /** It is of the account and stands in no session: `sessionId` and `requestId` name none, and the user is told of it. */
  account: Schema.optionalKey(Schema.Literal(true)),
  /** What it holds proves that somebody reads mail at `to`: it is not shown to who had it sent. */
  proof: Schema.optionalKey(Schema.Literal(true)),
})
export type OutboundMail = typeof OutboundMail.Type
