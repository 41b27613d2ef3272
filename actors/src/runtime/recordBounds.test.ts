import { describe, expect, it } from "vitest"
import { ApprovalId } from "@maillm/schema/Approval"
import type { ApprovalAsk } from "@maillm/schema/Approval"
import { MessageId, NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { Attachment, MailContent, ParsedMail } from "@maillm/schema/Message"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec, UserCommand } from "@maillm/schema/UserActor"
import { SessionActor } from "../session/SessionActor.ts"
import { UserActor } from "../user/UserActor.ts"
import type { WorldActor, WorldContext } from "../world/Facts.ts"
import { testFacts, testNode } from "../world/testing/testFacts.ts"
import { actorCodec } from "./actorCodec.ts"

/** Every command that its schema lets in must lead to a record that its schema lets out, in one message of NATS. */
const messageLimitBytes = 4 * 1024 * 1024 - 4_096

const id = (letter: string) => letter.repeat(64)
const context: WorldContext = {
  now: 1_800_000_000_000,
  epoch: 1,
  commandId: "c",
  facts: testFacts({
    nodes: [testNode(id("n"), { drivers: ["shell", "claude"] })],
    domain: `${"d".repeat(60)}.example`,
    publicUrl: `https://${"p".repeat(60)}.example`,
    replyLocalPart: (_, userId, id) => `r.${userId}.${id}.fzz.abcdefghijklmnop`.slice(0, 64),
  }),
}

const recordBytes = <State, Command extends { readonly _tag: string }, Event>(
  definition: WorldActor<State, Command, Event>,
  commands: ReadonlyArray<Command>,
  lateness = 0,
): ReadonlyArray<number> => {
  const { encodeRecord } = actorCodec(definition)
  let state = definition.initial(id("a"))
  return commands.map((command, index) => {
    const now = context.now + (index === commands.length - 1 ? lateness : 0)
    const { events, effects } = definition.decide(state, command, { ...context, now })
    for (const event of events) state = definition.evolve(state, event, 1)
    return Buffer.byteLength(
      JSON.stringify(
        encodeRecord({
          v: 1,
          kind: definition.kind,
          id: id("a"),
          commitId: id("c"),
          epoch: 1,
          host: id("h"),
          commandSeq: 1,
          commandId: "c".repeat(200),
          prevSeq: 0,
          atMillis: 1,
          events,
          effects,
        }),
      ),
    )
  })
}

const blob = { sha256: "0".repeat(64), sizeBytes: 9 }
const email = `${"e".repeat(300)}@example.org`
const texts = { ASCII: "x", quotes: '"', "three bytes": "界", "two units": "😀" }
const filled = (fill: string, length: number) => fill.repeat(Math.ceil(length / fill.length)).slice(0, length)
const attachments = (fill: string): ReadonlyArray<Attachment> =>
  Array.from({ length: 100 }, () => ({ name: filled(fill, 255), type: "t".repeat(255), blob }))
const longest = (fill: string, newestText: number): ParsedMail => ({
  from: [email],
  fromHeaderCount: 1,
  fromName: filled(fill, 255),
  subject: filled(fill, 998),
  messageId: `<${filled("m", 996)}>`,
  inReplyTo: `<${filled("i", 996)}>`,
  references: Array.from({ length: 100 }, (_, i) => `<${filled(fill, 980)}${i}>`),
  dateMillis: 1,
  automatic: null,
  newestText: filled(fill, newestText),
  quotedText: filled(fill, 65_536),
  signature: filled(fill, 4_096),
  attachments: attachments(fill),
})

const envelope = {
  from: email,
  to: email,
  remoteAddress: "127.0.0.1",
  helo: "h",
  secure: false,
  authenticatedAs: null,
}
const mailCommands = (content: MailContent, remoteAddress = "127.0.0.1"): ReadonlyArray<UserCommand> => [
  { _tag: "CreateUser", name: "Ada", email, privateLocalPart: `ada.${"a".repeat(26)}` },
  {
    _tag: "ReceiveMail",
    mailId: MessageId.make(id("m")),
    raw: blob,
    envelope: { ...envelope, remoteAddress },
    recipient: { _tag: "Private" },
    receivedAtMillis: 1,
  },
  { _tag: "MailRead", mailId: MessageId.make(id("m")), content },
]

const request = (fill: string, change: Partial<RequestSpec>): RequestSpec => ({
  requestId: RequestId.make("r1"),
  userId: UserId.make(id("u")),
  channel: "email",
  text: filled(fill, 32_768),
  title: filled(fill, 200),
  attachments: attachments(fill),
  replyTo: {
    address: email,
    thread: {
      subject: filled(fill, 998),
      messageId: `<${filled("m", 996)}>`,
      references: Array.from({ length: 100 }, (_, i) => `<${filled(fill, 980)}${i}>`),
    },
  },
  receivedAtMillis: 1,
  refusal: null,
  ...change,
})
const result = (fill: string, outcome: TurnResult["outcome"]): TurnResult => ({
  outcome,
  outputText: filled(fill, 262_144),
  outputBytes: 1e12,
  truncated: true,
  outputBlob: { ...blob, sizeBytes: 1_000_000 },
  startedAtMillis: 1,
  endedAtMillis: 2,
})

