import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { afterEach, describe, expect, it } from "vitest"
import { commandSubject, partitionOf } from "@maillm/schema/Subjects"
import { DeadLetters } from "../src/nats/DeadLetters.ts"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { defineActor } from "../src/runtime/Actor.ts"
import { Counter, counters, eventually, increment, recordsOf, startClient, startHost } from "./testHost.ts"

const cleanups: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const setup = async () => {
  const nats = await startTestNats()
  cleanups.push(() => nats.stop())
  const sender = await startClient(nats)
  cleanups.push(sender.close)
  const layer = DeadLetters.layer.pipe(Layer.provide(Layer.succeed(Nats, sender.nats)))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, Effect.runSync(Scope.make())))
  const { jsm } = sender.nats
  return {
    nats,
    sender,
    dead: Context.get(context, DeadLetters),
    /** Waits where the mailbox is full, as a sender does; fails after 10 s. */
    tell: (id: string, i: number) =>
      Effect.runPromise(
        sender.client
          .tell(Counter, id, `c${i}`, increment(i))
          .pipe(Effect.retry(Schedule.spaced("50 millis").pipe(Schedule.upTo({ times: 200 })))),
      ),
    waiting: async (id: string) => {
      const mailbox = commandSubject("session", id)
      const { state } = await jsm.streams.info("CMD", { subjects_filter: mailbox })
      return state.subjects?.[mailbox] ?? 0
    },
    letters: async () => (await jsm.streams.info("DEAD")).state.messages,
  }
}

/** A session of the same partition. */
const neighbourOf = (id: string) => {
  for (let i = 0; ; i++) {
    if (partitionOf("session", `n${i}`) === partitionOf("session", id)) return `n${i}`
  }
}

describe("an actor whose journal is damaged", () => {
  it("holds up nobody: its commands go to DEAD in order, and back in order once it is mended", async () => {
    const all = await setup()
    const host = await startHost(all.nats, "h1", counters())
    cleanups.push(host.close)
    const other = neighbourOf("s1")
    await Effect.runPromise(all.sender.client.ask(Counter, other, "before", increment(0)))
    const epochs = () =>
      new Map(host.host.ownership.leases().map(({ partition, epoch }) => [partition, epoch]))
    const before = epochs()
    await all.sender.nats.js.publish("evt.session.s1", "no record")
    // More than its mailbox holds.
    for (let i = 1; i <= 300; i++) await all.tell("s1", i)
    await Effect.runPromise(all.sender.client.ask(Counter, other, "after", increment(1)))
    await eventually("all are in DEAD", async () => ((await all.letters()) === 300 ? true : null))
    await eventually("none is in the mailbox", async () => ((await all.waiting("s1")) === 0 ? true : null))
    expect(epochs()).toEqual(before)
    const page = { limit: 200, before: null, actor: "session.s1" }
    const newest = await Effect.runPromise(all.dead.list(page))
    const oldest = await Effect.runPromise(all.dead.list({ ...page, before: newest.at(-1)?.sequence ?? 0 }))
    const letters = [...newest, ...oldest].toReversed()
    const places = letters.map(({ originalSequence }) => originalSequence ?? 0)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(letters.every(({ reason }) => reason.startsWith("journal of session s1: record "))).toBe(true)

    await all.sender.nats.jsm.streams.purge("EVT", { filter: "evt.session.s1" })
    for (const { sequence } of letters) {
      const retried = await Effect.runPromise(
        all.dead.retry(sequence).pipe(
          Effect.retry({
            schedule: Schedule.spaced("50 millis").pipe(Schedule.upTo({ times: 200 })),
            while: ({ _tag }) => _tag === "MailboxFull",
          }),
        ),
      )
      expect(retried?.outcome).toBe("stored")
    }
    const records = await eventually("all records", async () => {
      const found = await recordsOf(all.sender.nats, "evt.session.s1")
      return found.length >= 300 ? found : null
    })
    const ids = Array.from({ length: 300 }, (_, i) => `c${i + 1}`)
    expect(records.map(({ record }) => record.commandId)).toEqual(ids)
    expect(await all.letters()).toBe(0)
  }, 60_000)

  it("does what its records before the damage ask for, and calls none of their commands dead", async () => {
    const all = await setup()
    const { jsm, js } = all.sender.nats
    const first = await startHost(all.nats, "h1", counters())
    await jsm.streams.update("NODE", { max_bytes: 1 })
    await all.tell("s1", 1)
    await eventually("the commit", async () => (await jsm.streams.info("EVT")).state.messages || null)
    await first.abandon()
    await js.publish("evt.session.s1", "no record")
    await all.tell("s1", 2)
    await jsm.streams.update("NODE", { max_bytes: 256 * 1024 * 1024 })
    const second = await startHost(all.nats, "h1", counters())
    cleanups.push(second.close)
    await eventually("what the second asked for is in DEAD", async () => (await all.letters()) || null)
    const [letter, ...rest] = await Effect.runPromise(all.dead.list({ limit: 10, before: null, actor: null }))
    expect([letter?.originalSequence, rest.length]).toEqual([2, 0])
    const order = await jsm.streams.getMessage("NODE", { last_by_subj: "node.n1.interrupt-turn" })
    expect(order?.header.get("Nats-Msg-Id")).toBe("session.s1/1/0")
    await eventually("none is in the mailbox", async () => ((await all.waiting("s1")) === 0 ? true : null))
  }, 60_000)
})

