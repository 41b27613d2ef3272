import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { PartitionReport } from "@maillm/actors/nats/PartitionReport"
import { HealthProbes } from "./HealthProbes.ts"

/**
 * Says under `partitions` whether somebody alive handles what is accepted. Mail is accepted all the same: it waits in the
 * mailboxes. `down` only while something does.
 */
export const PartitionsProbeLayer = Layer.effectDiscard(
  Effect.gen(function* () {
    const { read } = yield* PartitionReport
    const { register } = yield* HealthProbes
    yield* register(
      "partitions",
      read.pipe(
        Effect.map(({ state, detail, partitions }) => {
          const waits = partitions.some((row) => row.state === "stopped")
          const remedy = state === "ok" ? "" : "; see maillm actors"
          return { state: state === "down" && !waits ? "degraded" : state, detail: detail + remedy }
        }),
        Effect.catch((error) => Effect.succeed({ state: "down" as const, detail: error.reason })),
      ),
    )
  }),
)
