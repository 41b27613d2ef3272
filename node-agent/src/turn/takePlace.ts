import * as Effect from "effect/Effect"
import type * as Latch from "effect/Latch"
import * as Option from "effect/Option"
import type { SessionId } from "@maillm/schema/Ids"
import type { Panes } from "../pane/Panes.ts"

/** As long as for a pane that is in use. */
const within = "10 minutes"
const againAfter = { full: "2 seconds", finding: "100 millis" } as const

/**
 * Waits until the session has a place for its pane: null once it has, or why it got none. Who waits longest is served
 * first. Until then the turn stays accepted in the journal, and viewers are told what it waits for.
 */
export const takePlace = (
  panes: Panes,
  sessionId: SessionId,
  interrupt: Latch.Latch,
): Effect.Effect<string | null> => {
  const { places } = panes
  const attempt = Effect.tryPromise(() => panes.takePlace(sessionId)).pipe(
    Effect.catch((error) =>
      Effect.logWarning(`no pane could be closed for session ${sessionId}`, error.cause).pipe(
        Effect.as("full" as const),
      ),
    ),
    // What was begun to be closed is closed before anybody else looks for a place.
    Effect.uninterruptible,
  )
  const untilTaken: Effect.Effect<void> = Effect.flatMap(attempt, (answer) =>
    answer === "taken" ? Effect.void : Effect.andThen(Effect.sleep(againAfter[answer]), untilTaken),
  )
  const waiting = Effect.sync(() => places.waiting.add(sessionId)).pipe(
    Effect.andThen(places.queue.withPermit(untilTaken)),
    Effect.ensuring(Effect.sync(() => places.waiting.delete(sessionId))),
    Effect.timeoutOption(within),
    Effect.map((taken) => (Option.isSome(taken) ? null : noneFree(places.limit))),
  )
  return Effect.promise(() => panes.hasPlace(sessionId)).pipe(
    Effect.flatMap((has) =>
      has
        ? Effect.succeed(null)
        : Effect.raceFirst(
            waiting,
            interrupt.await.pipe(Effect.as("Cancelled while it waited; nothing was run.")),
          ),
    ),
  )
}

const noneFree = (limit: number) =>
  `This node keeps at most ${limit} terminals, and within 10 minutes none could be closed: in each of them something runs, or somebody watches it. End what is not needed (type "exit" in its terminal) or raise MAILLM_PANE_LIMIT, then send the request again.`
