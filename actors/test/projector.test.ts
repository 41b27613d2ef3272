import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { LiveChange } from "@maillm/schema/LiveEvents"
import { streams } from "@maillm/schema/Streams"
import { eventSubject, liveAll } from "@maillm/schema/Subjects"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { Nats } from "../src/nats/Nats.ts"
import { streamConfig } from "../src/nats/Streams.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { ProjectorLayer } from "../src/projection/Projector.ts"
import type { ActorRecord } from "../src/projection/project.ts"
import { rebuildReadModel } from "../src/projection/rebuildReadModel.ts"
import { MongoReadModel } from "../src/readmodel/MongoReadModel.ts"
import { ProjectorStatus } from "../src/readmodel/ProjectorStatus.ts"
import { ReadModel } from "../src/readmodel/ReadModel.ts"
import type { ReadModelFailed } from "../src/readmodel/ReadModel.ts"
import { SqliteReadModel } from "../src/readmodel/SqliteReadModel.ts"
import { ferretDbMissing, startTestFerretDb } from "../src/readmodel/testing/TestFerretDb.ts"
import { everything } from "./projector/everything.ts"
import { syntheticRecords } from "./projector/syntheticRecords.ts"

type ReadModelLayer = Layer.Layer<ReadModel, ReadModelFailed>

