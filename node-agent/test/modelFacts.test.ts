import { readFile } from "node:fs/promises"
import { join } from "node:path"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { TurnId } from "@maillm/schema/Ids"
import { Usage } from "@maillm/schema/Turn"
import { startFakeModelApi } from "../src/model/testing/FakeModelApi.ts"
import { say } from "../src/model/testing/FakeReply.ts"
import { errorOf, key, session, TestProxy, turn, until, user } from "./testing/TestProxy.ts"
import { event, messageEvents, streams } from "./testing/Upstream.ts"

const isUsage = Schema.is(Usage)

let at: TestProxy
beforeEach(async () => {
  at = await TestProxy.start()
})
afterEach(() => at.stop())

describe("usage", () => {
  test("of streams of both providers, as it passes untouched", async () => {
    at.upstream.answers(streams(messageEvents(50)))
    const response = await at.post("/anthropic/v1/messages")
    expect(response.headers.get("content-type")).toBe("text/event-stream")
    expect(await response.text()).toBe(messageEvents(50).join(""))
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60 },
      output_tokens: 5,
    }
    at.upstream.answers(
      streams([event({ type: "response.completed", response: { model: "gpt-6-sol", usage } })]),
    )
    await (await at.post("/openai/v1/responses")).text()
    const facts = await at.proxy.endTurn(session)
    expect(facts).toEqual({
      usage: {
        inputTokens: 50,
        outputTokens: 55,
        cacheReadTokens: 60,
        cacheWriteTokens: 0,
        // 10 × 4 + 50 × 20 + 40 × 2 + 60 × 0.2 + 5 × 10
        costMicroUsd: 40 + 1_000 + 80 + 12 + 50,
        models: ["claude-opus-5-5", "gpt-6-sol"],
      },
      fault: null,
    })
    expect(isUsage(facts.usage)).toBe(true)
    expect(await at.proxy.endTurn(session)).toEqual(facts)
  })

  test("of a model without a price is counted, without a cost", async () => {
    at.upstream.answers(
      (_, response) =>
        void response
          .writeHead(200, { "content-type": "application/json" })
          .end('{"model":"own","usage":{"input_tokens":3,"output_tokens":4}}'),
    )
    await (await at.post("/v1/messages")).text()
    const { usage } = await at.proxy.endTurn(session)
    expect(usage).toMatchObject({ inputTokens: 3, outputTokens: 4, costMicroUsd: null, models: ["own"] })
  })

  test("is known as soon as the answer is complete, though the connection stays open", async () => {
    at.upstream.answers((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write(messageEvents(9).join(""))
    })
    const reader = (await at.post("/v1/messages")).body?.getReader()
    let text = ""
    while (!text.includes("message_stop")) text += Buffer.from((await reader?.read())?.value ?? []).toString()
    expect((await at.proxy.endTurn(session)).usage).toMatchObject({ outputTokens: 9 })
    await reader?.cancel()
  })

  test("between two turns counts for the next one; a turn that used nothing has none", async () => {
    expect(await at.proxy.endTurn(session)).toEqual({ usage: null, fault: null })
    at.upstream.answers(streams(messageEvents(7)))
    await (await at.post("/v1/messages")).text()
    expect((await at.proxy.endTurn(session)).usage).toBeNull()
    await at.proxy.beginTurn(session, user, TurnId.make("t2"))
    expect((await at.proxy.endTurn(session)).usage).toMatchObject({ outputTokens: 7 })
  })

  test("outlives a restart in the middle of a turn, like the token", async () => {
    at.upstream.answers(streams(messageEvents(7)))
    await (await at.post("/v1/messages")).text()
    await at.reopen()
    expect(await at.proxy.tokenOf(session, user)).toBe(at.token)
    await at.proxy.beginTurn(session, user, turn)
    await (await at.post("/v1/messages")).text()
    expect((await at.proxy.endTurn(session)).usage).toMatchObject({ inputTokens: 20, outputTokens: 14 })
    await at.reopen()
    expect((await at.proxy.endTurn(session)).usage).toMatchObject({ inputTokens: 20, outputTokens: 14 })
  })

  test("is on disk within about a second, for an agent that is killed", async () => {
    at.upstream.answers(streams(messageEvents(7)))
    await (await at.post("/v1/messages")).text()
    const path = join(at.folder.session(session), "model.json")
    await until("the file", async () => (await readFile(path, "utf8")).includes('"output":7'))
  })
})

