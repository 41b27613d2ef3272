import { describe, expect, test } from "vitest"
import { faultOfAnswer, faultOfStream, resetOf } from "./modelFault.ts"

const now = Date.parse("2026-11-25T12:00:00Z")
const inSeconds = (seconds: number) => now + seconds * 1_000

describe("what a refusal means", () => {
  test.each([
    [429, "rate-limit"],
    [529, "provider-down"],
    [500, "provider-down"],
    [503, "provider-down"],
    [401, "authentication"],
    [403, "authentication"],
    [404, "model-not-found"],
    [400, "other"],
    [413, "other"],
  ])("HTTP %i is %s", (status, kind) => {
    const body = '{"type":"error","error":{"type":"x","message":"so it is"}}'
    expect(faultOfAnswer(status, {}, body, now)).toEqual({
      kind,
      message: `HTTP ${status}: so it is`,
      resetAtMillis: null,
    })
  })

  test.each([
    ['{"error":{"message":"openai"}}', "HTTP 500: openai"],
    ['{"error":"plain"}', "HTTP 500: plain"],
    ["<html>\n bad  gateway</html>", "HTTP 500: <html> bad gateway</html>"],
    ["", "HTTP 500"],
    ["[1]", "HTTP 500"],
    [`{"error":{"message":"${"x".repeat(5_000)}"}}`, `HTTP 500: ${"x".repeat(990)}`],
  ])("its message is found in %s", (body, message) => {
    expect(faultOfAnswer(500, {}, body, now).message).toBe(message)
  })

  test.each([
    ["overloaded_error", "provider-down"],
    ["api_error", "provider-down"],
    ["server_error", "provider-down"],
    ["rate_limit_error", "rate-limit"],
    ["rate_limit_exceeded", "rate-limit"],
    ["insufficient_quota", "rate-limit"],
    ["authentication_error", "authentication"],
    ["permission_error", "authentication"],
    ["invalid_prompt", "other"],
  ])("in the middle of an answer %s is %s", (code, kind) => {
    expect(faultOfStream({ code, message: "m" })).toEqual({
      kind,
      message: `${code}: m`,
      resetAtMillis: null,
    })
  })
})

describe("when a limit ends", () => {
  test.each<readonly [Record<string, string>, number | null]>([
    [{}, null],
    [{ "retry-after": "17" }, inSeconds(17)],
    [{ "retry-after": "1.5" }, inSeconds(1.5)],
    [{ "retry-after-ms": "250", "retry-after": "9" }, now + 250],
    [{ "retry-after": "Wed, 25 Nov 2026 12:01:00 GMT" }, inSeconds(60)],
    [{ "retry-after": "soon" }, null],
    [{ "retry-after": "-5" }, null],
    [{ "retry-after": "99999999" }, null],
    [{ "anthropic-ratelimit-requests-reset": "2026-11-25T12:00:30Z" }, inSeconds(30)],
    [{ "anthropic-ratelimit-requests-reset": "2026-11-25T11:00:30Z" }, null],
    [{ "anthropic-ratelimit-unified-reset": String(inSeconds(3_600) / 1_000) }, inSeconds(3_600)],
    [
      {
        "anthropic-ratelimit-requests-reset": "2026-11-25T12:05:00Z",
        "anthropic-ratelimit-requests-remaining": "12",
        "anthropic-ratelimit-output-tokens-reset": "2026-11-25T12:00:40Z",
        "anthropic-ratelimit-output-tokens-remaining": "0",
      },
      inSeconds(40),
    ],
    [{ "x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "0" }, inSeconds(360)],
    [{ "x-ratelimit-reset-tokens": "1h2m3.5s" }, inSeconds(3_723.5)],
    [{ "x-ratelimit-reset-tokens": "20ms" }, now + 20],
    [{ "x-ratelimit-reset": "12" }, inSeconds(12)],
    [{ "x-ratelimit-reset-tokens": "never" }, null],
  ])("%o", (headers, expected) => {
    expect(resetOf(headers, now)).toBe(expected)
  })
})
