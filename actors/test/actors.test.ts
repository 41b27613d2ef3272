import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { NodeItem } from "@maillm/schema/Record"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { Counter, counters, eventually, increment, recordsOf, startClient, startHost } from "./testHost.ts"

describe("actors on a real server", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const server = async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    return nats
  }

  it("commits every command once, in order, and frees the mailbox", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    for (let i = 1; i <= 50; i++)
      await Effect.runPromise(one.client.tell(Counter, "s1", `c${i}`, increment(i)))
    const repeated = await Effect.runPromise(one.client.tell(Counter, "s1", "c7", increment(7)))
    expect(repeated.duplicate).toBe(true)
    const records = await eventually("50 records", async () => {
      const found = await recordsOf(one.nats, "evt.session.s1")
      return found.length >= 50 ? found : null
    })
    expect(records.map(({ record }) => record.commandId)).toEqual(
      Array.from({ length: 50 }, (_, i) => `c${i + 1}`),
    )
    expect(records.map(({ record }) => record.prevSeq)).toEqual([
      0,
      ...records.slice(0, -1).map(({ seq }) => seq),
    ])
    await eventually("empty mailbox", async () =>
      (await one.nats.jsm.streams.info("CMD")).state.messages === 0 ? true : null,
    )
  })

  it("answers an ask after its commit", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    const { sequence } = await Effect.runPromise(one.client.ask(Counter, "s1", "a", increment(1)))
    const last = await one.nats.jsm.streams.getMessage("EVT", { last_by_subj: "evt.session.s1" })
    expect(last?.seq).toBe(sequence)
  })

  it("goes on after a crash at any moment: each command one commit, each effect one order", async () => {
    const nats = await server()
    const total = 400
    let current = await startHost(nats, "h1", counters())
    const sender = await startClient(nats)
    cleanups.push(sender.close)
    const sending = (async () => {
      for (let i = 1; i <= total; i++) {
        await Effect.runPromise(
          sender.client.tell(Counter, `s${i % 7}`, `c${i}`, increment(i)).pipe(Effect.retry({ times: 200 })),
        )
      }
    })()
    for (let crash = 0; crash < 6; crash++) {
      const before = (await sender.nats.jsm.streams.info("EVT")).state.last_seq
      await eventually("some progress", async () =>
        (await sender.nats.jsm.streams.info("EVT")).state.last_seq > before + 10 ? true : null,
      )
      await current.abandon()
      current = await startHost(nats, "h1", counters())
    }
    cleanups.push(() => current.close())
    await sending
    const all = await eventually(
      "all commits",
      async () => {
        if ((await sender.nats.jsm.streams.info("EVT")).state.messages < total) return null
        const found = await recordsOf(
          sender.nats,
          ...Array.from({ length: 7 }, (_, i) => `evt.session.s${i}`),
        )
        return found.length >= total ? found : null
      },
      40_000,
    )
    expect(all.map(({ record }) => record.commandId).toSorted()).toEqual(
      Array.from({ length: total }, (_, i) => `c${i + 1}`).toSorted(),
    )
    await eventually("empty mailbox", async () =>
      (await sender.nats.jsm.streams.info("CMD")).state.messages === 0 ? true : null,
    )
    const orders = new Set<string>()
    const info = await sender.nats.jsm.streams.info("NODE")
    for (let seq = info.state.first_seq; seq <= info.state.last_seq; seq++) {
      const message = await sender.nats.jsm.streams.getMessage("NODE", { seq })
      if (message !== null)
        orders.add(Schema.decodeUnknownSync(Schema.fromJsonString(NodeItem))(message.string()).order.orderId)
    }
    expect(info.state.messages).toBe(total)
    expect(orders.size).toBe(total)
  }, 90_000)

  it("sets a poison command aside with its reason and goes on", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    cleanups.push(one.close)
    await Effect.runPromise(
      one.client.tell(Counter, "s1", "p", { _tag: "TimerFired", timer: "x", generation: 1 }),
    )
    await Effect.runPromise(one.client.ask(Counter, "s1", "after", increment(1)))
    const records = await recordsOf(one.nats, "evt.session.s1")
    expect(records.map(({ record }) => record.events[0]?._tag)).toEqual(["CommandFailed", "CancelAsked"])
    const dead = await one.nats.jsm.streams.getMessage("DEAD", { last_by_subj: "dead.CMD.session.s1" })
    expect(dead?.header.get("Maillm-Reason")).toContain("planted failure at 0")
  })

  it("shares partitions between two hosts, hands over at a stop, and takes over from a dead one", async () => {
    const nats = await server()
    const one = await startHost(nats, "h1", counters())
    await eventually("all partitions", async () =>
      one.host.ownership.partitions().length === 32 ? true : null,
    )
    const two = await startHost(nats, "h2", counters())
    await eventually("a share each", async () => {
      const [a, b] = [one.host.ownership.partitions(), two.host.ownership.partitions()]
      return a.length + b.length === 32 && b.length > 5 && a.length > 5 ? true : null
    })
    const overlap = one.host.ownership.partitions().filter((p) => two.host.ownership.partitions().includes(p))
    expect(overlap).toEqual([])
    await one.close()
    await eventually("handed over", async () => (two.host.ownership.partitions().length === 32 ? true : null))
    const three = await startHost(nats, "h3", counters())
    cleanups.push(() => three.close())
    await eventually("a share for the third", async () =>
      three.host.ownership.partitions().length > 5 ? true : null,
    )
    await two.abandon()
    await eventually(
      "taken over from the dead",
      async () => (three.host.ownership.partitions().length === 32 ? true : null),
      25_000,
    )
    for (let i = 0; i < 40; i++)
      await Effect.runPromise(three.client.ask(Counter, `t${i}`, `c${i}`, increment(i)))
  }, 90_000)
})
