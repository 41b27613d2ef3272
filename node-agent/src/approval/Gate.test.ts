import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ApprovalVia } from "@maillm/schema/Approval"
import { defaultPolicy } from "@maillm/schema/Policy"
import type { ToolCall } from "../driver/AgentSignal.ts"
import type { ApprovalBook } from "./ApprovalBook.ts"
import type { Gate } from "./Gate.ts"
import { bookFolder, openGate, removeFolder } from "./testing/gateUnderTest.ts"

let folder: string
let book: ApprovalBook
let gate: Gate

beforeEach(async () => {
  folder = await bookFolder()
  gate = await openGate(folder)
  book = gate.book
})
afterEach(() => removeFolder(folder))

const push = (callId: string | null): ToolCall => ({
  tool: "Bash",
  input: { command: "git push origin main" },
  cwd: "/workspace",
  callId,
})

const open = new AbortController().signal
const pending = () => book.entries.filter(({ state }) => state === "pending")
const answer = async (decision: "allow" | "deny", via: ApprovalVia = "email") => {
  const [entry] = pending()
  if (entry === undefined) throw new Error("nothing is asked")
  await book.answer({ approvalId: entry.ask.approvalId, decision, by: "ada", via, note: "" })
}
/** Resolves once so many approvals were asked. */
const asked = async (count: number) => {
  const deadline = Date.now() + 5_000
  while (book.entries.length < count) {
    if (Date.now() > deadline) throw new Error(`${book.entries.length} of ${count} are asked`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe("a yes is for one call", () => {
  test("of two equal dialogs at once the other one is asked about anew", async () => {
    const first = gate.permissionAsked(push(null), open)
    const second = gate.permissionAsked(push(null), open)
    await asked(1)
    await answer("allow")
    const winner = await Promise.race([first, second])
    expect(winner).toEqual({ _tag: "Allow", note: "" })
    await asked(2)
    expect(pending()).toHaveLength(1)
    await answer("deny")
    const answers = await Promise.all([first, second])
    expect(answers.map(({ _tag }) => _tag).toSorted()).toEqual(["Allow", "Deny"])
  })

  test("the end of the one that was allowed answers nothing for the other that still waits", async () => {
    const first = gate.permissionAsked(push(null), open)
    const second = gate.permissionAsked(push(null), open)
    await asked(1)
    await answer("allow")
    await Promise.race([first, second])
    await asked(2)
    await gate.toolEnded(push("call-1"), true)
    expect(pending()).toHaveLength(1)
    await answer("deny")
    await Promise.all([first, second])
  })

  test("where the gate waits, the end of the first of two equal calls does not let the second go", async () => {
    const first = gate.toolHeld(push("call-1"), open, () => undefined)
    const second = gate.toolHeld(push("call-2"), open, () => undefined)
    await asked(1)
    await answer("allow")
    await expect(Promise.race([first, second])).resolves.toEqual({ _tag: "Allow", note: "" })
    await asked(2)
    const ran = book.entries[0]?.callId ?? ""
    await gate.toolEnded(push(ran), false)
    // Nor does one that was never asked about.
    await gate.toolEnded(push("call-3"), false)
    expect(pending()).toHaveLength(1)
    await answer("deny")
    const answers = await Promise.all([first, second])
    expect(answers.map(({ _tag }) => _tag).toSorted()).toEqual(["Allow", "Deny"])
  })

  test("one given in the terminal is for the dialog that was open there, not for the next call", async () => {
    await expect(gate.toolAsked(push("call-1"))).resolves.toMatchObject({ _tag: "Ask" })
    await answer("allow", "terminal")
    await expect(gate.toolAsked(push("call-2"))).resolves.toMatchObject({ _tag: "Ask" })
    expect(pending()).toHaveLength(1)
  })

  test("a call that was seen to end uses up the yes of its dialog", async () => {
    await gate.toolAsked(push("call-1"))
    const dialog = gate.permissionAsked(push(null), open)
    await answer("allow")
    await expect(dialog).resolves.toEqual({ _tag: "Allow", note: "" })
    await gate.toolEnded(push("call-1"), true)
    expect(book.entries.map(({ state, callId }) => [state, callId])).toEqual([["consumed", "call-1"]])
  })
})

test("what the policy denies is denied in a dialog of the agent's own too", async () => {
  const turn = gate.turn
  if (turn === null) throw new Error("no turn")
  const policy = { ...defaultPolicy, classes: { ...defaultPolicy.classes, "git-push": "deny" as const } }
  gate.turn = { ...turn, policy }
  await expect(gate.permissionAsked(push(null), open)).resolves.toMatchObject({ _tag: "Deny" })
  expect(book.entries).toEqual([])
})
