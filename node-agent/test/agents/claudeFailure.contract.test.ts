import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { failWith } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { eventually } from "./eventually.ts"
import { ClaudeUnderTest, claudeMissing, claudeNeeds } from "./ClaudeUnderTest.ts"

describe.skipIf(claudeMissing)(`Claude Code's errors ${claudeNeeds}`, () => {
  let claude: ClaudeUnderTest

  beforeAll(async () => {
    claude = await ClaudeUnderTest.open()
    await claude.start()
  })
  afterAll(() => claude?.close())
  beforeEach(async () => {
    await claude.isIn("idle")
    claude.desk.reset()
    claude.api.setProgram(promptScript())
  })

  test.each([
    ["400", "unknown"],
    ["401", "authentication_failed"],
    ["403", "authentication_failed"],
    ["404", "model_not_found"],
    ["429", "rate_limit"],
    ["500", "server_error"],
    ["529", "server_error"],
  ])("status %s of the model ends the turn with StopFailure %s, and no Stop", async (status, error) => {
    claude.api.setProgram(() => failWith(Number(status)))
    await claude.pane.submit("anything")
    const { payload } = await claude.desk.next("StopFailure")
    expect(payload["error"]).toBe(error)
    await claude.isIn("idle")
    expect(claude.desk.of("Stop")).toEqual([])
  })

  test("one failure is repeated by itself", async () => {
    await claude.pane.submit("ERR: 529 1\nSAY: after one")
    expect((await claude.desk.next("Stop")).payload["last_assistant_message"]).toBe("after one")
  })

  test("429 with retry-after of 60 s: it waits so long, busy, with no hook; only the screen says so", async () => {
    claude.api.setProgram(() => failWith(429, { retryAfterSeconds: 60 }))
    await claude.pane.submit("anything")
    await claude.pane.shows(/retrying in (1m|\d+s)/)
    expect(claude.state()?.["status"]).toBe("busy")
    expect(claude.desk.of("StopFailure")).toEqual([])
    await claude.pane.keys("Escape")
    await claude.isIn("idle")
    await claude.pane.keys("C-u")
  })

  test("429 with retry-after of more: StopFailure at once; when to try again is in no hook", async () => {
    claude.api.setProgram(() => failWith(429, { retryAfterSeconds: 61 }))
    await claude.pane.submit("anything")
    const { payload } = await claude.desk.next("StopFailure")
    expect(payload["error"]).toBe("rate_limit")
  })

  test("a model that does not answer leaves it busy until Esc", async () => {
    await claude.pane.submit("HANG")
    await claude.api.waitForTurn(({ lastUserText }) => lastUserText.trim() === "HANG", 20_000)
    await claude.isIn("busy")
    await claude.pane.keys("Escape")
    await claude.isIn("idle")
    await claude.pane.keys("C-u")
  })
})

