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
 * OpenAI's Responses API, as agents speak it: https://platform.openai.com/docs/api-reference/responses-streaming.
 * Traps: what the agent adds about its environment comes as messages of role "user" too; calls and their results are
 * items of their own beside the messages.
 */
export const readResponses = (
  body: unknown,
): Pick<FakeTurn, Exclude<keyof FakeTurn, "api" | "number" | "sessionHeader">> => {
  const request = fields(body)
  const input = items(request["input"])
  const lastSpoken = input.findLastIndex((item) => personsText(item) !== "")
  const lastAnswer = input.findLastIndex(isAnswer)
  return {
    model: text(request["model"]),
    stream: request["stream"] === true,
    systemText: [
      text(request["instructions"]),
      ...input
        .filter((item) => ["developer", "system"].includes(text(fields(item)["role"])))
        .map(messageText),
    ]
      .join("\n")
      .slice(0, 100_000),
    lastUserText: lastSpoken === -1 ? "" : personsText(input[lastSpoken]),
    answersSince: answersAfter(input, lastSpoken),
    toolResults: input.slice(lastAnswer + 1).flatMap(resultOf),
    tools: [...items(request["tools"]), ...input.flatMap(laterTools)].flatMap(toolNames),
    messages: input,
  }
}

/** In code mode Codex names its tools in an item of the conversation. */
const laterTools = (item: unknown) =>
  fields(item)["type"] === "additional_tools" ? items(fields(item)["tools"]) : []

const toolNames = (tool: unknown): ReadonlyArray<string> => {
  const { name, tools, type } = fields(tool)
  return type === "namespace" ? items(tools).flatMap(toolNames) : [text(name) || text(type)]
}

const isAnswer = (item: unknown): boolean =>
  fields(item)["role"] === "assistant" ||
  ["function_call", "custom_tool_call", "local_shell_call"].includes(text(fields(item)["type"]))

/** One answer of the model is several items in a row. */
const answersAfter = (input: ReadonlyArray<unknown>, from: number): number =>
  input.filter((item, index) => index > from && isAnswer(item) && !isAnswer(input[index - 1])).length

const messageText = (item: unknown): string => {
  const { content } = fields(item)
  return typeof content === "string"
    ? content
    : items(content)
        .map((part) => text(fields(part)["text"]))
        .join("\n")
}

const personsText = (item: unknown): string => {
  if (fields(item)["role"] !== "user") return ""
  const { content } = fields(item)
  const parts =
    typeof content === "string" ? [content] : items(content).map((part) => text(fields(part)["text"]))
  return parts.filter((words) => !isReminder(words) && !words.startsWith("# AGENTS.md")).join("\n")
}

const resultOf = (item: unknown): ReadonlyArray<FakeToolResult> => {
  const result = fields(item)
  if (!["function_call_output", "custom_tool_call_output"].includes(text(result["type"]))) return []
  const output = result["output"]
  const words =
    typeof output === "string"
      ? output
      : items(output)
          .map((part) => text(fields(part)["text"]))
          .join("\n")
  return [{ callId: text(result["call_id"]), text: words, failed: fields(output)["success"] === false }]
}

