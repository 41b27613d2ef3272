import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { commandSubject, partitionOf } from "@maillm/schema/Subjects"
import { Counter } from "../examples/counter.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { eventually, startHost } from "./testHost.ts"

const strayIds = ["a b", "a.b", "a..b", "*", ">", "", "ä", "a\0b", "a\r\nb", "x".repeat(65), "__proto__."]

describe("ids that are no subject tokens", () => {
  let nats: TestNats
  let one: Awaited<ReturnType<typeof startHost>>
  const command = { _tag: "Increment", by: 1 } as const
  const ask = (id: string, commandId: string) =>
    Effect.runPromise(Effect.result(one.client.ask(Counter, id, commandId, command)))

  beforeAll(async () => {
    nats = await startTestNats()
    one = await startHost(nats, "h1", [actorCells(Counter)])
  })
  afterAll(async () => {
    await one.close()
    await nats.stop()
  })

  it("are refused by the client, with nothing stored", async () => {
    for (const id of strayIds) {
      const told = await Effect.runPromise(Effect.flip(one.client.tell(Counter, id, "c", command)))
      expect(told.message).toContain("1 to 64 characters")
      expect(Result.isFailure(await ask(id, "c"))).toBe(true)
    }
    for (const commandId of ["two\r\nlines", "blank ", "x".repeat(201)]) {
      const told = await Effect.runPromise(Effect.flip(one.client.tell(Counter, "c1", commandId, command)))
      expect(told._tag).toBe("CommandUnconfirmed")
    }
    expect((await one.nats.jsm.streams.info("CMD")).state.last_seq).toBe(0)
  })

  it("go to DEAD when another client stores them all the same, and stop nobody", async () => {
    const { js, jsm } = one.nats
    const body = JSON.stringify({ v: 1, commandId: "c", sentAtMillis: 0, command })
    const ofAnother = `cmd.${(partitionOf("counter", "c1") + 1) % 32}.counter.c1`
    const strays = ["a.b", "*", ">", "ä", "x".repeat(65)].map((id) => commandSubject("counter", id))
    for (const subject of [...strays, ofAnother, "cmd.3", "cmd.3.counter"]) await js.publish(subject, body)
    for (const id of ["c1", "a", ...Array.from({ length: 64 }, (_, i) => `n${i}`)]) {
      expect(await ask(id, "first")).toMatchObject({ success: { reply: 1 } })
    }
    // `cmd.3` is of no partition at all.
    await eventually("the strays are in DEAD", async () => {
      const { state } = await jsm.streams.info("DEAD")
      return state.messages === 7 ? state : null
    })
    const letter = await jsm.streams.getMessage("DEAD", { last_by_subj: "dead.CMD.counter.unknown" })
    expect(letter?.string()).toBe(body)
    expect(one.host.ownership.partitions()).toHaveLength(32)
  })
})
