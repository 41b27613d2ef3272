import { appendFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { nodeOrders } from "@maillm/schema/Subjects"
import { Nats } from "@maillm/actors/nats/Nats"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import type { CarriedOut } from "@maillm/actors/runtime/testing/History"
import { Notice } from "./counterActor.ts"
import { readEffects } from "./historyFiles.ts"
import { buildForEver } from "./labNats.ts"

/**
 * A receiver of effects behind the fence: `node receiver.ts <servers> <name> <file>`. What it carries out is one line
 * in the file; it knows from the file what it has done when it is started again.
 */
const [servers, name, file] = process.argv.slice(2)
if (servers === undefined || name === undefined || file === undefined) {
  throw new Error("say servers, name and file")
}

const decode = Schema.decodeUnknownSync(Notice)
const done = new Set(readEffects(file).map(({ effectId }) => effectId))

const carryOut = ({ data, origin, sequence }: WorkItem) =>
  Effect.sync((): Verdict => {
    const { effectId } = decode(Buffer.from(data).toString("utf8"))
    if (done.has(effectId)) return "done"
    const carriedOut: CarriedOut = {
      receiver: name,
      effectId,
      actor: origin?.actor ?? "nobody",
      epoch: origin?.epoch ?? 0,
      order: sequence,
    }
    appendFileSync(file, `${JSON.stringify(carriedOut)}\n`)
    done.add(effectId)
    return "done"
  })

const layer = Layer.effectDiscard(
  Effect.forkScoped(
    consumeWork({
      stream: "NODE",
      durable: `chaos-${name}`,
      filter: nodeOrders(name),
      ackWaitMillis: 5_000,
      concurrency: 8,
      fenced: true,
      handle: carryOut,
    }),
  ),
).pipe(Layer.provide(Nats.layer({ servers, name, replicas: 3 })))

// The run is gone.
process.stdin.on("end", () => process.exit(0)).resume()
await buildForEver(layer, Effect.runSync(Scope.make()))
console.log("ready")
