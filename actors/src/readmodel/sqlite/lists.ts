import type { ApprovalFilter, MessageFilter, RequestFilter, TimelineOf } from "../ReadModel.ts"
import { searchWords } from "../searchWords.ts"
import { timelineMax } from "../storedRow.ts"
import { documents, pageOf } from "./readRows.ts"
import type { Condition } from "./readRows.ts"
import type { ReadModelFile } from "./ReadModelFile.ts"

const optional = (column: string, value: string | null): ReadonlyArray<Condition> =>
  value === null ? [] : [[`${column} = ?`, value]]

/** The trigram index needs three characters; shorter words are looked for in the text itself. */
const searchConditions = (search: string): ReadonlyArray<Condition> => {
  const words = searchWords(search)
  const indexed = words.filter((word) => Array.from(word).length >= 3)
  const phrases = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(" ")
  const short = words.filter((word) => !indexed.includes(word))
  return [
    ...(phrases === ""
      ? []
      : [["rowid IN (SELECT rowid FROM request_search WHERE request_search MATCH ?)", phrases] as const]),
    ...short.map((word): Condition => ["instr(search, ?) > 0", word]),
  ]
}

export const selectRequests = (file: ReadModelFile, filter: RequestFilter) => {
  const conditions: ReadonlyArray<Condition> = [
    ["user_id = ?", filter.userId],
    ...optional("session_id", filter.sessionId),
    ...optional("state", filter.state),
    ...searchConditions(filter.search),
  ]
  return pageOf(file, "requests", "created_at", filter, conditions, documents.requests)
}

export const selectMessages = (file: ReadModelFile, filter: MessageFilter) => {
  const conditions: ReadonlyArray<Condition> = [
    ["user_id = ?", filter.userId],
    ...optional("direction", filter.direction),
    ...optional("state", filter.state),
    ...optional("request_id", filter.requestId),
    ...optional("session_id", filter.sessionId),
  ]
  return pageOf(file, "messages", "at", filter, conditions, documents.messages)
}

export const selectApprovals = (file: ReadModelFile, filter: ApprovalFilter) => {
  const conditions: ReadonlyArray<Condition> = [
    ["user_id = ?", filter.userId],
    ...optional("session_id", filter.sessionId),
    ...optional("request_id", filter.requestId),
    ...optional("state", filter.state),
  ]
  const order = filter.state === "pending" ? "ASC" : "DESC"
  return pageOf(file, "approvals", "asked_at", filter, conditions, documents.approvals, order)
}

export const selectTimeline = (file: ReadModelFile, of: TimelineOf) => {
  const [column, id] = "requestId" in of ? ["request_id", of.requestId] : ["session_id", of.sessionId]
  return file
    .prepare(
      `SELECT doc FROM timeline WHERE ${column} = ? OR message_id IN (
         SELECT id FROM messages WHERE ${column} = ? AND request_id IS NOT NULL
       ) ORDER BY position DESC LIMIT ${timelineMax}`,
    )
    .all(id, id)
    .map((row) => documents.timeline(row["doc"]))
    .toReversed()
}

export const countByState = (file: ReadModelFile): Readonly<Record<string, number>> =>
  Object.fromEntries(
    file
      .prepare("SELECT state, count(*) AS count FROM requests GROUP BY state")
      .all()
      .map((row) => [String(row["state"]), Number(row["count"])]),
  )
