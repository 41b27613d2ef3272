import type { IncomingHttpHeaders } from "node:http"
import type { AgentFault } from "@maillm/schema/Turn"
import { fields } from "./usageReader.ts"
import type { StreamFault } from "./usageReader.ts"

/** Why a call of the model failed; `workBegun` is for the runner to know. */
export type ModelFault = Pick<AgentFault, "kind" | "message" | "resetAtMillis">

const messageLimit = 1_000
/** A plan's limit lasts at most a week. */
const longestMillis = 8 * 24 * 3_600_000

/** What a provider's refusal means: its status, headers and the beginning of its body. */
export const faultOfAnswer = (
  status: number,
  headers: IncomingHttpHeaders,
  body: string,
  nowMillis: number,
): ModelFault => {
  const kind = kindOfStatus(status)
  const said = messageIn(body)
  return {
    kind,
    message: `HTTP ${status}${said === "" ? "" : `: ${said}`}`.slice(0, messageLimit),
    resetAtMillis: kind === "rate-limit" ? resetOf(headers, nowMillis) : null,
  }
}

const kindOfStatus = (status: number): ModelFault["kind"] => {
  if (status === 429) return "rate-limit"
  if (status === 401 || status === 403) return "authentication"
  if (status === 404) return "model-not-found"
  return status >= 500 ? "provider-down" : "other"
}

/** What an error event in the middle of an answer means. */
export const faultOfStream = ({ code, message }: StreamFault): ModelFault => ({
  kind: /rate_limit|insufficient_quota|usage_limit/.test(code)
    ? "rate-limit"
    : /authentication|permission|invalid_api_key/.test(code)
      ? "authentication"
      : /not_found/.test(code)
        ? "model-not-found"
        : /overloaded|server_error|api_error|timeout|unavailable/.test(code)
          ? "provider-down"
          : "other",
  message: [code, message]
    .filter((part) => part !== "")
    .join(": ")
    .slice(0, messageLimit),
  resetAtMillis: null,
})

/** The message in an error of either provider's form, or the beginning of a text that is none. */
const messageIn = (body: string): string => {
  let parsed: unknown = null
  try {
    parsed = JSON.parse(body)
  } catch {
    return body.replaceAll(/\s+/g, " ").trim().slice(0, 200)
  }
  const { error, message } = fields(parsed)
  const found = fields(error)["message"] ?? message ?? error
  return typeof found === "string" ? found : ""
}

/**
 * When the provider takes requests again, as far as it says so: `retry-after` (seconds or a date), else the reset of what
 * is used up, by Anthropic in RFC 3339 or seconds since 1970, by OpenAI as a duration such as `6m0s`.
 */
export const resetOf = (headers: IncomingHttpHeaders, nowMillis: number): number | null => {
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === "string" ? value.trim() : ""
  }
  const within = (millis: number | null) =>
    millis !== null && Number.isFinite(millis) && millis >= nowMillis && millis <= nowMillis + longestMillis
      ? Math.ceil(millis)
      : null
  const retryMillis = header("retry-after-ms")
  if (/^\d+(\.\d+)?$/.test(retryMillis)) return within(nowMillis + Number(retryMillis))
  const retryAfter = header("retry-after")
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return within(nowMillis + Number(retryAfter) * 1_000)
  if (retryAfter !== "") return within(Date.parse(retryAfter))

  const resets: Array<{ readonly at: number; readonly usedUp: boolean }> = []
  for (const name of Object.keys(headers)) {
    if (!/^(anthropic-ratelimit-.*-reset|x-ratelimit-reset(-.*)?)$/.test(name)) continue
    const at = within(pointInTime(header(name), nowMillis))
    const remaining = header(name.replace("reset", "remaining"))
    const rejected = header(name.replace("reset", "status")) === "rejected"
    if (at !== null) resets.push({ at, usedUp: rejected || (remaining !== "" && Number(remaining) <= 0) })
  }
  const used = resets.filter(({ usedUp }) => usedUp)
  const relevant = used.length > 0 ? used : resets
  return relevant.length === 0 ? null : Math.max(...relevant.map(({ at }) => at))
}

const unitMillis: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

const pointInTime = (value: string, nowMillis: number): number | null => {
  if (/^\d{9,11}$/.test(value)) return Number(value) * 1_000
  if (/^\d+(\.\d+)?$/.test(value)) return nowMillis + Number(value) * 1_000
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) {
    let millis = nowMillis
    for (const [, number = "0", unit = "s"] of value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
      millis += Number(number) * (unitMillis[unit] ?? 1_000)
    return millis
  }
  const parsed = Date.parse(value)
  return Number.isNaN(parsed) ? null : parsed
}