describe("faults", () => {
  test.each([
    [429, "rate-limit"],
    [529, "provider-down"],
    [403, "authentication"],
    [404, "model-not-found"],
    [400, "other"],
  ] as const)("HTTP %i is %s; the answer comes through as it is", async (status, kind) => {
    const body = '{"type":"error","error":{"type":"t","message":"said so"}}'
    const reset = new Date(Date.now() + 90_000)
    at.upstream.answers(
      (_, response) =>
        void response
          .writeHead(status, { "retry-after": reset.toUTCString(), "content-type": "application/json" })
          .end(body),
    )
    const response = await at.post("/v1/messages")
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(body)
    const { fault } = await at.proxy.endTurn(session)
    expect(fault).toMatchObject({ kind, message: `HTTP ${status}: said so` })
    const until = Math.floor(reset.getTime() / 1_000) * 1_000
    expect(fault?.resetAtMillis).toBe(status === 429 ? until : null)
    expect(at.proxy.limits()).toEqual({ anthropic: status === 429 ? until : null, openai: null })
    expect(at.proxy.limits(until + 1)).toEqual({ anthropic: null, openai: null })
  })

  test("a call that succeeds afterwards clears it", async () => {
    at.upstream.answers((_, response) => void response.writeHead(429, { "retry-after": "60" }).end("{}"))
    await (await at.post("/v1/messages")).text()
    expect(at.proxy.limits().anthropic).not.toBeNull()
    at.upstream.answers(streams(messageEvents(1)))
    await (await at.post("/v1/messages")).text()
    expect(at.proxy.limits().anthropic).toBeNull()
    expect((await at.proxy.endTurn(session)).fault).toBeNull()
  })

  test("in the middle of a stream, with what it had cost", async () => {
    const error = event({ type: "error", error: { type: "overloaded_error", message: "busy" } })
    at.upstream.answers(streams([...messageEvents(1).slice(0, 2), error]))
    await (await at.post("/v1/messages")).text()
    const { fault, usage } = await at.proxy.endTurn(session)
    expect(fault).toMatchObject({ kind: "provider-down", message: "overloaded_error: busy" })
    expect(usage).toMatchObject({ inputTokens: 10 })
  })

  test.each(["cut", "ended early"])("a stream that is %s reaches the agent as such", async (how) => {
    at.upstream.answers((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write(messageEvents(1)[0], () => (how === "cut" ? response.destroy() : response.end()))
    })
    const text = (await at.post("/v1/messages")).text()
    if (how === "cut") await expect(text).rejects.toThrow()
    else await text
    await until("the fault", () => at.log.length > 0)
    expect((await at.proxy.endTurn(session)).fault).toMatchObject({ kind: "provider-down" })
  })

  test("an agent that gives up ends the provider's work, and is no fault", async () => {
    const gone = Promise.withResolvers<void>()
    at.upstream.answers((_, response) => {
      response.once("close", () => gone.resolve())
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write(messageEvents(1)[0])
    })
    const stop = new AbortController()
    const response = await fetch(`${at.proxy.baseUrl}/v1/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${at.token}` },
      body: "{}",
      signal: stop.signal,
    })
    await response.body?.getReader().read()
    stop.abort()
    await gone.promise
    const path = join(at.folder.session(session), "model.json")
    await until("the count", async () => (await readFile(path, "utf8")).includes('"input":10'))
    expect(await at.proxy.endTurn(session)).toMatchObject({ fault: null, usage: { inputTokens: 10 } })
    expect(at.log).toEqual([])
  })

  test("no answer from the provider's address: 502 in its form", async () => {
    await at.upstream.close()
    const response = await at.post("/openai/v1/responses")
    expect(response.status).toBe(502)
    expect((await errorOf(response)).message).toContain(`${at.upstream.url} could not be reached`)
    expect((await at.proxy.endTurn(session)).fault).toMatchObject({ kind: "provider-down" })
  })

  test("no provider: 503 that names the setting", async () => {
    await at.reopen({ anthropic: null, openai: null })
    for (const [path, setting] of [
      ["/anthropic/v1/messages", "MAILLM_ANTHROPIC_API_KEY"],
      ["/openai/v1/responses", "MAILLM_OPENAI_API_KEY"],
    ] as const) {
      const response = await at.post(path)
      expect(response.status).toBe(503)
      expect((await errorOf(response)).message).toContain(setting)
      const { fault } = await at.proxy.endTurn(session)
      if (path.startsWith("/anthropic")) expect(fault).toMatchObject({ kind: "authentication" })
    }
  })
})

test("counts what the stand-in of both APIs says it used", async () => {
  const fake = await startFakeModelApi({ program: () => say("one two three four") })
  try {
    const provider = { baseUrl: fake.url, key: Redacted.make(key) }
    await at.reopen({ anthropic: provider, openai: provider })
    const tools = [{ name: "Bash", type: "function", input_schema: {} }]
    for (const stream of [true, false]) {
      const messages = {
        model: "claude-opus-5-5",
        stream,
        tools,
        messages: [{ role: "user", content: "hi" }],
      }
      const first = await at.post("/anthropic/v1/messages", {}, JSON.stringify(messages))
      expect(first.status, await first.text()).toBe(200)
      const responses = { model: "gpt-6-sol", stream, tools, input: [{ role: "user", content: "hi" }] }
      const second = await at.post("/openai/v1/responses", {}, JSON.stringify(responses))
      expect(second.status, await second.text()).toBe(200)
    }
    const { usage, fault } = await at.proxy.endTurn(session)
    expect(fault).toBeNull()
    expect(usage?.models).toEqual(["claude-opus-5-5", "gpt-6-sol"])
    expect(usage?.outputTokens).toBeGreaterThanOrEqual(4 * 5)
    expect(usage?.costMicroUsd).toBeGreaterThan(0)
  } finally {
    await fake.close()
  }
})
