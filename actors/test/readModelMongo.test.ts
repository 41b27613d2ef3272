import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { MongoClient } from "mongodb"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { MongoReadModel } from "../src/readmodel/MongoReadModel.ts"
import { ReadModel } from "../src/readmodel/ReadModel.ts"
import { readModelContract } from "./readModel.contract.ts"
import { ferretDbMissing, startTestFerretDb } from "../src/readmodel/testing/TestFerretDb.ts"
import type { TestFerretDb } from "../src/readmodel/testing/TestFerretDb.ts"
import { changes, requestRow } from "./readmodel/rows.ts"

const why = ferretDbMissing === undefined ? "" : ` (skipped: ${ferretDbMissing})`

describe.skipIf(ferretDbMissing !== undefined)(`MongoDB read model${why}`, () => {
  let server: TestFerretDb
  beforeAll(async () => {
    server = await startTestFerretDb()
  })
  afterAll(() => server?.stop())

  const layer = () => MongoReadModel.layer(Redacted.make(server.url))
  const use = <A, E>(run: (model: ReadModel["Service"]) => Effect.Effect<A, E>) =>
    Effect.runPromise(Effect.scoped(Effect.flatMap(ReadModel, run).pipe(Effect.provide(layer()))))

  readModelContract(layer)

  test("rows written before a crash that kept the position from moving are left as they are", async () => {
    await use((model) =>
      Effect.gen(function* () {
        yield* model.reset
        yield* model.apply(5, "c", changes({ requests: [requestRow("r1", { state: "running" })] }))
      }),
    )
    const client = await MongoClient.connect(server.url)
    const position = client.db("maillm").collection<{ _id: string; sequence: number }>("position")
    await position.updateOne({ _id: "evt" }, { $set: { sequence: 2 } })
    await client.close()

    const rows = changes({ requests: [requestRow("r1", { state: "queued" }), requestRow("r2")] })
    const row = await use((model) => Effect.andThen(model.apply(4, "c", rows), model.request("r1")))
    expect(row?.state).toBe("running")
    expect(await use((model) => model.request("r2"))).toEqual(requestRow("r2"))
  })

  test("a writer of an older generation cannot touch rows of a newer one, and what it adds is cleared", async () => {
    const client = await MongoClient.connect(server.url)
    const requests = client
      .db("maillm")
      .collection<{ _id: string; generation: number; evtSeq: number }>("requests")
    const ids = { users: [], requests: ["r1"], sessions: [], messages: [], approvals: [] }
    await use((model) =>
      Effect.gen(function* () {
        yield* model.reset
        yield* model.apply(1, "c", changes({ requests: [requestRow("r1")] }))
        const generation = Number((yield* model.position).generation)
        // As a writer that has not heard of the reset yet would leave it.
        const stale = { $set: { generation: generation - 1, evtSeq: 900 } }
        yield* Effect.promise(() => requests.updateOne({ _id: "r1" }, stale))
        expect((yield* model.stored(ids)).requests.size).toBe(0)
        yield* model.apply(2, "c", changes({ requests: [requestRow("r1", { state: "done" })] }))
        expect((yield* model.stored(ids)).requests.get("r1")).toMatchObject({
          evtSeq: 2,
          row: { state: "done" },
        })
        yield* Effect.promise(() => requests.updateOne({ _id: "r1" }, stale))
      }),
    )
    expect(await use((model) => model.request("r1"))).toBeNull()
    await client.close()
  })

  test("refuses a database that another version has taken, and takes it over at a start", async () => {
    const client = await MongoClient.connect(server.url)
    const position = client.db("maillm").collection<{ _id: string; version: number }>("position")
    await use((model) =>
      Effect.gen(function* () {
        yield* model.apply(8, "c", changes({ requests: [requestRow("r1")] }))
        yield* Effect.promise(() => position.updateOne({ _id: "evt" }, { $set: { version: 999 } }))
        const refused = yield* Effect.flip(model.apply(9, "c", changes({})))
        expect(String(refused)).toMatch(/another version of maillm uses this database/)
      }),
    )
    expect(await use((model) => model.position)).toMatchObject({ sequence: 0 })
    expect(await use((model) => model.request("r1"))).toBeNull()
    await client.close()
  })
})

test("a MongoDB that cannot be reached is named with the remedy, without its password", async () => {
  const layer = MongoReadModel.layer(
    Redacted.make("mongodb://ada:secretpass@127.0.0.1:1/maillm?serverSelectionTimeoutMS=200"),
  )
  const refused = await Effect.runPromise(
    Effect.flip(Effect.scoped(Effect.asVoid(ReadModel).pipe(Effect.provide(layer)))),
  )
  expect(String(refused)).toMatch(/cannot reach MongoDB: .*127\.0\.0\.1:1.* MAILLM_MONGODB_URL/)
  expect(String(refused)).not.toContain("secretpass")
})
