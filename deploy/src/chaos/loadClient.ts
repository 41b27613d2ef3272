import { createWriteStream } from "node:fs"
import { createInterface } from "node:readline"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import type { Attempt } from "@maillm/actors/runtime/testing/History"
import { CounterClient } from "./CounterClient.ts"
import { kind } from "./counterActor.ts"
import { buildForEver } from "./labNats.ts"
import { randomOf } from "./random.ts"

/**
 * Clients of the lab in one process: `node loadClient.ts <servers> <name> <seed> <file of attempts> <half>`. Of the
 * partitions of one half (0 or 1) each gets a probe that sends at a steady pace, so that a takeover can be seen; the
 * others send to actors that all clients share, one of them waits for the commits. A line `finals` on standard
 * input ends the load: each client then makes its last operations.
 */
const [servers, name, seed, file, half] = process.argv.slice(2)
if (servers === undefined || name === undefined || seed === undefined || file === undefined) {
  throw new Error("say servers, name, seed, file and half")
}

const loadClients = 3
const sharedActors = 48
const probeMillis = 250
const paceMillis = 60
const reportMillis = 500

// The run is gone.
process.stdin.on("end", () => process.exit(0))
const layer = JetStreamActorClientLayer.pipe(Layer.provide(Nats.layer({ servers, name, replicas: 3 })))
const context = await buildForEver(layer, Effect.runSync(Scope.make()))

const attempts = createWriteStream(file)
const counts = { commands: 0, acked: 0, unknown: 0, refused: 0 }
const tell = (attempt: Attempt) => {
  counts.commands++
  counts[attempt.outcome]++
  attempts.write(`${JSON.stringify(attempt)}\n`)
}

const random = randomOf(Number(seed))
const clientOf = (suffix: string) =>
  new CounterClient(
    `${name}-${suffix}`,
    Context.get(context, ActorClient),
    randomOf(random() * 2 ** 32),
    tell,
  )

/** A probe's own actor: one of the partition. */
const actorOf = (partition: number): string => {
  for (let i = 0; ; i++) {
    const id = `p${partition}-${i}`
    if (partitionOf(kind, id) === partition) return id
  }
}

const clients: Array<{ readonly client: CounterClient; readonly actor: string }> = []
for (let i = 0; i < loadClients; i++) {
  const client = clientOf(`c${i}`)
  const choose = () => `c${Math.floor(random() * sharedActors)}`
  client.run(choose, { asks: i === 0, stubborn: false }, () => 2 * paceMillis * random())
  clients.push({ client, actor: choose() })
}
for (let partition = Number(half); partition < partitionCount; partition += 2) {
  const client = clientOf(`p${partition}`)
  const actor = actorOf(partition)
  client.run(
    () => actor,
    { asks: false, stubborn: true },
    () => probeMillis,
  )
  clients.push({ client, actor })
}

const report = (more: object) => {
  const tries = clients.reduce((sum, { client }) => sum + client.tries, 0)
  return `${JSON.stringify({ counts: { ...counts, tries }, ...more })}\n`
}
const reporting = setInterval(() => process.stdout.write(report({})), reportMillis)

const finish = async () => {
  const finals = await Promise.all(clients.map(({ client, actor }) => client.end(actor)))
  clearInterval(reporting)
  attempts.end(() => process.stdout.write(report({ finals: finals.flat() }), () => process.exit(0)))
}
createInterface({ input: process.stdin }).once("line", () => void finish())
console.log("ready")
