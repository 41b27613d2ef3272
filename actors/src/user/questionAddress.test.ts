import { describe, expect, it, test } from "vitest"
import { ApprovalId } from "@maillm/schema/Approval"
import { RequestId, SessionId } from "@maillm/schema/Ids"
import { testFacts } from "../world/testing/testFacts.ts"
import { AccountRun } from "./testing/AccountRun.ts"
import { relayedOrigin } from "./testing/sampleMails.ts"

const own = "ada@example.org"
const { approvalKey } = testFacts()
const noted = (run: AccountRun, id: string, open = true) =>
  run.tell({
    _tag: "NoteApproval",
    approvalId: ApprovalId.make(id),
    sessionId: SessionId.make("s1"),
    requestId: RequestId.make("r1"),
    code: approvalKey(id).code,
    open,
  })
const addressOf = (id: string) => ({ _tag: "Approval", tag: approvalKey(id).tag }) as const
const asked = () => noted(noted(new AccountRun(), "a1"), "a2")

describe("a reply to the address of a question", () => {
  it.each([
    ["yes", "a1", "allow"],
    ["no, not today", "a2", "deny"],
  ] as const)("%j answers exactly that one, whatever else waits", (text, id, decision) => {
    const run = asked().mail(own, text, { recipient: addressOf(id) })
    expect(run.tags).toEqual(["MailAnswered"])
    expect(run.told).toMatchObject([
      {
        sessionId: "s1",
        command: { _tag: "AnswerApproval", approvalId: id, decision, via: "email", by: own },
      },
    ])
  })

  test("that names another by its code answers that one", () => {
    const run = asked().mail(own, `yes ${approvalKey("a2").code}`, { recipient: addressOf("a1") })
    expect(run.told).toMatchObject([{ command: { approvalId: "a2" } }])
  })

  test("that replies to the mail of another answers none, and is asked back", () => {
    const inReplyTo = `<q${approvalKey("a2").tag}.s1@maillm.test>`
    const run = asked().mail(own, "yes", { recipient: addressOf("a1"), inReplyTo })
    expect(run.tags).toEqual(["MailAccepted", "RequestOpened"])
    expect(run.told).toMatchObject([
      { command: { request: { command: { _tag: "Say", outcome: "Which question do you mean?" } } } },
    ])
  })

  test("that is late goes to its session, which says what became of it", () => {
    const run = noted(asked(), "a1", false).mail(own, "yes", { recipient: addressOf("a1") })
    expect(run.told).toMatchObject([{ command: { _tag: "AnswerApproval", approvalId: "a1" } }])
  })

  test("that nobody remembers any more is said to be so, and nothing is allowed by it", () => {
    const run = asked().mail(own, "yes", { recipient: addressOf("a9") })
    expect(run.told).toMatchObject([
      {
        command: {
          _tag: "AddRequest",
          request: { command: { _tag: "Say", outcome: expect.stringContaining("came too late") } },
        },
      },
    ])
  })

  test("that is no answer is told to be none while it is open, and is a request to its session afterwards", () => {
    const run = asked()
    // A session of the account's own.
    run.mail(own, "make test")
    const sessionId = run.state.sessions[0] ?? SessionId.make("none")
    const id = ApprovalId.make("a3")
    const note = { _tag: "NoteApproval", approvalId: id, sessionId, requestId: RequestId.make("r1") } as const
    run.tell({ ...note, code: "1A111", open: true })
    run.mail(own, "What would that do?", { recipient: addressOf("a3") })
    expect(run.told).toMatchObject([
      { sessionId, command: { request: { command: { outcome: "That was neither yes nor no." } } } },
    ])
    run.tell({ ...note, code: "1A111", open: false })
    run.mail(own, "Then do it the other way", { recipient: addressOf("a3") })
    expect(run.told).toMatchObject([
      { sessionId, command: { request: { text: "Then do it the other way" } } },
    ])
  })

  it.each([
    ["of a stranger", "eve@evil.example", {}],
    ["not proven", own, { origin: relayedOrigin({ standing: "unproven" }) }],
  ] as const)("%s is kept: the address alone is no proof", (_, from, patch) => {
    expect(asked().mail(from, "yes", { recipient: addressOf("a1"), ...patch }).tags).toEqual([
      "MailQuarantined",
    ])
  })

  test("by a forwarder says no, and not yes", () => {
    const origin = relayedOrigin({ standing: "forwarded" })
    const run = asked().mail(own, "yes", { recipient: addressOf("a1"), origin })
    expect(run.told).toMatchObject([
      { command: { request: { command: { outcome: "Your yes was not taken." } } } },
    ])
  })
})
