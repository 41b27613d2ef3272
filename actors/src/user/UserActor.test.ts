import { describe, expect, it } from "vitest"
import { ApprovalId } from "@maillm/schema/Approval"
import { MessageId, RequestId, SessionId, TurnId } from "@maillm/schema/Ids"
import type { Envelope, MailContent, Recipient } from "@maillm/schema/Message"
import type { UserCommand } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { testFacts } from "../world/testing/testFacts.ts"
import { requestTitle } from "./requestText.ts"
import { loopbackEnvelope as envelope, readableMail as mail } from "./testing/sampleMails.ts"
import { UserActor } from "./UserActor.ts"
import { initialUser } from "./UserState.ts"
import type { UserState } from "./UserState.ts"

const context: WorldContext = {
  now: 5,
  epoch: 1,
  commandId: "c",
  facts: testFacts(),
}
const receive = (
  id: string,
  patch: Partial<Envelope> = {},
  recipient: Recipient = { _tag: "Private" },
): UserCommand => ({
  _tag: "ReceiveMail",
  mailId: MessageId.make(id),
  raw: { sha256: "0".repeat(64), sizeBytes: 9 },
  envelope: { ...envelope, ...patch },
  recipient,
  receivedAtMillis: 1,
})
const read = (id: string, content: MailContent): UserCommand => ({
  _tag: "MailRead",
  mailId: MessageId.make(id),
  content,
})
const create: UserCommand = {
  _tag: "CreateUser",
  name: "Ada",
  email: "ada@example.org",
  privateLocalPart: `ada.${"a".repeat(26)}`,
}

const run = (commands: ReadonlyArray<UserCommand>) => {
  let state: UserState = initialUser("u1")
  let last = UserActor.decide(state, create, context)
  for (const command of [create, ...commands]) {
    last = UserActor.decide(state, command, context)
    for (const event of last.events) state = UserActor.evolve(state, event, 0)
  }
  return { state, ...last, tags: last.events.map((event) => event._tag) }
}
const tellOf = (result: ReturnType<typeof run>) =>
  result.effects.find((effect) => effect._tag === "TellSession")

describe("UserActor", () => {
  it("binds the private address when it is created, and only then", () => {
    const announced = {
      _tag: "AnnounceAccount",
      userId: "u1",
      account: { email: "ada@example.org", privateLocalPart: `ada.${"a".repeat(26)}` },
    }
    expect(run([]).effects).toEqual([
      { _tag: "BindAddress", localPart: `ada.${"a".repeat(26)}`, userId: "u1" },
      announced,
    ])
    expect(run([create])).toMatchObject({ events: [], effects: [announced] })
  })

  it("follows its settings: mail from a new address of the owner is acted on, from the old one no more", () => {
    const moved: UserCommand = { ...create, email: "ada@new.example" }
    const now = run([moved, receive("m1"), read("m1", mail({ from: ["ada@new.example"] }))])
    expect(tellOf(now)?.command).toMatchObject({ request: { replyTo: { address: "ada@new.example" } } })
    expect(run([moved, receive("m1"), read("m1", mail())]).tags).toEqual(["MailQuarantined"])
    expect(run([moved, create]).state.email).toBe("ada@example.org")
  })

  it("has a received mail parsed, then opens a request in a new session", () => {
    const received = run([receive("m1")])
    expect(received.effects[0]).toMatchObject({ _tag: "RunJob", job: { mailId: "m1" } })
    const opened = run([receive("m1"), read("m1", mail())])
    expect(opened.tags).toEqual(["MailAccepted", "RequestOpened"])
    expect(tellOf(opened)?.command).toMatchObject({
      _tag: "AddRequest",
      request: { title: "Fix it", text: "make test", refusal: null },
    })
    expect(opened.state.pendingMails).toEqual([])
    expect(run([receive("m1"), read("m1", mail()), read("m1", mail())]).events).toEqual([])
  })

  it("continues the session of a signed address, or of our message that is answered", () => {
    const first = run([receive("m1"), read("m1", mail())])
    const sessionId = first.state.sessions[0] ?? SessionId.make("none")
    const bySignedAddress = run([
      receive("m1"),
      read("m1", mail()),
      receive("m2", {}, { _tag: "Session", sessionId }),
      read("m2", mail({ newestText: "again" })),
    ])
    expect(tellOf(bySignedAddress)?.sessionId).toBe(sessionId)
    const byThread = run([
      receive("m1"),
      read("m1", mail()),
      receive("m2"),
      read("m2", mail({ references: ["<1@example.org>", `<mr1.${sessionId}@maillm.test>`] })),
    ])
    expect(tellOf(byThread)?.sessionId).toBe(sessionId)
    const stranger = run([receive("m2"), read("m2", mail({ references: ["<m.snotours@maillm.test>"] }))])
    expect(tellOf(stranger)?.sessionId).not.toBe("snotours")
  })

  it("quarantines what may not act, with every reason and without an answer", () => {
    const result = run([
      receive("m1", { remoteAddress: "203.0.113.9" }),
      read("m1", mail({ from: ["eve@example.org"] })),
    ])
    expect(result.tags).toEqual(["MailQuarantined"])
    expect(result.effects).toEqual([])
    expect(result.events[0]).toMatchObject({
      reasons: [expect.stringContaining("203.0.113.9"), expect.stringContaining("eve@example.org")],
    })
  })

  it("answers the owner's blank or unreadable mail with the reason", () => {
    const blank = run([receive("m1"), read("m1", mail({ newestText: " \n" }))])
    expect(blank.tags).toEqual(["MailRefused", "RequestOpened"])
    expect(tellOf(blank)?.command).toMatchObject({ request: { refusal: expect.stringContaining("no text") } })
    const unreadable = run([receive("m1"), read("m1", { _tag: "Unreadable", reason: "5,000 parts" })])
    expect(tellOf(unreadable)?.command).toMatchObject({
      request: { refusal: "The mail cannot be read: 5,000 parts" },
    })
  })

  it("opens console requests in a new session or a known one", () => {
    const submit = (id: string, sessionId: string | null): UserCommand => ({
      _tag: "SubmitRequest",
      requestId: RequestId.make(id),
      text: "ls",
      sessionId: sessionId === null ? null : SessionId.make(sessionId),
    })
    const first = run([submit("r1", null)])
    const sessionId = first.state.sessions[0] ?? ""
    expect(tellOf(run([submit("r1", null), submit("r2", sessionId)]))?.sessionId).toBe(sessionId)
    expect(tellOf(run([submit("r2", "sother")]))?.command).toMatchObject({
      request: { refusal: expect.stringContaining("sother") },
    })
  })
})

