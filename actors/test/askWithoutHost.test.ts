import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import { commandSubject } from "@maillm/schema/Subjects"
import { Counter } from "../examples/counter.ts"
import { findAnswer } from "../src/client/findAnswer.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { defineActor } from "../src/runtime/Actor.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { eventually, startClient, startHost } from "./testHost.ts"

describe("asking while nobody answers", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })

  it("says of a repeat why there may be no answer", async () => {
    const Reader = defineActor({
      ...Counter,
      kind: "reader",
      decide: ({ count }) => ({ events: [], reply: count }),
    })
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const one = await startHost(nats, "h1", [actorCells(Reader)])
    cleanups.push(one.close)
    const ask = (commandId: string) =>
      Effect.runPromise(Effect.result(one.client.ask(Reader, "r1", commandId, { _tag: "Increment", by: 1 })))
    expect(await ask("first")).toMatchObject({ success: { reply: 0 } })
    const again = await ask("first")
    expect(again).toMatchObject({ failure: { _tag: "CommandUnconfirmed" } })
    expect(JSON.stringify(again)).toContain("a new id asks again")
    expect(await ask("second")).toMatchObject({ success: { reply: 0 } })
  })

  it("finds the answer in the journal, and reads no more of it than came since", async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const one = await startHost(nats, "h1", [actorCells(Counter)])
    const client = await startClient(nats)
    cleanups.push(client.close)
    const command = { _tag: "Increment", by: 1 } as const
    for (let i = 0; i < 50; i++) await Effect.runPromise(client.client.ask(Counter, "c1", `c${i}`, command))
    await one.close()

    // The answer to this one goes nowhere: the sender looks for it.
    const waiting = Effect.runPromise(client.client.ask(Counter, "c1", "late", command))
    const stored = await eventually("it is stored", () =>
      client.nats.jsm.streams.getMessage("CMD", { last_by_subj: commandSubject("counter", "c1") }),
    )
    const reads: Array<unknown> = []
    const streams = new Proxy(client.nats.jsm.streams, {
      get: (target, name) =>
        name === "getMessage"
          ? (...args: Parameters<typeof target.getMessage>) => {
              reads.push(args)
              return target.getMessage(...args)
            }
          : Reflect.get(target, name),
    })
    const jsm = new Proxy(client.nats.jsm, {
      get: (target, name) => (name === "streams" ? streams : Reflect.get(target, name)),
    })
    expect(await findAnswer(jsm, "counter", "c1", "late", stored.seq)).toBeNull()
    expect(reads).toHaveLength(1)
    expect(await findAnswer(jsm, "counter", "c1", "c0", 0)).toMatchObject({ reply: 1 })
    expect(reads).toHaveLength(51)

    const two = await startHost(nats, "h2", [actorCells(Counter)])
    cleanups.push(two.close)
    expect((await waiting).reply).toBe(51)
    // The stream drops the repeat, so that no host ever sees it: only the journal can tell.
    expect((await Effect.runPromise(client.client.ask(Counter, "c1", "late", command))).reply).toBe(51)
  })
})
