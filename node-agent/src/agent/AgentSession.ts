import type { AgentState, PaneState } from "@maillm/schema/Turn"
import { Gate } from "../approval/Gate.ts"
import type { GatedTurn } from "../approval/Gate.ts"
import type { AgentDriver, AgentPlace, AgentStatus } from "../driver/AgentDriver.ts"
import type { AgentFaultFacts, AgentSignal, GateAnswer, ToolCall } from "../driver/AgentSignal.ts"
import type { Pane } from "../pane/Pane.ts"

/** How often the agent's own word is read, while it works and while it should be idle but was not seen so. */
const pollMillis = { host: 250, docker: 1_000, between: 5_000 } as const
/** For so long after a turn it is read as often as during it: an agent is idle a moment after it has said its end. */
const settlingMillis = 5_000
/** Two signals may disagree for this long before it is called a conflict. */
const conflictMillis = 3_000
/** A hook was held by the agent's dialog, and the agent works again: answered in the terminal. */
const terminalMillis = 1_500
/** Longest name of what is waited for. */
const waitingForLimit = 200
const notAllowedLimit = 200
/** Of answers that belong together, in UTF-16 code units; more than a result carries. */
const answerLimit = 1_000_000

/** What is known of the turn that is under way, from its prompt on. */
export interface TurnFacts {
  prompts: Array<string>
  /** Of the last end of turn that the agent told. */
  answered: { readonly answer: string; readonly background: number; readonly atMillis: number } | null
  fault: AgentFaultFacts | null
  /** When it asked last whether it may use a tool, by the monotonic clock. */
  toolAskedAt: number | null
  /** How often it shortened its memory. */
  compactions: number
}

const noFacts = (): TurnFacts => ({
  prompts: [],
  answered: null,
  fault: null,
  toolAskedAt: null,
  compactions: 0,
})

/**
 * One session's agent as seen from outside: what its hooks tell and what it says itself, put together. It only looks
 * and answers hooks; who types is the runner.
 */
export class AgentSession {
  readonly driver: AgentDriver
  place: AgentPlace
  readonly gate: Gate
  /**
   * False until an earlier node agent's pane and turn were found again: what its hooks ask must wait so long, for it
   * would be answered as if there were no turn.
   */
  ready = false
  /** Since `beginTurn`. */
  facts: TurnFacts = noFacts()
  status: AgentStatus | null = null
  /** Since when `status` has said the same state, by the monotonic clock. */
  statusSince = 0
  /** Last hook or change of status, by the monotonic clock. */
  lastLifeAt = performance.now()
  /** Until when a person was being asked, by the monotonic clock. */
  askedUntil = Number.NEGATIVE_INFINITY
  /** The hook that spoke last, and when, by the monotonic clock. */
  private lastSignal: { readonly name: string; readonly state: PaneState; readonly at: number } | null = null
  /** When `status` was last read, by the monotonic clock. */
  statusReadAt = Number.NEGATIVE_INFINITY
  private waitingSeen = new Set<string>()
  private current: AgentState
  private pane: Pane | null = null
  private readonly show: (state: AgentState) => void
  private readonly screen: () => Promise<string>
  private readonly wakers = new Set<() => void>()
  private timer: NodeJS.Timeout | null = null
  private reading: Promise<void> | null = null
  private active = false
  private settledAt = 0
  /** Calls that a waiting gate did not let go on. */
  private notAllowed: ReadonlyArray<string> = []
  private closed = false
  /** What the runner has noticed and people should know. */
  private alarm = ""
  /** Called when the agent goes on with another conversation than it was started with. */
  onConversation: (conversationId: string) => void = () => undefined
  /** Called before the agent shortens its memory. */
  onCompacting: () => void = () => undefined

  constructor(options: {
    readonly driver: AgentDriver
    readonly place: AgentPlace
    readonly gate: Gate
    readonly show: (state: AgentState) => void
    readonly screen: () => Promise<string>
  }) {
    this.driver = options.driver
    this.place = options.place
    this.gate = options.gate
    this.show = options.show
    this.screen = options.screen
    const now = Date.now()
    this.current = {
      driver: options.driver.name,
      state: "starting",
      source: "pane",
      sinceMillis: now,
      seenAtMillis: now,
      waitingFor: "",
      conflict: "",
    }
  }

  get state(): AgentState {
    return this.current
  }

  /** The pane in which it runs from now on; its end is seen. */
  attach(pane: Pane) {
    if (this.pane === pane) return
    this.pane = pane
    this.status = null
    this.lastSignal = null
    this.lastLifeAt = performance.now()
    pane.state = "starting"
    pane.watch((seen) => {
      if (seen === "ended" && this.pane === pane) this.fuse()
    })
    this.fuse()
  }

