import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import { partitionOf } from "@maillm/schema/Subjects"
import { Counter } from "../examples/counter.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { eventually, startHost } from "./testHost.ts"

/** Ids of counters in one partition. */
const together = (count: number) => {
  const found: Array<string> = []
  for (let i = 0; found.length < count; i++) if (partitionOf("counter", `c${i}`) === 5) found.push(`c${i}`)
  return found
}

describe("a partition with more actors than it may hold in memory", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })

  it("lets go of those that were not used for the longest, and they go on where they were", async () => {
    const nats = await startTestNats({ syncAlways: false })
    cleanups.push(() => nats.stop())
    const one = await startHost(nats, "h1", [actorCells(Counter)])
    cleanups.push(one.close)
    const increment = { _tag: "Increment", by: 1 } as const
    const askAll = (ids: ReadonlyArray<string>, round: string) =>
      Effect.runPromise(
        Effect.forEach(ids, (id) => one.client.ask(Counter, id, round, increment), { concurrency: 200 }),
      )
    const ids = together(2_500)
    expect(new Set((await askAll(ids, "first")).map(({ reply }) => reply))).toEqual(new Set([1]))
    const live = () => Math.max(...one.host.workers().map((worker) => worker.stats().live))
    await eventually("few enough are held", async () => (live() <= 1_024 ? true : null))
    expect(live()).toBeGreaterThan(500)
    const again = await askAll(ids, "second")
    expect(new Set(again.map(({ reply }) => reply))).toEqual(new Set([2]))
    await eventually("few enough are held again", async () => (live() <= 1_024 ? true : null))
  }, 60_000)
})
