import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { SessionRecord } from "@maillm/schema/Record"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCellsWith } from "../src/runtime/actorCells.ts"
import { actorCodec } from "../src/runtime/actorCodec.ts"
import { ActorStore } from "../src/runtime/ActorStore.ts"
import { JetStreamStoreLayer } from "../src/runtime/JetStreamStore.ts"
import { encodeSnapshot } from "../src/runtime/Snapshot.ts"
import { SessionActor } from "../src/session/SessionActor.ts"
import { testFacts } from "../src/world/testing/testFacts.ts"
import { fixtures } from "./fixtures.ts"

const make = (url: string) =>
  ManagedRuntime.make(
    JetStreamStoreLayer.pipe(Layer.provideMerge(Nats.layer({ servers: url, name: "snapshots" }))),
  )
let server: TestNats
let runtime: ReturnType<typeof make>
beforeAll(async () => {
  server = await startTestNats()
  runtime = make(server.url)
  await runtime.runPromise(Nats)
})
afterAll(async () => {
  await runtime?.dispose()
  await server?.stop()
})

const fixed = fixtures("v1").filter(({ file }) => file === "journal.json")
const subjects = fixed.map(({ subject }) => subject)
/** The session with the most records. */
const subject = subjects
  .filter((name) => name.startsWith("evt.session."))
  .reduce((best, name) => {
    const count = (of: string) => subjects.filter((other) => other === of).length
    return count(name) > count(best) ? name : best
  })
const decode = Schema.decodeUnknownSync(SessionRecord)
const last = fixed.findLast((record) => record.subject === subject)
/** Made longer by records of which each changes the state. */
const journal = fixed.map(({ data }, i) => ({ subject: subjects[i] ?? "", data, sequence: i + 1 }))
for (let more = 0; more < 60; more++) {
  const before = journal.findLast((record) => record.subject === subject)
  const { commandSeq, ...record } = decode(last?.data)
  const data = {
    ...record,
    commandSeq: commandSeq + more + 1,
    commandId: `more-${more}`,
    prevSeq: before?.sequence ?? 0,
    events: [{ _tag: "TurnDelayed", requestId: "r-fifth", reason: `for the ${more}th time` }],
    effects: [],
  }
  journal.push({ subject, data, sequence: journal.length + 1 })
}
const name = { kind: "session", id: subject.slice("evt.session.".length) }
const cells = actorCellsWith(SessionActor, () => testFacts())
const owner = { host: "h", epoch: 1_000_000, nextCommitId: () => crypto.randomUUID() }

/** The snapshot that the actor writes after it was loaded: all that it knows. */
const loaded = Effect.gen(function* () {
  const store = yield* ActorStore
  const cell = yield* cells.activate(name, owner, 1_000_000)
  yield* store.putSnapshot(name, "{}")
  yield* cell.passivate
  return yield* store.snapshot(name)
})

/** Mulberry32: a failing seed fails again. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

test("whatever stands in SNAP, the actor is what its records make it", async () => {
  const { js } = await runtime.runPromise(Nats)
  for (const record of journal) await js.publish(record.subject, JSON.stringify(record.data))
  const { journalIdentity } = await runtime.runPromise(ActorStore)
  const own = journal
    .filter((record) => record.subject === subject)
    .map(({ data, sequence }) => ({
      sequence,
      record: decode(data),
    }))
  const imageAt = (count: number) => {
    const past = own.slice(0, count)
    const last = past.at(-1)
    let state = SessionActor.initial(name.id)
    for (const { record } of past)
      for (const event of record.events) state = SessionActor.evolve(state, event, record.atMillis)
    return {
      state: actorCodec(SessionActor).encodeState(state),
      evtSeq: last?.sequence ?? 0,
      commandSeq: last?.record.commandSeq ?? 0,
      epoch: last?.record.epoch ?? 0,
      recentCommandIds: past.map(({ record }) => record.commandId),
      recentSequences: past.map(({ sequence }) => sequence),
    }
  }
  const replayed = await runtime.runPromise(loaded)
  expect(replayed).toBe(
    encodeSnapshot(
      { ...imageAt(own.length), epoch: owner.epoch },
      SessionActor.stateVersion,
      journalIdentity,
    ),
  )

  const kinds = { whole: 0, flipped: 0, cut: 0, shape: 0, journal: 0, later: 0 }
  for (let seed = 1; seed <= 300; seed++) {
    const next = random(seed)
    const below = (limit: number) => Math.floor(next() * limit)
    // Enough records are left for passivation to write what it knows.
    const image = imageAt(1 + below(own.length - 16))
    const version = SessionActor.stateVersion
    const whole = encodeSnapshot(image, version, journalIdentity)
    const wrong = actorCodec(SessionActor).encodeState(SessionActor.initial("another"))
    const at = below(whole.length)
    const snapshots: Record<keyof typeof kinds, string> = {
      whole,
      flipped: `${whole.slice(0, at)}${String.fromCharCode(whole.charCodeAt(at) ^ (1 << below(6)))}${whole.slice(at + 1)}`,
      cut: whole.slice(0, at),
      shape: encodeSnapshot({ ...image, state: wrong }, version + 1 - 2 * below(2), journalIdentity),
      journal: encodeSnapshot({ ...image, state: wrong }, version, "2001-01-01T00:00:00Z"),
      later: encodeSnapshot({ ...image, state: wrong, evtSeq: 1_000 }, version, journalIdentity),
    }
    const kind = (["whole", "flipped", "flipped", "flipped", "cut", "shape", "journal", "later"] as const)[
      below(8)
    ]
    if (kind === undefined) throw new Error("no such kind")
    kinds[kind]++
    const stored = snapshots[kind]
    await runtime.runPromise(Effect.flatMap(ActorStore, (store) => store.putSnapshot(name, stored)))
    const found = await runtime.runPromise(loaded)
    if (found !== replayed) throw new Error(`seed ${seed}, ${kind}: ${String(found)}\nafter ${stored}`)
  }
  expect(Object.values(kinds).every((count) => count > 0)).toBe(true)
}, 60_000)
