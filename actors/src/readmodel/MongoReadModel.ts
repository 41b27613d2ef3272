import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Filter } from "mongodb"
import { ReadModel, ReadModelFailed } from "./ReadModel.ts"
import type { Applied, ApprovalFilter, RequestFilter, RowChanges, TimelineOf } from "./ReadModel.ts"
import { collectionsOf, ensureIndexes, makeClient } from "./mongo/collections.ts"
import type { Collections, RowDocument } from "./mongo/collections.ts"
import { deleteOldRows, ensurePosition, readPosition, startGeneration } from "./mongo/position.ts"
import { oneRow, pageOf, rowsOf, storedRows, timelineOf } from "./mongo/readRows.ts"
import { writeRows } from "./mongo/writeRows.ts"
import { searchWords } from "./searchWords.ts"
import { reasonOf } from "./storedRow.ts"

const attempt = <A>(operation: string, run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (cause) => new ReadModelFailed({ operation, reason: reasonOf(cause) }),
  })

const connect = (url: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.tryPromise({
      try: async () => {
        const client = makeClient(Redacted.value(url))
        try {
          return await client.connect()
        } catch (error) {
          await client.close().catch(() => undefined)
          throw error
        }
      },
      catch: (cause) =>
        new ReadModelFailed({
          operation: "connect",
          reason: `cannot reach MongoDB: ${reasonOf(cause)}. Start it, correct MAILLM_MONGODB_URL, or unset it to keep the read model in SQLite.`,
        }),
    }),
    (client) => Effect.promise(() => client.close().catch(() => undefined)),
  )

const databaseOf = (url: string) => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? "maillm"

/**
 * Rows first, each guarded by its sequence, then the position: a crash between leaves rows that the same records
 * write again without effect. Another process may do the same at the same time.
 */
const apply = async (
  collections: Collections,
  sequence: number,
  streamCreated: string,
  changes: RowChanges,
  expected: string | undefined,
): Promise<Applied> => {
  const { generation, sequence: at } = await readPosition(collections)
  if (expected !== undefined && expected !== String(generation)) return "reset"
  if (sequence <= at) return "behind"
  await writeRows(collections, generation, sequence, changes)
  const moved = await collections.position.updateOne(
    { _id: "evt", generation, sequence: { $lt: sequence } },
    { $set: { sequence, streamCreated } },
  )
  if (moved.matchedCount === 1) return "applied"
  if ((await readPosition(collections)).generation === generation) return "behind"
  await deleteOldRows(collections)
  return "reset"
}

const requestFilter = (filter: RequestFilter): Filter<RowDocument> => {
  const words = searchWords(filter.search).map((word) => ({
    search: { $regex: word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&") },
  }))
  return {
    "row.userId": filter.userId,
    ...optional("row.sessionId", filter.sessionId),
    ...optional("row.state", filter.state),
    ...(words.length === 0 ? {} : { $and: words }),
  }
}

const optional = (field: string, value: string | null): Filter<RowDocument> =>
  value === null ? {} : { [field]: value }

const countByState = async ({ rows }: Collections) => {
  const counts = await rows.requests
    .aggregate<{ _id: string; count: number }>([{ $group: { _id: "$row.state", count: { $sum: 1 } } }])
    .toArray()
  return Object.fromEntries(counts.map(({ _id, count }) => [_id, count]))
}

/** Everything that reads and decides nothing. */
const reads = (collections: Collections) => {
  const { rows } = collections
  return {
    user: (id: string) => attempt("user", () => oneRow(rows.users, rowsOf.users, id)),
    users: attempt("users", async () => {
      const found = await rows.users.find().sort({ "row.createdAtMillis": 1, _id: 1 }).toArray()
      return found.map((one) => rowsOf.users(one.row))
    }),
    request: (id: string) => attempt("request", () => oneRow(rows.requests, rowsOf.requests, id)),
    session: (id: string) => attempt("session", () => oneRow(rows.sessions, rowsOf.sessions, id)),
    message: (id: string) => attempt("message", () => oneRow(rows.messages, rowsOf.messages, id)),
    approval: (id: string) => attempt("approval", () => oneRow(rows.approvals, rowsOf.approvals, id)),
    timeline: (of: TimelineOf) => attempt("timeline", () => timelineOf(collections, of)),
    requestCounts: attempt("requestCounts", () => countByState(collections)),
  }
}

const selectApprovals = ({ rows }: Collections, filter: ApprovalFilter) => {
  const wanted = {
    "row.userId": filter.userId,
    ...optional("row.sessionId", filter.sessionId),
    ...optional("row.requestId", filter.requestId),
    ...optional("row.state", filter.state),
  }
  const order = filter.state === "pending" ? 1 : -1
  const keyOf = (row: { readonly askedAtMillis: number }) => row.askedAtMillis
  return pageOf(rows.approvals, "row.askedAtMillis", filter, wanted, rowsOf.approvals, keyOf, order)
}

const make = Effect.fnUntraced(function* (url: Redacted.Redacted) {
  const client = yield* connect(url)
  const collections = collectionsOf(client.db(databaseOf(Redacted.value(url))))
  const { rows } = collections
  yield* attempt("start", () => ensureIndexes(collections))
  yield* attempt("start", () => ensurePosition(collections))

  return ReadModel.of({
    ...reads(collections),
    position: attempt("position", async () => {
      const { sequence, streamCreated, generation } = await readPosition(collections)
      return { sequence, streamCreated, generation: String(generation) }
    }),
    stored: (ids) =>
      attempt("stored", async () => {
        const { generation } = await readPosition(collections)
        return storedRows(collections, generation, ids)
      }),
    apply: (sequence, streamCreated, changes, generation) =>
      attempt("apply", () => apply(collections, sequence, streamCreated, changes, generation)),
    reset: attempt("reset", () => startGeneration(collections)),
    requests: (filter) =>
      attempt("requests", () =>
        pageOf(
          rows.requests,
          "row.createdAtMillis",
          filter,
          requestFilter(filter),
          rowsOf.requests,
          (row) => row.createdAtMillis,
        ),
      ),
    sessions: (userId, page) =>
      attempt("sessions", () =>
        pageOf(
          rows.sessions,
          "row.updatedAtMillis",
          page,
          { "row.userId": userId },
          rowsOf.sessions,
          (row) => row.updatedAtMillis,
        ),
      ),
    messages: (filter) => {
      const wanted = {
        "row.userId": filter.userId,
        ...optional("row.direction", filter.direction),
        ...optional("row.state", filter.state),
        ...optional("row.requestId", filter.requestId),
        ...optional("row.sessionId", filter.sessionId),
      }
      return attempt("messages", () =>
        pageOf(rows.messages, "row.atMillis", filter, wanted, rowsOf.messages, (row) => row.atMillis),
      )
    },
    approvals: (filter) => attempt("approvals", () => selectApprovals(collections, filter)),
    audit: (userId, page) =>
      attempt("audit", () =>
        pageOf(rows.timeline, "_id", page, { "row.userId": userId }, rowsOf.timeline, (row) => row.position),
      ),
  })
})

/**
 * The read model in MongoDB for any number of processes. Needs no transactions, but updates of one document that
 * are atomic: FerretDB 1.24, whose are not, serves one process, and is slow. The database is the one that the URL names, `maillm` when it names none.
 */
export class MongoReadModel {
  static readonly layer = (url: Redacted.Redacted) => Layer.effect(ReadModel, make(url))
}
