import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import { afterAll, beforeEach, describe, expect, test } from "vitest"
import { ReadModel } from "../src/readmodel/ReadModel.ts"
import { SqliteReadModel } from "../src/readmodel/SqliteReadModel.ts"
import { readModelContract } from "./readModel.contract.ts"
import { changes, requestRow, userRow } from "./readmodel/rows.ts"

const folder = mkdtempSync(join(tmpdir(), "maillm-sqlite-"))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

describe("SQLite read model", () =>
  readModelContract(() => SqliteReadModel.layer(join(folder, "contract.db"))))

describe("SQLite file", () => {
  let path: string
  let count = 0
  beforeEach(() => {
    path = join(folder, `new/${count++}/read-model.db`)
  })
  const use = <A, E>(run: (model: ReadModel["Service"]) => Effect.Effect<A, E>) =>
    Effect.runPromise(
      Effect.scoped(Effect.flatMap(ReadModel, run).pipe(Effect.provide(SqliteReadModel.layer(path)))),
    )
  const fill = (model: ReadModel["Service"]) =>
    model.apply(3, "c", changes({ users: [userRow("u1")], requests: [requestRow("r1")] }))
  const names = () => readdirSync(dirname(path))

  test("is readable by its owner only", async () => {
    await use((model) =>
      Effect.map(fill(model), () => {
        for (const name of names()) expect(statSync(join(dirname(path), name)).mode & 0o077).toBe(0)
        expect(names().length).toBeGreaterThan(1)
      }),
    )
  })

  test("of another version is emptied, to be folded again", async () => {
    await use(fill)
    const other = new DatabaseSync(path)
    other.exec("PRAGMA user_version = 12345; CREATE TABLE of_tomorrow (x); DROP TABLE sessions")
    other.close()
    expect(await use((model) => model.position)).toMatchObject({ sequence: 0 })
    expect(await use((model) => model.users)).toEqual([])
    expect(await use(fill)).toBe("applied")
  })

  test.each([
    [
      "not a database",
      () => writeFileSync(path, "this is not a database, but long enough to be read".repeat(100)),
    ],
    ["cut in the middle", () => writeFileSync(path, readFileSync(path).subarray(0, 5_000))],
    ["of a broken header", () => overwrite(path, 16, 64)],
  ])("that is %s is moved aside and made anew", async (_, damage) => {
    mkdirSync(dirname(path), { recursive: true })
    await use(fill)
    damage()
    expect(await use((model) => model.position)).toMatchObject({ sequence: 0 })
    expect(names().some((name) => name.includes(".damaged-"))).toBe(true)
    expect(await use(fill)).toBe("applied")
  })

  test("damaged while it is open is replaced, and starts over with a new generation", async () => {
    const [before, after] = await use((model) =>
      Effect.gen(function* () {
        yield* fill(model)
        const first = yield* model.position
        // Every page but the first becomes noise, and the log is emptied into it before.
        const other = new DatabaseSync(path)
        other.exec("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        overwrite(path, 4_096, statSync(path).size - 4_096)
        return [
          first,
          yield* Effect.andThen(
            model.requests({
              userId: "u1",
              sessionId: null,
              state: null,
              search: "",
              limit: 9,
              before: null,
            }),
            model.position,
          ),
        ]
      }),
    )
    expect(after).toMatchObject({ sequence: 0 })
    expect(after.generation).not.toBe(before.generation)
    expect(names().some((name) => name.includes(".damaged-"))).toBe(true)
  })

  test("in a folder that cannot be made is refused with the remedy", async () => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, "")
    path = join(path, "below/a/file.db")
    await expect(use((model) => model.position)).rejects.toThrow(/read model open: .*MAILLM_DATA_DIR/)
  })
})

function overwrite(path: string, offset: number, length: number) {
  const file = openSync(path, "r+")
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, offset)
  closeSync(file)
}
