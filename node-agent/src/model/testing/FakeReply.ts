/** A call of a tool, named as the agent's own request names its tools. */
export interface FakeToolCall {
  readonly name: string
  /** Made up when absent. */
  readonly id?: string
  readonly input: Readonly<Record<string, unknown>> | string
}

/** What the model answers to one request. */
export type FakeReply =
  /** `chunkMillis`: pause before each chunk of at most 8 characters; all in one chunk without. */
  | { readonly kind: "text"; readonly text: string; readonly chunkMillis?: number }
  | { readonly kind: "tools"; readonly text?: string; readonly calls: ReadonlyArray<FakeToolCall> }
  /** An error in the API's own form. `body` replaces it, for errors that only one provider has. */
  | {
      readonly kind: "error"
      readonly status: number
      readonly message?: string
      /** Of a 429: `retry-after` in seconds, and the reset in the provider's other headers. */
      readonly retryAfterSeconds?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: unknown
    }
  /** Nothing, not even headers, until the client gives up. */
  | { readonly kind: "hang" }
  /** The beginning of an answer, then the connection is cut. */
  | { readonly kind: "cut"; readonly text: string }

export const say = (text: string, chunkMillis?: number): FakeReply =>
  chunkMillis === undefined ? { kind: "text", text } : { kind: "text", text, chunkMillis }

export const callTool = (name: string, input: FakeToolCall["input"], text?: string): FakeReply => ({
  kind: "tools",
  calls: [{ name, input }],
  ...(text === undefined ? {} : { text }),
})

export const failWith = (status: number, more: { readonly retryAfterSeconds?: number } = {}): FakeReply => ({
  kind: "error",
  status,
  ...more,
})

/** What one request of an agent asks of the model. */
export interface FakeTurn {
  /** Anthropic's Messages or OpenAI's Responses. */
  readonly api: "messages" | "responses"
  /** Of the requests for an answer to this server, from 1. */
  readonly number: number
  /** The agent's own id of its session, from a header; undefined where it sends none. */
  readonly sessionHeader: string | undefined
  readonly model: string
  readonly stream: boolean
  /** All that the agent says beside the conversation; at most the first 100,000 characters. */
  readonly systemText: string
  /** What a person wrote last, without the agent's own reminders; it may stand before tool calls and their results. */
  readonly lastUserText: string
  /** How many answers of the model follow on it. */
  readonly answersSince: number
  /** Of the calls in the model's last answer; empty when a person spoke last. */
  readonly toolResults: ReadonlyArray<FakeToolResult>
  /** Names of the tools that the agent offers. None: a side request, such as one for a title. */
  readonly tools: ReadonlyArray<string>
  /** The conversation as it was sent. */
  readonly messages: ReadonlyArray<unknown>
}

export interface FakeToolResult {
  readonly callId: string
  readonly text: string
  /** As far as the API can say so. */
  readonly failed: boolean
}

export type FakeProgram = (turn: FakeTurn) => FakeReply | Promise<FakeReply>

/** Sends one server-sent event, after a pause; rejects once the client has gone. */
export type EventWriter = (event: string, data: unknown, pauseMillis: number) => Promise<void>

export interface FakeError {
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Unknown JSON as an object, and so without a cast at each of the many places that look into one. */
export const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? // A JSON object has string keys and unknown values.
      (value as Readonly<Record<string, unknown>>)
    : {}

export const items = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

export const text = (value: unknown): string => (typeof value === "string" ? value : "")

/** Agents wrap what they add to a person's words in tags of their own. */
export const isReminder = (words: string): boolean =>
  /^\s*<(system-reminder|environment_context|user_instructions|session_context|permissions|INSTRUCTIONS|recommended_plugins|skills)/i.test(
    words,
  )

/** Pieces that a client gets one by one: of 8 characters when the answer is to be slow, else all in one. */
export const chunksOf = (words: string, slow: boolean): ReadonlyArray<string> => {
  if (!slow) return [words]
  const chars = Array.from(words)
  return Array.from({ length: Math.ceil(chars.length / 8) }, (_, index) =>
    chars.slice(index * 8, index * 8 + 8).join(""),
  )
}

/** Roughly as a tokeniser counts. */
export const tokensOf = (words: string): number => Math.ceil(words.length / 4)
