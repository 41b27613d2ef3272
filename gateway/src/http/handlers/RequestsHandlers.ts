import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { Api } from "@maillm/schema/Api"
import { Conflict, InputRefused } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault, pageLimitMax } from "@maillm/schema/api/Paging"
import { RequestId } from "@maillm/schema/Ids"
import { requestTextLimit } from "@maillm/schema/Message"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { newOpaqueToken } from "../../identity/opaqueToken.ts"
import { noSuch, orUnavailable } from "../answers.ts"

/** How long an answer waits for its own request to be readable, so that a script can read what it wrote. */
const readYourWriteMillis = 2_000

const ended = new Set(["done", "failed", "cancelled", "expired"])

/** The same key of the same user names the same request, on every gateway. */
export const requestIdOf = (userId: string, key: string) =>
  RequestId.make(createHash("sha256").update(`request\0${userId}\0${key}`).digest("base64url").slice(0, 22))

export const RequestsHandlers = HttpApiBuilder.group(
  Api,
  "requests",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const actors = yield* ActorClient

    const own = Effect.fnUntraced(function* (id: string) {
      const { userId } = yield* CurrentUser
      const row = yield* Effect.catch(readModel.request(id), orUnavailable)
      return row !== null && row.userId === userId ? row : yield* noSuch("request", id)
    })

    const ownSession = Effect.fnUntraced(function* (id: string) {
      const { userId } = yield* CurrentUser
      const row = yield* Effect.catch(readModel.session(id), orUnavailable)
      return row !== null && row.userId === userId ? row : yield* noSuch("session", id)
    })

    /** The row once it is readable; none when it takes longer than a caller should wait. */
    const appeared = (id: string) =>
      readModel.request(id).pipe(
        Effect.repeat({ schedule: Schedule.spaced("20 millis"), until: (row) => row !== null }),
        Effect.timeoutOption(readYourWriteMillis),
        Effect.map((row) => Option.getOrNull(row)),
        Effect.orElseSucceed(() => null),
      )

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
        const request = yield* own(params.id)
        const [timeline, messages, session] = yield* Effect.catch(
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
          ]),
          orUnavailable,
        )
        return { id: request.id, state: request.state, request, timeline, messages, session }
      }),
      create: Effect.fn("requests.create")(function* ({ payload, headers }) {
        const { userId } = yield* CurrentUser
        yield* checkText(payload.text)
        const sessionId = payload.sessionId ?? null
        if (sessionId !== null) yield* ownSession(sessionId)
        const key = headers["idempotency-key"]
        const id = requestIdOf(userId, key ?? newOpaqueToken())
        const known = key === undefined ? null : yield* Effect.catch(readModel.request(id), orUnavailable)
        if (known === null) {
          yield* Effect.catch(
            actors.tellUser(userId, `request-${id}`, {
              _tag: "SubmitRequest",
              requestId: id,
              text: payload.text,
              sessionId,
            }),
            orUnavailable,
          )
        }
        const row = known ?? (yield* appeared(id))
        if (row !== null && !isSame(row, payload.text, sessionId)) return yield* keyTaken()
        return row === null
          ? { id, ...(sessionId === null ? {} : { sessionId }) }
          : { id, sessionId: row.sessionId }
      }),
      cancel: Effect.fn("requests.cancel")(function* ({ params }) {
        const row = yield* own(params.id)
        if (ended.has(row.state)) {
          return yield* new Conflict({
            message: `request ${row.id} has ended: it is ${row.state}`,
            remedy: "Nothing is running for it any more. Send a new request to undo what it did.",
          })
        }
        const user = yield* Effect.catch(readModel.user(row.userId), orUnavailable)
        yield* Effect.catch(
          actors.tellSession(row.sessionId, `cancel-${row.id}`, {
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

const checkText = (text: string) => {
  if (text.trim() === "") {
    return Effect.fail(
      new InputRefused({ message: "text is empty", remedy: "Say in `text` what is to be done." }),
    )
  }
  return text.length <= requestTextLimit
    ? Effect.void
    : Effect.fail(
        new InputRefused({
          message: `text has ${text.length} characters; a request may have ${requestTextLimit}`,
          remedy: "Shorten it, or put the long part into a file of the workspace and refer to it.",
        }),
      )
}

const isSame = (row: RequestRow, text: string, sessionId: string | null) =>
  row.text === text && (sessionId === null || row.sessionId === sessionId)

const keyTaken = () =>
  new Conflict({
    message: "this Idempotency-Key was used for another request",
    remedy: "Use a new key for a new request.",
  })