  /** Reads its state often from now on, until told otherwise. */
  watch(active: boolean) {
    this.active = active
    this.schedule()
  }

  beginTurn(turn: GatedTurn) {
    this.gate.turn = turn
    this.ready = true
    this.watch(true)
    this.facts = noFacts()
    this.waitingSeen.clear()
    this.raise("")
  }

  endTurn() {
    this.gate.turn = null
    this.settledAt = performance.now() + settlingMillis
    this.watch(false)
    this.raise("")
  }

  /** Shows what people should know of the running turn; nothing when empty. */
  raise(alarm: string) {
    if (this.alarm === alarm) return
    this.alarm = alarm
    this.fuse()
  }

  /** Resolves at the next news of any kind, or after the time. */
  news(withinMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.wakers.delete(done)
        resolve()
      }
      const timer = setTimeout(done, withinMillis)
      this.wakers.add(done)
    })
  }

  wake() {
    for (const done of this.wakers) done()
  }

  /** A hook of this session's agent. Answers what is to be printed. */
  async hook(signal: AgentSignal, name: string, gone: AbortSignal): Promise<string> {
    this.note(signal, name)
    const answer = await this.answer(signal, gone)
    // Whoever waits was told by the book's change; the rest is told here.
    this.wake()
    return this.driver.reply(signal, answer)
  }

  /** Its own word, read now. */
  async readStatus(): Promise<void> {
    this.reading ??= this.readOnce().finally(() => {
      this.reading = null
    })
    await this.reading
  }

  close() {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
    this.wake()
  }

  private async answer(signal: AgentSignal, gone: AbortSignal): Promise<GateAnswer> {
    switch (signal._tag) {
      case "ToolAsked":
        if (this.driver.gateWaits === true) return this.held(signal.call, gone)
        return this.gate.toolAsked(signal.call)
      case "PermissionAsked":
        return this.gate.permissionAsked(signal.call, gone)
      case "ToolEnded":
        this.noteEnd(signal.call)
        await this.gate.toolEnded(signal.call, this.driver.gateWaits !== true)
        return { _tag: "Nothing" }
      default:
        return { _tag: "Nothing" }
    }
  }

  /** The gate waits for the person, which its agent shows as work. */
  private async held(call: ToolCall, gone: AbortSignal): Promise<GateAnswer> {
    const answer = await this.gate.toolHeld(call, gone, () => {
      this.lastSignal = { name: "approval", state: "waiting", at: performance.now() }
      this.fuse()
    })
    if (this.lastSignal?.name === "approval" && !this.gate.waiting)
      this.lastSignal = { name: "approval", state: "busy", at: performance.now() }
    this.lastLifeAt = performance.now()
    if (answer._tag !== "Allow" && call.callId !== null)
      this.notAllowed = [...this.notAllowed, call.callId].slice(-notAllowedLimit)
    this.fuse()
    return answer
  }

  /** A gate whose hook was killed from outside lets its call go on: that must not stay unseen. */
  private noteEnd(call: ToolCall) {
    if (call.callId === null || !this.notAllowed.includes(call.callId)) return
    const message = `${this.driver.title} ran ${call.tool} although it was not allowed: the hook that asks was ended by something else. Look at what it did: ${JSON.stringify(call.input)}`
    this.facts.fault = { kind: "agent-broken", message: message.slice(0, 1_000), resetAtMillis: null }
  }

  /** What it says by itself once a background command has ended comes after its answer, and does not replace it. */
  private withEarlier(answer: string): string {
    const earlier = this.gate.alone ? (this.facts.answered?.answer ?? "") : ""
    return [earlier, answer]
      .filter((text) => text !== "")
      .join("\n\n")
      .slice(-answerLimit)
  }

  private note(signal: AgentSignal, name: string) {
    this.lastLifeAt = performance.now()
    const state = stateOf(signal)
    if (state !== null) this.lastSignal = { name, state, at: performance.now() }
    switch (signal._tag) {
      case "PromptTaken":
        this.facts.prompts = [...this.facts.prompts, signal.prompt].slice(-20)
        // Both are of what was typed before, perhaps by a person in the terminal.
        this.facts.answered = null
        this.facts.fault = null
        this.gate.alone = false
        break
      case "Woken":
        this.gate.alone = true
        break
      case "ToolAsked":
        this.facts.toolAskedAt = performance.now()
        break
      case "Answered":
        this.facts.answered = {
          answer: this.withEarlier(signal.answer),
          background: signal.background,
          atMillis: performance.now(),
        }
        break
      case "Faulted":
        this.facts.fault = signal.fault
        break
      case "Started":
        if (signal.conversationId !== null && signal.conversationId !== this.place.conversationId)
          this.onConversation(signal.conversationId)
        break
      case "Compacting":
        this.facts.compactions++
        this.onCompacting()
        break
      default:
    }
    this.fuse()
    this.wake()
    this.schedule()
  }

  private async readOnce() {
    if (this.pane === null || this.pane.end !== null) return
    const { pane } = this
    const status = await this.driver
      .status(this.place, this.screen, this.hookState)
      // The machine may be about to go, or be slow; the next reading tells.
      .catch(() => null)
    if (this.pane !== pane || this.closed || status === null) return
    const now = performance.now()
    if (status.version !== this.status?.version) this.lastLifeAt = now
    if (status.state !== this.status?.state) this.statusSince = now
    this.status = status
    this.statusReadAt = now
    this.fuse()
    await this.seeTerminalAnswers(now)
    this.wake()
  }

  /** A dialog that is gone while its hook still waits, or whose hook was ended, was answered in the terminal. */
  private async seeTerminalAnswers(now: number) {
    const { status, gate } = this
    if (status === null || this.driver.gateWaits === true) return
    for (const { ask, state } of gate.book.entries) {
      const { approvalId } = ask
      if (state !== "pending" || approvalId !== gate.lastAsked) continue
      if (status.state === "waiting") this.waitingSeen.add(approvalId)
      else if (this.waitingSeen.has(approvalId) && now - this.statusSince >= terminalMillis) {
        const allowed = gate.hasWaiter(approvalId)
        // The runner knows whether an idle agent was refused or cut off.
        if (!allowed && status.state !== "busy") continue
        await gate.answeredInTerminal(approvalId, allowed ? "allow" : "deny")
      }
    }
  }

  private get hookState(): AgentStatus["state"] | null {
    const state = this.lastSignal?.state
    return state === "idle" || state === "busy" || state === "waiting" ? state : null
  }

  /** The agent's own word comes first, hooks before there is any; what disagrees for long is shown. */
  private fuse() {
    const { pane, status, lastSignal } = this
    if (pane === null) return
    const held = this.driver.gateWaits === true && this.gate.waiting
    const said = status === null || held ? null : status.state === "shell" ? "busy" : status.state
    const hooked = lastSignal !== null && (said === null || lastSignal.at > this.statusReadAt)
    const state = pane.end !== null ? "ended" : hooked ? lastSignal.state : (said ?? "starting")
    const now = Date.now()
    const differs =
      said !== null && lastSignal !== null && pane.end === null && said !== lastSignal.state
        ? performance.now() - Math.max(lastSignal.at, this.statusSince)
        : 0
    const conflict =
      this.alarm !== ""
        ? this.alarm
        : differs > conflictMillis
          ? `the agent says ${said}, hook ${lastSignal?.name} said ${lastSignal?.state}`
          : ""
    const next: AgentState = {
      driver: this.driver.name,
      state,
      source:
        pane.end !== null ? "pane" : hooked ? `hook ${lastSignal.name}` : said === null ? "pane" : "agent",
      sinceMillis: state === this.current.state ? this.current.sinceMillis : now,
      seenAtMillis: now,
      waitingFor: (state === "waiting" ? (status?.waitingFor ?? "") : "").slice(0, waitingForLimit),
      conflict: conflict.slice(0, 300),
    }
    if (pane.end === null) pane.state = state
    const news =
      next.state !== this.current.state ||
      next.conflict !== this.current.conflict ||
      next.waitingFor !== this.current.waitingFor
    this.current = next
    pane.agent = next
    if (news) this.show(next)
  }

  private schedule() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.closed || this.pane === null || this.pane.end !== null) return
    if (!this.active && this.current.state === "idle") return
    const often = this.active || performance.now() < this.settledAt
    const after = often ? pollMillis[this.place.runtime] : pollMillis.between
    this.timer = setTimeout(() => {
      void this.readStatus().finally(() => this.schedule())
    }, after).unref()
  }
}

/** What a hook says about the state; null when it says nothing. */
const stateOf = (signal: AgentSignal): PaneState | null => {
  switch (signal._tag) {
    case "PromptTaken":
    case "Woken":
    case "ToolAsked":
    case "ToolEnded":
      return "busy"
    case "PermissionAsked":
      return "waiting"
    case "Answered":
      return signal.background > 0 ? "busy" : "idle"
    case "Faulted":
      return "idle"
    default:
      return null
  }
}
