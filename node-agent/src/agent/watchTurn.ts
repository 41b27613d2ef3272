import type * as Latch from "effect/Latch"
import type { LastTurn } from "../driver/AgentDriver.ts"
import type { AgentFaultFacts } from "../driver/AgentSignal.ts"
import type { Pane } from "../pane/Pane.ts"
import type { Panes } from "../pane/Panes.ts"
import type { AgentSession } from "./AgentSession.ts"
import type { TurnBounds } from "./TurnBounds.ts"

export type AgentEnd =
  | { readonly _tag: "Answered"; readonly answer: string }
  | { readonly _tag: "Faulted"; readonly fault: AgentFaultFacts }
  /** No sign of life for too long: what runs in the pane is of no use to a later turn either. */
  | { readonly _tag: "Hung"; readonly fault: AgentFaultFacts }
  /** `asked`: at the wish of who gave the order; else somebody did it in the terminal. */
  | { readonly _tag: "Interrupted"; readonly asked: boolean }
  /** At its prompt without an answer, and nothing says why. */
  | { readonly _tag: "Untold" }
  | { readonly _tag: "PaneEnded" }
  /** An answer to a dialog could not be given to it: the dialog was closed, and the agent is to ask again. */
  | { readonly _tag: "AskAgain" }

export interface WatchedTurn {
  readonly panes: Panes
  readonly pane: Pane
  readonly agent: AgentSession
  readonly interrupt: Latch.Latch
  readonly lastTurn: () => Promise<LastTurn>
  /** An earlier node agent may have closed a dialog of it. */
  readonly closing: boolean
  /** Notes durably that a dialog is about to be closed: whoever finds the agent interrupted knows that nobody did it. */
  readonly beforeClosing: () => Promise<void>
  readonly bounds: TurnBounds
}

const newsMillis = 500

/** Watches an agent at work until its turn has ended, whichever way; what it knows comes from `AgentSession`. */
export const watchTurn = async (turn: WatchedTurn): Promise<AgentEnd> => {
  const { agent, pane } = turn
  const interrupt = new Interrupting(turn)
  const closing = new Closing(turn)
  const begunAt = performance.now()
  for (;;) {
    if (pane.end !== null)
      return interrupt.begun ? { _tag: "Interrupted", asked: true } : { _tag: "PaneEnded" }
    const end = (await told(turn, interrupt)) ?? (await silent(turn, interrupt, closing)) ?? hung(turn)
    // By its keys, which the transcript has of an interruption that came before the answer no word of.
    if (end?._tag === "Untold" && pane.lastKeysAt > begunAt) return { _tag: "Interrupted", asked: false }
    if (end !== null) return end
    await interrupt.step()
    if (!interrupt.begun && (await closing.step())) return { _tag: "AskAgain" }
    await agent.news(newsMillis)
  }
}

/** What its hooks have said about the end. */
const told = async ({ agent, bounds }: WatchedTurn, interrupt: Interrupting): Promise<AgentEnd | null> => {
  const { answered, fault } = agent.facts
  if (fault !== null) return { _tag: "Faulted", fault }
  if (answered === null) return null
  const since = performance.now() - answered.atMillis
  const idle = agent.status?.state === "idle" && agent.statusSince > answered.atMillis
  const shells = agent.status?.state === "shell" && since > bounds.backgroundMillis
  if (answered.background > 0 && !interrupt.begun && !(idle && since > bounds.silentEndMillis) && !shells)
    return null
  return { _tag: "Answered", answer: answered.answer }
}

/** It is at its prompt and no hook has said why: interrupted, or the word was lost. */
const silent = async (
  turn: WatchedTurn,
  interrupt: Interrupting,
  closing: Closing,
): Promise<AgentEnd | null> => {
  const { agent, bounds } = turn
  const since = Math.max(agent.statusSince, agent.lastLifeAt)
  const now = performance.now()
  if (!isAtPrompt(agent) || agent.facts.answered !== null || now - since < bounds.silentEndMillis) return null
  const readAt = agent.statusReadAt
  if (now - readAt > bounds.freshMillis) return null
  // Its terminal may have gone since.
  await agent.readStatus()
  if (agent.statusReadAt === readAt || turn.pane.end !== null || agent.facts.answered !== null) return null
  const last = await turn.lastTurn()
  if (last.fault !== undefined) return { _tag: "Faulted", fault: last.fault }
  if (last.end === "unknown") return null
  if (last.end !== "answered") {
    if (interrupt.begun) return { _tag: "Interrupted", asked: true }
    if (closing.done) return { _tag: "AskAgain" }
    if (last.end === "interrupted") return { _tag: "Interrupted", asked: false }
    return now - since < bounds.untoldEndMillis ? null : { _tag: "Untold" }
  }
  // What runs in the background may still bring more.
  const more = agent.status?.state === "shell" && !interrupt.begun && now - since < bounds.backgroundMillis
  return more ? null : { _tag: "Answered", answer: last.answer }
}

