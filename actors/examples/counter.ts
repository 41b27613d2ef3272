import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { defineActor } from "@maillm/actors/runtime/Actor"
import { actorCells } from "@maillm/actors/runtime/actorCells"
import { ActorHost } from "@maillm/actors/runtime/ActorHost"
import { JetStreamStoreLayer } from "@maillm/actors/runtime/JetStreamStore"

/** Counts what it is told to. Each command is answered with the count that it led to, also when it is repeated. */
export const Counter = defineActor({
  kind: "counter",
  state: Schema.Struct({ count: Schema.Int }),
  command: Schema.TaggedStruct("Increment", { by: Schema.Int }),
  event: Schema.TaggedStruct("Incremented", { by: Schema.Int }),
  reply: Schema.Int,
  initial: () => ({ count: 0 }),
  decide: ({ count }, { by }) => ({ events: [{ _tag: "Incremented", by }], reply: count + by }),
  evolve: ({ count }, { by }) => ({ count: count + by }),
})

/** One host and one client in one process; both could be anywhere, in any number. */
const program = Effect.gen(function* () {
  const actors = yield* ActorClient
  for (const by of [1, 2, 3]) {
    const { reply } = yield* actors.ask(Counter, "visits", crypto.randomUUID(), { _tag: "Increment", by })
    yield* Console.log(`told to add ${by}; it stands at ${reply}`)
  }
})
const layer = (servers: string) =>
  Layer.mergeAll(ActorHost.layer("example", [actorCells(Counter)]), JetStreamActorClientLayer).pipe(
    Layer.provide(JetStreamStoreLayer),
    Layer.provide(Nats.layer({ servers, name: "example" })),
  )

const [servers = "nats://127.0.0.1:4222"] = process.argv.slice(2)
if (import.meta.main) await Effect.runPromise(program.pipe(Effect.provide(layer(servers))))
