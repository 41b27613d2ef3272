import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { leaseTiming } from "../src/runtime/LeaseTable.ts"
import { preferredHost } from "../src/runtime/preferredHost.ts"
import { Counter, counters, eventually, increment, startClient, startHost } from "./testHost.ts"

type Host = Awaited<ReturnType<typeof startHost>>

/** A session in each partition. */
const sessions = Array.from({ length: partitionCount }, (_, partition) => {
  for (let i = 0; ; i++) if (partitionOf("session", `s${i}`) === partition) return `s${i}`
})

describe("hand-over of partitions", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const start = async (nats: TestNats, id: string) => {
    const host = await startHost(nats, id, counters())
    cleanups.push(host.close)
    return host
  }
  const setUp = async (ids: ReadonlyArray<string>) => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const hosts = await Promise.all(ids.map((id) => start(nats, id)))
    const sender = await startClient(nats)
    cleanups.push(sender.close)
    await shared(ids, hosts)
    let sent = 0
    /** The longest that any partition took to commit once more, milliseconds. */
    const slowestCommit = async (begun: number) => {
      const times = await Promise.all(
        sessions.map((id) =>
          Effect.runPromise(
            sender.client.ask(Counter, id, `c${++sent}`, increment(sent)).pipe(
              Effect.retry(Schedule.spaced("20 millis").pipe(Schedule.upTo({ times: 100 }))),
              Effect.map(() => performance.now() - begun),
            ),
          ),
        ),
      )
      return Math.max(...times)
    }
    /** What was handled is purged, so that a new owner has nothing to go through again. */
    const quiet = () =>
      eventually("empty mailboxes", async () =>
        (await sender.nats.jsm.streams.info("CMD")).state.messages === 0 ? true : null,
      )
    await slowestCommit(performance.now())
    await quiet()
    return { nats, hosts, slowestCommit, quiet }
  }
  const shared = (ids: ReadonlyArray<string>, hosts: ReadonlyArray<Host>) =>
    eventually("shares", async () =>
      hosts.every(
        ({ host }, index) =>
          host.workers().length > 0 &&
          host.workers().every(({ partition }) => preferredHost(partition, ids) === ids[index]),
      ) && hosts.reduce((sum, { host }) => sum + host.workers().length, 0) === partitionCount
        ? true
        : null,
    )

  it("a host that closes or joins costs no partition a second", async () => {
    const { nats, hosts, slowestCommit, quiet } = await setUp(["h1", "h2"])
    const times = { leave: new Array<number>(), join: new Array<number>() }
    for (let round = 0; round < 5; round++) {
      const begun = performance.now()
      const closed = hosts.pop()?.close()
      times.leave.push(await slowestCommit(begun))
      await closed
      await quiet()
      hosts.push(await start(nats, "h2"))
      times.join.push(await slowestCommit(performance.now()))
      await shared(["h1", "h2"], hosts)
      await quiet()
    }
    // The best of them: what a busy machine adds to the others is not the hand-over's.
    expect(Math.min(...times.leave)).toBeLessThan(1_000)
    expect(Math.min(...times.join)).toBeLessThan(1_000)
  }, 60_000)

  it("a host that closes leaves nothing that was handled in the mailboxes", async () => {
    const { nats, hosts, slowestCommit } = await setUp(["h1"])
    await slowestCommit(performance.now())
    await hosts[0]?.close()
    const reader = await startClient(nats)
    const { state } = await reader.nats.jsm.streams.info("CMD")
    await reader.close()
    expect(state.messages).toBe(0)
  }, 60_000)

  it("a host that dies is succeeded within twelve seconds, in every partition", async () => {
    const { hosts, slowestCommit } = await setUp(["h1", "h2", "h3"])
    const dead = hosts[2]
    const begun = performance.now()
    await dead?.abandon()
    const slowest = await slowestCommit(begun)
    expect(slowest).toBeLessThan(12_000)
  }, 60_000)

  it("a host that dies and is back at once takes its partitions without waiting for its former beat", async () => {
    const { nats, hosts, slowestCommit } = await setUp(["h1", "h2"])
    await hosts[1]?.abandon()
    const begun = performance.now()
    await start(nats, "h2")
    const slowest = await slowestCommit(begun)
    // Before its former beat would have been over, on a busy machine too.
    expect(slowest).toBeLessThan(leaseTiming.expireMillis - leaseTiming.beatMillis)
  }, 60_000)
})
