import { describeToolCall, inputHash, judgeTool } from "@maillm/actors/policy/judgeTool"
import type { Verdict } from "@maillm/actors/policy/Verdict"
import type { RequestId, TurnId } from "@maillm/schema/Ids"
import type { Policy } from "@maillm/schema/Policy"
import type { GateAnswer, ToolCall } from "../driver/AgentSignal.ts"
import type { ApprovalBook } from "./ApprovalBook.ts"
import { openLimit } from "./ApprovalBook.ts"
import type { ApprovalEntry } from "./ApprovalEntry.ts"

/** Longest wait, one minute below the forwarder's. */
export const approvalLimitMillis = 1_380 * 60_000
/** Tools whose own dialog is a question to the person, whatever the policy says to them. */
const questions: ReadonlySet<string> = new Set(["AskUserQuestion", "ExitPlanMode"])

/** The turn whose tool calls are asked about. */
export interface GatedTurn {
  readonly turnId: TurnId
  readonly requestId: RequestId
  readonly approvalMillis: number
  readonly policy: Policy
}

/** What holds between turns, and where the agent's files are: paths as its pane sees them. */
export interface GateOptions {
  readonly policy: Policy
  readonly workspace: string
  readonly home: string
  /** Whether the call only writes what the agent keeps for itself: nobody is asked then. */
  readonly writesOwnFile?: (call: ToolCall) => boolean
}

const nobodyAsked =
  "That needs a person's answer, and no request of maillm is under way that one could be asked for: run it yourself, or send it as a request."
const made = "the tool call was made"
/** As many as may be open. */
const givenLimit = openLimit
const tooMany = `More than ${openLimit} approvals are open; nothing more is asked.`

/**
 * Decides about the tool calls of one session. `ToolAsked` is answered at once; what needs a person is answered `Ask`,
 * which makes the agent open its own dialog and ask by `PermissionAsked`, where the answer is waited for while the
 * terminal may give it too. Approvals are in the book before anything is answered, so whoever asks the same again,
 * also after a restart of whatever, meets the same approval.
 */
export class Gate {
  turn: GatedTurn | null = null
  /** The agent goes on by itself: between turns nobody is there who could be asked. */
  alone = false
  readonly book: ApprovalBook
  private readonly options: GateOptions
  private readonly waiters = new Map<string, Set<() => void>>()
  /** Approvals whose yes a dialog was given by this process: one that waits beside it gets none. */
  private readonly given = new Set<string>()
  /** Approval of the dialog that was opened last, as far as this process has seen. */
  lastAsked: string | null = null

  constructor(book: ApprovalBook, options: GateOptions) {
    this.book = book
    this.options = options
  }

  /** Wakes who waits for an answer: to be called when the book has changed. */
  changed() {
    for (const [approvalId, waiting] of this.waiters) {
      if (this.book.get(approvalId)?.state === "pending") continue
      for (const wake of waiting) wake()
    }
  }

  /** Whether somebody waits in the agent for the answer. */
  hasWaiter(approvalId: string): boolean {
    return (this.waiters.get(approvalId)?.size ?? 0) > 0
  }

  get waiting(): boolean {
    return this.waiters.size > 0
  }

  async toolAsked(call: ToolCall): Promise<GateAnswer> {
    const verdict = this.judge(call)
    if (verdict.verdict === "deny") return { _tag: "Deny", reason: forAgent(verdict) }
    if (questions.has(call.tool)) return { _tag: "Ask", reason: "This is a question to the user." }
    if (verdict.verdict === "allow" || this.options.writesOwnFile?.(call) === true)
      return { _tag: "Allow", note: "" }
    const { turn } = this
    if (turn === null && this.alone) return { _tag: "Deny", reason: `${verdict.reason} ${nobodyAsked}` }
    // A person is at the terminal and typed what led here: the dialog asks them.
    if (turn === null) return { _tag: "Ask", reason: verdict.reason }
    const hash = hashOf(call)
    if (call.callId !== null && this.book.consumedBy(turn.turnId, hash, call.callId) !== undefined)
      return { _tag: "Allow", note: "" }
    for (;;) {
      const entry = await this.ask(turn, call, verdict, "tool")
      if (entry === null) return { _tag: "Deny", reason: tooMany }
      if (entry.state === "denied") return { _tag: "Deny", reason: refusal(entry) }
      if (entry.state !== "allowed") return { _tag: "Ask", reason: verdict.reason }
      const { approvalId } = entry.ask
      // The dialog was answered, and what it asked about was not seen to begin. If it did, this is another one.
      const ofDialog = entry.handedOut || entry.answer?.via === "terminal"
      if (ofDialog) await this.book.consume(approvalId, null, "it was allowed in the dialog")
      else if (await this.book.consume(approvalId, call.callId, "the tool call began"))
        return { _tag: "Allow", note: "" }
    }
  }

