import * as Effect from "effect/Effect"
import type { ReadModel, ReadModelFailed } from "../../src/readmodel/ReadModel.ts"

/** All rows of a list, page by page. */
const pages = <Row>(
  read: (before: number | null) => Effect.Effect<ReadonlyArray<Row>, ReadModelFailed>,
  keyOf: (row: Row) => number,
) =>
  Effect.gen(function* () {
    const all: Array<Row> = []
    for (let before: number | null = null; ;) {
      const rows: ReadonlyArray<Row> = yield* read(before)
      const last = rows.at(-1)
      if (last === undefined) return all
      all.push(...rows)
      before = keyOf(last)
    }
  })

/** Everything that a read model holds, row by row, through what its readers use. */
export const everything = (model: ReadModel["Service"]) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const users = yield* model.users
      const all = []
      for (const { id: userId } of users) {
        const filter = { limit: 200, userId, sessionId: null, state: null }
        const requests = yield* pages(
          (before) => model.requests({ ...filter, before, search: "" }),
          (row) => row.createdAtMillis,
        )
        const sessions = yield* pages(
          (before) => model.sessions(userId, { limit: 200, before }),
          (row) => row.updatedAtMillis,
        )
        const stored = yield* model.stored({
          users: [],
          requests: [],
          messages: [],
          approvals: [],
          sessions: sessions.map((row) => row.id),
        })
        const messages = yield* pages(
          (before) => model.messages({ ...filter, before, direction: null, requestId: null }),
          (row) => row.atMillis,
        )
        const approvals = yield* pages(
          (before) => model.approvals({ ...filter, before, requestId: null }),
          (row) => row.askedAtMillis,
        )
        const audit = yield* pages(
          (before) => model.audit(userId, { limit: 200, before }),
          (row) => row.position,
        )
        const folded = sessions.map((row) => stored.sessions.get(row.id)?.row)
        all.push({ userId, requests, sessions, folded, messages, approvals, audit })
      }
      return { users, all, counts: yield* model.requestCounts }
    }),
  )
