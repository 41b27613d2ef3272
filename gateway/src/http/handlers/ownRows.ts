import * as Effect from "effect/Effect"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import type { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { noSuch, orUnavailable } from "../answers.ts"

/** Rows of the caller. What is another user's is answered as what is not there. */
export const ownRows = (readModel: ReadModel["Service"]) => ({
  request: Effect.fnUntraced(function* (id: string) {
    const { userId } = yield* CurrentUser
    const row = yield* Effect.catch(readModel.request(id), orUnavailable)
    return row !== null && row.userId === userId ? row : yield* noSuch("request", id)
  }),
  session: Effect.fnUntraced(function* (id: string) {
    const { userId } = yield* CurrentUser
    const row = yield* Effect.catch(readModel.session(id), orUnavailable)
    return row !== null && row.userId === userId ? row : yield* noSuch("session", id)
  }),
  message: Effect.fnUntraced(function* (id: string) {
    const { userId } = yield* CurrentUser
    const row = yield* Effect.catch(readModel.message(id), orUnavailable)
    return row !== null && row.userId === userId ? row : yield* noSuch("message", id)
  }),
  approval: Effect.fnUntraced(function* (id: string) {
    const { userId } = yield* CurrentUser
    const row = yield* Effect.catch(readModel.approval(id), orUnavailable)
    return row !== null && row.userId === userId ? row : yield* noSuch("approval", id)
  }),
})
