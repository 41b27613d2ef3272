import { once } from "node:events"
import { createServer } from "node:http"
import type { IncomingMessage, ServerResponse } from "node:http"

export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** A provider of a test, to the byte. `body` is read before `answer` is asked, unless it answers `early`. */
export const startUpstream = async () => {
  const seen: Array<Seen> = []
  let answer: Answer = (_, response) => void response.end("{}")
  let early = false
  const server = createServer((request, response) => {
    void (async () => {
      let body = ""
      if (!early) for await (const chunk of request) body += String(chunk)
      seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body })
      await answer(request, response)
    })().catch(() => response.destroy())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    seen,
    answers: (next: Answer, options: { readonly early?: boolean } = {}) => {
      answer = next
      early = options.early === true
    },
    close: async () => {
      if (!server.listening) return
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
export type Upstream = Awaited<ReturnType<typeof startUpstream>>

export const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`

/** A streamed answer of Messages that costs 10 input and `output` output tokens of claude-opus-5-5. */
export const messageEvents = (output: number): ReadonlyArray<string> => [
  event({
    type: "message_start",
    message: { model: "claude-opus-5-5", usage: { input_tokens: 10, output_tokens: 1 } },
  }),
  event({ type: "content_block_delta", delta: { type: "text_delta", text: "hello" } }),
  event({ type: "message_delta", delta: {}, usage: { output_tokens: output } }),
  event({ type: "message_stop" }),
]

export const streams =
  (events: ReadonlyArray<string>): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (const text of events) response.write(text)
    response.end()
  }
