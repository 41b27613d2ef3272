import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import { Counter } from "../examples/counter.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { startHost } from "./testHost.ts"

describe("the example of an actor", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })

  it("answers every command with its own count, and a repeated one with the first answer", async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const one = await startHost(nats, "h1", [actorCells(Counter)])
    cleanups.push(one.close)
    const add = (commandId: string, by: number) =>
      Effect.runPromise(one.client.ask(Counter, "c1", commandId, { _tag: "Increment", by }))
    expect((await add("a", 2)).reply).toBe(2)
    expect((await add("b", 3)).reply).toBe(5)
    const before = await one.nats.jsm.streams.info("EVT")
    expect((await add("a", 2)).reply).toBe(2)
    // The same again, past the stream's own dedupe: what a source does that repeats itself days later.
    await one.nats.jsm.streams.purge("CMD")
    await one.nats.jsm.streams.update("CMD", { duplicate_window: 100_000_000 })
    expect((await add("b", 3)).reply).toBe(5)
    expect((await one.nats.jsm.streams.info("EVT")).state.last_seq).toBe(before.state.last_seq)
    expect((await add("c", 1)).reply).toBe(6)
  })
})
