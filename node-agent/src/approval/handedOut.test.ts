import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { RequestId, TurnId } from "@maillm/schema/Ids"
import { defaultPolicy } from "@maillm/schema/Policy"
import { ApprovalBook } from "./ApprovalBook.ts"
import { Gate } from "./Gate.ts"

describe("a yes of which nothing more was heard", () => {
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
