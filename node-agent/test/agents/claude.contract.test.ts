import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { fields } from "../../src/model/testing/FakeReply.ts"
import { eventually } from "./eventually.ts"
import { ClaudeUnderTest, claudeMissing, claudeNeeds } from "./ClaudeUnderTest.ts"

/**
 * What the driver relies on of Claude Code 2.1.330, one test a line of docs/agents.md. A new version is not pinned
 * before these pass.
 */
describe.skipIf(claudeMissing)(`Claude Code in a pane ${claudeNeeds}`, () => {
  let claude: ClaudeUnderTest

  beforeAll(async () => {
    claude = await ClaudeUnderTest.open()
    claude.settings = { permissions: { allow: ["Bash(echo:*)"] } }
    await claude.start()
  })
  afterAll(() => claude?.close())
  beforeEach(async () => {
    await claude.isIn("idle")
    claude.desk.reset()
  })

  const made = (name: string) => existsSync(join(claude.work, name))
  const prompted = async (text: string) => {
    await claude.pane.submit(text)
    return (await claude.desk.next("UserPromptSubmit")).payload["prompt"]
  }
  const stopped = async () => (await claude.desk.next("Stop")).payload["last_assistant_message"]

  test("starts into its prompt with no question asked, and says so in its session file", async () => {
    expect(claude.state()).toMatchObject({
      sessionId: claude.sessionId,
      version: "2.1.330",
      kind: "interactive",
    })
    await claude.pane.shows("manual mode on")
  })

  describe("a pasted prompt", () => {
    test.each([
      ["one line", "SAY: hello"],
      ["unicode", "SAY: ü 漢字 😀 👩\u200d👩\u200d👧 nb\u00a0sp"],
      ["three lines", "From: a@b.example\n\nSAY: three"],
      ["leading blanks, # and &", "  # & ? SAY"],
      ["800 characters", `SAY: ${"y".repeat(795)}`],
      ["! behind a blank", " !touch bang"],
      ["! on the second line", "x\n!touch bang"],
    ])("comes back identical from UserPromptSubmit: %s", async (_, text) => {
      expect(await prompted(text)).toBe(text)
      await stopped()
      expect(made("bang")).toBe(false)
    })

    test.each([
      ["801 characters", `SAY: ${"y".repeat(796)}`],
      ["four lines", "a\nb\nc\nSAY: four"],
    ])("is wrapped: %s", async (_, text) => {
      const prompt = String(await prompted(text))
      const wrapped = /^\n\n<pasted_content id="(\w+)">\n([^]*)\n<\/pasted_content id="\1">\n$/.exec(prompt)
      expect(wrapped?.[2]).toBe(text)
      await stopped()
    })

    test("is composed: a letter and its accent become one character", async () => {
      expect(await prompted("SAY: e\u0301")).toBe("SAY: \u00e9")
      await stopped()
    })

    test("has its tabs turned into four spaces", async () => {
      expect(await prompted("a\tb")).toBe("a    b")
      await stopped()
    })
  })

  describe("invisible characters in a prompt", () => {
    test.each([
      ["zero width space", "\u200b"],
      ["soft hyphen", "\u00ad"],
      ["byte order mark", "\ufeff"],
      ["bell", "\u0007"],
      ["tag", "\u{e0041}"],
    ])("are taken out: %s", async (_, character) => {
      expect(await prompted(`SAY: a${character}b`)).toBe("SAY: ab")
      await stopped()
    })
  })

  describe("what must never come first in a prompt", () => {
    test("! runs a command without asking and without UserPromptSubmit", async () => {
      await claude.pane.submit("!touch bang")
      await eventually(() => expect(made("bang")).toBe(true))
      expect(claude.desk.of("UserPromptSubmit")).toEqual([])
      expect(claude.desk.of("PreToolUse")).toEqual([])
      await claude.isIn("idle")
    })

    test("/ is a command of its own: no turn, no hook", async () => {
      await claude.pane.submit("/nonsense")
      await claude.pane.shows("/nonsense")
      await prompted("SAY: after the slash")
      expect(claude.desk.of("UserPromptSubmit")).toHaveLength(1)
      await stopped()
    })

    // At the very end it would open a list of files, in which Enter chooses instead of sending.
    test("@/path anywhere attaches the file unasked, outside the folder too", async () => {
      expect(await prompted("SAY: see @/etc/hostname now")).toBe("SAY: see @/etc/hostname now")
      await stopped()
      const sent = JSON.stringify(claude.api.turns.at(-1)?.messages)
      expect(sent).toContain(readFileSync("/etc/hostname", "utf8").trim())
    })
  })

  test("a turn ends with Stop and the answer in full, and the status line has cost and context", async () => {
    await prompted("SAY: the whole answer")
    expect(await stopped()).toBe("the whole answer")
    const lines = () => readFileSync(claude.statusLine, "utf8").trim().split("\n")
    await eventually(() => expect(fields(JSON.parse(lines().at(-1) ?? "{}"))["prompt_id"]).toBeTruthy())
    const line = fields(JSON.parse(lines().at(-1) ?? "{}"))
    expect(line["session_id"]).toBe(claude.sessionId)
    expect(fields(line["cost"])["total_cost_usd"]).toBeGreaterThan(0)
    expect(fields(line["context_window"])).toMatchObject({
      total_input_tokens: expect.any(Number),
      context_window_size: expect.any(Number),
      used_percentage: expect.any(Number),
    })
  })

  test("Esc while it answers: idle, no hook, a row in the transcript", async () => {
    await prompted(`SLOW: one two ${"and on ".repeat(60)}`)
    await claude.pane.shows("● one two")
    await claude.pane.keys("Escape")
    await claude.isIn("idle")
    await claude.pane.shows("Interrupted")
    expect(claude.desk.of("Stop")).toEqual([])
    await eventually(() => expect(claude.transcript()).toContain("[Request interrupted by user]"))
  })

  test("a prompt while it works is folded in or queued, and reported", async () => {
    await prompted("SLOW: one two three four five six")
    await claude.pane.shows("● one two")
    await claude.pane.submit("SAY: queued")
    const prompts = () => claude.desk.of("UserPromptSubmit").map(({ payload }) => payload["prompt"])
    await eventually(() => expect(prompts()).toContain("SAY: queued"))
    await eventually(() => expect(claude.desk.of("Stop").length).toBe(2))
  })

  test("an answer that is cut off is asked for again", async () => {
    let cut = 0
    claude.api.setProgram(() =>
      cut++ === 0 ? { kind: "cut", text: "half and half" } : { kind: "text", text: "whole" },
    )
    await prompted("anything")
    expect(String(await stopped())).toContain("whole")
  })
})

