import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import { Api } from "@maillm/schema/Api"
import { Conflict } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault, pageLimitMax } from "@maillm/schema/api/Paging"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { orUnavailable } from "../answers.ts"
import { ownRows } from "./ownRows.ts"
import { submitRequest } from "./submitRequest.ts"

const ended = new Set(["done", "failed", "cancelled", "expired"])

export const RequestsHandlers = HttpApiBuilder.group(
  Api,
  "requests",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const actors = yield* ActorClient

    const own = ownRows(readModel)

    return handlers.handleAll({
      list: Effect.fn("requests.list")(function* ({ query }) {
        const { userId } = yield* CurrentUser
        return yield* Effect.catch(
          readModel.requests({
            userId,
            sessionId: query.sessionId ?? null,
            state: query.state ?? null,
            search: query.search ?? "",
            limit: query.limit ?? pageLimitDefault,
            before: query.before ?? null,
          }),
          orUnavailable,
        )
      }),
      get: Effect.fn("requests.get")(function* ({ params }) {
        const request = yield* own.request(params.id)
        const [timeline, messages, session, approvals] = yield* Effect.catch(
          Effect.all([
            readModel.timeline({ requestId: request.id }),
            readModel.messages({
              userId: request.userId,
              requestId: request.id,
              sessionId: null,
              direction: null,
              state: null,
              limit: pageLimitMax,
              before: null,
            }),
            readModel.session(request.sessionId),
            readModel.approvals({
              userId: request.userId,
              requestId: request.id,
              sessionId: null,
              state: null,
              limit: pageLimitMax,
              before: null,
            }),
          ]),
          orUnavailable,
        )
        const { id, state } = request
        return { id, state, request, timeline, messages, session, approvals: approvals.toReversed() }
      }),
      create: submitRequest(readModel, actors),
      cancel: Effect.fn("requests.cancel")(function* ({ params }) {
        const row = yield* own.request(params.id)
        if (ended.has(row.state)) {
          return yield* new Conflict({
            message: `request ${row.id} has ended: it is ${row.state}`,
            remedy: "Nothing is running for it any more. Send a new request to undo what it did.",
          })
        }
        const user = yield* Effect.catch(readModel.user(row.userId), orUnavailable)
        yield* Effect.catch(
          actors.tell(SessionProtocol, row.sessionId, `cancel-${row.id}`, {
            _tag: "CancelRequest",
            requestId: row.id,
            by: user?.email ?? row.userId,
          }),
          orUnavailable,
        )
        return { id: row.id }
      }),
    })
  }),
)
