import { ApprovalId } from "@maillm/schema/Approval"
import type { ApprovalAsk } from "@maillm/schema/Approval"
import { NodeId, RequestId, TurnId, UserId } from "@maillm/schema/Ids"
import type { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import type { AgentFault, DriverName, TurnOutcome } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { Facts, WorldContext } from "../../world/Facts.ts"
import { testFacts, testNode } from "../../world/testing/testFacts.ts"
import { SessionActor } from "../SessionActor.ts"
import { initialSession } from "../SessionState.ts"
import type { SessionState } from "../SessionState.ts"

export const agentNode = (
  drivers: ReadonlyArray<DriverName> = ["shell", "claude"],
  limited: Partial<Record<DriverName, number>> = {},
) =>
  testNode("n1", {
    drivers,
    agents: drivers.map((driver) => ({
      driver,
      version: "1",
      problem: "",
      limitedUntilMillis: limited[driver] ?? null,
    })),
  })

/** Facts with one node that has Claude Code, which is also the default driver. */
export const agentFacts = (patch: Partial<Facts> = {}, agents: Partial<Facts["agents"]> = {}): Facts => {
  const facts = testFacts({ nodes: [agentNode()], publicUrl: "http://console", ...patch })
  return { ...facts, agents: { ...facts.agents, defaultDriver: "claude", ...agents } }
}

/** A session whose clock and facts a test sets, one command after another. */
export class SessionRun {
  now = 1_000_000
  state: SessionState = initialSession("s1")
  /** What the last command decided. */
  events: ReadonlyArray<SessionEvent> = []
  effects: ReturnType<typeof SessionActor.decide>["effects"] = []
  facts: Facts

  constructor(facts: Facts = agentFacts()) {
    this.facts = facts
  }

  do(command: SessionCommand): this {
    const context: WorldContext = { now: this.now, epoch: 7, commandId: "c", facts: this.facts }
    const { events, effects } = SessionActor.decide(this.state, command, context)
    for (const event of events) this.state = SessionActor.evolve(this.state, event, this.now)
    this.events = events
    this.effects = effects
    return this
  }

  get tags() {
    return this.events.map((event) => event._tag)
  }

  /** Mails that the last command sent. */
  get mails() {
    return this.effects.flatMap((effect) => (effect._tag === "SendMail" ? [effect.mail] : []))
  }

  /** Orders to nodes that the last command gave. */
  get orders() {
    return this.effects.flatMap((effect) => (effect._tag === "OrderNode" ? [effect.order] : []))
  }

  /** What the last command told the user's actor. */
  get told() {
    return this.effects.flatMap((effect) => (effect._tag === "TellUser" ? [effect.command] : []))
  }

  get timers() {
    return this.effects.flatMap((effect) => (effect._tag === "SetTimer" ? [effect] : []))
  }

  add(id: string, patch: Partial<RequestSpec> = {}): this {
    return this.do({ _tag: "AddRequest", request: request(id, patch) })
  }

  taken(): this {
    const turnId = this.turnId
    return this.do({ _tag: "TurnTaken", turnId, nodeId, runtime: "docker", startedAtMillis: this.now })
  }

  get turnId() {
    return this.state.current?.turnId ?? TurnId.make("none")
  }

  ask(id: string, patch: Partial<ApprovalAsk> = {}): this {
    const ask: ApprovalAsk = {
      approvalId: ApprovalId.make(id),
      requestId: this.state.current?.request.requestId ?? RequestId.make("none"),
      turnId: this.turnId,
      kind: "tool",
      tool: "Bash",
      command: "git push --force",
      cwd: "/workspace",
      inputHash: "0".repeat(64),
      class: "git-history",
      reason: "overwrites a branch on the remote",
      askedAtMillis: this.now,
      expiresAtMillis: this.now + 3_600_000,
      ...patch,
    }
    return this.do({ _tag: "AskApproval", turnId: this.turnId, nodeId, ask })
  }

  answer(
    id: string,
    decision: "allow" | "deny",
    patch: Partial<Extract<SessionCommand, { readonly _tag: "AnswerApproval" }>> = {},
  ): this {
    return this.do({
      _tag: "AnswerApproval",
      approvalId: ApprovalId.make(id),
      decision,
      by: "ada@example.org",
      via: "console",
      note: "",
      replyTo: null,
      ...patch,
    })
  }

  end(outcome: TurnOutcome, more: { readonly costMicroUsd?: number } = {}): this {
    return this.do({
      _tag: "TurnEnded",
      turnId: this.turnId,
      nodeId,
      result: {
        outcome,
        outputText: "",
        outputBytes: 0,
        truncated: false,
        outputBlob: null,
        startedAtMillis: this.now,
        endedAtMillis: this.now + 1_000,
        answer: "Fixed.",
        usage: {
          inputTokens: 10,
          outputTokens: 2,
          cacheReadTokens: 0,
          cacheWriteTokens: 0,
          costMicroUsd: more.costMicroUsd ?? null,
          models: ["m"],
        },
      },
    })
  }

  fail(fault: Partial<AgentFault>): this {
    return this.end({
      _tag: "AgentFailed",
      fault: { kind: "rate-limit", message: "429", resetAtMillis: null, workBegun: false, ...fault },
    })
  }

  fire(timer: string, generation = 0): this {
    return this.do({ _tag: "TimerFired", timer, generation })
  }

  approval(id: string) {
    return this.state.approvals.find(({ approvalId }) => approvalId === id)
  }
}

const nodeId = NodeId.make("n1")

export const request = (id: string, patch: Partial<RequestSpec> = {}): RequestSpec => ({
  requestId: RequestId.make(id),
  userId: UserId.make("u1"),
  channel: "email",
  text: "fix the tests",
  title: "Fix the tests",
  attachments: [],
  replyTo: {
    address: "ada@example.org",
    thread: { subject: "Fix the tests", messageId: "<in@example.org>", references: [] },
  },
  receivedAtMillis: 1,
  refusal: null,
  ...patch,
})
