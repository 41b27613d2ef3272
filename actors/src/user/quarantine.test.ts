import { describe, expect, test } from "vitest"
import { ApprovalId } from "@maillm/schema/Approval"
import { MessageId, RequestId, SessionId } from "@maillm/schema/Ids"
import type { ParsedMail } from "@maillm/schema/Message"
import type { UserCommand } from "@maillm/schema/UserActor"
import { testFacts } from "../world/testing/testFacts.ts"
import { readableMail, relayedMail } from "./testing/sampleMails.ts"
import { UserActor } from "./UserActor.ts"
import { heldLimit, initialUser, seenLimit } from "./UserState.ts"
import type { UserState } from "./UserState.ts"

const create: UserCommand = {
  _tag: "CreateUser",
  name: "Ada",
  email: "ada@example.org",
  privateLocalPart: `ada.${"a".repeat(26)}`,
}
const read = (id: string, patch: Partial<ParsedMail> = {}): UserCommand => ({
  _tag: "MailRead",
  mailId: MessageId.make(id),
  content: readableMail(patch),
})
const release = (id: string): UserCommand => ({
  _tag: "ReleaseMail",
  mailId: MessageId.make(id),
  by: "ada@example.org",
})
const run = (commands: ReadonlyArray<UserCommand>, begin: UserState = initialUser("u1")) => {
  let state = begin
  const tags: Array<string> = []
  let last: ReturnType<typeof UserActor.decide> = { events: [], effects: [] }
  for (const command of commands) {
    last = UserActor.decide(state, command, { now: 5, epoch: 1, commandId: "c", facts: testFacts() })
    for (const event of last.events) {
      tags.push(event._tag)
      state = UserActor.evolve(state, event, 0)
    }
  }
  const told = last.effects.flatMap((effect) => (effect._tag === "TellSession" ? [effect.command] : []))
  return { state, tags, last, told }
}
const stranger = { standing: "unproven", author: "eve@evil.example" } as const

describe("mail from other servers", () => {
  test("that is proven opens a request, as the owner's own", () => {
    const { state, tags, told } = run([create, relayedMail("m1"), read("m1")])
    expect(tags).toEqual(["UserCreated", "MailReceived", "MailAccepted", "RequestOpened"])
    expect(told[0]).not.toHaveProperty("request.policy")
    expect(state.seenMails).toMatchObject([{ mailId: "m1", marks: ["a".repeat(32)] }])
  })

  test("is held when it repeats one that was acted on, and not when that one only waits to be acted on", () => {
    const first = [create, relayedMail("m1"), read("m1")]
    expect(run([...first, relayedMail("m2", {}, 9), read("m2")]).tags.at(-1)).toBe("MailQuarantined")
    expect(run([...first, relayedMail("m1", {}, 9), read("m1")]).tags).toHaveLength(4)
    expect(run([create, relayedMail("m1"), relayedMail("m2", {}, 9), read("m2")]).tags.at(-1)).toBe(
      "RequestOpened",
    )
  })

  test("is remembered for a month, and no more of them than there is room for", () => {
    const day = 24 * 3_600_000
    const mails = Array.from({ length: seenLimit + 5 }, (_, i) => [
      relayedMail(`m${i}`, { marks: [i.toString(16).padStart(32, "0")] }, i * 3_600_000),
      read(`m${i}`),
    ]).flat()
    const { state } = run([create, ...mails])
    expect(state.seenMails.length).toBeLessThanOrEqual(seenLimit)
    const ages = state.seenMails.map(({ receivedAtMillis }) => receivedAtMillis)
    expect(Math.max(...ages) - Math.min(...ages)).toBeLessThanOrEqual(30 * day)
  })
})

describe("quarantine", () => {
  const heldMail = [create, relayedMail("m1", stranger), read("m1", { from: ["eve@evil.example"] })]

  test("a mail that is released is read again and done, under a policy that is not the lenient one", () => {
    const { last, state, tags } = run([...heldMail, release("m1")])
    expect(tags.slice(-2)).toEqual(["MailQuarantined", "MailReleased"])
    expect(last.effects).toMatchObject([{ _tag: "RunJob", job: { mailId: "m1", released: true } }])
    const done = run([read("m1", { from: ["eve@evil.example"] })], state)
    expect(done.tags).toEqual(["MailAccepted", "RequestOpened"])
    expect(done.told[0]).toMatchObject({
      request: {
        text: "make test",
        replyTo: { address: "ada@example.org" },
        policy: { ownRequests: { "network-egress": "ask", unknown: "ask" } },
      },
    })
    expect(done.state).toMatchObject({ heldMails: [], pendingMails: [] })
  })

  test("releasing twice has one effect, also after it was done", () => {
    expect(run([...heldMail, release("m1"), release("m1")]).last).toEqual({ events: [], effects: [] })
    const done = run([...heldMail, release("m1"), read("m1"), read("m1"), release("m1")])
    expect(done.tags.filter((tag) => tag === "RequestOpened")).toHaveLength(1)
  })

  test("what is not in quarantine cannot be released", () => {
    for (const id of ["m1", "m9"])
      expect(run([create, relayedMail("m1"), release(id)]).last).toEqual({ events: [], effects: [] })
  })

  test("holds so many at most", () => {
    const flood = Array.from({ length: heldLimit + 3 }, (_, i) => [
      relayedMail(`m${i}`, stranger),
      read(`m${i}`),
    ]).flat()
    const { state } = run([create, ...flood])
    expect(state.heldMails).toHaveLength(heldLimit)
    expect(state.heldMails[0]?.mailId).toBe("m3")
  })
})

describe("a mail that only a forwarder or a release vouches for", () => {
  const open: UserCommand = {
    _tag: "NoteApproval",
    approvalId: ApprovalId.make("a1"),
    sessionId: SessionId.make("s1"),
    requestId: RequestId.make("r1"),
    code: "7F3K2",
    open: true,
  }
  const answer = (text: string, mail: UserCommand, more: ReadonlyArray<UserCommand> = []) =>
    run([create, open, mail, read("m1", { newestText: text }), ...more])

  test("allows nothing", () => {
    expect(answer("yes 7F3K2", relayedMail("m1")).tags.at(-1)).toBe("MailAnswered")
    const forwarded = answer("yes 7F3K2", relayedMail("m1", { standing: "forwarded" }))
    expect(forwarded.told[0]).toMatchObject({
      request: { command: { _tag: "Say", outcome: "Your yes was not taken." } },
    })
    const released = answer("yes 7F3K2", relayedMail("m1", stranger), [
      release("m1"),
      read("m1", { newestText: "yes 7F3K2" }),
    ])
    expect(released.told[0]).toMatchObject({ request: { command: { _tag: "Say" } } })
  })

  test("may deny", () => {
    expect(answer("no 7F3K2", relayedMail("m1", { standing: "forwarded" })).told[0]).toMatchObject({
      _tag: "AnswerApproval",
      decision: "deny",
    })
  })
})
