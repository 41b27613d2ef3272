import { expect, test } from "vitest"
import { openCodeFault, openCodeReply, openCodeSignal } from "./openCodeHooks.ts"
import { isPasted, lastTurnOf, statusOf } from "./openCodeState.ts"

const prompt = "  ┃  Build · fake Anthropic\n   /workspace      124 (0%)  ctrl+p commands\n"
const written = (state: string) => JSON.stringify({ state, sessionId: "ses_1", atMillis: 5 })

test("idle needs the line to write in; without the plugin's word there is no state", () => {
  expect(statusOf(written("idle"), prompt)?.state).toBe("idle")
  expect(statusOf(written("idle"), "")).toBeNull()
  expect(statusOf(written("busy"), "")?.state).toBe("busy")
  expect(statusOf("", prompt)).toBeNull()
  expect(statusOf(written("busy"), "  ┃  △ Permission required\n")?.state).toBe("waiting")
})

test("a pasted prompt is seen in the line to write in, or as its number of lines", () => {
  expect(isPasted("  ┃\n  ┃  Do this\n", "Do this")).toBe(true)
  expect(isPasted("  ┃  [Pasted ~3 lines]\n", "a\nb\nc")).toBe(true)
  expect(isPasted(prompt, "Do this")).toBe(false)
})

test("the last turn is the one asked about only with its prompt and from its time on", () => {
  const turn = { prompt: "Do it ", atMillis: 100, end: "answered", answer: "Done.", fault: null }
  expect(lastTurnOf(JSON.stringify(turn), "Do it", 50)).toEqual({
    promptSeen: true,
    end: "answered",
    answer: "Done.",
  })
  expect(lastTurnOf(JSON.stringify(turn), "Do it", 150).promptSeen).toBe(false)
  expect(lastTurnOf(JSON.stringify({ ...turn, fault: { statusCode: 401 } }), "Do it", 50).fault?.kind).toBe(
    "authentication",
  )
  expect(lastTurnOf("{", "Do it", 50)).toEqual({ promptSeen: false, end: "open", answer: "" })
})

test("leave is given in one word only", () => {
  const signal = openCodeSignal("PreToolUse", { tool_name: "bash", tool_input: {}, tool_use_id: "c" })
  if (signal === null) throw new Error("no signal")
  expect(openCodeReply(signal, { _tag: "Allow", note: "" })).toBe('{"decision":"allow"}')
  expect(openCodeReply(signal, { _tag: "Ask", reason: "x" })).toBe("{}")
  expect(openCodeSignal("PreToolUse", {})).toBeNull()
})

test.each([
  [{ message: "Too Many Requests" }, "rate-limit"],
  [{ message: "Provider is overloaded" }, "provider-down"],
  [{ name: "ProviderAuthError" }, "authentication"],
  [{ statusCode: 404 }, "model-not-found"],
  [{ message: "odd" }, "other"],
] as const)("%j is %s", (fault, kind) => {
  expect(openCodeFault(fault).kind).toBe(kind)
})