  /**
   * `toolAsked` for an agent that has no dialog which the gate could open: waits here for the answer, as long as it
   * takes or until who asks is gone. `onWait` is called before it does. Never answers `Ask`.
   */
  async toolHeld(call: ToolCall, gone: AbortSignal, onWait: () => void): Promise<GateAnswer> {
    for (;;) {
      const answer = await this.toolAsked(call)
      if (answer._tag !== "Ask") return answer
      const { turn } = this
      if (turn === null) return { _tag: "Deny", reason: `${answer.reason} ${nobodyAsked}` }
      const inputHash = hashOf(call)
      const entry = this.book.entries.findLast(
        (one) => one.turnId === turn.turnId && one.ask.inputHash === inputHash,
      )
      if (entry === undefined) return { _tag: "Deny", reason: `${answer.reason} It could not be asked for.` }
      const { approvalId } = entry.ask
      this.lastAsked = approvalId
      const waited = this.decided(approvalId, gone)
      onWait()
      await waited
      const now = this.book.get(approvalId)?.state
      if (gone.aborted || (now !== "allowed" && now !== "denied"))
        return { _tag: "Deny", reason: "The question was withdrawn before it was answered." }
    }
  }

  /** Waits for the answer as long as it takes, or until who asks is gone. Of equal dialogs at once each needs its own. */
  async permissionAsked(call: ToolCall, gone: AbortSignal): Promise<GateAnswer> {
    for (;;) {
      const { turn } = this
      if (turn === null) return this.alone ? { _tag: "Deny", reason: nobodyAsked } : { _tag: "Nothing" }
      const verdict = this.judge(call)
      if (verdict.verdict === "deny") return { _tag: "Deny", reason: forAgent(verdict) }
      const isTool = verdict.verdict === "ask" && !questions.has(call.tool)
      const why = isTool ? verdict : { ...verdict, reason: "The agent asks for it." }
      const entry = await this.ask(turn, call, why, isTool ? "tool" : "prompt")
      if (entry === null) return { _tag: "Deny", reason: tooMany }
      const { approvalId } = entry.ask
      this.lastAsked = approvalId
      await this.decided(approvalId, gone)
      const now = this.book.get(approvalId)
      if (gone.aborted || now === undefined || now.state === "pending") return { _tag: "Nothing" }
      if (now.state === "denied") return { _tag: "Deny", reason: refusal(now) }
      const isGiven = this.given.has(approvalId)
      if (!isGiven && (now.state !== "allowed" || now.answer?.via === "terminal")) return { _tag: "Nothing" }
      if (!isGiven) {
        this.given.add(approvalId)
        for (const old of this.given) if (this.given.size > givenLimit) this.given.delete(old)
        await this.book.handOut(approvalId, true)
        return { _tag: "Allow", note: now.answer?.note ?? "" }
      }
      await this.book.consume(approvalId, null, "it was allowed in another dialog")
    }
  }