let server: TestNats
let folder: string
const scopes: Array<Scope.Closeable> = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "maillm-projector-"))
  server = await startTestNats({ storeDir: join(folder, "nats") })
})
afterEach(async () => {
  for (const scope of scopes.splice(0)) await Effect.runPromise(Scope.close(scope, Exit.void))
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

const nats = (acceptStreams = "") => Nats.layer({ servers: server.url, name: "test", acceptStreams })
const sqlite = (name = "read-model.db") => SqliteReadModel.layer(join(folder, name))

/** A process with a projector, as far as a test needs one. */
const start = async (readModel: ReadModelLayer = sqlite(), acceptStreams = "") => {
  const scope = Effect.runSync(Scope.make())
  scopes.push(scope)
  const layer = ProjectorLayer.pipe(Layer.provideMerge(Layer.merge(nats(acceptStreams), readModel)))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  const stop = async () => {
    scopes.splice(scopes.indexOf(scope), 1)
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
  return {
    nats: Context.get(context, Nats),
    model: Context.get(context, ReadModel),
    status: Context.get(context, ProjectorStatus),
    stop,
  }
}
type Started = Awaited<ReturnType<typeof start>>

/** Commits records as actors do; answers the sequence of the last. */
const commit = async ({ js }: Nats["Service"], records: ReadonlyArray<ActorRecord>) => {
  let last = 0
  for (let at = 0; at < records.length; at += 500) {
    const acks = await Promise.all(
      records
        .slice(at, at + 500)
        .map(({ record }) => js.publish(eventSubject(record.kind, record.id), JSON.stringify(record))),
    )
    last = Math.max(last, ...acks.map((ack) => ack.seq))
  }
  return last
}

const reaches = async ({ status }: Started, sequence: number, timeoutMillis = 20_000) =>
  expect(await Effect.runPromise(status.waitFor(sequence, timeoutMillis))).toBe(true)

/** Waits for a fact with a deadline. */
const eventually = async (fact: () => boolean | Promise<boolean>, timeoutMillis = 20_000) => {
  const deadline = performance.now() + timeoutMillis
  while (!(await fact())) {
    if (performance.now() > deadline) throw new Error("it did not come true in time")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/**
 * Read models on one FerretDB, of which one writes at a time: FerretDB reads and then writes where MongoDB
 * updates as one.
 */
const inTurn = (url: string): ReadModelLayer => {
  const turn = Effect.runSync(Semaphore.make(1))
  return Layer.effect(
    ReadModel,
    Effect.map(ReadModel, (model) =>
      ReadModel.of({
        ...model,
        apply: (...args) => turn.withPermit(model.apply(...args)),
        reset: turn.withPermit(model.reset),
      }),
    ),
  ).pipe(Layer.provide(MongoReadModel.layer(Redacted.make(url))))
}

const rebuildEquals = async (layer: ReadModelLayer, count: number) => {
  const first = await start(layer)
  const end = await commit(first.nats, syntheticRecords(count, 5))
  await reaches(first, Math.floor(count / 4), 60_000)
  await Effect.runPromise(first.model.reset)
  const folded = async () => (await Effect.runPromise(first.model.position)).sequence === end
  await eventually(folded, 60_000)
  const old = await everything(first.model)
  expect(old.users.length).toBe(3)
  expect(old.all.flatMap((user) => user.audit).length).toBeGreaterThan(count)

  await Effect.runPromise(Effect.provideService(rebuildReadModel, ReadModel, first.model))
  expect((await everything(first.model)).users.length).toBeLessThan(4)
  await eventually(folded, 60_000)
  expect(await everything(first.model)).toEqual(old)
  return { end, old, first }
}

describe("the read model", () => {
  test("in SQLite, emptied and folded again while the projector runs, equals the old one row by row", async () => {
    const { end, old, first } = await rebuildEquals(sqlite(), 3_000)
    await first.stop()
    const second = await start(sqlite("another.db"))
    await reaches(second, end)
    expect(await everything(second.model)).toEqual(old)
  }, 90_000)

  test.skipIf(ferretDbMissing !== undefined)(
    `in MongoDB, emptied and folded again, equals the old one and SQLite's row by row${ferretDbMissing === undefined ? "" : ` (skipped: ${ferretDbMissing})`}`,
    async () => {
      const ferretDb = await startTestFerretDb()
      try {
        const layer = inTurn(ferretDb.url)
        const { end, old, first } = await rebuildEquals(layer, 1_000)
        await first.stop()
        const second = await start(sqlite())
        await reaches(second, end)
        expect(await everything(second.model)).toEqual(old)
      } finally {
        for (const scope of scopes.splice(0)) await Effect.runPromise(Scope.close(scope, Exit.void))
        await ferretDb.stop()
      }
    },
    120_000,
  )

  test.skipIf(ferretDbMissing !== undefined)(
    `in MongoDB comes out the same with three projectors at once, one of them reset and one ended in between${ferretDbMissing === undefined ? "" : ` (skipped: ${ferretDbMissing})`}`,
    async () => {
      const ferretDb = await startTestFerretDb()
      try {
        const layer = inTurn(ferretDb.url)
        const [one, two, three] = [await start(layer), await start(layer), await start(layer)]
        const records = syntheticRecords(600, 9)
        await commit(one.nats, records.slice(0, 250))
        await Effect.runPromise(Effect.provideService(rebuildReadModel, ReadModel, two.model))
        await commit(one.nats, records.slice(250, 450))
        await three.stop()
        const end = await commit(one.nats, records.slice(450))
        await eventually(async () => (await Effect.runPromise(one.model.position)).sequence === end, 60_000)
        const right = await start(sqlite())
        await reaches(right, end)
        expect(await everything(one.model)).toEqual(await everything(right.model))
      } finally {
        for (const scope of scopes.splice(0)) await Effect.runPromise(Scope.close(scope, Exit.void))
        await ferretDb.stop()
      }
    },
    120_000,
  )
})

describe("the projector", () => {
  test("goes on where it was after a restart, over records that came meanwhile", async () => {
    const records = syntheticRecords(600, 1)
    const first = await start()
    await reaches(first, await commit(first.nats, records.slice(0, 300)))
    await first.stop()
    const second = await start()
    expect((await Effect.runPromise(second.model.position)).sequence).toBe(300)
    const end = await commit(second.nats, records.slice(300))
    await reaches(second, end)
    expect(second.status.lag()).toBe(0)
    expect(second.status.position()).toBe(end)
    expect(second.status.lastError).toBeNull()
  })

  test("goes on within 10 s of a crash and restart of NATS", async () => {
    const records = syntheticRecords(60, 2)
    const started = await start()
    await reaches(started, await commit(started.nats, records.slice(0, 30)))
    const { port, storeDir } = server
    await server.stop("SIGKILL")
    server = await startTestNats({ storeDir, port })
    let end = 0
    await eventually(async () => {
      end = await commit(started.nats, records.slice(30)).catch(() => 0)
      return end > 0
    })
    await reaches(started, end, 10_000)
  })

  test("notices within 15 s that the last record was lost on the way", async () => {
    const started = await start()
    const { js, jsm } = started.nats
    const records = syntheticRecords(10, 2)
    await reaches(started, await commit(started.nats, records.slice(0, 1)))
    const [consumer] = await jsm.consumers.list(streams.EVT.name).next()
    // A second reader of the projector's consumer, which gets the record after the one that is asked for already.
    const thief = (await js.consumers.get(streams.EVT.name, consumer?.name)).next({ expires: 20_000 })
    await started.nats.connection.flush()
    await reaches(started, await commit(started.nats, records.slice(1, 2)))
    const end = await commit(started.nats, records.slice(2, 3))
    expect((await thief)?.seq).toBe(end)
    await reaches(started, end, 15_000)
  })

  test("skips what it cannot read, keeps it in DEAD with the reason, and goes on", async () => {
    const records = syntheticRecords(40, 3)
    const { js, jsm, ...rest } = await start().then((one) => ({ ...one, ...one.nats }))
    await commit(rest.nats, records.slice(0, 10))
    const bad: ReadonlyArray<readonly [string, string | Uint8Array, RegExp]> = [
      ["evt.user.ada", "not json", /JSON/i],
      ["evt.user.ada", '{"v":2}', /v/],
      ["evt.user.ada", JSON.stringify(records.find((one) => one.kind === "session")?.record), /./],
      ["evt.user.ben", JSON.stringify(records[0]?.record), /it says it is of user ada/],
      ["evt.user.a.b", "{}", /no actor's journal/],
      ["evt.user.ada", new Uint8Array([0xff, 0xfe, 0x00]), /./],
      [
        "evt.session.lost",
        JSON.stringify({
          ...records.find((one) => one.kind === "session")?.record,
          id: "lost",
          events: [{ _tag: "CancelAsked", requestId: "r", by: "b" }],
        }),
        /whose session/,
      ],
    ]
    for (const [subject, data] of bad) await js.publish(subject, data)
    // Nothing that is shown, and no fault: they are of actors that others define.
    await js.publish("evt.planet.mars", "{}")
    const end = await commit(rest.nats, records.slice(10))
    await reaches(rest, end)
    expect(rest.status.skipped()).toBe(bad.length)
    expect((await Effect.runPromise(rest.model.position)).sequence).toBe(end)
    const info = await jsm.streams.info(streams.DEAD.name)
    expect(info.state.messages).toBe(bad.length)
    for (const [index, [subject, , reason]] of bad.entries()) {
      const message = await jsm.streams.getMessage(streams.DEAD.name, { seq: index + 1 })
      expect(message?.subject.startsWith("dead.EVT.")).toBe(true)
      expect(message?.header.get("Maillm-Subject")).toBe(subject)
      expect(message?.header.get("Maillm-Sequence")).toBe(String(11 + index))
      expect(message?.header.get("Maillm-Reason")).toMatch(reason)
    }
  })

  test("keeps what it has when EVT is another stream, and folds again once a person accepted that", async () => {
    const started = await start()
    const before = await commit(started.nats, syntheticRecords(200, 4))
    await reaches(started, before)
    await started.stop()
    const other = await start(sqlite("other.db"))
    await reaches(other, before)
    await other.nats.jsm.streams.delete(streams.EVT.name)
    await other.nats.jsm.streams.add(streamConfig(streams.EVT, 1))
    const { acceptance } = await Effect.runPromise(other.nats.guard.refused)
    await eventually(() => other.status.lastError?.includes("NATS does not hold what it held") === true)
    expect((await Effect.runPromise(other.model.position)).sequence).toBe(before)
    await other.stop()

    const again = await start(sqlite(), acceptance)
    const end = await commit(again.nats, syntheticRecords(300, 8))
    await reaches(again, end)
    const right = await start(sqlite("right.db"))
    await reaches(right, end)
    expect(await everything(again.model)).toEqual(await everything(right.model))
  }, 60_000)

  test("folds again when EVT ends before what it has folded", async () => {
    const started = await start()
    const { created } = await started.nats.jsm.streams.info(streams.EVT.name)
    await started.stop()
    const nothing = { users: [], requests: [], sessions: [], messages: [], approvals: [], timeline: [] }
    await Effect.runPromise(
      Effect.scoped(
        Effect.flatMap(ReadModel, (model) => model.apply(9_999, created, nothing)).pipe(
          Effect.provide(sqlite()),
        ),
      ),
    )
    const again = await start()
    const end = await commit(again.nats, syntheticRecords(50, 4))
    await reaches(again, end)
    expect((await Effect.runPromise(again.model.position)).sequence).toBe(end)
    expect((await everything(again.model)).users.length).toBe(3)
  })

  test("tells those who watch, each user's changes in a chain and never twice", async () => {
    const started = await start()
    const heard: Array<LiveChange> = []
    const decode = Schema.decodeUnknownSync(LiveChange)
    const subscription = started.nats.connection.subscribe(liveAll, {
      callback: (_, message) => {
        const change = decode(message.json())
        expect(message.subject).toBe(`live.${change.userId}`)
        expect(message.string()).not.toContain("openRequestIds")
        heard.push(change)
      },
    })
    await started.nats.connection.flush()
    const records = syntheticRecords(400, 6)
    const end = await commit(started.nats, records)
    await reaches(started, end)
    await eventually(() => heard.length === records.length)
    expect(heard.map((change) => change.sequence)).toEqual(records.map((_, index) => index + 1))
    const last = new Map<string, number>()
    for (const { userId, sequence, previous } of heard) {
      expect(previous).toBe(last.get(userId) ?? 0)
      last.set(userId, sequence)
    }
    // What was told last about each row is what the model has.
    const rows = new Map(heard.flatMap((change) => change.requests).map((row) => [row.id as string, row]))
    for (const [id, row] of rows) expect(await Effect.runPromise(started.model.request(id))).toEqual(row)

    await Effect.runPromise(Effect.provideService(rebuildReadModel, ReadModel, started.model))
    await eventually(async () => (await Effect.runPromise(started.model.position)).sequence === end)
    await started.nats.connection.flush()
    expect(heard.length).toBe(records.length)
    subscription.unsubscribe()
  })

  test("answers who waits: when it is there, or that it did not come", async () => {
    const started = await start()
    const waits = Effect.runPromise(started.status.waitFor(3, 10_000))
    expect(await Effect.runPromise(started.status.waitFor(1, 50))).toBe(false)
    await commit(started.nats, syntheticRecords(10, 2).slice(0, 3))
    expect(await waits).toBe(true)
    expect(await Effect.runPromise(started.status.waitFor(2, 1))).toBe(true)
  })

  test("folds a purged stretch over", async () => {
    const started = await start()
    const records = syntheticRecords(50, 2)
    await commit(started.nats, records.slice(0, 40))
    await started.nats.jsm.streams.purge(streams.EVT.name, { keep: 1 })
    const end = await commit(started.nats, records.slice(40))
    await reaches(started, end)
    const late = await start(sqlite("late.db"))
    await reaches(late, end)
    expect(late.status.lag()).toBe(0)
  })
})
