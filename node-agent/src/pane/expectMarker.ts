import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { MarkerSeen, Pane } from "./Pane.ts"

/** What was waited for, the pane's end instead of it, or neither in time. */
export type Expected = MarkerSeen | "ended" | "timeout"

/**
 * Does `act` and waits for the first marker that `wanted` accepts. Listening begins before `act`, so an answer that
 * comes at once is not missed.
 */
export const expectMarker = <E, R>(
  pane: Pane,
  wanted: (seen: MarkerSeen) => boolean,
  within: Duration.Input,
  act: Effect.Effect<void, E, R>,
): Effect.Effect<Expected, E, R> =>
  Effect.acquireUseRelease(
    Effect.sync(() => {
      const seen = Deferred.makeUnsafe<MarkerSeen | "ended">()
      const stop = pane.watch((event) => {
        if (event === "ended" || wanted(event)) Deferred.doneUnsafe(seen, Effect.succeed(event))
      })
      if (pane.end !== null) Deferred.doneUnsafe(seen, Effect.succeed("ended" as const))
      return { seen, stop }
    }),
    ({ seen }) =>
      act.pipe(
        Effect.andThen(Deferred.await(seen)),
        Effect.timeoutOption(within),
        Effect.map((found): Expected => Option.getOrElse(found, () => "timeout" as const)),
      ),
    ({ stop }) => Effect.sync(stop),
  )
