import { parseArgs } from "node:util"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { Nats } from "@maillm/actors/nats/Nats"
import { actorCells } from "@maillm/actors/runtime/actorCells"
import { ActorHost } from "@maillm/actors/runtime/ActorHost"
import { JetStreamStoreLayer } from "@maillm/actors/runtime/JetStreamStore"
import { Counter } from "@maillm/actors/examples/counter"
import { profiling } from "./profiling.ts"
import { serveQuestions } from "./serveQuestions.ts"

/** `node actorHost.ts --nats URL --host ID`: a host of counter actors in a process of its own. */
const { values } = parseArgs({ options: { nats: { type: "string" }, host: { type: "string" } } })
const { nats = "", host: hostId = "h1" } = values

const layer = ActorHost.layer(hostId, [actorCells(Counter)]).pipe(
  Layer.provide(JetStreamStoreLayer),
  Layer.provide(Nats.layer({ servers: nats, name: hostId })),
)
const scope = Effect.runSync(Scope.make())
const host = Context.get(await Effect.runPromise(Layer.buildWithScope(layer, scope)), ActorHost)

process.once("SIGTERM", () => {
  void Effect.runPromise(Scope.close(scope, Exit.void)).then(() => process.exit(0))
})

serveQuestions({
  ...profiling,
  partitions: async () => ({ partitions: host.ownership.partitions() }),
  memory: async () => {
    globalThis.gc?.()
    // What the first collection let go of may take the next with it.
    await new Promise((resolve) => setTimeout(resolve, 100))
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    const live = host.workers().reduce((sum, worker) => sum + worker.stats().live, 0)
    return { bytes: heapUsed + external, live }
  },
})