describe.skipIf(claudeMissing)(`Claude Code again after its end ${claudeNeeds}`, () => {
  let claude: ClaudeUnderTest

  beforeEach(async () => {
    claude = await ClaudeUnderTest.open()
    await claude.start()
  })
  afterEach(() => claude?.close())

  test("kill -9 with a dialog open, then --resume from another folder: same conversation, no dialog", async () => {
    claude.desk.holdPermission()
    await claude.pane.submit("SAY: remember the number 4711")
    await claude.desk.next("Stop")
    await claude.pane.submit("RUN: touch never")
    await claude.desk.next("PermissionRequest")
    process.kill(await claude.pane.pid(), "SIGKILL")
    claude.desk.reset()
    const elsewhere = join(claude.folder, "elsewhere")
    await claude.start({ resume: true, cwd: elsewhere })
    const started = await claude.desk.next("SessionStart")
    expect(started.payload).toMatchObject({ source: "resume", session_id: claude.sessionId })
    await claude.pane.submit("SAY: and on")
    await claude.desk.next("Stop")
    const sent = JSON.stringify(claude.api.turns.at(-1)?.messages)
    expect(sent).toContain("4711")
    expect(sent).toContain("touch never")
    expect(existsSync(join(claude.work, "never"))).toBe(false)
  })

  test("--session-id of a session that exists: it ends and says why", async () => {
    await claude.pane.submit("SAY: there")
    await claude.desk.next("Stop")
    // It writes its record a moment after it says Stop; a session without one does not exist.
    await eventually(() => expect(claude.transcript()).toContain('"type":"assistant"'))
    await claude.launch()
    // Ends so soon that tmux 3.3 at times knows no exit code of it.
    const reason = `Session ID ${claude.sessionId} is already in use.`
    await eventually(async () => expect(await claude.pane.history()).toContain(reason))
    await eventually(async () => expect(await claude.pane.isDead()).toBe(true))
  })

  test("/exit: SessionEnd and exit code 0; /clear before: another session id in the same file", async () => {
    await claude.pane.submit("/clear")
    await claude.desk.next("SessionEnd")
    await eventually(() => expect(claude.state()?.["sessionId"]).not.toBe(claude.sessionId))
    await claude.isIn("idle")
    await claude.pane.submit("/exit")
    expect((await claude.desk.next("SessionEnd", 2)).payload["reason"]).toBe("prompt_input_exit")
    expect(await claude.pane.exitCode()).toBe(0)
  })
})

describe.skipIf(claudeMissing)(`Claude Code when the guard fails ${claudeNeeds}`, () => {
  let claude: ClaudeUnderTest

  beforeEach(async () => {
    claude = await ClaudeUnderTest.open()
  })
  afterEach(() => claude?.close())

  /** What of a PreToolUse hook's command becomes of a tool that is allowed otherwise. */
  const outcome = async (command: string, onFailure: "block" | "continue") => {
    const guard = { type: "command", command, timeout: 2, onFailure }
    claude.settings = {
      permissions: { allow: ["Bash(touch:*)"] },
      hooks: { ...claude.desk.hooks(["Stop"]), PreToolUse: [{ hooks: [guard] }] },
    }
    await claude.start()
    await claude.pane.submit("RUN: touch guarded")
    await claude.desk.next("Stop")
    return existsSync(join(claude.work, "guarded")) ? "runs" : "blocked"
  }

  test.each([
    ["exits with 1", "exit 1", "block", "blocked"],
    ["exits with 1, onFailure continue", "exit 1", "continue", "runs"],
    ["exits with 2, onFailure continue", "exit 2", "continue", "blocked"],
    ["is not there", "/nonexistent/guard", "block", "blocked"],
    ["takes too long", "sleep 20", "block", "blocked"],
    ["is killed", "kill -9 $$", "block", "blocked"],
    ["exits with 0 after half an answer, which a guard must never do", "printf '{\"hook'", "block", "runs"],
  ] as const)("a guard that %s", async (_, command, onFailure, expected) => {
    expect(await outcome(command, onFailure)).toBe(expected)
  })
})

describe.skipIf(claudeMissing || process.getuid?.() !== 0)(
  `Claude Code in other modes ${claudeNeeds.replace(")", ", and root)")}`,
  () => {
    let claude: ClaudeUnderTest

    beforeEach(async () => {
      claude = await ClaudeUnderTest.open()
      mkdirSync(claude.work, { recursive: true })
    })
    afterEach(() => claude?.close())

    test("bypassPermissions: PreToolUse ask still asks", async () => {
      claude.settings = { skipDangerousModePermissionPrompt: true }
      await claude.start({ mode: "bypassPermissions", environment: { IS_SANDBOX: "1" } })
      claude.desk.gate("ask", "why")
      const decide = claude.desk.holdPermission()
      await claude.pane.submit("RUN: touch bypassed")
      await claude.desk.next("PermissionRequest")
      await claude.isIn("waiting")
      decide({ behavior: "deny", message: "no" })
      await claude.desk.next("Stop")
      expect(existsSync(join(claude.work, "bypassed"))).toBe(false)
    })
  },
)
