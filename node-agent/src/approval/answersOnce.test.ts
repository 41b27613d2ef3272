import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Gate } from "./Gate.ts"
import { bookFolder, openGate, removeFolder } from "./testing/gateUnderTest.ts"

describe("the gate of a session's tool calls", () => {
  let folder: string
  let gate: Gate
  beforeEach(async () => {
    folder = await bookFolder()
    gate = await openGate(folder)
  })
  afterEach(() => removeFolder(folder))

  const call = (callId: string) => ({
    tool: "Bash",
    input: { command: "sudo -n true" },
    cwd: "/workspace",
    callId,
  })
  const pending = () => gate.book.entries.filter(({ state }) => state === "pending")

  it("takes an answer given in the terminal for the call that was asked about there, and no other", async () => {
    expect(await gate.toolAsked(call("c1"))).toMatchObject({ _tag: "Ask" })
    const asked = pending()[0]?.ask.approvalId ?? ""
    await gate.answeredInTerminal(asked, "allow")
    expect(await gate.toolAsked(call("c2"))).toMatchObject({ _tag: "Ask" })
    expect(pending().map(({ ask }) => ask.approvalId)).not.toContain(asked)
    expect(pending()).toHaveLength(1)
  })

  it("uses a yes once, also for who asks again after a restart", async () => {
    await gate.toolAsked(call("c1"))
    const approvalId = pending()[0]!.ask.approvalId
    const yes = { approvalId, decision: "allow", by: "ada@example.org", via: "email", note: "" } as const
    await gate.book.answer(yes)
    gate = await openGate(folder)
    expect(await gate.toolAsked(call("c2"))).toMatchObject({ _tag: "Allow" })
    // The hook of the same call, repeated because its answer was lost.
    expect(await gate.toolAsked(call("c2"))).toMatchObject({ _tag: "Allow" })
    expect(await gate.toolAsked(call("c3"))).toMatchObject({ _tag: "Ask" })
    await gate.book.answer(yes)
    expect(pending()).toHaveLength(1)
  })

  it("counts what the dialog was told to allow as begun, although its end was not seen", async () => {
    await gate.toolAsked(call("c1"))
    const approvalId = pending()[0]!.ask.approvalId
    const asking = gate.permissionAsked(call("c1"), new AbortController().signal)
    await gate.book.answer({ approvalId, decision: "allow", by: "ada@example.org", via: "email", note: "" })
    expect(await asking).toMatchObject({ _tag: "Allow" })
    await gate.book.cancelTurn("t1", "the turn ended")
    expect(gate.book.get(approvalId)?.state).toBe("consumed")
  })
})
