import type { RequestRow } from "@maillm/schema/ReadModel"
import type { RowChanges } from "../ReadModel.ts"
import { searchText } from "../searchWords.ts"
import type { ReadModelFile } from "./ReadModelFile.ts"

type Value = string | number | null

/** Writes one row unless the one there is of the same or a later record; answers the rowid when it was written. */
const upsert = (
  file: ReadModelFile,
  table: string,
  id: string,
  sequence: number,
  columns: Readonly<Record<string, Value>>,
  row: unknown,
): number | null => {
  const names = ["id", "evt_seq", ...Object.keys(columns), "doc"]
  const updates = names
    .slice(1)
    .map((name) => `${name} = excluded.${name}`)
    .join(", ")
  const written = file
    .prepare(
      `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})
       ON CONFLICT (id) DO UPDATE SET ${updates}
       WHERE evt_seq < excluded.evt_seq RETURNING rowid`,
    )
    .get(id, sequence, ...Object.values(columns), JSON.stringify(row))
  return written === undefined ? null : Number(written["rowid"])
}

const writeRequest = (file: ReadModelFile, sequence: number, row: RequestRow) => {
  const search = searchText(row)
  const before = file.prepare("SELECT search FROM requests WHERE id = ?").get(row.id)
  const { userId: user_id, sessionId: session_id, state, createdAtMillis: created_at } = row
  const columns = { user_id, session_id, state, created_at, search }
  const rowid = upsert(file, "requests", row.id, sequence, columns, row)
  if (rowid === null || before?.["search"] === search) return
  if (before !== undefined) file.prepare("DELETE FROM request_search WHERE rowid = ?").run(rowid)
  file.prepare("INSERT INTO request_search (rowid, words) VALUES (?, ?)").run(rowid, search)
}

/** Writes all rows of the changes, as of the record `sequence`. Call it in a transaction. */
export const writeRows = (file: ReadModelFile, sequence: number, changes: RowChanges) => {
  for (const row of changes.users) {
    upsert(file, "users", row.id, sequence, { created_at: row.createdAtMillis }, row)
  }
  for (const row of changes.requests) writeRequest(file, sequence, row)
  for (const row of changes.sessions) {
    const columns = { user_id: row.userId, updated_at: row.updatedAtMillis }
    upsert(file, "sessions", row.id, sequence, columns, row)
  }
  for (const row of changes.messages) {
    const { userId: user_id, sessionId: session_id, requestId: request_id, direction, state } = row
    const columns = { user_id, session_id, request_id, direction, state, at: row.atMillis }
    upsert(file, "messages", row.id, sequence, columns, row)
  }
  for (const row of changes.approvals) {
    const { userId: user_id, sessionId: session_id, requestId: request_id, state } = row
    const columns = { user_id, session_id, request_id, state, asked_at: row.askedAtMillis }
    upsert(file, "approvals", row.id, sequence, columns, row)
  }
  const addToTimeline = file.prepare(
    `INSERT INTO timeline (position, user_id, session_id, request_id, message_id, doc)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  for (const row of changes.timeline) {
    const { position, userId, sessionId, requestId, messageId } = row
    addToTimeline.run(position, userId, sessionId, requestId, messageId, JSON.stringify(row))
  }
}
