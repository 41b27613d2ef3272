import { once } from "node:events"
import { createServer } from "node:http"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import type { EventWriter, FakeProgram, FakeReply, FakeTurn } from "./FakeReply.ts"
import { fields } from "./FakeReply.ts"
import { messagesError, readMessages, streamMessage, wholeMessage } from "./messagesApi.ts"
import { promptScript } from "./promptScript.ts"
import { readResponses, responsesError, streamResponse, wholeResponse } from "./responsesApi.ts"

export interface FakeRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  /** Parsed JSON; undefined without a body; null when it is not JSON. */
  readonly body: unknown
}

export interface FakeModelApiOptions {
  /** What the model does; the script in the prompt unless given (`promptScript`). */
  readonly program?: FakeProgram
  /** Any free port of the loopback unless given. */
  readonly listen?: { readonly port: number } | { readonly socketPath: string }
}

export interface FakeModelApi {
  /** For ANTHROPIC_BASE_URL; Responses clients want `/v1` behind it. With a socket: `http://localhost`. */
  readonly url: string
  /** The newest 500 requests of any kind, oldest first. */
  readonly requests: ReadonlyArray<FakeRequest>
  /** The newest 500 requests for an answer that offered tools, oldest first. */
  readonly turns: ReadonlyArray<FakeTurn>
  /** From now on the model does this. */
  setProgram(program: FakeProgram): void
  /** The first turn, of those there were and those to come, that fits; rejects after the time. */
  waitForTurn(fits: (turn: FakeTurn) => boolean, timeoutMillis: number): Promise<FakeTurn>
  close(): Promise<void>
}

const keptRequests = 500
const bodyLimit = 32 * 1024 * 1024

/**
 * A stand-in for the model providers' HTTP APIs that speaks their wire protocols: Anthropic's `/v1/messages`, with
 * and without streaming, and OpenAI's `/v1/responses`. For tests and trials of agents with an invented key and no
 * network. Any key is taken.
 */
export const startFakeModelApi = async (options: FakeModelApiOptions = {}): Promise<FakeModelApi> => {
  let program = options.program ?? promptScript()
  let turnCount = 0
  const requests: Array<FakeRequest> = []
  const turns: Array<FakeTurn> = []
  const waiting = new Set<() => void>()
  const keep = <A>(list: Array<A>, entry: A) => {
    list.push(entry)
    if (list.length > keptRequests) list.shift()
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request)
    const path = request.url ?? "/"
    keep(requests, { method: request.method ?? "", path, headers: request.headers, body })
    const route = path.replace(/\?.*$/, "").replace(/^\/v1(?=\/)/, "")
    if (request.method === "POST" && (route === "/messages" || route === "/responses")) {
      const api = route === "/messages" ? "messages" : "responses"
      const turn: FakeTurn = {
        api,
        number: ++turnCount,
        sessionHeader: sessionHeaderOf(request),
        ...(api === "messages" ? readMessages(body) : readResponses(body)),
      }
      if (isSideRequest(turn)) return sendReply(turn, sideReply(turn, body), response)
      keep(turns, turn)
      for (const look of waiting) look()
      return sendReply(turn, await program(turn), response)
    }
    if (route === "/messages/count_tokens")
      return sendJson(response, 200, { input_tokens: Math.ceil(JSON.stringify(body).length / 4) })
    if (route === "/models") return sendJson(response, 200, modelList)
    if (request.method === "HEAD") return void response.writeHead(200).end()
    return sendJson(response, 404, {
      type: "error",
      error: { type: "not_found_error", message: `no ${path}` },
    })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The program of a test failed: the agent sees a broken connection, and the test's log says why.
      if (!(error instanceof ClientGone)) console.error("FakeModelApi:", error)
      response.destroy()
    })
  })
  const listen = options.listen ?? { port: 0 }
  if ("socketPath" in listen) server.listen(listen.socketPath)
  else server.listen(listen.port, "127.0.0.1")
  await once(server, "listening")

  return {
    url: "socketPath" in listen ? "http://localhost" : `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    turns,
    setProgram: (next) => {
      program = next
    },
    waitForTurn: (fits, timeoutMillis) => waitForTurn(turns, waiting, fits, timeoutMillis),
    close: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

class ClientGone extends Error {}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  return address.port
}

/** Claude Code's, Codex's and OpenCode's own name for the conversation. */
const sessionHeaderOf = ({ headers }: IncomingMessage): string | undefined =>
  [headers["x-claude-code-session-id"], headers["session-id"], headers["x-session-id"]].find(
    (value) => typeof value === "string",
  )

const modelList = {
  data: [{ type: "model", id: "fake-model", display_name: "Fake", created_at: "2026-01-01T00:00:00Z" }],
  object: "list",
  has_more: false,
  first_id: "fake-model",
  last_id: "fake-model",
}

/** In code mode Codex offers its tools even to the model that looks for a title. */
const isSideRequest = ({ lastUserText, tools }: FakeTurn): boolean =>
  tools.length === 0 || /^Generate a concise, single-line task title\b/.test(lastUserText)

/** A request without tools asks for something beside the conversation, nearly always its title. */
const sideReply = (turn: FakeTurn, body: unknown): FakeReply => ({
  kind: "text",
  text:
    "text" in fields(body) || /json/i.test(turn.systemText)
      ? JSON.stringify({ title: "A title" })
      : "A title",
})

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Array<Buffer> = []
  let length = 0
  for await (const chunk of request) {
    // Without an encoding set a request yields Buffers only.
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > bodyLimit) throw new Error(`a request of more than ${bodyLimit} bytes`)
    chunks.push(bytes)
  }
  if (length === 0) return undefined
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"))
  } catch {
    return null
  }
}

const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))
}

const sendReply = async (turn: FakeTurn, reply: FakeReply, response: ServerResponse): Promise<void> => {
  const anthropic = turn.api === "messages"
  if (reply.kind === "hang") {
    if (!response.destroyed) await once(response, "close")
    return
  }
  if (reply.kind === "error") {
    const { headers, body } = anthropic ? messagesError(reply) : responsesError(reply)
    return sendJson(response, reply.status, body, headers)
  }
  if (!turn.stream && reply.kind !== "cut")
    return sendJson(response, 200, anthropic ? wholeMessage(turn, reply) : wholeResponse(turn, reply))
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" })
  const write: EventWriter = async (event, data, pauseMillis) => {
    if (pauseMillis > 0) await delay(pauseMillis)
    if (response.destroyed) throw new ClientGone()
    if (!response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      await Promise.race([once(response, "drain"), once(response, "close")])
  }
  await (anthropic ? streamMessage : streamResponse)(turn, reply, write)
  // Behind what was written; to destroy the response would take that back.
  if (reply.kind === "cut") response.socket?.end()
  else response.end()
}

const waitForTurn = (
  turns: ReadonlyArray<FakeTurn>,
  waiting: Set<() => void>,
  fits: (turn: FakeTurn) => boolean,
  timeoutMillis: number,
): Promise<FakeTurn> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      waiting.delete(look)
    }
    const look = () => {
      const turn = turns.find(fits)
      if (turn === undefined) return
      end()
      resolve(turn)
    }
    const timer = setTimeout(() => {
      end()
      const seen = turns.map((turn) => turn.lastUserText.slice(0, 80))
      reject(new Error(`no such turn in ${timeoutMillis} ms; seen: ${JSON.stringify(seen)}`))
    }, timeoutMillis)
    waiting.add(look)
    look()
  })
