import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { ClaudeUnderTest, claudeMissing, claudeNeeds } from "./ClaudeUnderTest.ts"
import { eventually } from "./eventually.ts"

/**
 * The gate of approvals: PreToolUse answers at once; `ask` hands over to PermissionRequest, whose hook waits for the
 * person while the terminal may answer too.
 */
describe.skipIf(claudeMissing)(`Claude Code's permissions ${claudeNeeds}`, () => {
  let claude: ClaudeUnderTest
  let count = 0

  beforeAll(async () => {
    claude = await ClaudeUnderTest.open()
    claude.settings = { permissions: { allow: ["Bash(touch allowed*)"] } }
    await claude.start()
  })
  afterAll(() => claude?.close())
  beforeEach(async () => {
    await claude.isIn("idle")
    claude.desk.reset()
    claude.api.setProgram(promptScript())
  })

  const made = (name: string) => existsSync(join(claude.work, name))
  /** Lets the agent touch a file of that name, and answers it. */
  const touch = async (prefix = "file") => {
    const name = `${prefix}-${++count}`
    await claude.pane.submit(`RUN: touch ${name}`)
    await claude.desk.next("UserPromptSubmit")
    return name
  }
  /** A dialog ignores keys for its first moments, so that nobody answers one that he has not seen. */
  const answerDialog = async (key: string) => {
    await claude.pane.shows("Do you want to proceed?")
    await eventually(async () => {
      await claude.pane.keys(key)
      await eventually(() => expect(claude.state()?.["status"]).not.toBe("waiting"), 1_000)
    })
  }
  const modelSaw = () => claude.api.turns.at(-1)?.toolResults.map(({ text }) => text)

  test("without a decision of PreToolUse a command opens the dialog and calls PermissionRequest", async () => {
    const decide = claude.desk.holdPermission()
    const name = await touch()
    const before = await claude.desk.next("PreToolUse")
    const { payload } = await claude.desk.next("PermissionRequest")
    expect(before.payload).toMatchObject({ tool_name: "Bash", tool_use_id: expect.any(String) })
    expect(payload).toMatchObject({ tool_name: "Bash", tool_input: { command: `touch ${name}` } })
    expect(payload).not.toHaveProperty("tool_use_id")
    await claude.isIn("waiting")
    expect(claude.state()?.["waitingFor"]).toBe("permission prompt")
    decide({ behavior: "allow" })
    await claude.desk.next("Stop")
    expect(made(name)).toBe(true)
  })

  test("PreToolUse allow: runs, no dialog, no PermissionRequest", async () => {
    claude.desk.gate("allow", "fine")
    const name = await touch()
    await claude.desk.next("Stop")
    expect(made(name)).toBe(true)
    expect(claude.desk.of("PermissionRequest")).toEqual([])
  })

  test("PreToolUse deny: does not run, not even when a rule allows it, and the model sees the reason", async () => {
    claude.desk.gate("deny", "the policy says no")
    const name = await touch("allowed")
    await claude.desk.next("Stop")
    expect(made(name)).toBe(false)
    expect(modelSaw()).toEqual([expect.stringContaining("the policy says no")])
    expect(claude.desk.of("PostToolUse")).toEqual([])
  })

  test("PreToolUse ask: dialog with the reason and PermissionRequest, even when a rule allows it", async () => {
    claude.desk.gate("ask", "the policy wants a person")
    const decide = claude.desk.holdPermission()
    const name = await touch("allowed")
    await claude.desk.next("PermissionRequest")
    await claude.isIn("waiting")
    await claude.pane.shows("the policy wants a person")
    const choices = (await claude.pane.screen())
      .match(/^ (?:❯| ) \d\. .*$/gm)
      ?.map((line) => line.slice(3).trim())
    // No "always" and no switch into auto mode, other than in the dialog of the program's own.
    expect(choices).toEqual(["1. Yes", "2. No"])
    expect(made(name)).toBe(false)
    decide({ behavior: "allow" })
    await claude.desk.next("Stop")
    await claude.pane.shows("Allowed by PermissionRequest hook")
    expect(made(name)).toBe(true)
  })

  test("PermissionRequest deny: does not run, the model sees the message, the turn goes on", async () => {
    claude.desk.gate("ask", "why")
    const decide = claude.desk.holdPermission()
    const name = await touch()
    await claude.desk.next("PermissionRequest")
    decide({ behavior: "deny", message: "refused by the owner" })
    await claude.desk.next("Stop")
    expect(made(name)).toBe(false)
    expect(modelSaw()).toEqual([expect.stringContaining("refused by the owner")])
  })

  test("Yes in the terminal: runs, and the hook's process is left running; its late answer is ignored", async () => {
    claude.desk.gate("ask", "why")
    const decide = claude.desk.holdPermission()
    const name = await touch()
    const asked = await claude.desk.next("PermissionRequest")
    await answerDialog("Enter")
    await claude.desk.next("Stop")
    expect(made(name)).toBe(true)
    expect(asked).toMatchObject({ waiting: true, abandoned: false })
    decide({ behavior: "deny", message: "too late" })
    await eventually(() => expect(asked.waiting).toBe(false))
    await claude.isIn("idle")
    expect(made(name)).toBe(true)
  })

  test.each([
    ["No", "2"],
    ["Esc", "Escape"],
  ])("%s in the terminal: the hook's process is ended, the turn ends without Stop", async (_, key) => {
    claude.desk.gate("ask", "why")
    claude.desk.holdPermission()
    const name = await touch()
    const asked = await claude.desk.next("PermissionRequest")
    await answerDialog(key)
    await claude.isIn("idle")
    await eventually(() => expect(asked.abandoned).toBe(true))
    expect(made(name)).toBe(false)
    expect(claude.desk.of("Stop")).toEqual([])
    await claude.pane.shows("Interrupted")
  })

  test("a paste into an open dialog is lost, and answers nothing", async () => {
    const decide = claude.desk.holdPermission()
    const name = await touch()
    await claude.desk.next("PermissionRequest")
    await claude.pane.shows("Do you want to proceed?")
    await claude.pane.paste("1\n")
    await claude.pane.paste("SAY: lost")
    await claude.pane.shows("Do you want to proceed?")
    expect(claude.state()?.["status"]).toBe("waiting")
    decide({ behavior: "deny", message: "no" })
    await claude.desk.next("Stop")
    expect(made(name)).toBe(false)
    expect(await claude.pane.screen()).not.toContain("SAY: lost")
  })

  test("two tools of one answer are asked for one after the other", async () => {
    const bash = (command: string) => ({ name: "Bash", input: { command, description: "a command" } })
    claude.api.setProgram(({ toolResults }) =>
      toolResults.length === 0
        ? { kind: "tools", calls: [bash("touch two-a"), bash("touch two-b")] }
        : { kind: "text", text: "both" },
    )
    const first = claude.desk.holdPermission()
    await claude.pane.submit("both")
    await claude.desk.next("PermissionRequest")
    expect(claude.desk.of("PermissionRequest")).toHaveLength(1)
    const second = claude.desk.holdPermission()
    first({ behavior: "allow" })
    await claude.desk.next("PermissionRequest", 2)
    second({ behavior: "allow" })
    await claude.desk.next("Stop")
    expect([made("two-a"), made("two-b")]).toEqual([true, true])
  })
})
