/**
 * What happened in one run under faults, as `checkHistory` judges it. Written by the simulation and by
 * `maillm chaos`. Times are milliseconds of one clock that all clients share; actors are named `<kind>.<id>`.
 */
export interface History {
  readonly attempts: ReadonlyArray<Attempt>
  /** Every record in EVT at the end, in the order of the stream. */
  readonly commits: ReadonlyArray<Commit>
  /** In the order in which the receivers carried them out. */
  readonly effects: ReadonlyArray<CarriedOut>
  /** The last operations of every client, all begun after the final heal. */
  readonly finals: ReadonlyArray<Final>
}

/**
 * `acked`: an answer came, so the command is stored; `refused`: it is known not to be stored; `unknown`: it may be.
 */
export type Outcome = "acked" | "refused" | "unknown"

/** One command of one client, however often it was sent again with the same id; its last outcome counts. */
export interface Attempt {
  readonly commandId: string
  readonly actor: string
  /** Who sent it; an actor's name when an actor did, as an effect. */
  readonly client: string
  /** Place among this client's commands, in the order in which they were first sent. */
  readonly index: number
  /** When it was sent for the first time; 0 when nobody knows. */
  readonly sentAtMillis: number
  /** When the answer that made it `acked` was there; null without one. */
  readonly answeredAtMillis: number | null
  readonly outcome: Outcome
  /** The command's sequence in CMD, when the answer named it. */
  readonly sequence: number | null
  /** The count that a counter actor answered: it counts its commands one by one, from 1. */
  readonly reply: number | null
}

/** One record of an actor's journal. */
export interface Commit {
  /** Sequence in EVT. */
  readonly sequence: number
  readonly actor: string
  /** Sequence in CMD of the command it answers. */
  readonly commandSequence: number
  readonly commandId: string
  readonly epoch: number
  /** What the record says of its predecessor: its sequence in EVT, 0 for the first. */
  readonly previousSequence: number
  readonly host: string
  /** Ids of the effects that the record asks for; only those whose receivers write this history. */
  readonly effectIds: ReadonlyArray<string>
}

/** An effect that a receiver carried out: not one that it dropped as a repeat or refused as stale. */
export interface CarriedOut {
  readonly receiver: string
  readonly effectId: string
  readonly actor: string
  /** Epoch of the host that handed it on. */
  readonly epoch: number
  /** Its sequence in the receiver's stream. */
  readonly order: number
}

export interface Final {
  readonly client: string
  readonly outcome: Outcome
}
