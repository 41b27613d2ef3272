import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import * as Exit from "effect/Exit"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { watchLiveNodes } from "../src/runtime/LiveNodes.ts"
import { Counter, counters, eventually, increment, recordsOf, startHost } from "./testHost.ts"

/** A session in each partition. */
const sessions = () => {
  const found = new Map<number, string>()
  for (let i = 0; found.size < partitionCount; i++) {
    const partition = partitionOf("session", `s${i}`)
    if (!found.has(partition)) found.set(partition, `s${i}`)
  }
  return [...found.values()]
}

/** 20 were run by hand; each costs about five seconds, the time that a lost answer is waited for. */
const rounds = 3

describe("nats-server killed and started again", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })

  it("every partition goes on within ten seconds, under load, and nothing is lost or done twice", async () => {
    const storeDir = mkdtempSync(join(tmpdir(), "maillm-outages-"))
    cleanups.push(async () => rmSync(storeDir, { recursive: true, force: true, maxRetries: 10 }))
    let nats = await startTestNats({ storeDir })
    const { port } = nats
    cleanups.push(() => nats.stop())
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    const all = sessions()
    let told = 0
    const tell = (id: string) => {
      told++
      const n = told
      return Effect.runPromise(
        one.client
          .tell(Counter, id, `c${n}`, increment(n))
          .pipe(Effect.retry(Schedule.spaced("200 millis").pipe(Schedule.upTo({ times: 300 })))),
      )
    }
    await Promise.all(all.map(tell))
    const live = await nodesSeenBy(one.nats, cleanups)
    const slowest: Array<number> = []
    for (let round = 0; round < rounds; round++) {
      const load = Promise.all(all.flatMap((id) => [tell(id), tell(id)]))
      await nats.stop("SIGKILL")
      nats = await startTestNats({ storeDir, port })
      const begun = Date.now()
      await load
      await Promise.all(all.map(tell))
      await eventually("all commits", async () => {
        const info = await one.nats.jsm.streams.info("EVT").catch(() => null)
        return info !== null && info.state.messages >= told ? true : null
      })
      await eventually(
        "a heartbeat seen",
        async () => {
          await one.nats
            .bucket("NODES")
            .put("n1", heartbeat(round))
            .catch(() => 0)
          return live().some((node) => node.paneCount === round) ? true : null
        },
        30_000,
      )
      slowest.push(Date.now() - begun)
    }
    const records = await recordsOf(one.nats, ...all.map((id) => `evt.session.${id}`))
    expect(new Set(records.map(({ record }) => record.commandId)).size).toBe(told)
    expect(records.length).toBe(told)
    expect(Math.max(...slowest)).toBeLessThan(10_000)
    await eventually("empty mailboxes", async () =>
      (await one.nats.jsm.streams.info("CMD")).state.messages === 0 ? true : null,
    )
  }, 90_000)
})

const heartbeat = (paneCount: number) =>
  JSON.stringify({
    nodeId: "n1",
    hostname: "h",
    runtime: "host",
    runtimeReason: "",
    drivers: ["shell"],
    version: "1",
    cpuCount: 1,
    memoryBytes: 1,
    memoryFreeBytes: 1,
    loadAverage: 0,
    paneCount,
    turnsRunning: 0,
    startedAtMillis: 1,
    beatAtMillis: 1,
  })

const nodesSeenBy = async (nats: Nats["Service"], cleanups: Array<() => Promise<void>>) => {
  const scope = Effect.runSync(Scope.make())
  cleanups.push(() => Effect.runPromise(Scope.close(scope, Exit.void)))
  return Effect.runPromise(
    watchLiveNodes.pipe(Effect.provideService(Nats, nats), Effect.provideService(Scope.Scope, scope)),
  )
}
