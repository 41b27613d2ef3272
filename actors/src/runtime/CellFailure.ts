import * as Schema from "effect/Schema"
import type { StoreFailed } from "./ActorStore.ts"

/** Another owner with a higher epoch has written this actor: this host must let go of the partition. */
export class OwnershipLost extends Schema.TaggedError<OwnershipLost>()("OwnershipLost", {
  actor: Schema.String,
  epoch: Schema.Int,
}) {
  override get message() {
    return `${this.actor} was written under the higher epoch ${this.epoch}`
  }
}

/** A record cannot be read or does not follow its predecessor; the actor must not go on from a guess. */
export class JournalDamaged extends Schema.TaggedError<JournalDamaged>()("JournalDamaged", {
  actor: Schema.String,
  reason: Schema.String,
  /** Commands up to this position are in the records before it, and what they ask for is handed on. */
  committedThrough: Schema.Int,
}) {
  override get message() {
    return `journal of ${this.actor}: ${this.reason}`
  }
}

/** A record was written by a later version of maillm. Nothing is wrong with it: this host must leave the actor alone. */
export class WrittenByLater extends Schema.TaggedError<WrittenByLater>()("WrittenByLater", {
  actor: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `journal of ${this.actor}: ${this.reason}`
  }
}

export type CellFailure = OwnershipLost | JournalDamaged | WrittenByLater | StoreFailed
