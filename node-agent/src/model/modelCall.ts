import http from "node:http"
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http"
import https from "node:https"
import { pipeline, Transform } from "node:stream"
import * as Redacted from "effect/Redacted"
import type { Provider } from "@maillm/schema/AgentSettings"
import { faultOfAnswer, faultOfStream } from "./modelFault.ts"
import type { ModelFault } from "./modelFault.ts"
import { errorBody, forwardedRequest, forwardedResponse } from "./modelRoute.ts"
import type { ModelRoute } from "./modelRoute.ts"
import type { CallUsage } from "./prices.ts"
import { UsageReader } from "./usageReader.ts"

/** Longest wait that an agent is left to sit out itself, seconds. */
const agentWaitSeconds = 20

/** Whether trying again at once is of no use to the agent: the session decides what becomes of the turn. */
const isForUs = (status: number, headers: IncomingHttpHeaders): boolean =>
  status === 401 ||
  status === 403 ||
  (status === 429 && !(Number(headers["retry-after"] ?? "x") <= agentWaitSeconds))

export interface ModelBounds {
  /** Largest request. */
  readonly bodyBytes: number
  /** Calls of one session at the same time. */
  readonly callsPerSession: number
  /** How long nothing may come from a provider, or be taken by an agent. */
  readonly idleMillis: number
}

export const modelBounds: ModelBounds = {
  bodyBytes: 64 * 1024 * 1024,
  callsPerSession: 16,
  idleMillis: 600_000,
}

/** How a call ended: answered, failed for a reason, or given up by the agent (`fault` null and not `answered`). */
export interface CallEnd {
  readonly answered: boolean
  readonly fault: ModelFault | null
  readonly usage: CallUsage | null
  readonly status: number
}

/** Of an error's body, enough for its message. */
const errorBytes = 16_384
/** An idle connection is not kept for longer than a provider would. */
const options = { keepAlive: true, timeout: 15_000, maxFreeSockets: 16 }
const agents = { "http:": new http.Agent(options), "https:": new https.Agent(options) }

/** Closes the connections to providers that nobody uses. */
export const closeIdleConnections = () => {
  agents["http:"].destroy()
  agents["https:"].destroy()
}

/** Answers with an error of ours, and reads off what the agent is still sending, within the bound. */
export const refuse = (
  request: IncomingMessage,
  response: ServerResponse,
  refusal: { readonly status: number; readonly body: string; readonly headers?: OutgoingHttpHeaders },
) => {
  let left = modelBounds.bodyBytes
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) request.destroy()
  })
  request.on("error", () => undefined)
  response.writeHead(refusal.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(refusal.body),
    connection: "close",
    ...refusal.headers,
  })
  response.end(refusal.body)
}

class BodyTooLarge extends Error {}

/**
 * Sends an agent's request on to the provider with the real credential, and the answer back as it comes. Neither is held
 * in memory; who reads slowly slows down who writes. Calls `ended` once, as soon as the answer is known to be complete,
 * which may be before its connection ends: the agent goes on at once. Calls `over` once, last.
 */
export const forwardCall = (
  request: IncomingMessage,
  response: ServerResponse,
  target: { readonly provider: Provider; readonly route: ModelRoute; readonly bounds: ModelBounds },
  ended: (end: CallEnd) => void,
  over: () => void,
) => {
  const { provider, route, bounds } = target
  const body = limited(bounds.bodyBytes)
  const fail = (status: number, fault: ModelFault) => {
    request.unpipe(body)
    refuse(request, response, { status, body: errorBody(route.provider, status, fault.message) })
    ended({ answered: false, fault, usage: null, status })
    over()
  }
  let settled = false
  const settle = (act: () => void) => {
    if (settled) return
    settled = true
    act()
  }
  const gaveUp = () => {
    ended({ answered: false, fault: null, usage: null, status: 0 })
    over()
  }

  const url = upstreamUrl(provider.baseUrl, route.path)
  const transport = url.protocol === "https:" ? https : http
  const upstream = transport.request(url, {
    method: request.method ?? "GET",
    headers: { ...forwardedRequest(request.headers), ...length(request), ...credential(provider, route) },
    agent: url.protocol === "https:" ? agents["https:"] : agents["http:"],
    timeout: bounds.idleMillis,
  })
  upstream.on("timeout", () => {
    upstream.destroy(new Error(`nothing came or was taken for ${bounds.idleMillis / 1_000} s`))
  })
  response.once("close", () => {
    if (response.writableFinished) return
    upstream.destroy()
    settle(gaveUp)
  })
  upstream.on("error", (error) =>
    settle(() => {
      const fault = unreachable(url, error)
      if (error instanceof BodyTooLarge) fail(413, { ...fault, kind: "other", message: error.message })
      else fail(502, fault)
    }),
  )
  upstream.once("response", (answer) => {
    const status = answer.statusCode ?? 502
    if (status < 200 || (status >= 300 && status < 400)) {
      answer.destroy()
      return settle(() => fail(502, redirected(url, status)))
    }
    // From here on the answer's own end decides; what becomes of the request's rest is no news.
    settle(() =>
      passOn(answer, response, target, ended, () => {
        request.unpipe(body).resume()
        over()
      }),
    )
  })
  // Not a pipeline: that would end the agent's connection together with the provider's.
  body.once("error", (error) => upstream.destroy(error))
  request.on("error", () => undefined)
  request.pipe(body).pipe(upstream)
}

