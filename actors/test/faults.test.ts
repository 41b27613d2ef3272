import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { partitionOf } from "@maillm/schema/Subjects"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNatsOptions } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { Counter, counters, eventually, increment, recordsOf, startClient, startHost } from "./testHost.ts"

/** Counts as `Counter` does, and is asked by a command's `by` to write what cannot be stored. */
const faulty = () => [
  actorCells({
    ...Counter,
    decide: (state, command, context) => {
      if (command._tag !== "CancelRequest") return Counter.decide(state, command, context)
      const by = command.by === "beyond its bounds" ? "x".repeat(321) : "test"
      const copies = command.by === "large" ? 14_000 : 1
      const decision = Counter.decide(state, command, context)
      return {
        ...decision,
        events: Array.from({ length: copies }, () => ({
          _tag: "CancelAsked" as const,
          requestId: command.requestId,
          by: copies > 1 ? "x".repeat(300) : by,
        })),
      }
    },
  }),
]

/** The epoch of a session's partition: it rises whenever the partition is started anew. */
const epochOf = ({ host }: Awaited<ReturnType<typeof startHost>>, id: string) =>
  host.ownership.leases().find(({ partition }) => partition === partitionOf("session", id))?.epoch

/** Ids of sessions that share a partition with `id`. */
const neighbours = (id: string, count: number) => {
  const found: Array<string> = []
  for (let i = 0; found.length < count; i++) {
    if (partitionOf("session", `n${i}`) === partitionOf("session", id)) found.push(`n${i}`)
  }
  return found
}

describe("actors and what goes wrong around them", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const server = async (options: TestNatsOptions = {}) => {
    const nats = await startTestNats(options)
    cleanups.push(() => nats.stop())
    return nats
  }

  it.each(["beyond its bounds", "large"])(
    "sets a command aside whose record cannot be stored (%s), and nothing else notices",
    async (by) => {
      const nats = await server()
      const one = await startHost(nats, "h1", faulty())
      cleanups.push(one.close)
      await Effect.runPromise(one.client.ask(Counter, "s1", "before", increment(1)))
      const epoch = epochOf(one, "s1")
      const refused = await Effect.runPromise(
        Effect.flip(one.client.ask(Counter, "s1", "poison", { ...increment(2), by })),
      )
      expect(refused._tag).toBe("CommandSetAside")
      await Effect.runPromise(one.client.ask(Counter, "s1", "after", increment(3)))
      const records = await recordsOf(one.nats, "evt.session.s1")
      expect(records.map(({ record }) => record.events[0]?._tag)).toEqual([
        "CancelAsked",
        "CommandFailed",
        "CancelAsked",
      ])
      expect(epochOf(one, "s1")).toBe(epoch)
    },
  )

  it("refuses a nats-server that takes no large messages, and says what to do", async () => {
    const nats = await server({ maxPayload: "64KB" })
    await expect(startClient(nats)).rejects.toThrow(/takes messages of 65536 bytes.*max_payload: 1MB/)
  })

  it("sets a poison command aside that is too large for its reason to go with it", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    const quotes = '"'.repeat(2_500_000)
    await one.nats.js.publish(`cmd.${partitionOf("session", "s1")}.session.s1`, quotes)
    await Effect.runPromise(one.client.ask(Counter, "s1", "after", increment(1)))
    const dead = await one.nats.jsm.streams.getMessage("DEAD", { last_by_subj: "dead.CMD.session.s1" })
    expect(dead?.header.get("Maillm-Reason")).toContain("does not decode")
  })

  it("an actor of a later version holds up nobody of its partition, and its commands stay", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    const [other = "", third = ""] = neighbours("s1", 2)
    await Effect.runPromise(one.client.ask(Counter, other, "before", increment(0)))
    const epoch = epochOf(one, "s1")
    await one.nats.js.publish("evt.session.s1", '{"v":2}')
    for (let i = 0; i < 256; i++)
      await Effect.runPromise(one.client.tell(Counter, "s1", `d${i}`, increment(i)))
    for (let i = 0; i < 600; i++)
      await Effect.runPromise(
        one.client
          .tell(Counter, i % 2 === 0 ? other : third, `c${i}`, increment(i))
          .pipe(Effect.retry(Schedule.spaced("50 millis").pipe(Schedule.upTo({ times: 100 })))),
      )
    await eventually("all commits", async () => {
      const { state } = await one.nats.jsm.streams.info("EVT")
      return state.messages >= 602 ? true : null
    })
    expect(epochOf(one, "s1")).toBe(epoch)
    await eventually("only that one's commands are left", async () => {
      const { state } = await one.nats.jsm.streams.info("CMD", { subjects_filter: "cmd.>" })
      const counts = state.subjects ?? {}
      const mine = counts[`cmd.${partitionOf("session", "s1")}.session.s1`]
      return mine === 256 && state.messages < 256 + 2 * 64 ? true : null
    })
  }, 60_000)

  it("waits for a journal that takes nothing: no command is lost or called poison, nothing spins", async () => {
    const nats = await server()
    const sender = await startClient(nats)
    cleanups.push(sender.close)
    await sender.nats.js.publish("evt.session.elsewhere", "one")
    for (let i = 1; i <= 5; i++)
      await Effect.runPromise(sender.client.tell(Counter, "s1", `c${i}`, increment(i)))
    await sender.nats.jsm.streams.update("EVT", { max_msgs: 1 })
    let tries = 0
    sender.nats.connection.subscribe("evt.session.s1", { callback: () => void tries++ })
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    await eventually("several tries", async () => (tries >= 6 ? true : null))
    const [before, begun] = [tries, Date.now()]
    await eventually("one more try", async () => (tries > before ? true : null))
    expect(Date.now() - begun).toBeGreaterThan(100)
    await sender.nats.jsm.streams.update("EVT", { max_msgs: -1 })
    const records = await eventually("five records", async () => {
      const found = await recordsOf(sender.nats, "evt.session.s1")
      return found.length >= 5 ? found : null
    })
    expect(records.map(({ record }) => record.events[0]?._tag)).toEqual(Array(5).fill("CancelAsked"))
    expect(records.map(({ record }) => record.commandId)).toEqual(["c1", "c2", "c3", "c4", "c5"])
  }, 60_000)

  it("leaves nothing behind in the leases' bucket for commands that a former owner left", async () => {
    const nats = await server()
    const sender = await startClient(nats)
    cleanups.push(sender.close)
    for (let i = 1; i <= 50; i++)
      await Effect.runPromise(sender.client.tell(Counter, `s${i % 7}`, `c${i}`, increment(i)))
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    await eventually("empty mailboxes", async () =>
      (await sender.nats.jsm.streams.info("CMD")).state.messages === 0 ? true : null,
    )
    const own = await sender.nats.jsm.streams.info("KV_OWN", { subjects_filter: "$KV.OWN.attempt.>" })
    expect(own.state.subjects ?? {}).toEqual({})
  })

  it("stops within five seconds while NATS is dead and effects wait", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    for (let i = 0; i < 20; i++)
      await Effect.runPromise(one.client.tell(Counter, `s${i}`, `c${i}`, increment(i)))
    await nats.stop("SIGKILL")
    const begun = Date.now()
    await one.close()
    expect(Date.now() - begun).toBeLessThan(5_000)
    expect(one.host.workers()).toEqual([])
  })
})
