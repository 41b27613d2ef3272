import * as Schema from "effect/Schema"
import { Files } from "@maillm/schema/Files"
import { EpochMillis, text, TurnId, UserId } from "@maillm/schema/Ids"
import { Changes, StartTurn, TurnOutcome, Usage } from "@maillm/schema/Turn"
import { Snapshot } from "../workspace/Changes.ts"

/** What there is more of a turn that an agent does. */
export const AgentTurn = Schema.Struct({
  /** As it was typed last. */
  prompt: text(2_000),
  typedAtMillis: EpochMillis,
  /** How often the agent was started again in the middle of it. */
  restarts: Schema.Int,
  /** Last message of the agent; null while it has not ended, or when it ended without one. */
  answer: Schema.NullOr(text(262_144)),
  /** For a result without an answer: what the screen showed. */
  screen: text(65_536),
  usage: Schema.NullOr(Usage),
  compactions: Schema.optionalKey(Schema.Int),
  /**
   * What this node does to it and has not seen through: it closes a dialog, after which the agent is to be told to ask
   * again (closing), or types the sentence with which it is to go on (resuming). Absent otherwise.
   */
  midway: Schema.optionalKey(Schema.Literals(["closing", "resuming"])),
  /** How its folder was before it began; absent where that is not known. */
  before: Schema.optionalKey(Snapshot),
  /** What it changed there, once it has ended. */
  changes: Schema.optionalKey(Changes),
})
export type AgentTurn = typeof AgentTurn.Type

/**
 * A turn as this node's journal has it. Phases only move forward:
 * - accepted: nothing was typed.
 * - sending: it may have been typed into the pane; `offset` is where the pane's output stood before.
 * - running: the shell began it; `offset` is where its output begins.
 * - ended: `outcome` is final; the session actor may not know it yet.
 */
export const TurnRecord = Schema.Struct({
  v: Schema.Literal(1),
  /** Order in which the session's turns were accepted. */
  sequence: Schema.Int,
  order: StartTurn,
  phase: Schema.Literals(["accepted", "sending", "running", "ended"]),
  generation: Schema.NullOr(text(64)),
  offset: Schema.Int,
  acceptedAtMillis: EpochMillis,
  /** Null until the shell began it. */
  startedAtMillis: Schema.NullOr(EpochMillis),
  interruptAsked: Schema.Boolean,
  outcome: Schema.NullOr(TurnOutcome),
  endOffset: Schema.Int,
  /** Where the kept end of a long output begins; null when the head has all of it. */
  tailOffset: Schema.NullOr(Schema.Int),
  endedAtMillis: Schema.NullOr(EpochMillis),
  /** Absent for the shell, and until the prompt is about to be typed. */
  agent: Schema.optionalKey(AgentTurn),
  /** What goes out with its answer, and what of it lies in which folder of the workspace until that is told. */
  files: Schema.optionalKey(
    Schema.Struct({ files: Files, folder: text(4_096), names: Schema.Array(text(1_000)) }),
  ),
})
export type TurnRecord = typeof TurnRecord.Type

/** What a session's journal knows besides its open turns. */
export const SessionRecord = Schema.Struct({
  v: Schema.Literal(1),
  userId: UserId,
  /** Highest epoch seen: all that 0.1.0 kept of the fence. */
  epoch: Schema.Int,
  /** Which orders are refused, see EpochFence.ts; never forgotten, for orders wait as long as a node is off. */
  fence: Schema.optionalKey(Schema.Array(Schema.Struct({ epoch: Schema.Int, sequence: Schema.Int }))),
  nextSequence: Schema.Int,
  /** The worktree in which the session's agent works, as its pane sees it; the workspace when absent. */
  workFolder: Schema.optionalKey(text(4_096)),
  /** By driver: the id under which its agent keeps this session's conversation. */
  conversations: Schema.optionalKey(Schema.Record(Schema.String, text(64))),
  /** The last turns that were reported and are done with; repeats of their orders are dropped. */
  closed: Schema.Array(TurnId),
  /** Turns that are to be interrupted although their start has not been seen yet. */
  interruptedEarly: Schema.Array(TurnId),
})
export type SessionRecord = typeof SessionRecord.Type
