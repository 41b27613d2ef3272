import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault, pageLimitMax } from "@maillm/schema/api/Paging"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { noSuch, orUnavailable } from "../answers.ts"

export const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    return handlers.handleAll({
      list: Effect.fn("sessions.list")(function* ({ query }) {
        const { userId } = yield* CurrentUser
        return yield* Effect.catch(
          readModel.sessions(userId, {
            limit: query.limit ?? pageLimitDefault,
            before: query.before ?? null,
          }),
          orUnavailable,
        )
      }),
      get: Effect.fn("sessions.get")(function* ({ params }) {
        const { userId } = yield* CurrentUser
        const session = yield* Effect.catch(readModel.session(params.id), orUnavailable)
        if (session === null || session.userId !== userId) return yield* noSuch("session", params.id)
        const [requests, timeline] = yield* Effect.catch(
          Effect.all([
            readModel.requests({
              userId,
              sessionId: session.id,
              state: null,
              search: "",
              limit: pageLimitMax,
              before: null,
            }),
            readModel.timeline({ sessionId: session.id }),
          ]),
          orUnavailable,
        )
        return { id: session.id, state: session.state, session, requests, timeline }
      }),
    })
  }),
)
