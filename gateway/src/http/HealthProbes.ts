import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { ComponentState } from "@maillm/schema/api/SystemApi"

export type Probe = Effect.Effect<Omit<ComponentState, "name">>

/** Longest a probe may take; then it counts as down. */
const probeMillis = 3_000

/**
 * What says how each part of this process is. A part registers its probe while it lives; a part that mail needs
 * and that is not registered counts as down.
 */
export class HealthProbes extends Context.Service<
  HealthProbes,
  {
    readonly register: (name: string, probe: Probe) => Effect.Effect<void, never, Scope.Scope>
    /** Every component's state, those registered first come first. */
    readonly all: Effect.Effect<ReadonlyArray<ComponentState>>
  }
>()("@maillm/gateway/http/HealthProbes") {
  static readonly layer = Layer.sync(HealthProbes, () => {
    const probes = new Map<string, Probe>()
    return {
      register: (name, probe) =>
        Effect.acquireRelease(
          Effect.sync(() => probes.set(name, probe)),
          () => Effect.sync(() => probes.get(name) === probe && probes.delete(name)),
        ).pipe(Effect.asVoid),
      all: Effect.suspend(() =>
        Effect.forEach(probes, ([name, probe]) => asked(name, probe), { concurrency: "unbounded" }),
      ),
    }
  })
}

const asked = (name: string, probe: Probe): Effect.Effect<ComponentState> =>
  probe.pipe(
    Effect.timeoutOrElse({
      duration: probeMillis,
      orElse: () =>
        Effect.succeed({ state: "down" as const, detail: `gave no answer in ${probeMillis / 1_000} s` }),
    }),
    Effect.catchCause(() => Effect.succeed({ state: "down" as const, detail: "its check failed" })),
    Effect.map((found) => ({ name, state: found.state, detail: found.detail.slice(0, 1_000) })),
  )
