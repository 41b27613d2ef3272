import { afterEach, describe, expect, it } from "vitest"
import { Kvm } from "@nats-io/kv"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { Counter, counters, eventually, increment, recordsOf, startClient, startHost } from "./testHost.ts"

type Client = Awaited<ReturnType<typeof startClient>>

/** One session in each of the first partitions. */
const sessions = Array.from({ length: 8 }, (_, partition) => {
  for (let i = 0; ; i++) if (partitionOf("session", `s${i}`) === partition) return `s${i}`
})

let sent = 0
/** Each session commits once more; answered within the ten seconds that an ask waits. */
const commitAll = async (client: Client) => {
  await Promise.all(
    sessions.map((id) =>
      Effect.runPromise(
        client.client
          .ask(Counter, id, `c${++sent}`, increment(sent))
          .pipe(Effect.retry(Schedule.spaced("100 millis").pipe(Schedule.upTo({ times: 20 })))),
      ),
    ),
  )
}

const epochsOf = async (client: Client) => {
  const records = await recordsOf(client.nats, ...sessions.map((id) => `evt.session.${id}`))
  return sessions.map((id) => records.flatMap(({ record }) => (record.id === id ? [record.epoch] : [])))
}

describe("epochs when the bucket of leases is lost", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const server = async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    return nats
  }
  const start = async (nats: TestNats, id: string) => {
    const host = await startHost(nats, id, counters())
    cleanups.push(host.close)
    return host
  }

  it.each([
    ["deleted", ["KV_OWN"], false],
    ["deleted with all memory of it", ["KV_OWN", "KV_GUARD", "KV_SNAP", "KV_FENCE"], false],
    ["put back from before its time", ["KV_OWN", "KV_GUARD"], true],
  ])("commits go on above every former one: %s while nothing ran", async (_, lost, low) => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    await commitAll(one)
    await one.close()
    const operator = await startClient(nats)
    for (const stream of lost) await operator.nats.jsm.streams.delete(stream)
    if (low) await new Kvm(operator.nats.connection).create("OWN", { max_bytes: 16 * 1024 ** 2 })
    await operator.close()
    const two = await start(nats, "h1")
    await commitAll(two)
    for (const [before = 0, after = 0] of await epochsOf(two)) expect(after).toBeGreaterThan(before)
  })

  it.each([["deleted"], ["begun again"]])(
    "hosts that run stop and go on above every former epoch: %s",
    async (how) => {
      const nats = await server()
      const one = await start(nats, "h1")
      const two = await start(nats, "h2")
      const hosts = [one, two]
      const served = () => hosts.map(({ host }) => host.workers().length)
      await eventually("shares", async () =>
        served().every((count) => count > 0) &&
        served().reduce((sum, count) => sum + count, 0) === partitionCount
          ? true
          : null,
      )
      const sender = await startClient(nats)
      cleanups.push(sender.close)
      await commitAll(sender)
      await sender.nats.jsm.streams.delete("KV_OWN")
      if (how === "begun again")
        await new Kvm(sender.nats.connection).create("OWN", { max_bytes: 16 * 1024 ** 2 })
      const highest = Math.max(...(await epochsOf(sender)).flat())
      await eventually("every partition served anew, once", async () => {
        const epochs = hosts.flatMap(({ host }) => {
          const mine = host.ownership.partitions()
          return host.ownership.leases().filter(({ partition }) => mine.includes(partition))
        })
        const partitions = new Set(epochs.map(({ partition }) => partition))
        return epochs.length === partitionCount &&
          partitions.size === partitionCount &&
          served().every((count) => count > 0) &&
          epochs.every(({ epoch }) => epoch > highest)
          ? true
          : null
      })
      await commitAll(sender)
      for (const epochs of await epochsOf(sender)) {
        expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
        expect(epochs.at(-1)).toBeGreaterThan(highest)
      }
    },
    60_000,
  )
})
