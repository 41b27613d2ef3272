import { describe, expect, test } from "vitest"
import { codexReply, codexSignal } from "./codexHooks.ts"
import { codexFault, lastTurnIn, statusOf } from "./codexRollout.ts"
import { codexScreen, codexStartKeys } from "./codexScreen.ts"

const prompt =
  "\n› Ask Codex to do anything\n\n  GPT-6.1-Sol default · /workspace\n  ← for agents · ? for shortcuts\n"
const restricted = "  Folder access\n  /workspace\n› 1. Open restricted\n  2. Back to Agent Command Center\n"
const trust =
  "  Trust this folder? Codex can read\n› 1. Trust and continue\n  2. Back to Agent Command Center\n"
const event = (time: string, type: string, more: object = {}) =>
  JSON.stringify({ timestamp: time, ordinal: 1, type: "event_msg", payload: { type, ...more } })
const told = (time: string, words: string) =>
  event(time, "item_completed", { item: { type: "UserMessage", content: [{ type: "text", text: words }] } })

test("the screen: a line to write in is told from a question, whose only right answer is known", () => {
  expect(codexScreen(prompt)).toBe("prompt")
  expect(codexScreen(restricted)).toBe("question")
  expect(codexScreen("› Ask Codex to do anything\n  ? for shortcuts\n")).toBeNull()
  expect(codexStartKeys(restricted)).toBe("\r")
  expect(codexStartKeys(trust)).toBeNull()
})

test("idle needs the line to write in; a turn that an earlier Codex left open does not count", () => {
  const at = "2026-11-25T21:40:41.279Z"
  const before = String(Date.parse(at) - 1_000)
  const after = String(Date.parse(at) + 1_000)
  expect(statusOf(`${before}\n${event(at, "task_started")}`, prompt)?.state).toBe("busy")
  expect(statusOf(`${after}\n${event(at, "task_started")}`, prompt)?.state).toBe("idle")
  expect(statusOf(`${before}\n${event(at, "turn_aborted")}`, prompt)?.state).toBe("idle")
  expect(statusOf(`${before}\n`, "")).toBeNull()
  expect(statusOf(`${before}\n${event(at, "task_complete")}`, trust)?.state).toBe("waiting")
})

test("the last turn is read from the rollout: answered, failed, interrupted, another's", () => {
  const start = [told("2026-11-25T21:00:01Z", "Do it"), event("2026-11-25T21:00:01Z", "task_started")]
  const since = Date.parse("2026-11-25T21:00:00Z")
  const end = (type: string, more: object = {}) =>
    lastTurnIn([...start, event("2026-11-25T21:00:02Z", type, more)].join("\n"), "Do it", since)
  expect(end("task_complete", { last_agent_message: "Done." })).toEqual({
    promptSeen: true,
    end: "answered",
    answer: "Done.",
  })
  expect(
    end("task_complete", {
      last_agent_message: null,
      error: { message: "no", codex_error_info: { http_connection_failed: { http_status_code: 401 } } },
    }).fault?.kind,
  ).toBe("authentication")
  expect(end("turn_aborted").end).toBe("interrupted")
  expect(lastTurnIn(start.join("\n"), "Do it", since)).toMatchObject({ promptSeen: true, end: "open" })
  expect(lastTurnIn(start.join("\n"), "Do it", since + 60_000).promptSeen).toBe(false)
})

test.each([
  ["exceeded retry limit, last status: 429 Too Many Requests", null, "rate-limit"],
  ["Selected model is at capacity.", "server_overloaded", "provider-down"],
  ["unexpected status 404 Not Found", null, "model-not-found"],
  ["You've hit your usage limit.", "usage_limit_exceeded", "rate-limit"],
  ["bad request", { other: 1 }, "other"],
] as const)("%s is %3$s", (message, info, kind) => {
  expect(codexFault(message, info).kind).toBe(kind)
})

describe("hooks", () => {
  const asked = (body: object) => codexSignal("PreToolUse", { tool_use_id: "c1", cwd: "/w", ...body })

  test("a call is told with where it is to run, a patch as a patch", () => {
    expect(asked({ tool_name: "Bash", tool_input: { command: "ls" } })).toEqual({
      _tag: "ToolAsked",
      call: { tool: "Bash", input: { command: "ls" }, cwd: "/w", callId: "c1" },
    })
    expect(asked({ tool_name: "apply_patch", tool_input: { command: "*** Begin" } })).toMatchObject({
      call: { tool: "apply_patch", input: { patch: "*** Begin" } },
    })
    expect(asked({})).toBeNull()
  })

  test("only leave is no refusal: Codex runs what it is told in words that it does not know", () => {
    const signal = asked({ tool_name: "Bash", tool_input: {} })
    if (signal === null) throw new Error("no signal")
    expect(codexReply(signal, { _tag: "Allow", note: "" })).toBe("{}")
    for (const answer of [
      { _tag: "Deny", reason: "" },
      { _tag: "Ask", reason: "why" },
      { _tag: "Nothing" },
    ] as const)
      expect(JSON.parse(codexReply(signal, answer))).toMatchObject({
        hookSpecificOutput: {
          permissionDecision: "deny",
          permissionDecisionReason: expect.stringMatching(/./),
        },
      })
  })

  test("the hidden thread for a title and the parts of a turn that run apart end nothing", () => {
    expect(codexSignal("Stop", { transcript_path: null })).toEqual({ _tag: "Alive" })
    expect(codexSignal("Stop", { transcript_path: "/r", agent_id: "a" })).toEqual({ _tag: "Alive" })
    expect(codexSignal("Stop", { transcript_path: "/r", last_assistant_message: "Hi" })).toMatchObject({
      _tag: "Answered",
    })
  })
})
