import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ActorHost } from "@maillm/actors/runtime/ActorHost"
import { ProjectorStatus } from "@maillm/actors/readmodel/ProjectorStatus"
import { partitionCount } from "@maillm/schema/Subjects"
import { HealthProbes } from "@maillm/gateway/http/HealthProbes"

/** Registers what only the process that holds actors and projector can tell. */
export const LocalProbesLayer = Layer.effectDiscard(
  Effect.gen(function* () {
    const host = yield* ActorHost
    const projector = yield* ProjectorStatus
    const { register } = yield* HealthProbes
    yield* register(
      "actors",
      Effect.sync(() => {
        const workers = host.workers()
        const live = workers.reduce((sum, worker) => sum + worker.stats().live, 0)
        const waiting = workers.reduce((sum, worker) => sum + worker.stats().unfinished, 0)
        const detail = `${workers.length} of ${partitionCount} partitions, ${live} actors live, ${waiting} commands in hand`
        const leftAlone = workers.reduce((sum, worker) => sum + worker.stats().leftAlone, 0)
        if (workers.length === 0) return { state: "down" as const, detail }
        return leftAlone === 0
          ? { state: "ok" as const, detail }
          : {
              state: "degraded" as const,
              detail: `${detail}; ${leftAlone} left to a later version, see the log`,
            }
      }),
    )
    yield* register(
      "projector",
      Effect.sync(() =>
        projector.lastError === null
          ? {
              state: "ok" as const,
              detail: `at ${projector.position()}, ${projector.skipped()} records skipped`,
            }
          : { state: "degraded" as const, detail: projector.lastError },
      ),
    )
  }),
)
