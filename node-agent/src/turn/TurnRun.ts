import type * as Effect from "effect/Effect"
import type * as Latch from "effect/Latch"
import type { AgentWorkspace } from "../agent/AgentWorkspace.ts"
import type { Panes } from "../pane/Panes.ts"
import type { SessionJournal } from "./SessionJournal.ts"
import type { TurnReporter } from "./TurnReporter.ts"

/** What a turn is run with. */
export interface TurnRun {
  readonly panes: Panes
  readonly reporter: TurnReporter
  readonly journal: SessionJournal
  /** Open once somebody wants the turn to stop. */
  readonly interrupt: Latch.Latch
  readonly workspace: AgentWorkspace
  /** False when the session has been given to another node; waits while that is not known. */
  readonly stillHere: Effect.Effect<boolean>
}