/** The answer on its way to the agent, read as it passes. */
const passOn = (
  answer: IncomingMessage,
  response: ServerResponse,
  target: { readonly provider: Provider; readonly route: ModelRoute },
  ended: (end: CallEnd) => void,
  over: () => void,
) => {
  const status = answer.statusCode ?? 502
  const good = status < 400
  const reader = new UsageReader(answer.headers["content-type"] ?? "")
  const stream = /^text\/event-stream/i.test(answer.headers["content-type"] ?? "")
  const start: Array<Buffer> = []
  let startBytes = 0
  let told = false
  const tellOnce = (end: CallEnd) => {
    if (!told) ended(end)
    told = true
  }
  const tap = new Transform({
    transform(chunk: Buffer, _, done) {
      if (good) {
        reader.push(chunk)
        if (reader.complete && reader.fault === null)
          tellOnce({ answered: true, fault: null, usage: reader.usage, status })
      } else if (startBytes < errorBytes) {
        start.push(chunk)
        startBytes += chunk.length
      }
      done(null, chunk)
    },
  })
  let cut = false
  let gone = false
  answer.once("error", () => {
    cut = !gone
  })
  response.once("close", () => {
    gone = !cut && !response.writableFinished
  })
  response.writeHead(status, {
    ...forwardedResponse(answer.headers),
    ...length(answer),
    ...(isForUs(status, answer.headers) ? { "x-should-retry": "false" } : {}),
  })
  response.flushHeaders()
  pipeline(answer, tap, response, (error) => {
    reader.finish()
    const { usage } = reader
    const body = Buffer.concat(start).toString("utf8", 0, errorBytes)
    const unfinished = cut || (stream && !reader.complete)
    const fault = !good
      ? faultOfAnswer(status, answer.headers, body, Date.now())
      : reader.fault !== null
        ? faultOfStream(reader.fault)
        : unfinished && !gone
          ? cutOff
          : null
    tellOnce({
      answered: good && fault === null && (error === null || error === undefined),
      fault: fault === null ? null : withoutKey(fault, target.provider),
      usage,
      status,
    })
    over()
  })
}

const cutOff: ModelFault = {
  kind: "provider-down",
  message: "The provider's answer was cut off before its end.",
  resetAtMillis: null,
}

/** `https://host/v1` is as good as `https://host`. */
const upstreamUrl = (baseUrl: string, path: string): URL => {
  const base = baseUrl.replace(/\/+$/, "")
  return new URL(base.endsWith("/v1") ? base + path.slice("/v1".length) : base + path)
}

const credential = (provider: Provider, route: ModelRoute): OutgoingHttpHeaders => {
  const key = Redacted.value(provider.key)
  return route.provider === "anthropic" && provider.bearer !== true
    ? { "x-api-key": key }
    : { authorization: `Bearer ${key}` }
}

const length = (message: IncomingMessage): OutgoingHttpHeaders => {
  const bytes = message.headers["content-length"]
  return bytes === undefined || !/^\d+$/.test(bytes) ? {} : { "content-length": bytes }
}

const limited = (most: number) => {
  let left = most
  return new Transform({
    transform(chunk: Buffer, _, done) {
      left -= chunk.length
      if (left < 0) done(new BodyTooLarge(`The request is larger than ${most} bytes.`))
      else done(null, chunk)
    },
  })
}

const unreachable = (url: URL, error: Error): ModelFault => ({
  kind: "provider-down",
  message: `${url.origin} could not be reached: ${error.message === "" ? error.name : error.message}`.slice(
    0,
    1_000,
  ),
  resetAtMillis: null,
})

const redirected = (url: URL, status: number): ModelFault => ({
  kind: "other",
  message: `${url.origin} answered HTTP ${status}, which is no answer of a model API. Is the base URL right?`,
  resetAtMillis: null,
})

const withoutKey = (fault: ModelFault, provider: Provider): ModelFault => ({
  ...fault,
  message: fault.message.replaceAll(Redacted.value(provider.key), "…"),
})