  /**
   * The call was made: what allowed it is used up. Where agents have a dialog, one that still waits was answered in the
   * terminal.
   */
  async toolEnded(call: ToolCall, hasDialog: boolean): Promise<void> {
    const { turn } = this
    if (turn === null) return
    const hash = hashOf(call)
    const { callId } = call
    if (callId !== null && this.book.consumedBy(turn.turnId, hash, callId) !== undefined) return
    const same = this.book.entries.filter((one) => one.turnId === turn.turnId && one.ask.inputHash === hash)
    const given = same.find(
      ({ ask, state, callId: by }) => state === "consumed" && by === null && this.given.has(ask.approvalId),
    )
    const entry = same.find(({ state }) => state === "allowed")
    if (entry !== undefined) return void (await this.book.consume(entry.ask.approvalId, callId, made))
    if (given !== undefined) return this.book.noteCall(given.ask.approvalId, callId)
    const waiting = hasDialog ? same.find(({ state }) => state === "pending") : undefined
    if (waiting === undefined) return
    await this.answeredInTerminal(waiting.ask.approvalId, "allow")
    await this.book.consume(waiting.ask.approvalId, callId, made)
  }

  /** A person has ended the turn there, and with it the dialog that was open. */
  async refusedInTerminal(): Promise<void> {
    const entry = this.lastAsked === null ? undefined : this.book.get(this.lastAsked)
    if (entry?.state === "pending" && entry.turnId === this.turn?.turnId)
      await this.answeredInTerminal(entry.ask.approvalId, "deny")
  }

  answeredInTerminal(approvalId: string, decision: "allow" | "deny"): Promise<void> {
    const entry = this.book.get(approvalId)
    if (entry === undefined) return Promise.resolve()
    return this.book.answer({
      approvalId: entry.ask.approvalId,
      decision,
      by: "the terminal",
      via: "terminal",
      note: "",
    })
  }

  private judge({ cwd, input, tool }: ToolCall): Verdict {
    const { home, policy, workspace } = this.options
    return judgeTool(tool, input, { cwd, home, workspace }, this.turn?.policy ?? policy)
  }

  private async ask(
    turn: GatedTurn,
    call: ToolCall,
    verdict: Pick<Verdict, "class" | "reason">,
    kind: "tool" | "prompt",
  ): Promise<ApprovalEntry | null> {
    const now = Date.now()
    return this.book.ask({
      turnId: turn.turnId,
      requestId: turn.requestId,
      kind,
      tool: call.tool.slice(0, 128),
      command: describeToolCall(call.tool, call.input).slice(0, 16_384),
      cwd: call.cwd.slice(0, 4_096),
      inputHash: hashOf(call),
      class: verdict.class.slice(0, 64),
      reason: verdict.reason.slice(0, 500),
      askedAtMillis: now,
      expiresAtMillis: now + Math.min(turn.approvalMillis, approvalLimitMillis),
    })
  }

  private async decided(approvalId: string, gone: AbortSignal): Promise<void> {
    const pending = () => !gone.aborted && this.book.get(approvalId)?.state === "pending"
    while (pending()) {
      await new Promise<void>((resolve) => {
        const waiting = this.waiters.get(approvalId) ?? new Set()
        this.waiters.set(approvalId, waiting)
        const done = () => {
          waiting.delete(done)
          if (waiting.size === 0) this.waiters.delete(approvalId)
          gone.removeEventListener("abort", done)
          resolve()
        }
        waiting.add(done)
        gone.addEventListener("abort", done)
        if (!pending()) done()
      })
    }
  }
}

/** Of what will happen: the words in which the agent describes it differ each time that it asks. */
const hashOf = ({ cwd, input, tool }: ToolCall): string => {
  if (typeof input !== "object" || input === null || !("command" in input)) return inputHash(tool, input, cwd)
  return inputHash(tool, { ...input, description: undefined }, cwd)
}

const forAgent = ({ class: name, reason }: Verdict) =>
  `maillm's policy does not allow this (${name}): ${reason}. Do not try it another way; say in your answer that it was not allowed.`

const refusal = ({ answer, detail }: ApprovalEntry): string => {
  if (answer?.by === "nobody" || answer === null)
    return `Nobody has allowed this in time${detail === "" ? "" : ` (${detail})`}. Do not try it another way; say in your answer what was left undone.`
  const said = answer.note === "" ? "" : ` They say: ${answer.note}`
  return `The user has refused this.${said}`
}
