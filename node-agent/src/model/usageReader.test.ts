import { describe, expect, test } from "vitest"
import { UsageReader } from "./usageReader.ts"

const sse = (...events: ReadonlyArray<unknown>) =>
  events
    .map((event) => `event: x\ndata: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`)
    .join("")

const read = (type: string, text: string, size = text.length) => {
  const reader = new UsageReader(type)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size))
  reader.finish()
  return reader
}
const stream = "text/event-stream; charset=utf-8"
const counts = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0 }

const messages = sse(
  {
    type: "message_start",
    message: {
      model: "claude-opus-5-5",
      usage: {
        input_tokens: 12,
        cache_creation_input_tokens: 300,
        cache_read_input_tokens: 4_000,
        cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
        output_tokens: 1,
      },
    },
  },
  { type: "ping" },
  {
    type: "content_block_delta",
    index: 0,
    delta: { type: "text_delta", text: '"usage":{"output_tokens":9} äöü 😀 message_stop' },
  },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 77 } },
  { type: "message_stop" },
)
const response = {
  id: "r",
  object: "response",
  model: "gpt-6-sol",
  output: [{ type: "message" }],
  usage: {
    input_tokens: 1_000,
    input_tokens_details: { cached_tokens: 600, cache_write_tokens: 100 },
    output_tokens: 50,
    output_tokens_details: { reasoning_tokens: 20 },
    total_tokens: 1_050,
  },
}
const responses = sse(
  { type: "response.created", response: { ...response, usage: null } },
  { type: "response.output_text.delta", delta: "usage" },
  { type: "response.completed", response },
)
const chunk = { object: "chat.completion.chunk", model: "gpt-5-2025-08-07", choices: [], usage: null }
const chat = sse(
  chunk,
  {
    ...chunk,
    usage: { prompt_tokens: 30, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 10 } },
  },
  "[DONE]",
)

describe("UsageReader", () => {
  test.each([
    [
      "Messages",
      messages,
      {
        ...counts,
        model: "claude-opus-5-5",
        input: 12,
        output: 77,
        cacheRead: 4_000,
        cacheWrite: 300,
        cacheWriteHour: 200,
      },
    ],
    [
      "Responses",
      responses,
      { ...counts, model: "gpt-6-sol", input: 300, output: 50, cacheRead: 600, cacheWrite: 100 },
    ],
    ["Chat Completions", chat, { ...counts, model: "gpt-5-2025-08-07", input: 20, output: 4, cacheRead: 10 }],
    [
      "carriage returns",
      messages.replaceAll("\n", "\r\n"),
      {
        ...counts,
        model: "claude-opus-5-5",
        input: 12,
        output: 77,
        cacheRead: 4_000,
        cacheWrite: 300,
        cacheWriteHour: 200,
      },
    ],
  ])("streamed %s, however they are cut", (_, text, expected) => {
    for (const size of [text.length, 1, 3, 1_000]) {
      const reader = read(stream, text, size)
      expect(reader.usage).toEqual(expected)
      expect(reader.complete).toBe(true)
      expect(reader.fault).toBeNull()
    }
  })

  test.each([
    [
      "Messages",
      { type: "message", model: "m", usage: { input_tokens: 3, output_tokens: 2 } },
      { ...counts, model: "m", input: 3, output: 2 },
    ],
    [
      "Responses",
      response,
      { ...counts, model: "gpt-6-sol", input: 300, output: 50, cacheRead: 600, cacheWrite: 100 },
    ],
    [
      "Chat Completions",
      { object: "chat.completion", model: "c", usage: { prompt_tokens: 9, completion_tokens: 1 } },
      { ...counts, model: "c", input: 9, output: 1 },
    ],
  ])("whole %s", (_, body, expected) => {
    expect(read("application/json", JSON.stringify(body), 7).usage).toEqual(expected)
  })

  test("an answer that is cut off has what it said so far, and is not complete", () => {
    const reader = read(stream, messages.slice(0, messages.indexOf("message_delta")))
    expect(reader.usage).toMatchObject({ input: 12, output: 1 })
    expect(reader.complete).toBe(false)
  })

  test.each([
    [
      sse({ type: "error", error: { type: "overloaded_error", message: "busy" } }),
      { code: "overloaded_error", message: "busy" },
    ],
    [
      sse({
        type: "response.failed",
        response: { model: "m", error: { code: "server_error", message: "oh" } },
      }),
      { code: "server_error", message: "oh" },
    ],
    [
      sse({ type: "error", code: "rate_limit_exceeded", message: "wait" }),
      { code: "rate_limit_exceeded", message: "wait" },
    ],
  ])("an error in the middle: %s", (text, expected) => {
    expect(read(stream, text).fault).toEqual(expected)
  })

  test.each([
    ["nonsense", 'data: {\nusage\ndata: ["usage"]\ndata: "usage"\ndata: null\n'],
    [
      "absurd counts",
      sse({
        type: "message_start",
        message: {
          model: "",
          usage: { input_tokens: -4, output_tokens: 1e300, cache_read_input_tokens: "9" },
        },
      }),
    ],
    [
      "more cached than there was",
      sse({ model: 4, usage: { prompt_tokens: 0, prompt_tokens_details: { cached_tokens: 5 } } }),
    ],
  ])("%s counts nothing", (_, text) => {
    expect(read(stream, text).usage ?? { ...counts, model: "" }).toEqual({ ...counts, model: "" })
  })

  test("a line without end costs no memory and hides nothing behind it", () => {
    const reader = new UsageReader(stream)
    const part = Buffer.alloc(1024 * 1024, "x")
    reader.push(Buffer.from("data: "))
    for (let i = 0; i < 20; i++) reader.push(part)
    reader.push(Buffer.from(`\n${messages}`))
    reader.finish()
    expect(reader.usage?.output).toBe(77)
  })
})
