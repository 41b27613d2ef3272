import type { Commit } from "@maillm/actors/runtime/testing/History"

/** A commit and when the server stored its record, by the wall clock. */
export interface TimedCommit extends Commit {
  readonly atMillis: number
}
