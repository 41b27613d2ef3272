import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault, pageLimitMax } from "@maillm/schema/api/Paging"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { orUnavailable } from "../answers.ts"
import { ownRows } from "./ownRows.ts"

export const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const own = ownRows(readModel)
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
        const session = yield* own.session(params.id)
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