describe("requestTitle", () => {
  it.each([
    ["Re: AW: Fwd: Build it", "x", "Build it"],
    ["", "\n  first line\nsecond", "first line"],
    ["Re:", "", "(no text)"],
    ["a\u202Eb\u001b[0m", "x", "a b [0m"],
    ["x".repeat(500), "", `${"x".repeat(119)}…`],
  ])("%j", (subject, text, title) => expect(requestTitle(subject, text)).toBe(title))
})

describe("approvals and money", () => {
  const at = (state: UserState, command: UserCommand, facts = testFacts(), now = Date.UTC(2026, 10, 25)) => {
    const decision = UserActor.decide(state, command, { now, epoch: 1, commandId: "c", facts })
    return {
      ...decision,
      state: decision.events.reduce((before, event) => UserActor.evolve(before, event, now), state),
    }
  }
  const cost = (turnId: string, costMicroUsd: number, atMillis: number): UserCommand => ({
    _tag: "NoteCost",
    sessionId: SessionId.make("s1"),
    turnId: TurnId.make(turnId),
    costMicroUsd,
    atMillis,
  })
  const leave: UserCommand = {
    _tag: "AskTurnLeave",
    sessionId: SessionId.make("s1"),
    requestId: RequestId.make("r1"),
  }
  const facts = testFacts()
  const capped = { ...facts, agents: { ...facts.agents, spendingCapMicroUsd: 2_000_000 } }
  const answerOf = (state: UserState, now?: number) => {
    const [effect] = at(state, leave, capped, now).effects
    return effect?._tag === "TellSession" && effect.command._tag === "TurnLeave" ? effect.command : null
  }

  it("counts each turn's cost once, by the month it fell into, and stops at the cap", () => {
    const november = Date.UTC(2026, 10, 25)
    let { state } = at(initialUser("u1"), cost("t1", 1_500_000, november))
    expect(answerOf(state)).toMatchObject({ allowed: true })
    state = at(state, cost("t1", 1_500_000, november)).state
    expect(state.spending.microUsd).toBe(1_500_000)
    state = at(state, cost("t2", 500_000, november)).state
    expect(answerOf(state)).toMatchObject({ allowed: false, reason: expect.stringContaining("$2.00") })
    expect(answerOf(state, Date.UTC(2026, 11, 1))).toMatchObject({ allowed: true })
    state = at(state, cost("t3", 100, Date.UTC(2026, 11, 1))).state
    expect(state.spending).toMatchObject({ month: "2026-12", microUsd: 100 })
    state = at(state, cost("t4", 900, november)).state
    expect(state.spending.microUsd).toBe(100)
  })

  it("passes a mail's answer to the session of the question, and opens no request", () => {
    const note: UserCommand = {
      _tag: "NoteApproval",
      approvalId: ApprovalId.make("a1"),
      sessionId: SessionId.make("s1"),
      requestId: RequestId.make("r1"),
      code: "7F3K2",
      open: true,
    }
    const opened = at(at(initialUser("u1"), create).state, note).state
    const received = at(opened, {
      _tag: "ReceiveMail",
      mailId: MessageId.make("i1"),
      raw: { sha256: "0".repeat(64), sizeBytes: 1 },
      envelope,
      recipient: { _tag: "Private" },
      receivedAtMillis: 1,
    }).state
    const read = (newestText: string, inReplyTo: string) =>
      at(received, {
        _tag: "MailRead",
        mailId: MessageId.make("i1"),
        content: mail({ newestText, inReplyTo }),
      })
    const { tag } = testFacts().approvalKey("a1")
    const answered = read("Yes please", `<q${tag}.s1@maillm.test>`)
    expect(answered.events).toMatchObject([{ _tag: "MailAnswered", approvalId: "a1", decision: "allow" }])
    expect(answered.effects).toMatchObject([
      {
        _tag: "TellSession",
        sessionId: "s1",
        command: { _tag: "AnswerApproval", via: "email", decision: "allow" },
      },
    ])
    expect(answered.state.pendingMails).toEqual([])
    // Another installation's question and another session's are none of ours, and an approval's id alone proves nothing.
    for (const other of [
      `<q${tag}.s1@elsewhere.test>`,
      `<q${tag}.s2@maillm.test>`,
      `<m${tag}.s1@maillm.test>`,
      "<qa1.s1@maillm.test>",
    ])
      expect(read("Yes please", other).events[0]?._tag, other).toBe("MailAccepted")
  })
})
