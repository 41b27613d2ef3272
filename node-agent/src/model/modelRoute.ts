import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http"

export type ProviderName = "anthropic" | "openai"

/** A request that may go to a provider. */
export interface ModelRoute {
  readonly provider: ProviderName
  /** With the query; begins with `/v1/`. */
  readonly path: string
  /** It asks a model for an answer, which costs and whose failure is the turn's. */
  readonly answers: boolean
}

/** What a request may be: nothing that lists, stores or deletes anything of the account. */
const routes: ReadonlyArray<{
  readonly provider: ProviderName
  readonly method: string
  readonly path: RegExp
  readonly answers: boolean
}> = [
  { provider: "anthropic", method: "POST", path: /^\/v1\/messages$/, answers: true },
  { provider: "anthropic", method: "POST", path: /^\/v1\/messages\/count_tokens$/, answers: false },
  { provider: "anthropic", method: "GET", path: /^\/v1\/models(\/[\w.:@[\]-]{1,100})?$/, answers: false },
  { provider: "openai", method: "POST", path: /^\/v1\/responses(\/compact)?$/, answers: true },
  { provider: "openai", method: "POST", path: /^\/v1\/chat\/completions$/, answers: true },
  { provider: "openai", method: "GET", path: /^\/v1\/models(\/[\w.:@[\]-]{1,100})?$/, answers: false },
]

const queryNames = new Set(["beta", "limit", "after_id", "before_id", "client_version"])

/**
 * The route of a request: `/anthropic/v1/…` or `/openai/v1/…`, with or without the `/v1`; also plain `/v1/…`, for who
 * speaks over a socket and can name no more than `http://localhost`. Which provider's list of models a plain
 * `/v1/models` is, the headers show. Null for all that is not allowed.
 */
export const routeOf = (method: string, url: string, headers: IncomingHttpHeaders): ModelRoute | null => {
  const [whole = "", query = ""] = url.split("?", 2)
  const [, named, rest = ""] = /^\/(anthropic|openai)(\/.*)$/.exec(whole) ?? [null, undefined, whole]
  const path = rest.startsWith("/v1/") ? rest : named === undefined ? rest : `/v1${rest}`
  const speaks = "anthropic-version" in headers ? "anthropic" : "openai"
  const found = routes.filter((route) => route.method === method && route.path.test(path))
  const route =
    found.find(({ provider }) => provider === (named ?? speaks)) ??
    (named === undefined ? found[0] : undefined)
  if (route === undefined) return null
  return { provider: route.provider, path: path + allowedQuery(query), answers: route.answers }
}

const allowedQuery = (query: string): string => {
  const kept = [...new URLSearchParams(query)].filter(([name]) => queryNames.has(name))
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept).toString()}`
}

/** In whose form errors are told when the route is not known. */
export const speaker = (url: string, headers: IncomingHttpHeaders): ProviderName =>
  /^\/anthropic\b|^\/v1\/messages\b/.test(url) || "anthropic-version" in headers || "x-api-key" in headers
    ? "anthropic"
    : "openai"

/** The token that a request comes with, by either provider's way; empty when there is none. */
export const tokenIn = (headers: IncomingHttpHeaders): string => {
  const key = headers["x-api-key"]
  if (typeof key === "string" && key !== "") return key.trim()
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "")?.[1] ?? ""
}

const requestHeaders =
  /^(accept|content-type|content-encoding|user-agent|anthropic-version|anthropic-beta|anthropic-dangerous-direct-browser-access|x-app|x-stainless-[a-z-]+|x-claude-code-[a-z-]+|openai-beta|originator|version|session_id|session-id|thread-id|conversation_id|x-codex-[a-z-]+|x-openai-subagent|x-client-request-id|idempotency-key)$/
const responseHeaders =
  /^(content-type|content-encoding|cache-control|date|request-id|x-request-id|retry-after|retry-after-ms|x-should-retry|anthropic-ratelimit-[a-z0-9-]+|x-ratelimit-[a-z0-9-]+|openai-model|openai-processing-ms|openai-version|x-models-etag)$/

/** Of an agent's request: never a credential, a cookie or an account. The answer is wanted uncompressed, to be read. */
export const forwardedRequest = (headers: IncomingHttpHeaders): OutgoingHttpHeaders => {
  const { "anthropic-beta": betas, ...others } = allowed(headers, requestHeaders)
  const kept = withoutReach(betas)
  return { ...others, ...(kept === "" ? {} : { "anthropic-beta": kept }), "accept-encoding": "identity" }
}

/**
 * Features by which a provider would fetch addresses or call servers on a request's behalf: a way to the network that no
 * policy and no allow-list sees. Without their names in this header the provider refuses them.
 */
const reaching = /^(mcp-client|web-fetch)-/

const withoutReach = (betas: OutgoingHttpHeaders[string]): string =>
  [betas ?? []]
    .flat()
    .flatMap((value) => String(value).split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "" && !reaching.test(name.toLowerCase()))
    .join(",")

/** Of a provider's answer. */
export const forwardedResponse = (headers: IncomingHttpHeaders): OutgoingHttpHeaders =>
  allowed(headers, responseHeaders)

const allowed = (headers: IncomingHttpHeaders, names: RegExp): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && names.test(name)),
  )

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
}

/** An error of ours in the provider's own form, so that the agent shows its message. */
export const errorBody = (provider: ProviderName, status: number, message: string): string => {
  const type = types[status] ?? "api_error"
  return JSON.stringify(
    provider === "anthropic"
      ? { type: "error", error: { type, message } }
      : { error: { message, type, param: null, code: status === 401 ? "invalid_api_key" : null } },
  )
}
