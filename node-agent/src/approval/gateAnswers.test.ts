import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ApprovalBook } from "./ApprovalBook.ts"
import type { Gate } from "./Gate.ts"
import { bookFolder, openGate, removeFolder } from "./testing/gateUnderTest.ts"

const call = (command: string, callId: string | null = "c1", description = "x") => ({
  tool: "Bash",
  input: { command, description },
  cwd: "/workspace",
  callId,
})
const danger = "git push --force origin main"
const never = new AbortController().signal

describe("the gate", () => {
  let folder = ""
  let book: ApprovalBook
  let gate: Gate
  const open = async () => {
    gate = await openGate(folder)
    book = gate.book
  }
  beforeEach(async () => {
    folder = await bookFolder()
    await open()
  })
  afterEach(() => removeFolder(folder))

  const answer = (decision: "allow" | "deny", index = 0, note = "") => {
    const approvalId = book.entries[index]?.ask.approvalId
    if (approvalId === undefined) throw new Error("nothing was asked")
    return book.answer({ approvalId, decision, by: "ada", via: "email", note })
  }

  test("what is harmless passes, what is not is asked, and the answer reaches who waits", async () => {
    expect(await gate.toolAsked(call("ls"))).toMatchObject({ _tag: "Allow" })
    expect(await gate.toolAsked(call(danger))).toMatchObject({ _tag: "Ask" })
    const asked = gate.permissionAsked(call(danger, null), never)
    await answer("allow")
    expect(await asked).toMatchObject({ _tag: "Allow" })
    await gate.toolEnded(call(danger), false)
    expect(book.entries.map(({ state }) => state)).toEqual(["consumed"])
  })

  test("asked again by another process, in other words, it is the same approval", async () => {
    await gate.toolAsked(call(danger))
    const before = book.entries[0]?.ask.approvalId
    await open()
    expect(await gate.toolAsked(call(danger, "c2", "in other words"))).toMatchObject({ _tag: "Ask" })
    expect(book.entries.map(({ ask }) => ask.approvalId)).toEqual([before])
  })

  test("an allowance is good for one call: the next one is asked, a repeat of the same call is not", async () => {
    await gate.toolAsked(call(danger))
    await answer("allow")
    expect(await gate.toolAsked(call(danger, "c2"))).toMatchObject({ _tag: "Allow" })
    expect(await gate.toolAsked(call(danger, "c2"))).toMatchObject({ _tag: "Allow" })
    expect(await gate.toolAsked(call(danger, "c3"))).toMatchObject({ _tag: "Ask" })
    expect(book.entries.map(({ state }) => state)).toEqual(["consumed", "pending"])
  })

  test("one that was handed to a dialog is used up, whether its call was seen or not", async () => {
    await gate.toolAsked(call(danger))
    const asked = gate.permissionAsked(call(danger, null), never)
    await answer("allow")
    await asked
    expect(await gate.toolAsked(call(danger, "c2"))).toMatchObject({ _tag: "Ask" })
    expect(book.entries.map(({ state }) => state)).toEqual(["consumed", "pending"])
  })

  test("a denial stands, also when it is asked again; the person's words are in it", async () => {
    await gate.toolAsked(call(danger))
    await answer("deny", 0, "not on a Friday")
    await answer("allow")
    const again = await gate.toolAsked(call(danger, "c2"))
    expect(again).toMatchObject({ _tag: "Deny", reason: expect.stringMatching(/not on a Friday/) })
  })

  test("an answer that comes before its question is kept for it", async () => {
    await gate.toolAsked(call(danger))
    const approvalId = book.entries[0]?.ask.approvalId
    await rm(join(folder, "approvals.json"))
    await open()
    if (approvalId === undefined) throw new Error("nothing was asked")
    await book.answer({ approvalId, decision: "deny", by: "ada", via: "email", note: "" })
    expect(await gate.toolAsked(call(danger))).toMatchObject({ _tag: "Deny" })
  })

  test("expiry denies, and only what is pending", async () => {
    await gate.toolAsked(call(danger))
    await book.expire(-59_000)
    expect(book.entries[0]?.state).toBe("pending")
    await book.expire(-61_000)
    expect(book.entries[0]).toMatchObject({ state: "denied", answer: { by: "nobody" } })
  })

  test("who asks and goes away takes nothing with them", async () => {
    await gate.toolAsked(call(danger))
    const gone = new AbortController()
    const asked = gate.permissionAsked(call(danger, null), gone.signal)
    gone.abort()
    expect(await asked).toEqual({ _tag: "Nothing" })
    expect(gate.waiting).toBe(false)
    expect(book.entries[0]?.state).toBe("pending")
  })

  test("an input that nests without end is refused by an error, not let through", async () => {
    let deep: unknown = "x"
    for (let i = 0; i < 500; i++) deep = [deep]
    const strange = { ...call(danger), input: { command: danger, deep } }
    await expect(gate.toolAsked(strange)).rejects.toThrow("nested")
  })
})