const approvalId = (number: number) => ApprovalId.make(`a${number}`)
const ask = (fill: string, turnId: TurnId, number: number): ApprovalAsk => ({
  approvalId: approvalId(number),
  requestId: RequestId.make("r1"),
  turnId,
  kind: "tool",
  tool: filled(fill, 128),
  command: filled(fill, 16_384),
  cwd: filled(fill, 4_096),
  inputHash: "0".repeat(64),
  class: filled(fill, 64),
  reason: filled(fill, 500),
  askedAtMillis: context.now,
  expiresAtMillis: context.now + 3_600_000,
})
const agentResult = (fill: string): TurnResult => ({
  ...result(fill, { _tag: "Answered" }),
  answer: filled(fill, 262_144),
  outputText: filled(fill, 60_000),
  changes: {
    files: Array.from({ length: 200 }, () => ({
      path: filled(fill, 1_000),
      change: "modified",
      added: 1_000_000,
      removed: 1_000_000,
    })),
    fileCount: 1_000_000,
    addedLines: 1_000_000,
    removedLines: 1_000_000,
    patch: blob,
  },
  usage: {
    inputTokens: 1e12,
    outputTokens: 1e12,
    cacheReadTokens: 1e12,
    cacheWriteTokens: 1e12,
    costMicroUsd: 1e12,
    models: Array.from({ length: 10 }, () => filled(fill, 100)),
  },
  recording: blob,
})

/** The turn that is ordered for the first request of a session. */
const orderedTurn = (command: SessionCommand | undefined): string => {
  if (command === undefined) throw new Error("no command")
  const { events } = SessionActor.decide(SessionActor.initial(id("a")), command, context)
  const ordered = events.find((event) => event._tag === "TurnOrdered")
  if (ordered === undefined) throw new Error("no turn was ordered")
  return ordered.turnId
}

describe("records of commands that are as large as they may be", () => {
  for (const [name, fill] of Object.entries(texts)) {
    it(`a user's, of ${name}`, () => {
      const contents: ReadonlyArray<MailContent> = [
        { _tag: "Readable", mail: longest(fill, 32_768) },
        { _tag: "Readable", mail: longest(fill, 262_144) },
        { _tag: "Readable", mail: { ...longest(fill, 10), from: [`x${email.slice(1)}`, email] } },
        { _tag: "Unreadable", reason: filled(fill, 500) },
      ]
      for (const content of contents) {
        expect(Math.max(...recordBytes(UserActor, mailCommands(content)))).toBeLessThan(messageLimitBytes)
        expect(Math.max(...recordBytes(UserActor, mailCommands(content, "192.0.2.1")))).toBeLessThan(
          messageLimitBytes,
        )
      }
      const typed: UserCommand = {
        _tag: "SubmitRequest",
        requestId: RequestId.make(id("r")),
        text: filled(fill, 262_144),
        sessionId: SessionId.make(id("s")),
      }
      expect(Math.max(...recordBytes(UserActor, [typed]))).toBeLessThan(messageLimitBytes)
    })

    it(`a session's, of ${name}`, () => {
      const outcomes: ReadonlyArray<TurnResult["outcome"]> = [
        { _tag: "Exited", exitCode: 0 },
        { _tag: "PaneEnded", exitCode: null, signal: 9 },
        { _tag: "Failed", reason: filled(fill, 1_000), ran: "unknown" },
      ]
      for (const outcome of outcomes) {
        const commands = (turnId: string): ReadonlyArray<SessionCommand> => [
          { _tag: "AddRequest", request: request(fill, {}) },
          { _tag: "AddRequest", request: request(fill, { requestId: RequestId.make("r2") }) },
          {
            _tag: "AddRequest",
            request: request(fill, { requestId: RequestId.make("r3"), refusal: filled(fill, 500) }),
          },
          { _tag: "CancelRequest", requestId: RequestId.make("r1"), by: filled(fill, 320) },
          {
            _tag: "TurnEnded",
            turnId: TurnId.make(turnId),
            nodeId: NodeId.make("n"),
            result: result(fill, outcome),
          },
        ]
        const turnId = orderedTurn(commands("t")[0])
        const sizes = recordBytes(SessionActor, commands(turnId))
        expect(sizes.at(-1)).toBeGreaterThan(500_000)
        expect(Math.max(...sizes)).toBeLessThan(messageLimitBytes)
      }
    })
  }

  for (const [name, fill] of Object.entries(texts)) {
    it(`a session's with its agent, of ${name}`, () => {
      const added: SessionCommand = { _tag: "AddRequest", request: request(fill, { driver: "claude" }) }
      const turnId = TurnId.make(orderedTurn(added))
      const asks = Array.from({ length: 60 }, (_, i): SessionCommand => ({
        _tag: "AskApproval",
        turnId,
        nodeId: NodeId.make("n"),
        ask: ask(fill, turnId, i),
      }))
      const more: SessionCommand = {
        _tag: "AddRequest",
        request: request(fill, { requestId: RequestId.make("r2"), driver: "claude" }),
      }
      const answer: SessionCommand = {
        _tag: "AnswerApproval",
        approvalId: approvalId(0),
        decision: "deny",
        by: filled(fill, 320),
        via: "console",
        note: filled(fill, 1_000),
        replyTo: request(fill, {}).replyTo,
      }
      const ended: SessionCommand = {
        _tag: "TurnEnded",
        turnId,
        nodeId: NodeId.make("n"),
        result: agentResult(fill),
      }
      const last: ReadonlyArray<[SessionCommand, number]> = [
        [answer, 0],
        [ended, 0],
        [{ _tag: "TimerFired", timer: "remind", generation: 1 }, context.facts.agents.reminderMillis],
        [{ _tag: "TimerFired", timer: "expire", generation: 1 }, 24 * 3_600_000],
      ]
      for (const [command, lateness] of last) {
        const sizes = recordBytes(SessionActor, [added, more, ...asks, command], lateness)
        expect(Math.max(...sizes), JSON.stringify(command).slice(0, 60)).toBeLessThan(messageLimitBytes)
      }
    })
  }
})
