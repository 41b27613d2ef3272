import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { Scope } from "effect/Scope"

/**
 * Builds what a process of the lab is made of, as often as it takes: the cluster may be without a leader when it
 * starts, and a supervisor would start it again then.
 */
export const buildForEver = <A, E>(layer: Layer.Layer<A, E>, scope: Scope): Promise<Context.Context<A>> =>
  Effect.runPromise(
    Effect.suspend(() => Layer.buildWithScope(Layer.fresh(layer), scope)).pipe(
      Effect.tapError((error) => Effect.logWarning(`not yet: ${String(error)}`)),
      Effect.retry(Schedule.spaced("500 millis")),
    ),
  )
