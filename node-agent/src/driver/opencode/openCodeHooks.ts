import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { AgentFaultFacts, AgentSignal, GateAnswer, ToolCall } from "../AgentSignal.ts"
import { HookBody, hookCall } from "../hookCall.ts"

/** What the plugin says of a failure: the provider's status where it is known. */
export const OpenCodeFault = Schema.Struct({
  name: Schema.optionalKey(Schema.String),
  message: Schema.optionalKey(Schema.String),
  statusCode: Schema.optionalKey(Schema.Number),
  providerID: Schema.optionalKey(Schema.String),
})

/** What is read of the JSON that the plugin sends; the rest is ignored. */
const Body = Schema.Struct({
  ...HookBody.fields,
  fault: Schema.optionalKey(OpenCodeFault),
})
type Body = typeof Body.Type
const decode = Schema.decodeUnknownOption(Body)

export const openCodeSignal = (event: string, json: unknown): AgentSignal | null => {
  const decoded = decode(json)
  if (Option.isNone(decoded)) return null
  const body = decoded.value
  switch (event) {
    case "PreToolUse":
      return withCall(body, (call) => ({ _tag: "ToolAsked", call }))
    case "PermissionRequest":
      return withCall(body, (call) => ({ _tag: "PermissionAsked", call }))
    case "PostToolUse":
      return withCall(body, (call) => ({ _tag: "ToolEnded", call }))
    case "UserPromptSubmit":
      return { _tag: "PromptTaken", prompt: body.prompt ?? "" }
    case "Stop":
      return { _tag: "Answered", answer: body.last_assistant_message ?? "", background: 0 }
    case "StopFailure":
      return { _tag: "Faulted", fault: openCodeFault(body.fault ?? {}) }
    case "SessionStart":
      return { _tag: "Started", conversationId: body.session_id ?? null }
    case "PreCompact":
      return { _tag: "Compacting" }
    default:
      return { _tag: "Alive" }
  }
}

const withCall = (body: Body, make: (call: ToolCall) => AgentSignal): AgentSignal | null => {
  const call = hookCall(body)
  return call === null ? null : make(call)
}

/** By the HTTP status, else by the words: OpenCode passes on the provider's, or its own for what it knows. */
export const openCodeFault = (fault: typeof OpenCodeFault.Type): AgentFaultFacts => {
  const { message = "", name = "", statusCode = 0 } = fault
  const said = `${name} ${message}`
  const kind = (): AgentFaultFacts["kind"] => {
    if (statusCode === 429 || /rate.?limit|too many requests|quota|\b429\b/i.test(said)) return "rate-limit"
    if (statusCode === 401 || statusCode === 403 || /ProviderAuth|\b401\b/.test(said)) return "authentication"
    if (statusCode === 404 || /ModelNotFound/.test(said)) return "model-not-found"
    return statusCode >= 500 || /overload|unavailable|server error|connect|\b5\d\d\b/i.test(said)
      ? "provider-down"
      : "other"
  }
  return {
    kind: kind(),
    message: (message === "" ? `OpenCode reports ${name || "an error"}.` : message).slice(0, 1_000),
    resetAtMillis: null,
  }
}

/** The plugin takes only `allow` for leave; without a decision its own question stays open. */
export const openCodeReply = (signal: AgentSignal, answer: GateAnswer): string => {
  if (signal._tag !== "ToolAsked" && signal._tag !== "PermissionAsked") return "{}"
  switch (answer._tag) {
    case "Allow":
      return JSON.stringify({ decision: "allow" })
    case "Deny":
      return JSON.stringify({ decision: "deny", reason: answer.reason })
    default:
      return "{}"
  }
}

export const openCodeRefusal = (event: string, reason: string): string =>
  event === "PreToolUse" || event === "PermissionRequest"
    ? JSON.stringify({ decision: "deny", reason })
    : "{}"
