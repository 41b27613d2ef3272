import { type ConsoleState, rowLimit, type Rows } from "./ConsoleState.ts"

/**
 * Puts rows into a collection by key. A row older than the one held (a slow answer overtaken by a live change) is
 * left out. Beyond `rowLimit` the oldest go. The same object is returned when nothing changed.
 */
const merge = <Row>(
  held: Readonly<Record<string, Row>>,
  rows: ReadonlyArray<Row> | undefined,
  keyOf: (row: Row) => string,
  versionOf: (row: Row) => number,
  ageOf: (row: Row) => number,
): Readonly<Record<string, Row>> => {
  if (rows === undefined || rows.length === 0) return held
  const next: Record<string, Row> = { ...held }
  for (const row of rows) {
    const before = next[keyOf(row)]
    if (before === undefined || versionOf(row) >= versionOf(before)) next[keyOf(row)] = row
  }
  const all = Object.entries(next)
  if (all.length <= rowLimit) return next
  return Object.fromEntries(all.toSorted((a, b) => ageOf(b[1]) - ageOf(a[1])).slice(0, rowLimit))
}

/** Folds rows into the state. Applying the same rows twice changes nothing. */
export const mergeRows = (state: ConsoleState, rows: Rows): ConsoleState => ({
  ...state,
  requests: merge(
    state.requests,
    rows.requests,
    (row) => row.id,
    (row) => row.updatedAtMillis,
    (row) => row.createdAtMillis,
  ),
  sessions: merge(
    state.sessions,
    rows.sessions,
    (row) => row.id,
    (row) => row.updatedAtMillis,
    (row) => row.createdAtMillis,
  ),
  messages: merge(
    state.messages,
    rows.messages,
    (row) => row.id,
    (row) => row.updatedAtMillis,
    (row) => row.atMillis,
  ),
  timeline: merge(
    state.timeline,
    rows.timeline,
    (row) => String(row.position),
    () => 0,
    (row) => row.position,
  ),
  approvals: merge(
    state.approvals,
    rows.approvals,
    (row) => row.id,
    (row) => row.updatedAtMillis,
    (row) => row.askedAtMillis,
  ),
})
