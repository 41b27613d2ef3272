import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { afterEach, describe, expect, it } from "vitest"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { Nats } from "../src/nats/Nats.ts"
import { PartitionReport } from "../src/nats/PartitionReport.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { Counter, counters, eventually, increment, startClient, startHost } from "./testHost.ts"

const cleanups: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const setup = async () => {
  const nats = await startTestNats()
  cleanups.push(() => nats.stop())
  const sender = await startClient(nats)
  cleanups.push(sender.close)
  const layer = PartitionReport.layer.pipe(Layer.provide(Layer.succeed(Nats, sender.nats)))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, Effect.runSync(Scope.make())))
  const report = Context.get(context, PartitionReport)
  const tell = (id: string, count: number) =>
    Effect.runPromise(
      Effect.forEach(Array.from({ length: count }), (_, i) =>
        sender.client.tell(Counter, id, `c${i}`, increment(i)),
      ),
    )
  return {
    nats,
    sender,
    tell,
    read: () => Effect.runPromise(report.read),
    inspect: (id: string) => Effect.runPromise(report.inspect("session", id)),
  }
}

describe("the report of partitions", () => {
  it("with no host: what waits is stopped, and said so", async () => {
    const all = await setup()
    await all.tell("s1", 3)
    await all.tell("s2", 1)
    const report = await all.read()
    expect(report).toMatchObject({ state: "down", hosts: [] })
    expect(report.detail).toMatch(/no live owner; 0 hosts live/)
    expect(report.partitions).toHaveLength(partitionCount)
    const row = report.partitions[partitionOf("session", "s1")]
    expect(row).toMatchObject({
      host: null,
      epoch: null,
      depth: 3,
      state: "stopped",
      oldest: { kind: "session", id: "s1", sequence: 1, committed: false },
    })
    expect(row?.meaning).toMatch(/^Nobody owns it: 3 commands wait .*no actor host lives: start one/)
    expect(report.mailboxes.map(({ id, waiting, limit }) => [id, waiting, limit])).toEqual([
      ["s1", 3, 256],
      ["s2", 1, 256],
    ])
    expect(report.partitions.find(({ depth }) => depth === 0)).toMatchObject({ state: "free" })
  })

  it("with a host: all is well; once it is dead, what waits is stopped, with its name", async () => {
    const all = await setup()
    const host = await startHost(all.nats, "h1", counters())
    await eventually("all partitions", async () =>
      host.host.ownership.partitions().length === partitionCount ? true : null,
    )
    await Effect.runPromise(all.sender.client.ask(Counter, "s1", "c0", increment(0)))
    const well = await eventually("empty mailboxes", async () => {
      const report = await all.read()
      return report.partitions.every(({ depth }) => depth === 0) ? report : null
    })
    expect(well).toMatchObject({ state: "ok", hosts: [{ id: "h1", partitions: 32, alive: true }] })
    expect(well.partitions.every(({ state, meaning }) => state === "ok" && meaning === "")).toBe(true)
    const leases = new Map(host.host.ownership.leases().map(({ partition, epoch }) => [partition, epoch]))
    expect(well.partitions.map(({ epoch }) => epoch)).toEqual(
      well.partitions.map(({ partition }) => leases.get(partition)),
    )

    await host.abandon()
    await all.tell("s9", 2)
    const down = await eventually("its death is seen", async () => {
      const report = await all.read()
      return report.state === "down" ? report : null
    })
    expect(down.hosts).toMatchObject([{ id: "h1", alive: false, partitions: 32 }])
    const row = down.partitions[partitionOf("session", "s9")]
    expect(row).toMatchObject({ host: "h1", state: "stopped", depth: 2 })
    expect(row?.meaning).toMatch(/^Its owner h1 has not been heard of for \d+ s: 2 commands wait/)
  })

  it("a command that a dead owner committed and did not hand on is told from one that waits", async () => {
    const all = await setup()
    const { nats } = all.sender
    const host = await startHost(all.nats, "h1", counters())
    cleanups.push(host.close)
    // Nothing more fits into the queue that its effects go to.
    await nats.jsm.streams.update("NODE", { max_bytes: 1 })
    await all.tell("s1", 1)
    const row = await eventually("the commit", async () => {
      const report = await all.read()
      const found = report.partitions[partitionOf("session", "s1")]
      return found?.oldest?.committed === true ? found : null
    })
    expect(row).toMatchObject({ depth: 1, host: "h1" })
  })
})

describe("the inspection of an actor", () => {
  it("an actor that never was, and one that is well", async () => {
    const all = await setup()
    expect(await all.inspect("none")).toMatchObject({ waiting: 0, journal: { state: "empty" }, advice: [] })
    const host = await startHost(all.nats, "h1", counters())
    cleanups.push(host.close)
    for (let i = 0; i < 5; i++)
      await Effect.runPromise(all.sender.client.ask(Counter, "s1", `c${i}`, increment(i)))
    const seen = await all.inspect("s1")
    expect(seen).toMatchObject({
      host: "h1",
      hostAlive: true,
      deadLetters: 0,
      snapshotSequence: null,
      journal: {
        state: "intact",
        records: 5,
        read: 5,
        fault: null,
        last: { commandId: "c4", host: "h1", events: ["CancelAsked"], failed: null, epoch: seen.epoch },
      },
    })
  })

  it.each([
    ["no record", "broken", /is no JSON/],
    ['{"v":1}', "broken", /does not decode/],
    ['{"v":2,"kind":"session"}', "newer", /of version 2/],
  ] as const)("a journal with %s in it is %s, and the record is named", async (data, state, reason) => {
    const all = await setup()
    const host = await startHost(all.nats, "h1", counters())
    cleanups.push(host.close)
    await Effect.runPromise(all.sender.client.ask(Counter, "s1", "c0", increment(0)))
    const { seq } = await all.sender.nats.js.publish("evt.session.s1", data)
    const seen = await all.inspect("s1")
    expect(seen.journal).toMatchObject({
      state,
      records: 2,
      read: 1,
      last: { commandId: "c0" },
      fault: { sequence: seq, reason: expect.stringMatching(reason) },
    })
    expect(seen.advice.join("\n")).toMatch(state === "newer" ? /finish the upgrade/ : /nats stream purge EVT/)
  })

  it("a record that does not follow the one before it is found, though each reads", async () => {
    const all = await setup()
    const host = await startHost(all.nats, "h1", counters())
    cleanups.push(host.close)
    for (let i = 0; i < 2; i++)
      await Effect.runPromise(all.sender.client.ask(Counter, "s1", `c${i}`, increment(i)))
    const { jsm, js } = all.sender.nats
    const last = await jsm.streams.getMessage("EVT", { last_by_subj: "evt.session.s1" })
    const { seq } = await js.publish("evt.session.s1", last?.string() ?? "")
    expect((await all.inspect("s1")).journal.fault).toMatchObject({
      sequence: seq,
      reason: expect.stringMatching(/^it follows record \d+, and the one before it is \d+$/),
    })
  })
})
