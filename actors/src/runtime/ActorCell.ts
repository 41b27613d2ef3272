import type * as Effect from "effect/Effect"
import type { ActorName } from "./ActorName.ts"
import type { ActorStore, Delivered, StoreFailed } from "./ActorStore.ts"
import type { CellFailure } from "./CellFailure.ts"

/** One live actor: handles its commands one after another. */
export interface ActorCell {
  /** Handles a command to the end: committed, and its effects handed on. */
  readonly handle: (delivered: Delivered) => Effect.Effect<void, CellFailure>
  /** Writes a snapshot when enough was committed since the last one. */
  readonly passivate: Effect.Effect<void, StoreFailed>
}

export interface Owner {
  readonly host: string
  readonly epoch: number
  /** An id that no other attempt to commit ever has, at most 64 characters out of `A-Z a-z 0-9 _ -`. */
  readonly nextCommitId: () => string
}

/** Cells of one kind of actor. */
export interface ActorCells {
  readonly kind: ActorName["kind"]
  /** The actor as its journal has it. `firstSeq` is its oldest command that is not yet released. */
  readonly activate: (
    name: ActorName,
    owner: Owner,
    firstSeq: number,
  ) => Effect.Effect<ActorCell, CellFailure, ActorStore>
}
