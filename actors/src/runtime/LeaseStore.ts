import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Scope } from "effect/Scope"

/** The store of leases did not answer. Nothing is known about the outcome of a write. */
export class LeaseStoreFailed extends Schema.TaggedError<LeaseStoreFailed>()("LeaseStoreFailed", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

/** A write was refused: the key has another revision than the writer named. */
export class LeaseConflict extends Schema.TaggedError<LeaseConflict>()("LeaseConflict", {
  key: Schema.String,
}) {
  override get message() {
    return `${this.key} was written by somebody else`
  }
}

export interface LeaseEntry {
  readonly key: string
  /** Position of this write among all writes of the store: it rises with every one, whatever the key. */
  readonly revision: number
  /** null: removed. */
  readonly value: string | null
}

/**
 * Where beats and leases are kept: keys with compare-and-set. The OWN bucket in production, a model in simulation.
 * Revisions are never given twice, also when the store had to be made anew (it then goes on above the highest epoch
 * that was ever used).
 */
export interface LeaseStore {
  /** Every key as the store's leader has it, removed ones may be missing. */
  readonly entries: Effect.Effect<ReadonlyArray<LeaseEntry>, LeaseStoreFailed>
  /** Writes a key that has no value: never written, or removed. Answers its revision. */
  readonly create: (key: string, value: string) => Effect.Effect<number, LeaseConflict | LeaseStoreFailed>
  /** Writes a key that has this revision. Answers the new one. */
  readonly update: (
    key: string,
    value: string,
    revision: number,
  ) => Effect.Effect<number, LeaseConflict | LeaseStoreFailed>
  /** Removes a key that has this revision. */
  readonly remove: (key: string, revision: number) => Effect.Effect<void, LeaseConflict | LeaseStoreFailed>
  /**
   * What is written from about now on, each key's writes in order. Nothing more is promised: entries may come late,
   * twice or never, and the first ones may be older. It fails when it is known to have missed something.
   */
  readonly changes: Effect.Effect<
    { readonly next: Effect.Effect<LeaseEntry, LeaseStoreFailed> },
    LeaseStoreFailed,
    Scope
  >
}
