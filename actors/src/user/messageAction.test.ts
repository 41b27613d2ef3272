import { describe, expect, it } from "vitest"
import { ApprovalId } from "@maillm/schema/Approval"
import { RequestId, SessionId } from "@maillm/schema/Ids"
import type { WorldContext } from "../world/Facts.ts"
import { testFacts } from "../world/testing/testFacts.ts"
import { messageAction } from "./messageAction.ts"
import { initialUser } from "./UserState.ts"
import type { KnownApproval, UserState } from "./UserState.ts"

const known = (code: string, open = true): KnownApproval => ({
  approvalId: ApprovalId.make(`a-${code}`),
  sessionId: SessionId.make("s1"),
  requestId: RequestId.make("r1"),
  code,
  open,
})
const first = known("7F3K2")
const second = known("8G4M3")
const session = SessionId.make("s1")

const context: WorldContext = { now: 1_795_000_000_000, epoch: 1, commandId: "c", facts: testFacts() }
const act = (
  text: string,
  {
    approvals = [first, second],
    asked = null,
    sessionId = session,
  }: {
    approvals?: ReadonlyArray<KnownApproval>
    asked?: KnownApproval | null
    sessionId?: SessionId | null
  } = {},
) => {
  const state: UserState = { ...initialUser("u1"), approvals }
  return messageAction(state, text, { sessionId, asked, names: ["Zbigniew Ada No"] }, context)
}

describe("a yes or no", () => {
  it("with a code answers that question, from whatever thread", () => {
    expect(act("yes 7f3k2", { sessionId: null })).toEqual({
      _tag: "Answer",
      approval: first,
      decision: "allow",
      note: "",
    })
    expect(act("/deny 8G4M3")).toMatchObject({ _tag: "Answer", approval: second, decision: "deny" })
  })

  it("without a code answers the question whose mail it replies to, and no other", () => {
    expect(act("Yes please.", { asked: second })).toMatchObject({ _tag: "Answer", approval: second })
    expect(act("no, use staging", { asked: first })).toMatchObject({ decision: "deny" })
  })

  it("may be signed with its sender's own name, and with no other that is not known", () => {
    expect(act("Yes, please.\n\nZbigniew", { asked: first })).toMatchObject({
      _tag: "Answer",
      decision: "allow",
    })
    expect(act("no\n- Ada Zbigniew", { asked: first })).toMatchObject({ _tag: "Answer", decision: "deny" })
    for (const text of [
      "Yes, please.\n\nKraków",
      "Yes\nAda breaks it",
      "Yes\nno",
      "Ada\nyes, Zbigniew runs it",
    ])
      expect(act(text, { asked: first }), text).toMatchObject({ _tag: "Command" })
  })

  it("in a thread of an agent is a text for it, for the agent may have asked in its own words", () => {
    expect(act("yes")).toEqual({
      _tag: "Work",
      text: "yes",
      driver: null,
      repository: null,
      newSession: false,
      recording: false,
    })
  })

  it("from nowhere, with questions open, is asked back with their codes", () => {
    const action = act("yes", { sessionId: null })
    expect(action).toMatchObject({ _tag: "Command", command: { _tag: "Say" } })
    expect(JSON.stringify(action)).toContain("7F3K2, 8G4M3")
  })

  it("with a code that nobody has is never taken for another question", () => {
    expect(act("yes 9H5N4", { asked: first })).toMatchObject({ _tag: "Command", command: { _tag: "Say" } })
  })

  it("to a question that is over still goes to its session, which says so", () => {
    const over = known("7F3K2", false)
    expect(act("yes 7F3K2", { approvals: [over] })).toMatchObject({ _tag: "Answer", approval: over })
  })

  it("with a code that two open questions have counts only as the reply to one of them", () => {
    const twin = { ...known("7F3K2"), approvalId: ApprovalId.make("twin") }
    const both = { approvals: [first, twin] }
    expect(act("yes 7F3K2", both)).toMatchObject({ _tag: "Command" })
    expect(act("yes 7F3K2", { ...both, asked: twin })).toMatchObject({ _tag: "Answer", approval: twin })
  })
})

describe("anything else", () => {
  it("that replies to an open question is neither run nor taken for a yes", () => {
    const action = act("use the staging branch instead", { asked: first })
    expect(action).toMatchObject({ _tag: "Command", command: { outcome: "That was neither yes nor no." } })
    expect(JSON.stringify(action)).toContain("yes 7F3K2")
  })

  it("that replies to a question which is over is a request", () => {
    expect(act("use the staging branch", { asked: known("7F3K2", false) })).toMatchObject({ _tag: "Work" })
  })

  it("carries its wishes", () => {
    expect(act("/new\n/agent codex\n/recording\n/repo https://example.org/a.git main\nfix it")).toEqual({
      _tag: "Work",
      text: "fix it",
      driver: "codex",
      repository: { url: "https://example.org/a.git", branch: "main" },
      newSession: true,
      recording: true,
    })
  })

  it("asks for files, by a command or in everyday words, signed or not", () => {
    const send = (casual: boolean) => ({
      _tag: "Command",
      command: { _tag: "Send", paths: ["report.pdf"], casual },
    })
    expect(act("/send report.pdf")).toEqual(send(false))
    expect(act("send me report.pdf")).toEqual(send(true))
    expect(act("send me report.pdf\n\nAda")).toEqual(send(true))
    expect(act("/send report.pdf", { sessionId: null })).toEqual(send(false))
  })

  it("that asks for files in everyday words is no answer to a question; a command is none and harmless", () => {
    expect(act("send me report.pdf", { asked: first })).toMatchObject({
      command: { outcome: "That was neither yes nor no." },
    })
    expect(act("/send report.pdf", { asked: first })).toMatchObject({ command: { _tag: "Send" } })
  })

  it("stops only in a thread", () => {
    expect(act("stop")).toEqual({ _tag: "Command", command: { _tag: "Stop" } })
    expect(act("stop", { sessionId: null })).toMatchObject({ command: { _tag: "Say" } })
  })

  it("asks for the state, with what the account knows", () => {
    expect(act("/status")).toMatchObject({ command: { _tag: "Status" } })
    expect(JSON.stringify(act("/status"))).toContain("2 questions wait for you: 7F3K2, 8G4M3.")
  })

  it("that maillm does not know says what it knows", () => {
    expect(act("/stats")).toMatchObject({ command: { _tag: "Say" } })
    expect(act("/help")).toMatchObject({ command: { _tag: "Say", outcome: "What you can write" } })
  })
})
