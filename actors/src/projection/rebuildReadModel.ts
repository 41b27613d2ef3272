import * as Effect from "effect/Effect"
import { ReadModel } from "../readmodel/ReadModel.ts"

/**
 * Empties the read model; the projector, here or in another process, folds it again from the first record of EVT
 * within a few seconds. Consoles show what is folded so far meanwhile.
 */
export const rebuildReadModel = Effect.flatMap(ReadModel, (model) => model.reset)
