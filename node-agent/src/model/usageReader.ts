import type { CallUsage } from "./prices.ts"

/** A provider said in the middle of its answer that it cannot go on. */
export interface StreamFault {
  /** Its own word for it, such as `overloaded_error` or `rate_limit_exceeded`. */
  readonly code: string
  readonly message: string
}

/** Longest line or body that is read; of longer ones nothing is known. The agent gets them all the same. */
const lengthLimit = 8 * 1024 * 1024
/** Lines without one of these words have nothing to tell, and are not parsed. */
const telling = ["usage", "message_start", "message_stop", '"error"', "response.failed"].map((word) =>
  Buffer.from(word),
)
const newline = 0x0a
const modelLimit = 100

/**
 * Reads the tokens from an answer as it passes, whole or as server-sent events, in the form of Anthropic's Messages or of
 * OpenAI's Responses and Chat Completions. It changes nothing, fails on nothing and keeps at most one line.
 */
export class UsageReader {
  fault: StreamFault | null = null
  /** The answer has come to its own end. */
  complete = false
  private readonly stream: boolean
  private parts: Array<Buffer> = []
  private length = 0
  private model = ""
  private seen = false
  private input = 0
  private output = 0
  private cacheRead = 0
  private cacheWrite = 0
  private cacheWriteHour = 0

  constructor(contentType: string) {
    this.stream = /^text\/event-stream\b/i.test(contentType.trim())
  }

  push(chunk: Buffer) {
    if (!this.stream) return this.keep(chunk)
    let at = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, at)) {
      this.keep(chunk.subarray(at, end))
      this.line()
      at = end + 1
    }
    this.keep(chunk.subarray(at))
  }

  /** No more comes. */
  finish() {
    if (this.stream) return this.line()
    const { parts, length } = this
    this.clear()
    if (length > lengthLimit) return
    this.object(parse(Buffer.concat(parts).toString()))
    if (this.seen) this.complete = true
  }

  /** What was counted so far; null when the answer has not said anything about tokens. */
  get usage(): CallUsage | null {
    if (!this.seen) return null
    const { model, input, output, cacheRead, cacheWrite, cacheWriteHour } = this
    return { model, input, output, cacheRead, cacheWrite, cacheWriteHour }
  }

  private keep(bytes: Buffer) {
    this.length += bytes.length
    if (this.length > lengthLimit) this.parts = []
    else if (bytes.length > 0) this.parts.push(bytes)
  }

  private clear() {
    this.parts = []
    this.length = 0
  }

  private line() {
    const { parts, length } = this
    this.clear()
    if (length < 6 || length > lengthLimit) return
    const line = Buffer.concat(parts)
    if (line.toString("latin1", 0, 5) !== "data:") return
    if (length < 20 && /^data:\s*\[DONE\]\s*$/.test(line.toString("latin1"))) this.complete = true
    if (telling.some((word) => line.includes(word))) this.object(parse(line.toString("utf8", 5)))
  }

  private object(value: unknown) {
    const event = fields(value)
    const inner = "response" in event ? fields(event["response"]) : fields(event["message"])
    const answer = "model" in inner || "usage" in inner ? inner : event
    if (typeof answer["model"] === "string" && answer["model"] !== "")
      this.model = answer["model"].slice(0, modelLimit)
    if (typeof answer["usage"] === "object" && answer["usage"] !== null) this.tokens(fields(answer["usage"]))
    const type = event["type"]
    if (type === "message_stop" || type === "response.completed" || type === "response.incomplete")
      this.complete = true
    const failure = type === "error" || type === "response.failed" ? failureOf(event, answer) : null
    if (failure !== null) this.fault = failure
  }

  /** Each event has the whole so far, not what was added. */
  private tokens(usage: Fields) {
    this.seen = true
    const details = fields(usage["input_tokens_details"] ?? usage["prompt_tokens_details"])
    const anthropic = "cache_read_input_tokens" in usage || "cache_creation_input_tokens" in usage
    this.output = count(usage["output_tokens"] ?? usage["completion_tokens"], this.output)
    if ("input_tokens_details" in usage || "prompt_tokens" in usage) {
      // OpenAI counts cached tokens among the input's.
      const prompt = count(usage["input_tokens"] ?? usage["prompt_tokens"], 0)
      this.cacheRead = Math.min(prompt, count(details["cached_tokens"], 0))
      this.cacheWrite = Math.min(prompt - this.cacheRead, count(details["cache_write_tokens"], 0))
      this.input = prompt - this.cacheRead - this.cacheWrite
      return
    }
    this.input = count(usage["input_tokens"], this.input)
    if (!anthropic) return
    this.cacheRead = count(usage["cache_read_input_tokens"], this.cacheRead)
    this.cacheWrite = count(usage["cache_creation_input_tokens"], this.cacheWrite)
    const hour = count(fields(usage["cache_creation"])["ephemeral_1h_input_tokens"], this.cacheWriteHour)
    this.cacheWriteHour = Math.min(this.cacheWrite, hour)
  }
}

const failureOf = (event: Fields, answer: Fields): StreamFault => {
  const error = fields(answer["error"] ?? event["error"] ?? event)
  return {
    code: words(error["code"]) || words(error["type"]),
    message: words(error["message"]),
  }
}

type Fields = Readonly<Record<string, unknown>>

/** JSON as an object; an empty one when it is none. */
export const fields = (value: unknown): Fields => (isFields(value) ? value : {})

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const words = (value: unknown): string => (typeof value === "string" ? value.slice(0, 1_000) : "")

/** A count, or `otherwise` where there is none; no provider gives out a billion tokens. */
const count = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 1e9 ? value : otherwise

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