type Answer = Extract<FakeReply, { readonly kind: "text" | "tools" | "cut" }>

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll("-", "")}`

const callItem = (call: FakeToolCall) => {
  const [name, namespace] = call.name.split(".").toReversed()
  const base = {
    id: newId("fc"),
    call_id: call.id ?? newId("call"),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    status: "completed",
  }
  return typeof call.input === "string"
    ? { ...base, type: "custom_tool_call" as const, input: call.input }
    : { ...base, type: "function_call" as const, arguments: JSON.stringify(call.input) }
}

const messageItem = (words: string) => ({
  id: newId("msg"),
  type: "message" as const,
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text: words, annotations: [] }],
})

const itemsOf = (answer: Answer) => [
  ...(answer.text === undefined || answer.text === "" ? [] : [messageItem(answer.text)]),
  ...(answer.kind === "tools" ? answer.calls.map(callItem) : []),
]

const responseOf = (turn: FakeTurn, id: string, output: ReadonlyArray<unknown>, completed: boolean) => {
  const inputTokens = tokensOf(JSON.stringify(turn.messages))
  const outputTokens = tokensOf(JSON.stringify(output))
  return {
    id,
    object: "response",
    created_at: Math.floor(Date.now() / 1_000),
    status: completed ? "completed" : "in_progress",
    model: turn.model,
    output,
    error: null,
    usage: completed
      ? {
          input_tokens: inputTokens,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: outputTokens,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: inputTokens + outputTokens,
        }
      : null,
  }
}

/** The answer to a request without `stream`. */
export const wholeResponse = (turn: FakeTurn, answer: Answer): unknown =>
  responseOf(turn, newId("resp"), itemsOf(answer), true)

/** Server-sent events; of a cut answer only those up to the middle of its text. */
export const streamResponse = async (turn: FakeTurn, answer: Answer, write: EventWriter): Promise<void> => {
  const id = newId("resp")
  let sequence = 0
  const event = (type: string, data: object, pauseMillis = 0) =>
    write(type, { type, sequence_number: sequence++, ...data }, pauseMillis)
  const pause = answer.kind === "text" ? (answer.chunkMillis ?? 0) : 0
  const output = itemsOf(answer)
  await event("response.created", { response: responseOf(turn, id, [], false) })
  for (const [index, item] of output.entries()) {
    const place = { item_id: item.id, output_index: index }
    const added =
      item.type === "message"
        ? { ...item, status: "in_progress", content: [] }
        : item.type === "function_call"
          ? { ...item, status: "in_progress", arguments: "" }
          : { ...item, status: "in_progress", input: "" }
    await event("response.output_item.added", { output_index: index, item: added })
    if (item.type === "message") {
      const words = answer.text ?? ""
      const sent = answer.kind === "cut" ? words.slice(0, Math.ceil(words.length / 2)) : words
      const part = { type: "output_text", annotations: [] }
      await event("response.content_part.added", { ...place, content_index: 0, part: { ...part, text: "" } })
      for (const delta of chunksOf(sent, pause > 0))
        await event("response.output_text.delta", { ...place, content_index: 0, delta }, pause)
      if (answer.kind === "cut") return
      await event("response.output_text.done", { ...place, content_index: 0, text: words })
      await event("response.content_part.done", {
        ...place,
        content_index: 0,
        part: { ...part, text: words },
      })
    } else if (item.type === "function_call") {
      await event("response.function_call_arguments.delta", { ...place, delta: item.arguments })
      await event("response.function_call_arguments.done", { ...place, arguments: item.arguments })
    } else {
      await event("response.custom_tool_call_input.delta", { ...place, delta: item.input })
      await event("response.custom_tool_call_input.done", { ...place, input: item.input })
    }
    await event("response.output_item.done", { output_index: index, item })
  }
  await event("response.completed", { response: responseOf(turn, id, output, true) })
}

const errorTypes: Readonly<Record<number, readonly [type: string, code: string | null]>> = {
  400: ["invalid_request_error", null],
  401: ["invalid_request_error", "invalid_api_key"],
  403: ["invalid_request_error", "unsupported_country_region_territory"],
  404: ["invalid_request_error", "model_not_found"],
  429: ["requests", "rate_limit_exceeded"],
  500: ["server_error", null],
  503: ["server_error", "server_is_overloaded"],
}

/** https://platform.openai.com/docs/guides/error-codes and …/rate-limits. */
export const responsesError = (reply: Extract<FakeReply, { readonly kind: "error" }>): FakeError => {
  const [type, code] = errorTypes[reply.status] ?? ["server_error", null]
  const limits: Record<string, string> =
    reply.retryAfterSeconds === undefined
      ? {}
      : {
          "retry-after": String(reply.retryAfterSeconds),
          "x-ratelimit-limit-requests": "50",
          "x-ratelimit-remaining-requests": "0",
          "x-ratelimit-reset-requests": `${reply.retryAfterSeconds}s`,
        }
  return {
    headers: { "x-request-id": newId("req"), ...limits, ...reply.headers },
    body: reply.body ?? {
      error: { message: reply.message ?? `stand-in error ${reply.status}`, type, param: null, code },
    },
  }
}