/** Also while something runs in the background. */
const isAtPrompt = ({ status }: AgentSession) => status?.state === "idle" || status?.state === "shell"

const hung = ({ agent, bounds }: WatchedTurn): AgentEnd | null => {
  // A dialog may wait for as long as its approval does; one that nobody was asked about has no end of its own.
  const { book, turn, waiting } = agent.gate
  const waits = waiting || book.entries.some((one) => one.turnId === turn?.turnId && one.state === "pending")
  // Once it is answered, the agent has its time anew.
  if (waits) agent.askedUntil = performance.now()
  const quiet = performance.now() - Math.max(agent.lastLifeAt, agent.askedUntil)
  agent.raise(quiet > bounds.alarmMillis ? `no sign of life for ${Math.floor(quiet / 60_000)} min` : "")
  if (quiet < bounds.hangMillis) return null
  const message = `${agent.driver.title} gave no sign of life for ${Math.floor(quiet / 60_000)} minutes, so its terminal was ended. Send the request again; its conversation goes on in a new one.`
  return { _tag: "Hung", fault: { kind: "agent-broken", message, resetAtMillis: null } }
}

/**
 * Closes a dialog that is open although its question is answered: its forwarder was killed, so nobody told it. It is
 * closed without an answer, for what a key would answer cannot be known to be the same question. The agent takes that
 * for a person's interrupt, so what it is found at then is known here to be our own doing.
 */
class Closing {
  private readonly turn: WatchedTurn
  private at: number | null

  constructor(turn: WatchedTurn) {
    this.turn = turn
    this.at = turn.closing ? performance.now() : null
  }

  /** Whether the key was pressed, and the agent has not gone on since, as it does where it was answered before. */
  get done() {
    return this.at !== null && (this.turn.agent.facts.toolAskedAt ?? Number.NEGATIVE_INFINITY) < this.at
  }

  /** Whether a dialog was closed just now, and the agent is at its prompt. On a busy machine that is seen later. */
  async step(): Promise<boolean> {
    const { agent, bounds, pane, panes } = this.turn
    if (this.at !== null && performance.now() - this.at < bounds.lostAnswerMillis) return false
    const approvalId = await this.lost()
    if (approvalId === null) return false
    await this.turn.beforeClosing()
    await agent.gate.book.handOut(approvalId, false)
    this.at = performance.now()
    await panes.type(pane, Buffer.from(agent.driver.keys.interrupt))
    const deadline = performance.now() + bounds.interruptStepMillis
    while (performance.now() < deadline && pane.end === null) {
      await agent.readStatus()
      if (isAtPrompt(agent)) return true
      await agent.news(100)
    }
    return false
  }

  /** The approval whose answer its dialog did not get. */
  private async lost(): Promise<string | null> {
    const { agent, bounds } = this.turn
    const { gate, status } = agent
    const turnId = gate.turn?.turnId
    const newest = gate.book.entries.findLast((entry) => entry.turnId === turnId)
    const entry = gate.lastAsked === null ? newest : gate.book.get(gate.lastAsked)
    if (entry === undefined || (entry.state !== "allowed" && entry.state !== "denied")) return null
    const { approvalId } = entry.ask
    const open =
      status?.state === "waiting" && performance.now() - agent.statusSince > bounds.lostAnswerMillis
    if (!open || gate.waiting || gate.book.sinceChange(approvalId) < bounds.lostAnswerMillis) return null
    await agent.readStatus()
    return agent.status?.state === "waiting" ? approvalId : null
  }
}

/** An interrupt, ever firmer until the turn ends: the agent's key twice, then the end of its pane. */
class Interrupting {
  private readonly turn: WatchedTurn
  private at: number | null = null
  private steps = 0

  constructor(turn: WatchedTurn) {
    this.turn = turn
  }

  get begun() {
    return this.at !== null
  }

  async step(): Promise<void> {
    const { agent, interrupt, pane, panes } = this.turn
    if (!interrupt.isOpen()) return
    this.at ??= performance.now()
    if (performance.now() - this.at < this.steps * this.turn.bounds.interruptStepMillis) return
    if (isAtPrompt(agent)) return
    this.steps++
    if (this.steps <= 2)
      await panes.type(pane, Buffer.from(agent.driver.keys.interrupt)).catch(() => undefined)
    else await panes.killPane(pane).catch(() => undefined)
  }
}
