import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { Nats } from "@maillm/actors/nats/Nats"
import { actorCells } from "@maillm/actors/runtime/actorCells"
import { ActorHost } from "@maillm/actors/runtime/ActorHost"
import { JetStreamStoreLayer } from "@maillm/actors/runtime/JetStreamStore"
import { Counter } from "./counterActor.ts"
import { buildForEver } from "./labNats.ts"

/** One actor host of the lab: `node actorHost.ts <servers> <host id>`. SIGTERM gives its partitions up. */
const [servers, hostId] = process.argv.slice(2)
if (servers === undefined || hostId === undefined) throw new Error("say the servers and the host's id")

const scope = Effect.runSync(Scope.make())
const layer = ActorHost.layer(hostId, [actorCells(Counter)]).pipe(
  Layer.provide(JetStreamStoreLayer),
  Layer.provide(Nats.layer({ servers, name: hostId, replicas: 3 })),
)

const leave = () => {
  void Effect.runPromise(Scope.close(scope, Exit.void)).finally(() => process.exit(0))
}
process.once("SIGTERM", leave)
// The run is gone.
process.stdin.on("end", () => process.exit(0)).resume()

await buildForEver(layer, scope)
console.log("ready")
