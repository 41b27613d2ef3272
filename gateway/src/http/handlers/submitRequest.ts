import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { Conflict, InputRefused } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import type { NewRequest } from "@maillm/schema/api/RequestsApi"
import { RequestId } from "@maillm/schema/Ids"
import { requestTextLimit } from "@maillm/schema/Message"
import type { RequestRow } from "@maillm/schema/ReadModel"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { newOpaqueToken } from "../../identity/opaqueToken.ts"
import { orUnavailable } from "../answers.ts"
import { ownRows } from "./ownRows.ts"

/** How long an answer waits for its own request to be readable, so that a script can read what it wrote. */
const readYourWriteMillis = 2_000

/** The same key of the same user names the same request, on every gateway. */
export const requestIdOf = (userId: string, key: string) =>
  RequestId.make(createHash("sha256").update(`request\0${userId}\0${key}`).digest("base64url").slice(0, 22))

interface Submission {
  readonly payload: typeof NewRequest.Type
  readonly headers: { readonly "idempotency-key"?: string }
}

/**
 * Puts a request into its user's mailbox. The answer is given once it is stored there, and, where that comes
 * soon, readable: an actor that is away delays no acceptance.
 */
export const submitRequest = (readModel: ReadModel["Service"], actors: ActorClient["Service"]) => {
  const own = ownRows(readModel)

  /** The row once it is readable; none when it takes longer than a caller should wait. */
  const appeared = (id: string) =>
    readModel.request(id).pipe(
      Effect.repeat({ schedule: Schedule.spaced("20 millis"), until: (row) => row !== null }),
      Effect.timeoutOption(readYourWriteMillis),
      Effect.map((row) => Option.getOrNull(row)),
      Effect.orElseSucceed(() => null),
    )

  return Effect.fn("requests.create")(function* ({ payload, headers }: Submission) {
    const { userId } = yield* CurrentUser
    yield* checkText(payload.text)
    const sessionId = payload.sessionId ?? null
    if (sessionId !== null) yield* own.session(sessionId)
    const key = headers["idempotency-key"]
    const id = requestIdOf(userId, key ?? newOpaqueToken())
    const known = key === undefined ? null : yield* Effect.catch(readModel.request(id), orUnavailable)
    if (known === null) {
      yield* Effect.catch(
        actors.tell(UserProtocol, userId, `request-${id}`, {
          _tag: "SubmitRequest",
          requestId: id,
          text: payload.text,
          sessionId,
          ...(payload.driver === undefined ? {} : { driver: payload.driver }),
          ...(payload.repository === undefined ? {} : { repository: payload.repository }),
        }),
        orUnavailable,
      )
    }
    const row = known ?? (yield* appeared(id))
    if (row !== null && !isSame(row, payload.text, sessionId)) return yield* keyTaken()
    return row === null
      ? { id, ...(sessionId === null ? {} : { sessionId }) }
      : { id, sessionId: row.sessionId }
  })
}

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
