import type { UserId } from "@maillm/schema/Ids"
import type { RowChanges, RowIds, Stored, StoredRows } from "../readmodel/ReadModel.ts"
import { reasonOf } from "../readmodel/storedRow.ts"
import { project, rowsTouched } from "./project.ts"
import type { ActorRecord } from "./project.ts"

/** A record with its place in EVT. */
export interface Placed {
  readonly sequence: number
  readonly record: ActorRecord
}

/** What one record changed, for those who watch. */
export interface PlacedChanges {
  readonly sequence: number
  /** Null when it could not be folded. */
  readonly userId: UserId | null
  readonly changes: RowChanges
  /** Why it could not be folded; null when it was. */
  readonly failure: string | null
}

const nothing: RowChanges = {
  users: [],
  requests: [],
  sessions: [],
  messages: [],
  approvals: [],
  timeline: [],
}

/** A record that the fold throws on is a defect of ours, and must not hold up the others. */
const projectSafely = ({ sequence, record }: Placed, rows: StoredRows): PlacedChanges => {
  try {
    const { userId, changes } = project(record, sequence, rows)
    // That a command of a session that never was could not be handled is told by DEAD alone.
    const isTold = record.record.events.every(({ _tag }) => _tag === "CommandFailed")
    const failure = userId === null && !isTold ? "nothing says whose session it is of" : null
    return { sequence, userId, changes, failure }
  } catch (error) {
    return { sequence, userId: null, changes: nothing, failure: `the fold fails on it: ${reasonOf(error)}` }
  }
}

/** Ids of the rows that any of the records touches. */
export const rowsOfBatch = (batch: ReadonlyArray<Placed>): RowIds => {
  const all = batch.map(({ record }) => rowsTouched(record))
  const unique = (kind: keyof RowIds) => [...new Set(all.flatMap((ids) => ids[kind]))]
  return {
    users: unique("users"),
    requests: unique("requests"),
    sessions: unique("sessions"),
    messages: unique("messages"),
    approvals: unique("approvals"),
  }
}

/** Folds records in their order onto the rows they touch: each one's changes, and all of them together. */
export const foldBatch = (
  batch: ReadonlyArray<Placed>,
  stored: StoredRows,
): { readonly together: RowChanges; readonly single: ReadonlyArray<PlacedChanges> } => {
  const rows = {
    users: new Map(stored.users),
    requests: new Map(stored.requests),
    sessions: new Map(stored.sessions),
    messages: new Map(stored.messages),
    approvals: new Map(stored.approvals),
  }
  const single = batch.map((placed) => {
    const one = projectSafely(placed, rows)
    const { sequence, changes } = one
    keep(rows.users, changes.users, sequence)
    keep(rows.requests, changes.requests, sequence)
    keep(rows.sessions, changes.sessions, sequence)
    keep(rows.messages, changes.messages, sequence)
    keep(rows.approvals, changes.approvals, sequence)
    return one
  })
  const together: RowChanges = {
    users: last(single.flatMap((one) => one.changes.users)),
    requests: last(single.flatMap((one) => one.changes.requests)),
    sessions: last(single.flatMap((one) => one.changes.sessions)),
    messages: last(single.flatMap((one) => one.changes.messages)),
    approvals: last(single.flatMap((one) => one.changes.approvals)),
    timeline: single.flatMap((one) => one.changes.timeline),
  }
  return { together, single }
}

const keep = <Row extends { readonly id: string }>(
  rows: Map<string, Stored<Row>>,
  changed: ReadonlyArray<Row>,
  evtSeq: number,
) => {
  for (const row of changed) rows.set(row.id, { row, evtSeq })
}

/** The last row of each id. */
const last = <Row extends { readonly id: string }>(rows: ReadonlyArray<Row>): ReadonlyArray<Row> => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
]
