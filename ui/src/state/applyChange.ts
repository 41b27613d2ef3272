import type { LiveChange } from "@maillm/schema/LiveEvents"
import type { ConsoleState } from "./ConsoleState.ts"
import { mergeRows } from "./mergeRows.ts"

/**
 * The one fold of live events into what the console holds. A change already folded is left alone. A change that does
 * not follow the one held means that some were missed: it is folded all the same (its rows are true) and the gap is
 * counted, so that the views fetch what is between.
 */
export const applyChange = (state: ConsoleState, change: LiveChange): ConsoleState => {
  if (state.sequence > 0 && change.sequence <= state.sequence) return state
  const gap = state.sequence > 0 && change.previous !== state.sequence
  return {
    ...mergeRows(state, change),
    sequence: change.sequence,
    gaps: gap ? state.gaps + 1 : state.gaps,
  }
}

/** The socket connected (again): what was missed meanwhile is unknown, so the next change is not compared. */
export const forgetSequence = (state: ConsoleState): ConsoleState => ({ ...state, sequence: 0 })
