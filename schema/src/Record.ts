import * as Schema from "effect/Schema"
import { FetchFilesJob } from "./Files.ts"
import { ActorKind, EpochMillis, MessageId, text, Token, UserId } from "./Ids.ts"
import { BlobRef, OutboundMail, Recipient } from "./Message.ts"
import { NodeOrder } from "./Turn.ts"
import { UserCommand, UserEvent } from "./UserActor.ts"
import { SessionCommand, SessionEvent } from "./SessionActor.ts"

/** What stands in a mailbox: one command with the id its source gave it. The id makes repeats harmless. */
export const commandEnvelope = <A extends Schema.Top>(command: A) =>
  Schema.Struct({ v: Schema.Literal(1), commandId: text(200), sentAtMillis: EpochMillis, command })
export const UserCommandEnvelope = commandEnvelope(UserCommand)
export const SessionCommandEnvelope = commandEnvelope(SessionCommand)

/** Why no mail goes to an address. */
export const AddressBlock = Schema.Struct({ status: text(16), reason: text(1_000), sinceMillis: EpochMillis })
export type AddressBlock = typeof AddressBlock.Type

/** As it stands in MARKS. */
export const BlockEntry = Schema.Struct({ blocked: Schema.NullOr(AddressBlock) })

/** The private address that an account gives out, and its primary sender address. */
export const AccountEntry = Schema.Struct({ privateLocalPart: text(64), email: text(320) })
export type AccountEntry = typeof AccountEntry.Type

/** A raw mail to parse: a work item of JOBS. */
export const ParseMailJob = Schema.TaggedStruct("ParseMail", {
  userId: UserId,
  mailId: MessageId,
  raw: BlobRef,
  recipient: Recipient,
  /** It was read before, and released from quarantine since. */
  released: Schema.optionalKey(Schema.Boolean),
})
export type ParseMailJob = typeof ParseMailJob.Type

export const Job = Schema.Union([ParseMailJob, FetchFilesJob])
export type Job = typeof Job.Type

/**
 * What an actor wants done after its commit. Each effect is one publish whose id is derived from
 * `(actor, record sequence, index)`; it is repeated until acked, and every receiver drops repeats by that id.
 */
export const ActorEffect = Schema.Union([
  Schema.TaggedStruct("TellSession", { sessionId: Token, command: SessionCommand }),
  Schema.TaggedStruct("TellUser", { userId: Token, command: UserCommand }),
  Schema.TaggedStruct("OrderNode", { nodeId: Token, order: NodeOrder }),
  Schema.TaggedStruct("SendMail", { mail: OutboundMail }),
  Schema.TaggedStruct("RunJob", { job: Job }),
  /** Wake this actor with `TimerFired` at the time given; replaces the timer of the same name. */
  Schema.TaggedStruct("SetTimer", { timer: Token, generation: Schema.Int, atMillis: EpochMillis }),
  /** Whether mail may go to an address: `blocked` says why not, null that it may. Kept in MARKS, where egress looks. */
  Schema.TaggedStruct("BlockAddress", {
    address: text(320),
    blocked: Schema.NullOr(AddressBlock),
  }),
  /** Bind an address' local part to a user in the DIRECTORY, where it was never bound before. */
  Schema.TaggedStruct("BindAddress", { localPart: text(64), userId: Token }),
  /** An address of the DIRECTORY ends then: gateways refuse it from that moment on. What is past ends it at once. */
  Schema.TaggedStruct("RetireAddress", { localPart: text(64), userId: Token, endsAtMillis: EpochMillis }),
  /** What an account's addresses are now, for who keeps them elsewhere; under `_account.<userId>` in DIRECTORY. */
  Schema.TaggedStruct("AnnounceAccount", { userId: Token, account: AccountEntry }),
])
export type ActorEffect = typeof ActorEffect.Type

/** One committed turn of an actor: one message on the actor's own EVT subject, atomic by construction. */
export const recordOf = <E extends Schema.Top, F extends Schema.Top>(event: E, effect: F) =>
  Schema.Struct({
    v: Schema.Literal(1),
    kind: ActorKind,
    id: Token,
    /** Unique for every attempt to commit; tells our write from another's when the answer is lost. */
    commitId: text(64),
    /** The owner's lease epoch; never falls along an actor's records. */
    epoch: Schema.Int,
    host: Token,
    /** Sequence in CMD of the command handled; strictly rising along an actor's records. */
    commandSeq: Schema.Int,
    commandId: text(200),
    /** EVT sequence of the record before, 0 for the first. */
    prevSeq: Schema.Int,
    atMillis: EpochMillis,
    events: Schema.Array(event),
    effects: Schema.Array(effect),
    /** What the sender of the command was answered, if anything: a repeat of the command gets it again. */
    reply: Schema.optionalKey(Schema.Unknown),
    /** Why the command was set aside; its copy is in DEAD. */
    failed: Schema.optionalKey(text(1_000)),
  })
export const UserRecord = recordOf(UserEvent, ActorEffect)
export type UserRecord = typeof UserRecord.Type
export const SessionRecord = recordOf(SessionEvent, ActorEffect)
export type SessionRecord = typeof SessionRecord.Type

/** Work item of OUTBOX, with the id that makes repeats harmless. */
export const OutboxItem = Schema.Struct({ v: Schema.Literal(1), effectId: text(200), mail: OutboundMail })
export type OutboxItem = typeof OutboxItem.Type
/** Work item of NODE. */
export const NodeItem = Schema.Struct({ v: Schema.Literal(1), effectId: text(200), order: NodeOrder })
export type NodeItem = typeof NodeItem.Type
/** Work item of JOBS. */
export const JobItem = Schema.Struct({ v: Schema.Literal(1), effectId: text(200), job: Job })
export type JobItem = typeof JobItem.Type
