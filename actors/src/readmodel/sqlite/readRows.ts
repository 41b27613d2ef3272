import * as Schema from "effect/Schema"
import {
  ApprovalRow,
  MessageRow,
  RequestRow,
  SessionRow,
  TimelineRow,
  UserRow,
} from "@maillm/schema/ReadModel"
import type { Page, RowIds, Stored, StoredRows } from "../ReadModel.ts"
import { sameKeyMax, StoredRequest, StoredSession } from "../storedRow.ts"
import type { ReadModelFile } from "./ReadModelFile.ts"

/** How the documents of each table are read. */
export const documents = {
  users: Schema.decodeUnknownSync(Schema.fromJsonString(UserRow)),
  requests: Schema.decodeUnknownSync(Schema.fromJsonString(RequestRow)),
  sessions: Schema.decodeUnknownSync(Schema.fromJsonString(SessionRow)),
  messages: Schema.decodeUnknownSync(Schema.fromJsonString(MessageRow)),
  approvals: Schema.decodeUnknownSync(Schema.fromJsonString(ApprovalRow)),
  timeline: Schema.decodeUnknownSync(Schema.fromJsonString(TimelineRow)),
} as const

const storedRequest = Schema.decodeUnknownSync(Schema.fromJsonString(StoredRequest))
const storedSession = Schema.decodeUnknownSync(Schema.fromJsonString(StoredSession))

const storedOf = <A>(
  file: ReadModelFile,
  table: keyof RowIds,
  decode: (doc: unknown) => A,
  ids: ReadonlyArray<string>,
): ReadonlyMap<string, Stored<A>> => {
  const rows = file
    .prepare(`SELECT id, evt_seq, doc FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids))
  return new Map(
    rows.map((row) => [String(row["id"]), { row: decode(row["doc"]), evtSeq: Number(row["evt_seq"]) }]),
  )
}

export const storedRows = (file: ReadModelFile, ids: RowIds): StoredRows => ({
  users: storedOf(file, "users", documents.users, ids.users),
  requests: storedOf(file, "requests", storedRequest, ids.requests),
  sessions: storedOf(file, "sessions", storedSession, ids.sessions),
  messages: storedOf(file, "messages", documents.messages, ids.messages),
  approvals: storedOf(file, "approvals", documents.approvals, ids.approvals),
})

export const oneRow = <A>(
  file: ReadModelFile,
  table: keyof RowIds,
  decode: (doc: unknown) => A,
  id: string,
): A | null => {
  const row = file.prepare(`SELECT doc FROM ${table} WHERE id = ?`).get(id)
  return row === undefined ? null : decode(row["doc"])
}

export type Condition = readonly [sql: string, value: string | number]

/** Documents of a page by `key`, newest first unless `order` says else; then those left of the last one's key. */
export const pageOf = <A>(
  file: ReadModelFile,
  table: "requests" | "sessions" | "messages" | "approvals" | "timeline",
  key: string,
  page: Page,
  conditions: ReadonlyArray<Condition>,
  decode: (doc: unknown) => A,
  order: "ASC" | "DESC" = "DESC",
): ReadonlyArray<A> => {
  const behind = order === "DESC" ? "<" : ">"
  const tie = key === "position" ? "position" : "id"
  const select = (extra: ReadonlyArray<Condition>, limit: number, offset: number) => {
    const all = [...conditions, ...extra]
    return file
      .prepare(
        `SELECT doc, ${key} AS key FROM ${table} WHERE ${all.map(([sql]) => sql).join(" AND ")}
         ORDER BY ${key} ${order}, ${tie} ${order} LIMIT ? OFFSET ?`,
      )
      .all(...all.map(([, value]) => value), limit, offset)
  }
  const rows = select(page.before === null ? [] : [[`${key} ${behind} ?`, page.before]], page.limit, 0)
  const last = Number(rows.at(-1)?.["key"])
  if (rows.length === page.limit && key !== "position") {
    const same = rows.filter((row) => row["key"] === last).length
    rows.push(...select([[`${key} = ?`, last]], sameKeyMax, same))
  }
  return rows.map((row) => decode(row["doc"]))
}
