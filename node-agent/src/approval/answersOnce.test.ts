import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { RequestId, TurnId } from "@maillm/schema/Ids"
import { defaultPolicy } from "@maillm/schema/Policy"
import { ApprovalBook } from "./ApprovalBook.ts"
import { Gate } from "./Gate.ts"

describe("the gate of a session's tool calls", () => {
  let folder: string
  let gate: Gate
  const open = async () => {
    const book = await ApprovalBook.open(join(folder, "approvals.json"))
    gate = new Gate(book, { policy: defaultPolicy, workspace: "/workspace", home: "/workspace" })
    book.onChange = () => gate.changed()
    gate.turn = {
      turnId: TurnId.make("t1"),
      requestId: RequestId.make("r1"),
      approvalMillis: 60_000,
      policy: defaultPolicy,
    }
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "maillm-gate-"))
    await open()
  })
  afterEach(() => rm(folder, { recursive: true }))

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
    await open()
    expect(await gate.toolAsked(call("c2"))).toMatchObject({ _tag: "Allow" })
    // The hook of the same call, repeated because its answer was lost.
    expect(await gate.toolAsked(call("c2"))).toMatchObject({ _tag: "Allow" })
    expect(await gate.toolAsked(call("c3"))).toMatchObject({ _tag: "Ask" })
    await gate.book.answer(yes)
    expect(pending()).toHaveLength(1)
  })
})
