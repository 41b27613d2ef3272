import { headers as newHeaders } from "@nats-io/transport-node"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { afterEach, describe, expect, it } from "vitest"
import { commandSubject } from "@maillm/schema/Subjects"
import { mailboxLimit } from "@maillm/schema/Streams"
import { DeadLetters } from "../src/nats/DeadLetters.ts"
import { deadMessage } from "../src/nats/deadMessage.ts"
import type { PutAside } from "../src/nats/deadMessage.ts"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { Counter, eventually, increment, recordsOf, startClient, startHost } from "./testHost.ts"

const utf8 = new TextEncoder()
const cleanups: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A server, a process that only sends, and the letters. */
const setup = async () => {
  const nats = await startTestNats()
  cleanups.push(() => nats.stop())
  const sender = await startClient(nats)
  cleanups.push(sender.close)
  const scope = Effect.runSync(Scope.make())
  const layer = DeadLetters.layer.pipe(Layer.provide(Layer.succeed(Nats, sender.nats)))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  const dead = Context.get(context, DeadLetters)
  const run = Effect.runPromise
  return {
    nats,
    sender,
    list: (page: Partial<Parameters<typeof dead.list>[0]> = {}) =>
      run(dead.list({ limit: 50, before: null, actor: null, ...page })),
    get: (sequence: number) => run(dead.get(sequence)),
    usage: () => run(dead.usage),
    retry: (sequence: number) => run(dead.retry(sequence)),
    drop: (sequence: number) => run(dead.drop(sequence)),
  }
}
type Setup = Awaited<ReturnType<typeof setup>>

/** Counts, and cannot handle commands by "bad" while `mended` says false. */
const fragile = (mended: () => boolean) => [
  actorCells({
    ...Counter,
    decide: (state, command, context) => {
      if (command._tag === "CancelRequest" && command.by === "bad" && !mended()) {
        throw new Error("planted failure")
      }
      return Counter.decide(state, command, context)
    },
  }),
]
const bad = (i: number) => ({ ...increment(i), by: "bad" })

const publish = async (nats: Nats["Service"], aside: PutAside, id?: string) => {
  const letter = deadMessage(aside, 4_000_000)
  const headers = newHeaders()
  for (const [name, value] of letter.headers) headers.set(name, value)
  if (id !== undefined) headers.set("Nats-Msg-Id", id)
  return (await nats.js.publish(letter.subject, letter.data, { headers })).seq
}

/** What counted, in order: the ids of the commands that took effect. */
const effective = async ({ sender }: Setup, id: string) =>
  (await recordsOf(sender.nats, `evt.session.${id}`)).flatMap(({ record }) =>
    record.events.some((event) => event._tag === "CancelAsked") ? [record.commandId] : [],
  )

