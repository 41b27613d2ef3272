import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { Conflict } from "@maillm/schema/api/ApiErrors"
import type { MessageRow } from "@maillm/schema/ReadModel"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { orUnavailable } from "../answers.ts"

/** How long an answer waits to see what became of it. */
const outcomeMillis = 3_000

/**
 * Has a mail in quarantine done, as its owner's request. The user's actor decides whether it is there still: it does it
 * once, however often it is told.
 */
export const releaseMessage = (readModel: ReadModel["Service"], actors: ActorClient["Service"]) => {
  /** The row once it is out of quarantine; as last read when that takes longer. */
  const leftQuarantine = (row: MessageRow) =>
    readModel.message(row.id).pipe(
      Effect.repeat({
        schedule: Schedule.spaced("25 millis"),
        until: (found) => found !== null && found.state !== "quarantined",
      }),
      Effect.timeoutOption(outcomeMillis),
      Effect.map((found) => Option.getOrNull(found) ?? row),
      Effect.orElseSucceed(() => row),
    )

  return Effect.fn("messages.release")(function* (row: MessageRow) {
    if (row.released !== undefined) return taken(row)
    if (row.state !== "quarantined") return yield* notHeld(row)
    const user = yield* Effect.catch(readModel.user(row.userId), orUnavailable)
    const by = user?.email ?? row.userId
    yield* Effect.catch(
      actors.tell(UserProtocol, row.userId, `release/${row.id}`, {
        _tag: "ReleaseMail",
        mailId: row.id,
        by,
      }),
      orUnavailable,
    )
    return taken(yield* leftQuarantine(row))
  })
}

const taken = (message: MessageRow) => ({ id: message.id, state: message.state, message })

const notHeld = (row: MessageRow) =>
  new Conflict({
    message: `message ${row.id} is not in quarantine, it is ${row.state}`,
    remedy: "Only a mail in quarantine can be released. To have something done, send a new request.",
  })