describe("what an inspection advises", () => {
  it("a damaged actor with a snapshot begins anew when both are purged, and takes its commands back", async () => {
    const all = await setup()
    const { jsm, js } = all.sender.nats
    const first = await startHost(all.nats, "h1", counters())
    for (let i = 1; i <= 120; i++) await all.tell("s1", i)
    await eventually("a snapshot", async () =>
      (await jsm.streams.info("KV_SNAP")).state.messages > 0 && (await all.waiting("s1")) === 0 ? true : null,
    )
    await js.publish("evt.session.s1", "no record")
    await first.close()
    const second = await startHost(all.nats, "h1", counters())
    cleanups.push(second.close)
    await all.tell("s1", 201)
    const [letter] = await eventually("the letter", async () => {
      const found = await Effect.runPromise(all.dead.list({ limit: 10, before: null, actor: null }))
      return found.length > 0 ? found : null
    })
    await jsm.streams.purge("EVT", { filter: "evt.session.s1" })
    await jsm.streams.purge("KV_SNAP", { filter: "$KV.SNAP.session.s1" })
    await eventually("its release", async () => ((await all.waiting("s1")) === 0 ? true : null))
    await Effect.runPromise(all.dead.retry(letter?.sequence ?? 0))
    for (let i = 202; i <= 204; i++) await all.tell("s1", i)
    const idsAfter = async (count: number) => {
      const records = await eventually("the records", async () => {
        const found = await recordsOf(all.sender.nats, "evt.session.s1")
        return found.length >= count ? found : null
      })
      return records.map(({ record }) => record.commandId)
    }
    expect(await idsAfter(4)).toEqual(["c201", "c202", "c203", "c204"])
    // Also for the owner after this one.
    await second.close()
    const third = await startHost(all.nats, "h2", counters())
    cleanups.push(third.close)
    await all.tell("s1", 205)
    expect((await idsAfter(5)).at(-1)).toBe("c205")
    expect(await all.letters()).toBe(0)
  }, 60_000)
})

describe("a journal of a later version", () => {
  const Word = Schema.Struct({ _tag: Schema.Literal("Say"), word: Schema.String })
  const event = <T extends string>(...tags: ReadonlyArray<T>) =>
    Schema.Struct({ _tag: Schema.Literals(tags), word: Schema.String })
  /** An actor that keeps words, in the events that its version writes. */
  const talker = <T extends string>(writes: T, ...reads: ReadonlyArray<T>) =>
    defineActor({
      kind: "session",
      command: Word,
      reply: Schema.Null,
      event: event(writes, ...reads),
      state: Schema.Array(Schema.String),
      initial: (): ReadonlyArray<string> => [],
      decide: (_state, command) => ({ events: [{ _tag: writes, word: command.word }] }),
      evolve: (state, { word }) => [...state, word],
    })
  const older = () => [actorCells(talker("Said"))]
  const newer = () => [actorCells(talker("Uttered", "Said"))]

  it("is left to a host that knows it: nothing is called dead, and nobody of its partition waits", async () => {
    const all = await setup()
    const say = (id: string, word: string) =>
      Effect.runPromise(all.sender.client.tell(talker("Said"), id, word, { _tag: "Say", word }))
    const wordsOf = async (id: string) => {
      const subject = `evt.session.${id}`
      const { state } = await all.sender.nats.jsm.streams.info("EVT")
      const words: Array<string> = []
      for (let seq = 1; seq <= state.last_seq; seq++) {
        const message = await all.sender.nats.jsm.streams.getMessage("EVT", { seq })
        if (message?.subject === subject) words.push(JSON.parse(message.string()).events[0].word)
      }
      return words
    }
    const other = neighbourOf("s1")
    const first = await startHost(all.nats, "h1", newer())
    await say("s1", "one")
    await eventually("one", async () => ((await wordsOf("s1")).length === 1 ? true : null))
    await eventually("its release", async () => ((await all.waiting("s1")) === 0 ? true : null))
    await first.close()

    const old = await startHost(all.nats, "h2", older())
    for (const word of ["two", "three", "four"]) await say("s1", word)
    await say(other, "alone")
    await eventually("the other", async () => ((await wordsOf(other)).length === 1 ? true : null))
    await eventually("it is left alone", async () =>
      old.host.workers().some((worker) => worker.stats().leftAlone === 1) ? true : null,
    )
    await say("s1", "five")
    await say(other, "still")
    await eventually("the other again", async () => ((await wordsOf(other)).length === 2 ? true : null))
    expect(await all.waiting("s1")).toBe(4)
    expect(await all.letters()).toBe(0)
    await old.close()

    const last = await startHost(all.nats, "h1", newer())
    cleanups.push(last.close)
    await eventually("all words", async () => ((await wordsOf("s1")).length === 5 ? true : null))
    expect(await wordsOf("s1")).toEqual(["one", "two", "three", "four", "five"])
    await eventually("an empty mailbox", async () => ((await all.waiting("s1")) === 0 ? true : null))
  }, 60_000)

  it("is read again after a while: what waited is handled once it can be", async () => {
    const all = await setup()
    const host = await startHost(all.nats, "h1", counters())
    cleanups.push(host.close)
    await all.sender.nats.js.publish("evt.session.s1", '{"v":2}')
    for (let i = 1; i <= 3; i++) await all.tell("s1", i)
    await eventually("it is left alone", async () =>
      host.host.workers().some((worker) => worker.stats().leftAlone === 1) ? true : null,
    )
    await all.sender.nats.jsm.streams.purge("EVT", { filter: "evt.session.s1" })
    await all.tell("s1", 4)
    const records = await eventually("all records", async () => {
      const found = await recordsOf(all.sender.nats, "evt.session.s1")
      return found.length >= 4 ? found : null
    })
    expect(records.map(({ record }) => record.commandId)).toEqual(["c1", "c2", "c3", "c4"])
    expect(await all.letters()).toBe(0)
  }, 60_000)
})