describe("a poison command", () => {
  it("is shown with its reason, and put back under an id of its own: it takes effect once", async () => {
    const all = await setup()
    let mended = false
    const host = await startHost(
      all.nats,
      "h1",
      fragile(() => mended),
    )
    cleanups.push(host.close)
    const { client } = host
    await Effect.runPromise(client.tell(Counter, "s1", "good", increment(1)))
    await Effect.runPromise(client.tell(Counter, "s1", "poison", bad(2)))
    await Effect.runPromise(client.ask(Counter, "s1", "after", increment(3)))
    const [letter] = await all.list()
    expect(letter).toMatchObject({
      stream: "CMD",
      kind: "session",
      id: "s1",
      originalSequence: 2,
      refusal: null,
    })
    expect(letter?.reason).toContain("planted failure")
    const sequence = letter?.sequence ?? 0
    expect(JSON.parse((await all.get(sequence))?.body ?? "")).toMatchObject({
      commandId: "poison",
      command: { by: "bad" },
    })

    // Not mended yet: it comes back as another letter, and nothing else is held up.
    expect(await all.retry(sequence)).toMatchObject({ outcome: "stored", commandId: "poison~retry2" })
    const again = await eventually("another letter", async () => (await all.list())[0] ?? null)
    expect(again.originalSequence).toBeGreaterThan(3)
    mended = true
    const last = `poison~retry${again.originalSequence}`
    expect(await all.retry(again.sequence)).toMatchObject({ outcome: "stored", commandId: last })
    await eventually("the effect", async () => ((await effective(all, "s1")).length === 3 ? true : null))
    expect(await effective(all, "s1")).toEqual(["good", "after", last])
    expect(await all.list()).toEqual([])
    expect(await all.retry(again.sequence)).toBeNull()
  })

  it("is not doubled by a crash between putting back and removing, before and after it was handled", async () => {
    const all = await setup()
    let mended = false
    const first = await startHost(
      all.nats,
      "h1",
      fragile(() => mended),
    )
    await expect(Effect.runPromise(first.client.ask(Counter, "s1", "poison", bad(1)))).rejects.toThrow(
      /planted failure/,
    )
    await first.close()
    mended = true
    const [letter] = await all.list()
    const body = (await all.get(letter?.sequence ?? 0))?.body ?? ""
    const aside = {
      stream: "CMD",
      subject: letter?.subject ?? "",
      sequence: letter?.originalSequence ?? 0,
      data: utf8.encode(body),
      reason: "why",
    }
    expect(await all.retry(letter?.sequence ?? 0)).toMatchObject({ outcome: "stored" })
    // As if it had not been removed.
    const undead = await publish(all.sender.nats, aside, "undead 1")
    expect(await all.retry(undead)).toMatchObject({ outcome: "repeated" })
    const second = await startHost(
      all.nats,
      "h2",
      fragile(() => mended),
    )
    cleanups.push(second.close)
    await eventually("the effect", async () => ((await effective(all, "s1")).length > 0 ? true : null))
    const later = await publish(all.sender.nats, aside, "undead 2")
    expect(await all.retry(later)).toMatchObject({ outcome: "handled", commandId: "poison~retry1" })
    await Effect.runPromise(second.client.ask(Counter, "s1", "end", increment(9)))
    expect(await effective(all, "s1")).toEqual(["poison~retry1", "end"])
    expect(await all.list()).toEqual([])
  })
})

describe("a letter is put back only where that is right", () => {
  const copyOf = (id: string, sequence: number, commandId: string): PutAside => ({
    stream: "CMD",
    subject: commandSubject("session", id),
    sequence,
    data: utf8.encode(JSON.stringify({ v: 1, commandId, sentAtMillis: 1, command: increment(1) })),
    reason: "its owner died while it was put aside",
  })

  it("not when its command took effect after all", async () => {
    const all = await setup()
    const host = await startHost(all.nats, "h1", [actorCells(Counter)])
    cleanups.push(host.close)
    await Effect.runPromise(host.client.ask(Counter, "s1", "c1", increment(1)))
    const sequence = await publish(all.sender.nats, copyOf("s1", 1, "c1"))
    await expect(all.retry(sequence)).rejects.toThrow(/took effect after all/)
    expect(await all.list()).toHaveLength(1)
  })

  it("not while it stands in its mailbox; after that, under its own id when it was never committed", async () => {
    const all = await setup()
    const { client, nats } = all.sender
    await Effect.runPromise(client.tell(Counter, "s1", "c1", increment(1)))
    const sequence = await publish(nats, copyOf("s1", 1, "c1"))
    await expect(all.retry(sequence)).rejects.toThrow(/still stands in its mailbox/)
    await nats.jsm.streams.purge("CMD", { filter: commandSubject("session", "s1") })
    expect(await all.retry(sequence)).toMatchObject({ outcome: "stored", commandId: "c1" })
    const host = await startHost(all.nats, "h1", [actorCells(Counter)])
    cleanups.push(host.close)
    await eventually("the effect", async () => ((await effective(all, "s1")).length > 0 ? true : null))
    expect(await effective(all, "s1")).toEqual(["c1"])
  })

  it("not when only a part of it was kept", async () => {
    const all = await setup()
    const { js } = all.sender.nats
    const old = { reason: "r", seq: 1, subject: "cmd.0.session.s1", data: "{", cutFrom: 9_000_000 }
    await js.publish("dead.CMD.session.s1", JSON.stringify(old))
    await expect(all.retry(1)).rejects.toThrow(/Have it sent again/)
  })

  it("not into a full mailbox: the letter stays", async () => {
    const all = await setup()
    const { client, nats } = all.sender
    for (let i = 0; i < mailboxLimit; i++)
      await Effect.runPromise(client.tell(Counter, "s1", `c${i}`, increment(i)))
    const sequence = await publish(nats, copyOf("s1", 90_000, "late"))
    await expect(all.retry(sequence)).rejects.toThrow(/mailbox of session s1 is full/)
    expect(await all.list()).toHaveLength(1)
  })
})