/** Each leaves something behind. */
describe.skipIf(claudeMissing)(`Claude Code's drafts ${claudeNeeds}`, () => {
  let claude: ClaudeUnderTest

  beforeEach(async () => {
    claude = await ClaudeUnderTest.open()
    await claude.start()
  })
  afterEach(() => claude?.close())

  test("characters that turn the direction are taken out, and Enter does not send then", async () => {
    await claude.pane.submit("SAY: a\u202eb")
    await claude.pane.shows("review and press Enter to send")
    await claude.pane.shows(/❯\sSAY: ab\s*\n─/)
    expect(claude.desk.of("UserPromptSubmit")).toEqual([])
  })

  test("a backslash before Enter keeps the prompt as a draft", async () => {
    await claude.pane.submit("SAY: draft\\")
    await claude.pane.shows(/❯\sSAY: draft\s*\n/)
    expect(claude.state()?.["status"]).toBe("idle")
    expect(claude.desk.of("UserPromptSubmit")).toEqual([])
  })

  test("Esc before the answer begins: idle, no hook, and the prompt is a draft again", async () => {
    await claude.pane.submit("HANG")
    await claude.api.waitForTurn(({ lastUserText }) => lastUserText.trim() === "HANG", 20_000)
    await claude.pane.keys("Escape")
    await claude.isIn("idle")
    await claude.pane.shows(/─\n❯\sHANG\s*\n─/)
    expect(claude.desk.of("Stop")).toEqual([])
  })
})
