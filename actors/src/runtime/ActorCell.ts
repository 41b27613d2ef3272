import * as Effect from "effect/Effect"
import type { ActorDefinition } from "./Actor.ts"
import { actorCodec } from "./actorCodec.ts"
import { ActorStore } from "./ActorStore.ts"
import type { ActorName, Delivered, StoreFailed } from "./ActorStore.ts"
import type { CellFailure } from "./CellFailure.ts"
import { LiveActor } from "./LiveActor.ts"

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

/** Cells of actors whose decisions look at nothing but state and command. Decoders are built once here. */
export const actorCells = <State, Command extends { readonly _tag: string }, Event, Effect, Reply>(
  definition: ActorDefinition<State, Command, Event, Effect, Reply>,
): ActorCells => actorCellsWith(definition, () => undefined)

/** Cells of actors whose decisions see what `facts` gives at that moment. */
export const actorCellsWith = <State, Command extends { readonly _tag: string }, Event, Effect, Reply, Facts>(
  definition: ActorDefinition<State, Command, Event, Effect, Reply, Facts>,
  facts: () => Facts,
): ActorCells => {
  const codec = actorCodec(definition)
  return {
    kind: definition.kind,
    activate: (name, owner, firstSeq) =>
      Effect.gen(function* () {
        const store = yield* ActorStore
        const cell = new LiveActor({ definition, codec, facts, store, name, owner, firstSeq })
        yield* cell.load()
        return cell
      }),
  }
}
