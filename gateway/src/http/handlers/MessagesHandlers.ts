import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { NotFound } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault } from "@maillm/schema/api/Paging"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { download, orBlobGone, orUnavailable } from "../answers.ts"
import { Downloads } from "../Downloads.ts"
import { ownRows } from "./ownRows.ts"
import { releaseMessage } from "./releaseMessage.ts"

export const MessagesHandlers = HttpApiBuilder.group(
  Api,
  "messages",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const blobs = yield* Blobs
    const downloads = yield* Downloads

    const own = ownRows(readModel)
    const release = releaseMessage(readModel, yield* ActorClient)

    return handlers.handleAll({
      list: Effect.fn("messages.list")(function* ({ query }) {
        const { userId } = yield* CurrentUser
        return yield* Effect.catch(
          readModel.messages({
            userId,
            direction: query.direction ?? null,
            state: query.state ?? null,
            requestId: query.requestId ?? null,
            sessionId: query.sessionId ?? null,
            limit: query.limit ?? pageLimitDefault,
            before: query.before ?? null,
          }),
          orUnavailable,
        )
      }),
      get: ({ params }) => own.message(params.id),
      raw: Effect.fn("messages.raw")(function* ({ params }) {
        const row = yield* own.message(params.id)
        if (row.raw === null) {
          return yield* new NotFound({
            message: `message ${row.id} has no raw form yet`,
            remedy: "A mail out gets one when it is sent or kept; look again then.",
          })
        }
        const bytes = yield* downloads.one(Effect.catch(blobs.get(row.raw), orBlobGone))
        return download(bytes, `${row.id}.eml.txt`, "text/plain; charset=utf-8")
      }),
      release: ({ params }) => Effect.flatMap(own.message(params.id), release),
    })
  }),
)
