import { request } from "node:http"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type FakeModelApi, startFakeModelApi } from "../src/model/testing/FakeModelApi.ts"
import { failWith } from "../src/model/testing/FakeReply.ts"

let api: FakeModelApi
beforeEach(async () => {
  api = await startFakeModelApi()
})
afterEach(() => api.close())

const bash = [{ name: "Bash", input_schema: { type: "object" } }]
const shell = [{ type: "function", name: "exec_command" }]

const post = (path: string, body: unknown) =>
  fetch(`${api.url}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })

/** The `data` of each server-sent event. */
const events = async (response: Response) =>
  (await response.text())
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "null") as Record<string, unknown>)

const user = (content: unknown) => ({ role: "user", content })

describe("Messages", () => {
  const ask = (messages: ReadonlyArray<unknown>, more = {}) =>
    post("/v1/messages?beta=true", { model: "m", stream: true, tools: bash, messages, ...more })

  test("streams a text as its blocks, with usage", async () => {
    const sent = await events(await ask([user("SAY: hello")]))
    expect(sent.map(({ type }) => type)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ])
    expect(sent[2]).toMatchObject({ delta: { type: "text_delta", text: "hello" } })
    expect(sent[4]).toMatchObject({ delta: { stop_reason: "end_turn" } })
  })

  test("streams a tool's input in parts that make up its JSON", async () => {
    const sent = await events(await ask([user("RUN: ls -l")]))
    const parts = sent.flatMap(
      ({ delta }) => (delta as { partial_json?: string } | undefined)?.partial_json ?? [],
    )
    expect(JSON.parse(parts.join(""))).toMatchObject({ command: "ls -l" })
    expect(sent.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" } })
  })

  test("without stream answers the message whole", async () => {
    const response = await ask([user([{ type: "text", text: "SAY: whole" }])], { stream: false })
    expect(await response.json()).toMatchObject({
      content: [{ type: "text", text: "whole" }],
      stop_reason: "end_turn",
    })
  })

  test("reads a turn: reminders, a system entry at the end, results beside new words", async () => {
    await ask([
      user("first"),
      { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "Bash", input: {} }] },
      user([
        { type: "tool_result", tool_use_id: "t1", content: [{ type: "text", text: "out" }], is_error: true },
        { type: "text", text: "second" },
        { type: "text", text: "<system-reminder>not a person</system-reminder>" },
      ]),
      { role: "system", content: "be brief" },
    ])
    expect(api.turns.at(-1)).toMatchObject({
      lastUserText: "second",
      answersSince: 0,
      toolResults: [{ callId: "t1", text: "out", failed: true }],
      systemText: expect.stringContaining("be brief"),
      tools: ["Bash"],
    })
  })

  test("lines of a script are the answers one after the other", async () => {
    const script = user("RUN: one\nSAY: two")
    const call = { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "Bash", input: {} }] }
    const result = user([{ type: "tool_result", tool_use_id: "t1", content: "out" }])
    expect(JSON.stringify(await events(await ask([script, call, result])))).toContain("two")
    const said = { role: "assistant", content: "two" }
    expect(JSON.stringify(await events(await ask([script, call, result, said])))).toContain("Done.")
  })

  test("errors have the provider's body and headers", async () => {
    api.setProgram(() => failWith(429, { retryAfterSeconds: 30 }))
    const response = await ask([user("x")])
    expect(response.status).toBe(429)
    expect(response.headers.get("retry-after")).toBe("30")
    expect(await response.json()).toMatchObject({ type: "error", error: { type: "rate_limit_error" } })
  })

  test("ERR with a number fails so often and then goes on", async () => {
    const statuses: Array<number> = []
    for (let index = 0; index < 3; index++)
      statuses.push((await ask([user("ERR: 529 2\nSAY: at last")])).status)
    expect(statuses).toEqual([529, 529, 200])
  })

  test("a cut answer breaks off without its end", async () => {
    const response = await ask([user("CUT: one and two")])
    await expect(response.text()).rejects.toThrow()
  })

  test("a request without tools is for a title, and no turn", async () => {
    const response = await ask([user("a title please")], { tools: [], stream: false })
    expect(await response.json()).toMatchObject({ content: [{ text: "A title" }] })
    expect(api.turns).toEqual([])
    expect(api.requests).toHaveLength(1)
  })

  test("a hanging answer ends when the client goes, and waitForTurn tells of it", async () => {
    const controller = new AbortController()
    const body = JSON.stringify({ model: "m", stream: true, tools: bash, messages: [user("HANG")] })
    const call = fetch(`${api.url}/v1/messages`, { method: "POST", body, signal: controller.signal })
    await api.waitForTurn(({ lastUserText }) => lastUserText === "HANG", 5_000)
    controller.abort()
    await expect(call).rejects.toThrow()
    await expect(api.waitForTurn(() => false, 50)).rejects.toThrow("HANG")
  })
})

describe("Responses", () => {
  const ask = (input: ReadonlyArray<unknown>) =>
    post("/v1/responses", { model: "m", stream: true, tools: shell, input })
  const message = (text: string) => ({ type: "message", ...user([{ type: "input_text", text }]) })

  test("streams a text and completes with usage", async () => {
    const sent = await events(await ask([message("<environment_context>x"), message("SAY: hello")]))
    expect(sent.map(({ type }) => type)).toContain("response.output_text.delta")
    expect(sent.at(-1)).toMatchObject({
      type: "response.completed",
      response: { status: "completed", usage: { total_tokens: expect.any(Number) } },
    })
  })

  test("calls the shell, and reads its output as the call's result", async () => {
    const sent = await events(await ask([message("RUN: ls")]))
    const done = sent.find(({ type }) => type === "response.output_item.done")
    expect(done).toMatchObject({ item: { type: "function_call", arguments: '{"cmd":"ls"}' } })
    await ask([
      message("RUN: ls"),
      { type: "function_call", call_id: "c1", name: "exec_command", arguments: "{}" },
      { type: "function_call_output", call_id: "c1", output: "out" },
    ])
    expect(api.turns.at(-1)).toMatchObject({
      lastUserText: "RUN: ls",
      answersSince: 1,
      toolResults: [{ callId: "c1", text: "out" }],
    })
  })

  test("errors have the provider's body", async () => {
    api.setProgram(() => failWith(401))
    const response = await ask([message("x")])
    expect(await response.json()).toMatchObject({ error: { code: "invalid_api_key" } })
  })
})

test("answers on a unix socket as well", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fm-"))
  const onSocket = await startFakeModelApi({ listen: { socketPath: join(folder, "s") } })
  const status = await new Promise((resolve, reject) => {
    const options = { socketPath: join(folder, "s"), path: "/", method: "HEAD" }
    request(options, ({ statusCode }) => resolve(statusCode))
      .once("error", reject)
      .end()
  })
  expect(status).toBe(200)
  await onSocket.close()
  rmSync(folder, { recursive: true })
})
