import { randomUUID } from "node:crypto"
import type {
  EventWriter,
  FakeError,
  FakeReply,
  FakeToolCall,
  FakeToolResult,
  FakeTurn,
} from "./FakeReply.ts"
import { chunksOf, fields, isReminder, items, text, tokensOf } from "./FakeReply.ts"

/**
 * Anthropic's Messages API, as agents speak it: https://docs.anthropic.com/en/api/messages and …/messages-streaming.
 * Traps: the conversation may end in entries of role "system"; one user message may hold results of tools and a
 * person's new words beside each other; `content` is text or blocks.
 */
export const readMessages = (
  body: unknown,
): Pick<FakeTurn, Exclude<keyof FakeTurn, "api" | "number" | "sessionHeader">> => {
  const request = fields(body)
  const messages = items(request["messages"])
  const answers = messages.flatMap((message, index) =>
    fields(message)["role"] === "assistant" ? [index] : [],
  )
  const lastSpoken = messages.findLastIndex((message) => personsText(message) !== "")
  const lastAnswer = answers.at(-1) ?? -1
  return {
    model: text(request["model"]),
    stream: request["stream"] === true,
    systemText: [request["system"], ...messages.filter((message) => fields(message)["role"] === "system")]
      .map(plainText)
      .join("\n")
      .slice(0, 100_000),
    lastUserText: lastSpoken === -1 ? "" : personsText(messages[lastSpoken]),
    answersSince: answers.filter((index) => index > lastSpoken).length,
    toolResults: messages.slice(lastAnswer + 1).flatMap(resultsOf),
    tools: items(request["tools"]).map((tool) => text(fields(tool)["name"])),
    messages,
  }
}

const blocksOf = (message: unknown): ReadonlyArray<unknown> => {
  const { content } = fields(message)
  return typeof content === "string" ? [{ type: "text", text: content }] : items(content)
}

const plainText = (value: unknown): string =>
  typeof value === "string"
    ? value
    : (Array.isArray(value) ? value : blocksOf(value)).map((block) => text(fields(block)["text"])).join("\n")

/** The newest block only: after a turn that failed or was stopped, agents send its prompt and the next as one message. */
const personsText = (message: unknown): string =>
  fields(message)["role"] !== "user"
    ? ""
    : (blocksOf(message)
        .filter((block) => fields(block)["type"] === "text")
        .map((block) => text(fields(block)["text"]))
        .findLast((words) => words.trim() !== "" && !isReminder(words)) ?? "")

const resultsOf = (message: unknown): ReadonlyArray<FakeToolResult> =>
  blocksOf(message).flatMap((block) => {
    const result = fields(block)
    if (result["type"] !== "tool_result") return []
    return [
      {
        callId: text(result["tool_use_id"]),
        text: plainText(result["content"]),
        failed: result["is_error"] === true,
      },
    ]
  })

const toolUse = (call: FakeToolCall) => ({
  type: "tool_use",
  id: call.id ?? `toolu_${randomUUID().replaceAll("-", "").slice(0, 24)}`,
  name: call.name,
  input: typeof call.input === "string" ? { input: call.input } : call.input,
})

const startedMessage = (turn: FakeTurn) => ({
  id: `msg_${randomUUID().replaceAll("-", "").slice(0, 24)}`,
  type: "message",
  role: "assistant",
  model: turn.model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: usageOf(turn, 1),
})

const usageOf = (turn: FakeTurn, outputTokens: number) => ({
  input_tokens: tokensOf(JSON.stringify(turn.messages)),
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: outputTokens,
})

type Answer = Extract<FakeReply, { readonly kind: "text" | "tools" | "cut" }>

const blocksOfAnswer = (answer: Answer) => [
  ...(answer.text === undefined || answer.text === "" ? [] : [{ type: "text" as const, text: answer.text }]),
  ...(answer.kind === "tools"
    ? answer.calls.map(toolUse).map((use) => ({ ...use, type: "tool_use" as const }))
    : []),
]

const outputTokens = (blocks: ReturnType<typeof blocksOfAnswer>) => tokensOf(JSON.stringify(blocks))

const stopReason = (answer: Answer) => (answer.kind === "tools" ? "tool_use" : "end_turn")

/** The answer to a request without `stream`. */
export const wholeMessage = (turn: FakeTurn, answer: Answer): unknown => {
  const blocks = blocksOfAnswer(answer)
  return {
    ...startedMessage(turn),
    content: blocks,
    stop_reason: stopReason(answer),
    usage: usageOf(turn, outputTokens(blocks)),
  }
}

/** Server-sent events; of a cut answer only those up to the middle of its text. */
export const streamMessage = async (turn: FakeTurn, answer: Answer, write: EventWriter): Promise<void> => {
  const event = (data: { readonly type: string; readonly [field: string]: unknown }, pauseMillis = 0) =>
    write(data.type, data, pauseMillis)
  const pause = answer.kind === "text" ? (answer.chunkMillis ?? 0) : 0
  const blocks = blocksOfAnswer(answer)
  await event({ type: "message_start", message: startedMessage(turn) })
  for (const [index, block] of blocks.entries()) {
    const delta = (part: object, pauseMillis = 0) =>
      event({ type: "content_block_delta", index, delta: part }, pauseMillis)
    const opened = block.type === "text" ? { type: "text", text: "" } : { ...block, input: {} }
    await event({ type: "content_block_start", index, content_block: opened })
    if (block.type === "text") {
      const words = answer.kind === "cut" ? block.text.slice(0, Math.ceil(block.text.length / 2)) : block.text
      for (const chunk of chunksOf(words, pause > 0)) await delta({ type: "text_delta", text: chunk }, pause)
      if (answer.kind === "cut") return
    } else {
      await delta({ type: "input_json_delta", partial_json: "" })
      for (const part of halves(JSON.stringify(block.input)))
        await delta({ type: "input_json_delta", partial_json: part })
    }
    await event({ type: "content_block_stop", index })
  }
  await event({
    type: "message_delta",
    delta: { stop_reason: stopReason(answer), stop_sequence: null },
    usage: { output_tokens: outputTokens(blocks) },
  })
  await event({ type: "message_stop" })
}

/** JSON in two parts, so that a client must put it together. */
const halves = (words: string) => [words.slice(0, words.length / 2), words.slice(words.length / 2)]

const errorTypes: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error",
}

/** https://docs.anthropic.com/en/api/errors and …/rate-limits. */
export const messagesError = (reply: Extract<FakeReply, { readonly kind: "error" }>): FakeError => {
  const requestId = `req_${randomUUID().replaceAll("-", "").slice(0, 24)}`
  const reset = new Date(Date.now() + (reply.retryAfterSeconds ?? 0) * 1_000).toISOString()
  const limits: Record<string, string> =
    reply.retryAfterSeconds === undefined
      ? {}
      : {
          "retry-after": String(reply.retryAfterSeconds),
          "anthropic-ratelimit-requests-limit": "50",
          "anthropic-ratelimit-requests-remaining": "0",
          "anthropic-ratelimit-requests-reset": reset,
        }
  return {
    headers: { "request-id": requestId, ...limits, ...reply.headers },
    body: reply.body ?? {
      type: "error",
      error: {
        type: errorTypes[reply.status] ?? "api_error",
        message: reply.message ?? `stand-in error ${reply.status}`,
      },
      request_id: requestId,
    },
  }
}
