import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { callTool, failWith } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { CodexUnderTest, codexMissing, codexNeeds } from "./CodexUnderTest.ts"
import { eventually } from "./eventually.ts"
import type { HookAnswer } from "./HookDesk.ts"

/** What the driver relies on of Codex 0.169.0, one test a line of docs/agents.md. */
describe.skipIf(codexMissing)(`Codex in a pane ${codexNeeds}`, () => {
  let codex: CodexUnderTest
  let count = 0

  beforeAll(async () => {
    codex = await CodexUnderTest.open()
    await codex.start()
  })
  afterAll(() => codex?.close())
  beforeEach(() => {
    codex.desk.reset()
    codex.api.setProgram(promptScript())
  })

  const made = (name: string) => existsSync(join(codex.work, name))
  const touch = async () => {
    const name = `file-${++count}`
    await codex.pane.submit(`RUN: touch ${name}`)
    await codex.desk.next("PreToolUse")
    return name
  }
  const modelSaw = () => codex.api.turns.at(-1)?.toolResults.map(({ text }) => text)

  test.each([
    ["one line", "SAY: hello"],
    ["five lines with a tab", "From: a@b.example\n\ta\n\nSAY: five\nü 漢字 😀"],
    ["3,000 characters", `SAY: ${"y".repeat(2_995)}`],
    ["a path with @", "SAY: see @/etc/hostname now"],
    ["a backslash at the end", "SAY: end\\"],
  ])("a pasted prompt comes back identical from UserPromptSubmit: %s", async (_, text) => {
    await codex.pane.submit(text)
    expect((await codex.desk.next("UserPromptSubmit")).payload["prompt"]).toBe(text)
    await codex.desk.next("Stop")
  })

  test("its id is first known from the first prompt, and names its record", async () => {
    await codex.pane.submit("SAY: the whole answer")
    const { payload } = await codex.desk.next("Stop")
    expect(payload["last_assistant_message"]).toBe("the whole answer")
    expect(String(payload["transcript_path"])).toContain(`${String(payload["session_id"])}.jsonl`)
    expect(codex.api.turns.at(-1)?.sessionHeader).toBe(payload["session_id"])
    const spent = (await codex.desk.next("PostModelRequest")).payload
    expect(spent).toMatchObject({
      status: "completed",
      token_usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
    })
  })

  test("! first runs a command without any hook of a tool", async () => {
    await codex.pane.submit("!touch bang")
    await eventually(() => expect(made("bang")).toBe(true))
    expect(codex.desk.of("UserPromptSubmit")).toEqual([])
    expect(codex.desk.of("PreToolUse")).toEqual([])
  })

  const decision = (permissionDecision: string): HookAnswer => ({
    output: {
      hookSpecificOutput: {
        hookEventName: "PreToolUse",
        permissionDecision,
        permissionDecisionReason: "the policy",
      },
    },
  })

  test.each<[string, HookAnswer, "runs" | "blocked"]>([
    ["says nothing", {}, "runs"],
    ["denies with a reason", decision("deny"), "blocked"],
    ["exits with 2", { exitCode: 2, stderr: "the policy" }, "blocked"],
    ["exits with 1, for there is no onFailure", { exitCode: 1 }, "runs"],
    ["answers half a JSON", { output: "{not json" }, "runs"],
    ["asks, which is not supported", decision("ask"), "runs"],
    ["allows, which is not supported either", decision("allow"), "runs"],
  ])("a guard in PreToolUse that %s", async (_, answer, outcome) => {
    codex.desk.answer("PreToolUse", answer)
    const name = await touch()
    await codex.desk.next("Stop")
    expect(made(name)).toBe(outcome === "runs")
    if (outcome === "blocked") expect(modelSaw()).toEqual([expect.stringContaining("the policy")])
  })

  test("a guard that waits holds the tool; Esc ends it and says Interrupt", async () => {
    codex.desk.answer("PreToolUse", () => new Promise<HookAnswer>(() => undefined))
    const name = await touch()
    const waiting = await codex.desk.next("PreToolUse")
    await codex.pane.shows("Running hook")
    await codex.pane.keys("Escape")
    await codex.desk.next("Interrupt")
    await eventually(() => expect(waiting.abandoned).toBe(true))
    expect(made(name)).toBe(false)
    expect(codex.desk.of("Stop")).toEqual([])
    await eventually(() => expect(codex.rolloutHas("turn_aborted")).toMatchObject({ reason: "interrupted" }))
  })

  test("a model that fails: no Stop, but PostModelRequest and the record say it", async () => {
    codex.api.setProgram(() => failWith(401))
    await codex.pane.submit("anything")
    await eventually(() =>
      expect(codex.desk.of("PostModelRequest").map(({ payload }) => payload["status"])).toContain("failed"),
    )
    await eventually(() =>
      expect(codex.rolloutHas("task_complete")).toMatchObject({
        error: { message: expect.stringContaining("401") },
      }),
    )
    expect(codex.desk.of("Stop")).toEqual([])
  })
})

