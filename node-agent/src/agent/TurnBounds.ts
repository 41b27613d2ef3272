import * as Context from "effect/Context"

/** How long what is waited for, while an agent works, may take; milliseconds of the monotonic clock. */
export interface TurnBounds {
  /** Until its hook gives back a prompt that was typed, unless its driver needs longer. */
  readonly takenMillis: number
  /** Idle for so long without a word about the end: none will come. */
  readonly silentEndMillis: number
  /** Idle for so long, and its memory does not say either how the turn has ended: it may be written late. */
  readonly untoldEndMillis: number
  /** Older than this, its own word is none. */
  readonly freshMillis: number
  /** Commands in the background do not keep a turn open for longer than this after its answer. */
  readonly backgroundMillis: number
  /** A dialog that stays open for so long although its hook was answered has lost its hook. */
  readonly lostAnswerMillis: number
  /** No hook and no change of state for so long is shown as an alarm. */
  readonly alarmMillis: number
  /** And is the end after this. What the pane prints does not count: it draws its waiting. */
  readonly hangMillis: number
  /** From one step of an interrupt to the next, firmer one. */
  readonly interruptStepMillis: number
}

export const turnBounds: TurnBounds = {
  takenMillis: 5_000,
  silentEndMillis: 2_000,
  untoldEndMillis: 15_000,
  freshMillis: 3_000,
  backgroundMillis: 600_000,
  lostAnswerMillis: 2_000,
  alarmMillis: 600_000,
  hangMillis: 3_600_000,
  interruptStepMillis: 5_000,
}

/** Those of this node's agents. */
export const AgentTurnBounds = Context.Reference<TurnBounds>("@maillm/node-agent/AgentTurnBounds", {
  defaultValue: () => turnBounds,
})
