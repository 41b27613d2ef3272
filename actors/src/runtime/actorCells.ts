import * as Effect from "effect/Effect"
import type { ActorDefinition } from "./Actor.ts"
import type { ActorCells } from "./ActorCell.ts"
import { actorCodec } from "./actorCodec.ts"
import { ActorStore } from "./ActorStore.ts"
import { LiveActor } from "./LiveActor.ts"

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