describe.skipIf(codexMissing)(`Codex's own permissions and end ${codexNeeds}`, () => {
  let codex: CodexUnderTest

  beforeEach(async () => {
    codex = await CodexUnderTest.open()
  })
  afterEach(() => codex?.close())

  const escalate = (file: string) =>
    callTool("exec_command", {
      cmd: `touch ${join(codex.folder, file)}`,
      sandbox_permissions: "require_escalated",
      justification: "May I?",
    })

  test.each(["allow", "deny"] as const)(
    "PermissionRequest %s, with no dialog while it waits",
    async (behavior) => {
      await codex.start({ sandbox: "workspace-write" })
      codex.api.setProgram(({ toolResults }) =>
        toolResults.length === 0 ? escalate("outside") : { kind: "text", text: "done" },
      )
      const decide = codex.desk.holdPermission()
      await codex.pane.submit("go")
      const { payload } = await codex.desk.next("PermissionRequest")
      expect(payload["tool_input"]).toMatchObject({ description: "May I?" })
      await codex.pane.shows("Running hook")
      expect(await codex.pane.screen()).not.toContain("Would you like to run")
      decide(behavior === "allow" ? { behavior } : { behavior, message: "refused by the owner" })
      await codex.desk.next("Stop")
      expect(existsSync(join(codex.folder, "outside"))).toBe(behavior === "allow")
    },
  )

  test("hooks that nobody trusted: it asks at the start, and does not run them if they are not", async () => {
    await codex.start({ trustHooks: false })
    await codex.pane.shows("Hooks need review")
    await codex.pane.shows("esc skip")
    // Deaf to keys at first; and two Escapes at once would mean another thing to the prompt behind it.
    await eventually(async () => {
      await codex.pane.keys("Escape")
      const gone = async () => expect(await codex.pane.screen()).not.toContain("Hooks need review")
      await eventually(gone, 2_000)
    })
    codex.desk.answer("PreToolUse", { exitCode: 2, stderr: "no" })
    await codex.pane.submit("RUN: touch unguarded")
    await eventually(() => expect(existsSync(join(codex.work, "unguarded"))).toBe(true))
    expect(codex.desk.calls).toEqual([])
  })

  test("kill -9, then resume: the same conversation", async () => {
    await codex.start()
    await codex.pane.submit("SAY: remember the number 4711")
    const { payload } = await codex.desk.next("Stop")
    process.kill(await codex.pane.pid(), "SIGKILL")
    codex.desk.reset()
    await codex.start({ arguments: ["resume", String(payload["session_id"])] })
    await codex.pane.submit("SAY: and on")
    const again = await codex.desk.next("Stop")
    expect(again.payload["session_id"]).toBe(payload["session_id"])
    expect((await codex.desk.next("SessionStart")).payload["source"]).toBe("resume")
    expect(JSON.stringify(codex.api.turns.at(-1)?.messages)).toContain("4711")
  })
})
