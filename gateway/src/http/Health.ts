import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ComponentState, HealthReport } from "@maillm/schema/api/SystemApi"
import { Settings } from "@maillm/schema/Settings"
import { buckets, streams } from "@maillm/schema/Streams"
import { Nats } from "@maillm/actors/nats/Nats"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { HealthProbes } from "./HealthProbes.ts"
import { nearlyFull } from "./nearlyFull.ts"
import { StreamReports } from "./StreamReports.ts"

/** Records the read model may be behind before new mail is better kept by its sender. */
export const lagLimit = 10_000

/** What must be ok for mail to be accepted and become visible. `smtp` is registered by the SMTP server. */
const needed = ["nats", "streams", "read model", "smtp"]

const ok = (detail: string) => ({ state: "ok" as const, detail })
const degraded = (detail: string) => ({ state: "degraded" as const, detail })
const down = (detail: string) => ({ state: "down" as const, detail })

const natsAway = down("not connected; reconnecting. Is nats-server running?")

/** The state of this process and of what it depends on; asked at most once a second. */
export class Health extends Context.Service<
  Health,
  {
    /** Of a process that lives: its status is the worst of its components. */
    readonly health: Effect.Effect<HealthReport>
    /** `down` unless everything that mail needs is ok. */
    readonly ready: Effect.Effect<HealthReport>
    readonly components: Effect.Effect<ReadonlyArray<ComponentState>>
    /** Records of EVT that the read model does not hold yet; null when that cannot be known now. */
    readonly lag: Effect.Effect<{ readonly sequence: number; readonly lag: number } | null>
  }
>()("@maillm/gateway/http/Health") {
  static readonly layer = Layer.effect(
    Health,
    Effect.gen(function* () {
      const probes = yield* HealthProbes
      const { version } = yield* Settings
      const lag = yield* makeLag
      yield* registerOwn(lag)
      const components = yield* Effect.cachedWithTTL(probes.all, "1 second")
      const report = (all: ReadonlyArray<ComponentState>, of: ReadonlyArray<ComponentState>) => ({
        status: worst(of),
        version,
        components: all,
      })
      return {
        components,
        lag,
        health: Effect.map(components, (all) => report(all, all)),
        ready: Effect.map(components, (registered) => {
          const absent = needed
            .filter((name) => !registered.some((component) => component.name === name))
            .map((name) => ({ name, ...down("not started") }))
          const all = [...registered, ...absent]
          const relevant = all.filter((component) => needed.includes(component.name))
          const everyOk = relevant.every((component) => component.state === "ok")
          return { ...report(all, relevant), status: everyOk ? ("ok" as const) : ("down" as const) }
        }),
      }
    }),
  )
}

const worst = (components: ReadonlyArray<ComponentState>) =>
  components.some((component) => component.state === "down")
    ? ("down" as const)
    : components.some((component) => component.state === "degraded")
      ? ("degraded" as const)
      : ("ok" as const)

const makeLag = Effect.gen(function* () {
  const readModel = yield* ReadModel
  const reports = yield* StreamReports
  return Effect.all([reports.all, readModel.position]).pipe(
    Effect.map(([all, position]) => {
      const last = all.find((report) => report.name === "EVT")?.lastSequence ?? 0
      return { sequence: position.sequence, lag: Math.max(0, last - position.sequence) }
    }),
    Effect.orElseSucceed(() => null),
  )
})

const registerOwn = Effect.fnUntraced(function* (lag: Health["Service"]["lag"]) {
  const nats = yield* Nats
  const reports = yield* StreamReports
  const { register } = yield* HealthProbes
  yield* register(
    "nats",
    Effect.suspend(() =>
      nats.connected()
        ? Effect.tryPromise(() => nats.connection.rtt()).pipe(
            Effect.map((millis) =>
              ok(`nats-server ${nats.connection.info?.version ?? ""}, ${millis.toFixed(0)} ms away`),
            ),
            Effect.orElseSucceed(() => natsAway),
          )
        : Effect.sync(() => {
            const lost = nats.guard.refusal()
            return lost === null ? natsAway : down(lost.message)
          }),
    ),
  )
  yield* register(
    "streams",
    reports.all.pipe(
      Effect.map((all) => {
        const there = new Set(all.map((report) => report.name))
        const wanted = [
          ...Object.values(streams).map((stream) => stream.name),
          ...Object.values(buckets).map((bucket) => `KV_${bucket.name}`),
        ]
        const missing = wanted.filter((name) => !there.has(name))
        return missing.length === 0
          ? ok(`${there.size} streams`)
          : down(`missing: ${missing.join(", ")}. Restart maillm to create them; check who deleted them.`)
      }),
      Effect.catch((error) => Effect.succeed(down(error.reason))),
    ),
  )
  yield* register(
    "room",
    reports.all.pipe(
      Effect.map((all) => {
        const full = nearlyFull(all)
        return full.length === 0
          ? ok("every stream takes more")
          : degraded(
              `${full.join(", ")}: what it refuses waits. Look whether its readers (nodes, relay, gateways) work.`,
            )
      }),
      Effect.catch((error) => Effect.succeed(down(error.reason))),
    ),
  )
  yield* register(
    "read model",
    Effect.map(lag, (found) => {
      if (found === null) return down("cannot be read; see the other components")
      return found.lag <= lagLimit
        ? ok(`at ${found.sequence}, ${found.lag} behind`)
        : down(`${found.lag} records behind; new mail is better kept by its sender until it has caught up`)
    }),
  )
})
