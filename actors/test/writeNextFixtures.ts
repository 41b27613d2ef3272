import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { ApprovalId } from "@maillm/schema/Approval"
import { MessageId, NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { MailContent } from "@maillm/schema/Message"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { commandSubject } from "@maillm/schema/Subjects"
import type { TurnOutcome } from "@maillm/schema/Turn"
import type { UserCommand } from "@maillm/schema/UserActor"
import { actorCodec } from "../src/runtime/actorCodec.ts"
import { SessionActor } from "../src/session/SessionActor.ts"
import { UserActor } from "../src/user/UserActor.ts"
import type { WorldActor } from "../src/world/Facts.ts"
import { testFacts, testNode } from "../src/world/testing/testFacts.ts"

/**
 * Writes `schema/fixtures/next/agents.json`: what the actors of today store in a story of approvals, agents that cannot
 * go on, spending and repositories, told to their decisions without a server. See schema/fixtures/README.md.
 *
 *     node actors/test/writeNextFixtures.ts
 */
const user = UserId.make("u-ada")
const session = SessionId.make("s-agents")
const start = Date.UTC(2026, 10, 25, 12)
const written: Array<unknown> = []

const facts = testFacts({
  nodes: [testNode("node-a", { drivers: ["shell", "claude", "codex"] })],
  publicUrl: "https://maillm.example",
  approvalLink: (_, sessionId, approvalId) => `https://maillm.example/approve/u.${sessionId}.${approvalId}.x`,
  agents: {
    defaultDriver: "claude",
    failover: ["codex"],
    approvalMillis: 3_600_000,
    reminderMillis: 600_000,
    spendingCapMicroUsd: 5_000_000,
  },
})

/** One actor as its owner would run it: every command and the record that it leads to are kept. */
class Told<State, Command extends { readonly _tag: string }, Event> {
  state: State
  now = start
  readonly #actor: WorldActor<State, Command, Event>
  readonly #id: string
  #sequence = 0
  #previous = 0

  constructor(actor: WorldActor<State, Command, Event>, id: string) {
    this.#actor = actor
    this.#id = id
    this.state = actor.initial(id)
  }

  tell(command: Command): this {
    const { encodeRecord } = actorCodec(this.#actor)
    const { kind } = this.#actor
    const commandSeq = ++this.#sequence
    const commandId = `${kind}-story-${commandSeq}`
    const { events, effects } = this.#actor.decide(this.state, command, {
      now: this.now,
      epoch: 3,
      commandId,
      facts,
    })
    const envelope = { v: 1, commandId, sentAtMillis: this.now, command: this.#encode(command) }
    written.push({ subject: commandSubject(kind, this.#id), data: envelope })
    if (events.length === 0 && effects.length === 0) return this
    const record = {
      v: 1 as const,
      kind,
      id: this.#id,
      commitId: `commit-${kind}-${commandSeq}`,
      epoch: 3,
      host: "host-a",
      commandSeq,
      commandId,
      prevSeq: this.#previous,
      atMillis: this.now,
      events,
      effects,
    }
    this.#previous = commandSeq
    written.push({ subject: `evt.${kind}.${this.#id}`, data: encodeRecord(record) })
    for (const [index, effect] of effects.entries())
      this.#route(effect, `${kind}.${this.#id}/${commandSeq}/${index}`)
    for (const event of events) this.state = this.#actor.evolve(this.state, event, this.now)
    return this
  }

  /** Commands of this story are JSON as they are. */
  #encode(command: Command): unknown {
    const copy: unknown = JSON.parse(JSON.stringify(command))
    return copy
  }

  #route(effect: Parameters<WorldActor<State, Command, Event>["route"]>[0], effectId: string) {
    const actor = { kind: this.#actor.kind, id: this.#id }
    const message = this.#actor.route(effect, { actor, effectId, atMillis: this.now })
    // Timers need a server to fire; those of version 1 stand for their shape.
    if (effect._tag === "OrderNode" || effect._tag === "SendMail" || effect._tag === "TellUser")
      written.push({
        subject: message.subject,
        headers: Object.fromEntries(message.headers),
        data: JSON.parse(message.data),
      })
  }
}

const sessions = new Told(SessionActor, session)
const users = new Told(UserActor, user)
const turn = () => sessions.state.current?.turnId ?? TurnId.make("none")
const node = NodeId.make("node-a")

const add = (id: string, more: object = {}): SessionCommand => ({
  _tag: "AddRequest",
  request: {
    requestId: RequestId.make(id),
    userId: user,
    channel: "email",
    text: "fix the tests",
    title: "Fix the tests",
    attachments: [],
    replyTo: {
      address: "ada@example.org",
      thread: { subject: "Tests", messageId: "<1@example.org>", references: [] },
    },
    receivedAtMillis: start,
    refusal: null,
    driver: "claude",
    repository: { url: "https://git.example/app.git", branch: "main" },
    ...more,
  },
})
const ask = (id: string): SessionCommand => ({
  _tag: "AskApproval",
  turnId: turn(),
  nodeId: node,
  ask: {
    approvalId: ApprovalId.make(id),
    requestId: RequestId.make("r-1"),
    turnId: turn(),
    kind: "tool",
    tool: "Bash",
    command: "git push --force",
    cwd: "/workspace",
    inputHash: "ab".repeat(32),
    class: id === "a-3" ? "git-push" : "git-history",
    reason: "overwrites commits on a remote",
    askedAtMillis: sessions.now,
    expiresAtMillis: sessions.now + 3_600_000,
  },
})
const answer = (id: string, decision: "allow" | "deny"): SessionCommand => ({
  _tag: "AnswerApproval",
  approvalId: ApprovalId.make(id),
  decision,
  by: "ada@example.org",
  via: "link",
  note: decision === "deny" ? "not today" : "",
  replyTo: {
    address: "ada@example.org",
    thread: { subject: "Re: Tests", messageId: "<2@example.org>", references: [] },
  },
})
const end = (outcome: TurnOutcome): SessionCommand => ({
  _tag: "TurnEnded",
  turnId: turn(),
  nodeId: node,
  result: {
    outcome,
    outputText: "",
    outputBytes: 0,
    truncated: false,
    outputBlob: null,
    startedAtMillis: start,
    endedAtMillis: start + 60_000,
    answer: "Two tests were wrong; **both pass** now.",
    changes: {
      files: [{ path: "src/a.ts", change: "modified", added: 3, removed: 1 }],
      fileCount: 1,
      addedLines: 3,
      removedLines: 1,
      patch: { sha256: "cd".repeat(32), sizeBytes: 400 },
    },
    usage: {
      inputTokens: 1_200,
      outputTokens: 300,
      cacheReadTokens: 40_000,
      cacheWriteTokens: 0,
      costMicroUsd: 41_000,
      models: ["claude-opus"],
    },
    transcript: { sha256: "ad".repeat(32), sizeBytes: 4_000 },
    transcriptText: "fix the tests\nnpm test\n2 failing",
    compactions: 1,
    recording: { sha256: "ef".repeat(32), sizeBytes: 900 },
  },
})
const leave = (id: string): SessionCommand => ({
  _tag: "TurnLeave",
  requestId: RequestId.make(id),
  allowed: true,
  reason: "",
})
const pushed: SessionCommand = {
  _tag: "AnswerApproval",
  approvalId: ApprovalId.make("a-3"),
  decision: "allow",
  by: "ada@example.org",
  via: "console",
  note: "",
  replyTo: null,
}
const fault = {
  kind: "rate-limit",
  message: "429 from the provider",
  resetAtMillis: start + 7_200_000,
  workBegun: true,
} as const

sessions.tell(add("r-1")).tell(leave("r-1"))
sessions.tell({ _tag: "TurnTaken", turnId: turn(), nodeId: node, runtime: "docker", startedAtMillis: start })
sessions.tell(ask("a-1"))
sessions.now += 600_000
sessions.tell({ _tag: "TimerFired", timer: "remind", generation: sessions.now })
sessions.tell(answer("a-1", "allow")).tell(answer("a-1", "deny"))
sessions.tell({ _tag: "CloseApproval", approvalId: ApprovalId.make("a-1"), as: "consumed", detail: "" })
sessions.tell(ask("a-3")).tell({ ...pushed, remember: true })
sessions.tell(ask("a-2")).tell(answer("a-2", "deny"))
sessions.tell(end({ _tag: "AgentFailed", fault })).tell(leave("r-1"))
sessions.tell(end({ _tag: "AgentFailed", fault }))
sessions.now = start + 7_200_000
sessions.tell({ _tag: "TimerFired", timer: "place", generation: sessions.now }).tell(leave("r-1"))
sessions.tell(end({ _tag: "Answered" }))
sessions.tell(add("r-2", { command: { _tag: "Status", known: "Spent this month: $0.04." } }))
sessions.tell(add("r-3", { command: { _tag: "Say", outcome: "What you can write", answer: "- yes" } }))
sessions.tell(add("r-4", { command: { _tag: "Stop" }, escalateTo: "ada@example.org" }))

const mail = (newestText: string, inReplyTo: string): MailContent => ({
  _tag: "Readable",
  mail: {
    from: ["ada@example.org"],
    fromHeaderCount: 1,
    fromName: "Ada",
    subject: "Re: Tests",
    messageId: "<3@example.org>",
    inReplyTo,
    references: [],
    dateMillis: start,
    automatic: null,
    newestText,
    quotedText: "",
    signature: "",
    attachments: [],
  },
})
const note = (open: boolean): UserCommand => ({
  _tag: "NoteApproval",
  approvalId: ApprovalId.make("a-1"),
  sessionId: session,
  requestId: RequestId.make("r-1"),
  code: "7F3K2",
  open,
})
users.tell({ _tag: "CreateUser", name: "Ada", email: "ada@example.org", privateLocalPart: "ada.k3v9" })
users.tell({ _tag: "SetPolicy", layer: { classes: { publish: "deny" } }, by: "ada@example.org" })
users.tell(note(true))
users.tell({
  _tag: "ReceiveMail",
  mailId: MessageId.make("i-1"),
  raw: { sha256: "12".repeat(32), sizeBytes: 700 },
  envelope: {
    from: "ada@example.org",
    to: "ada.k3v9@maillm.test",
    remoteAddress: "127.0.0.1",
    helo: "laptop",
    secure: false,
    authenticatedAs: null,
  },
  recipient: { _tag: "Private" },
  receivedAtMillis: start,
})
users.tell({
  _tag: "MailRead",
  mailId: MessageId.make("i-1"),
  content: mail("Yes, please.", `<q${facts.approvalKey("a-1").tag}.${session}@maillm.test>`),
})
users.tell(note(false))
users.tell({
  _tag: "NoteCost",
  sessionId: session,
  turnId: TurnId.make("t-1"),
  costMicroUsd: 41_000,
  atMillis: start,
})
users.tell({ _tag: "AskTurnLeave", sessionId: session, requestId: RequestId.make("r-1") })
users.tell({
  _tag: "SubmitRequest",
  requestId: RequestId.make("r-5"),
  text: "/agent codex\nfix the tests",
  sessionId: null,
  driver: "claude",
  repository: { url: "https://git.example/app.git", branch: null },
})

const folder = join(import.meta.dirname, "../../schema/fixtures/next")
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, "agents.json"), `${JSON.stringify(written, null, 1)}\n`)
console.log(`${written.length} messages in ${folder}`)
