import type { Files } from "@maillm/schema/Files"
import type { FinalState } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import { count, formatDuration } from "./format.ts"

/** How a request ended, in words: the first line of the answer, and what else must be said. */
export interface Ending {
  readonly state: FinalState
  readonly outcome: string
  readonly detail: string
  /** True when the detail is an answer of its own, and not part of why. */
  readonly keepOutcome?: boolean
  /** Files that are the answer, or part of it; a turn's own are in its result. */
  readonly files?: Files
}

/** What a turn's result means for its request. `cancelledBy` is who asked to stop it, or null. */
export const turnEnding = (result: TurnResult, cancelledBy: string | null): Ending => {
  const { outcome } = result
  const time = formatDuration(result.endedAtMillis - result.startedAtMillis)
  // A turn that was done before the interrupt reached it is done.
  const finished = outcome._tag === "Exited" && outcome.exitCode === 0
  if (cancelledBy !== null && !finished) {
    return { state: "cancelled", outcome: `Stopped after ${time}, as ${cancelledBy} asked.`, detail: "" }
  }
  switch (outcome._tag) {
    case "Exited":
      return outcome.exitCode === 0
        ? { state: "done", outcome: `Done in ${time}.`, detail: "" }
        : { state: "failed", outcome: `Failed with exit code ${outcome.exitCode} after ${time}.`, detail: "" }
    case "PaneEnded": {
      const how =
        outcome.signal !== null
          ? `was ended by signal ${outcome.signal}`
          : `ended with exit code ${outcome.exitCode ?? "unknown"}`
      const clean = outcome.signal === null && outcome.exitCode === 0
      return {
        state: clean ? "done" : "failed",
        outcome: clean ? `Done in ${time}; the shell has ended.` : `The shell ${how} after ${time}.`,
        detail:
          "The next request in this session starts in a new shell; files are kept, the old shell's directory and variables are not.",
      }
    }
    case "Answered":
      return { state: "done", outcome: `Done in ${time}${changed(result)}.`, detail: "" }
    case "AgentFailed":
      return {
        state: "failed",
        outcome: `The agent could not go on after ${time}.`,
        detail: outcome.fault.message,
      }
    case "Failed":
      return {
        state: "failed",
        outcome:
          outcome.ran === "no"
            ? "This could not be run."
            : "This was interrupted; how far it got is not known.",
        detail:
          outcome.ran === "no"
            ? outcome.reason
            : `${outcome.reason} It was not run a second time. Look at the session, then send it again if it is safe to repeat.`,
      }
  }
}

/** ": 3 files changed", as the first line of an answer has it. */
const changed = ({ changes }: TurnResult): string =>
  changes === undefined
    ? ""
    : changes.fileCount === 0
      ? ": no files changed"
      : `: ${count(changes.fileCount, "file")} changed${changes.shared === true ? ", some by another session perhaps" : ""}`
