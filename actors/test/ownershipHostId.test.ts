import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import { partitionCount } from "@maillm/schema/Subjects"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { leaseTiming } from "../src/runtime/LeaseTable.ts"
import { ServingLog, startOwnership } from "./ownershipHost.ts"
import { eventually, startClient } from "./testHost.ts"

describe("one host id for two processes", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const setUp = async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const log = new ServingLog()
    const allServed = () =>
      eventually("all served", async () => (log.now("h1").length === partitionCount ? true : null))
    return { nats, log, allServed }
  }

  it("the second refuses to start and names the id and the setting; the first notices nothing", async () => {
    const { nats, log, allServed } = await setUp()
    const first = await startOwnership(nats, "h1", log.of("h1"))
    cleanups.push(first.close)
    await allServed()
    await expect(startOwnership(nats, "h1", log.of("second"))).rejects.toThrow(
      /host id h1: stop it, or set MAILLM_HOST_ID/,
    )
    expect(log.served.length).toBe(partitionCount)
    expect(log.now("h1").length).toBe(partitionCount)
  })

  it("of two that start at the same moment one serves", async () => {
    const { nats, log } = await setUp()
    const started = await Promise.allSettled(
      ["a", "b"].map((name) => startOwnership(nats, "h1", log.of(name))),
    )
    const running = started.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []))
    cleanups.push(...running.map(({ close }) => close))
    expect(running.length).toBe(1)
    await eventually("all served", async () => {
      const counts = ["a", "b"].map((name) => log.now(name).length).toSorted((a, b) => a - b)
      return counts[0] === 0 && counts[1] === partitionCount ? true : null
    })
  })

  it("one that was cut off and succeeded stops at its next beat, for good", async () => {
    const { nats, log, allServed } = await setUp()
    const first = await startOwnership(nats, "h1", log.of("first"))
    cleanups.push(first.close)
    await eventually("served", async () => (log.now("first").length === partitionCount ? true : null))
    const second = await startOwnership(nats, "h1", log.of("h1"), () => Effect.succeed(true))
    cleanups.push(second.close)
    const ended = await Effect.runPromise(Effect.flip(first.view.ended))
    expect(ended.message).toMatch(/host id h1/)
    expect(log.now("first")).toEqual([])
    await allServed()
    // It has fought for none of them.
    expect(log.served.filter(({ host }) => host === "first").length).toBe(partitionCount)
    const epochs = log.now("h1").map(({ epoch }) => epoch)
    await first.close()
    // Its end gives nothing up that is not its own.
    expect(log.now("h1").map(({ epoch }) => epoch)).toEqual(epochs)
    expect(second.view.partitions().length).toBe(partitionCount)
  })

  it("one that follows a frozen process waits as long as others would, and no longer", async () => {
    const { nats, log, allServed } = await setUp()
    const frozen = await startClient(nats)
    cleanups.push(frozen.close)
    frozen.nats.connection.subscribe("host.h1.frozen")
    const bucket = frozen.nats.bucket("OWN")
    await bucket.put("host.h1", JSON.stringify({ host: "h1", incarnation: "frozen" }))
    await bucket.put("p.7", JSON.stringify({ host: "h1", incarnation: "frozen" }))
    const begun = performance.now()
    const second = await startOwnership(nats, "h1", log.of("h1"))
    cleanups.push(second.close)
    expect(performance.now() - begun).toBeGreaterThan(leaseTiming.expireMillis - 1)
    await allServed()
    expect(performance.now() - begun).toBeLessThan(12_000)
  })
})
