import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Scope } from "effect/Scope"
import type { ActorKind } from "@maillm/schema/Ids"
import type { ActorName } from "./ActorName.ts"
import type { EffectMessage } from "./EffectMessage.ts"

/** The store could not be asked, or did not answer. Nothing is known about the outcome of a write. */
export class StoreFailed extends Schema.TaggedError<StoreFailed>()("StoreFailed", {
  operation: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.operation}: ${this.reason}`
  }
}

/** The expectation of a commit did not hold: somebody else has written this actor's journal. */
export class StaleExpectation extends Schema.TaggedError<StaleExpectation>()("StaleExpectation", {}) {}

/** A command as the mailbox holds it. */
export interface Delivered {
  /** Sequence in CMD: the position that makes handling exactly once. */
  readonly seq: number
  readonly kind: ActorKind
  readonly id: string
  readonly data: string
  /** Core NATS inbox of a sender that waits for the commit, or null. */
  readonly replyTo: string | null
  /** Stored before this owner took the partition, so a former owner may have died on it. */
  readonly leftover: boolean
}

/** Reads a partition's commands, oldest stored first, each once. */
export interface CommandReader {
  /** Those that are there, at least one; waits for one as long as it takes. One fiber at a time. */
  readonly next: Effect.Effect<ReadonlyArray<Delivered>, StoreFailed>
}

export interface StoredRecord {
  readonly seq: number
  readonly data: string
}

/** What a command came to. */
export interface Answer {
  /** EVT sequence of its record, or of the actor's last one where it changed nothing. */
  readonly sequence: number
  readonly reply?: unknown
  /** Why it was set aside. */
  readonly failed?: string
}

/** What the runtime needs of its store. JetStream in production, a seeded model in simulation. */
export class ActorStore extends Context.Service<
  ActorStore,
  {
    /** Identity of the journal; a snapshot of another identity is not used. */
    readonly journalIdentity: string
    /** The largest record or snapshot that can be stored now, bytes. */
    readonly recordLimitBytes: () => number
    /** Commands of a partition, oldest stored first, without end. */
    readonly commands: (partition: number) => Effect.Effect<CommandReader, StoreFailed, Scope>
    /** Frees mailbox space: every command of the partition below `seq` is done with. */
    readonly release: (partition: number, seq: number) => Effect.Effect<void, StoreFailed>
    /** The same for one actor's commands, while others of its partition are not done. */
    readonly releaseActor: (actor: ActorName, seq: number) => Effect.Effect<void, StoreFailed>
    /** The last record, read from the leader. */
    readonly lastRecord: (actor: ActorName) => Effect.Effect<StoredRecord | null, StoreFailed>
    /** The actor's record at this sequence, read from the leader; null when there is none. */
    readonly recordAt: (actor: ActorName, seq: number) => Effect.Effect<StoredRecord | null, StoreFailed>
    /** Records with `after < seq <= through`, in order. */
    readonly records: (
      actor: ActorName,
      after: number,
      through: number,
    ) => Effect.Effect<ReadonlyArray<StoredRecord>, StoreFailed>
    /** Appends when the actor's last record is at `expectedSeq` (0: none). Answers the new sequence. */
    readonly append: (
      actor: ActorName,
      expectedSeq: number,
      data: string,
    ) => Effect.Effect<number, StaleExpectation | StoreFailed>
    readonly snapshot: (actor: ActorName) => Effect.Effect<string | null, StoreFailed>
    readonly putSnapshot: (actor: ActorName, data: string) => Effect.Effect<void, StoreFailed>
    /** Hands an effect to its receiver's stream; the id in its headers makes repeats harmless. */
    readonly perform: (message: EffectMessage) => Effect.Effect<void, StoreFailed>
    /** Notes durably that this process begins to handle a command; answers how many processes did, with this one. */
    readonly countAttempt: (seq: number) => Effect.Effect<number, StoreFailed>
    readonly forgetAttempts: (seq: number) => Effect.Effect<void, StoreFailed>
    /** Keeps a copy of what could not be handled, with the reason. */
    readonly bury: (delivered: Delivered, reason: string) => Effect.Effect<void, StoreFailed>
    /** Tells a waiting sender what its command came to. Best effort: who hears nothing reads the record. */
    readonly answer: (replyTo: string, answer: Answer) => Effect.Effect<void>
  }
>()("@maillm/actors/runtime/ActorStore") {}