describe("other letters", () => {
  it("a work item goes back as it was, once", async () => {
    const all = await setup()
    const { jsm } = all.sender.nats
    const item = {
      stream: "JOBS",
      subject: "job.parse-mail.u1",
      sequence: 4,
      data: Buffer.from([0, 255, 1]),
      reason: "not a job that this version can read",
    }
    const sequence = await publish(all.sender.nats, item)
    expect(await all.retry(sequence)).toMatchObject({ outcome: "stored", commandId: null })
    expect(await all.retry(await publish(all.sender.nats, item, "undead"))).toMatchObject({
      outcome: "repeated",
    })
    const { state } = await jsm.streams.info("JOBS")
    expect(state.messages).toBe(1)
    const back = await jsm.streams.getMessage("JOBS", { seq: state.last_seq })
    expect([back?.subject, [...(back?.data ?? [])]]).toEqual(["job.parse-mail.u1", [0, 255, 1]])
  })

  it("pages go through all of them, newest first, over gaps and by actor; a dropped one is gone", async () => {
    const all = await setup()
    const aside = (i: number): PutAside => ({
      stream: "CMD",
      subject: `cmd.0.session.s${i % 7}`,
      sequence: i,
      data: utf8.encode("{}"),
      reason: `reason ${i}`,
    })
    for (let i = 1; i <= 120; i++) await publish(all.sender.nats, aside(i))
    // One of the former version among them.
    await all.sender.nats.js.publish(
      "dead.CMD.session.s0",
      '{"reason":"old","seq":121,"subject":"cmd.0.session.s0"}',
    )
    for (let sequence = 20; sequence < 100; sequence++) expect(await all.drop(sequence)).toBe(true)
    expect(await all.drop(20)).toBe(false)
    expect(await all.get(20)).toBeNull()
    const seen: Array<number> = []
    for (let before: number | null = null; ;) {
      const page: ReadonlyArray<{ readonly sequence: number }> = await all.list({ limit: 10, before })
      seen.push(...page.map(({ sequence }) => sequence))
      before = page.at(-1)?.sequence ?? null
      if (page.length < 10) break
    }
    const left = Array.from({ length: 121 }, (_, i) => 121 - i).filter((i) => i < 20 || i >= 100)
    expect(seen).toEqual(left)
    const ofOne = await all.list({ actor: "session.s0" })
    expect(ofOne.map(({ sequence }) => sequence)).toEqual([
      121,
      ...left.filter((i) => i !== 121 && i % 7 === 0),
    ])
    expect(ofOne[0]).toMatchObject({ reason: "old", originalSequence: 121 })
    const usage = await all.usage()
    expect(usage).toMatchObject({
      letters: left.length,
      limitBytes: 64 * 1024 * 1024,
      keepMillis: 90 * 86_400_000,
    })
    expect(usage.bytes).toBeGreaterThan(0)
  })
})
