import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { AgentFaultFacts, AgentSignal, GateAnswer, ToolCall } from "../AgentSignal.ts"
import { HookBody, hookCall } from "../hookCall.ts"

/** What is read of a hook's JSON; the rest is ignored. */
const Body = Schema.Struct({
  ...HookBody.fields,
  background_tasks: Schema.optionalKey(Schema.Array(Schema.Unknown)),
  error: Schema.optionalKey(Schema.String),
})
type Body = typeof Body.Type
const decode = Schema.decodeUnknownOption(Body)

/** Told by the program itself when work in the background has ended: no person's prompt. */
const notification = "<task-notification>"

export const claudeSignal = (event: string, json: unknown): AgentSignal | null => {
  const decoded = decode(json)
  if (Option.isNone(decoded)) return null
  const body = decoded.value
  switch (event) {
    case "PreToolUse":
      return withCall(body, (call) => ({ _tag: "ToolAsked", call }))
    case "PermissionRequest":
      return withCall(body, (call) => ({ _tag: "PermissionAsked", call }))
    case "PostToolUse":
    case "PostToolUseFailure":
      return withCall(body, (call) => ({ _tag: "ToolEnded", call }))
    case "UserPromptSubmit": {
      const prompt = body.prompt ?? ""
      return prompt.startsWith(notification) ? { _tag: "Woken" } : { _tag: "PromptTaken", prompt }
    }
    case "Stop":
      return {
        _tag: "Answered",
        answer: body.last_assistant_message ?? "",
        background: body.background_tasks?.length ?? 0,
      }
    case "StopFailure":
      return { _tag: "Faulted", fault: claudeFault(body.error ?? "", body.last_assistant_message ?? "") }
    case "SessionStart":
      return { _tag: "Started", conversationId: body.session_id ?? null }
    case "SessionEnd":
      return { _tag: "Ended" }
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

/** Classes of StopFailure as seen with 2.1.330; 529 comes as server_error. */
export const claudeFault = (error: string, said: string): AgentFaultFacts => {
  const message = (said === "" ? `Claude Code reports ${error || "an error"}.` : said).slice(0, 1_000)
  const kinds: Readonly<Record<string, AgentFaultFacts["kind"]>> = {
    rate_limit: "rate-limit",
    server_error: "provider-down",
    overloaded: "provider-down",
    authentication_failed: "authentication",
    oauth_org_not_allowed: "authentication",
    model_not_found: "model-not-found",
  }
  return { kind: kinds[error] ?? "other", message, resetAtMillis: null }
}

export const claudeReply = (signal: AgentSignal, answer: GateAnswer): string => {
  if (answer._tag === "Nothing") return "{}"
  if (signal._tag === "ToolAsked") {
    const permissionDecision = { Allow: "allow", Deny: "deny", Ask: "ask" } as const
    return hookOutput("PreToolUse", {
      permissionDecision: permissionDecision[answer._tag],
      ...(answer._tag === "Allow" ? {} : { permissionDecisionReason: answer.reason }),
    })
  }
  if (signal._tag !== "PermissionAsked" || answer._tag === "Ask") return "{}"
  return hookOutput("PermissionRequest", {
    decision:
      answer._tag === "Deny"
        ? { behavior: "deny", message: answer.reason }
        : { behavior: "allow", ...updatedInput(signal.call, answer.note) },
  })
}

/** Of events that wait for an answer. */
export const claudeRefusal = (event: string, reason: string): string => {
  if (event === "PreToolUse")
    return hookOutput(event, { permissionDecision: "deny", permissionDecisionReason: reason })
  if (event === "PermissionRequest")
    return hookOutput(event, { decision: { behavior: "deny", message: reason } })
  return "{}"
}

const hookOutput = (hookEventName: string, fields: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ hookSpecificOutput: { hookEventName, ...fields } })

const Questions = Schema.Struct({ questions: Schema.Array(Schema.Struct({ question: Schema.String })) })
const decodeQuestions = Schema.decodeUnknownOption(Questions)

/** What goes with a yes to the tools that are questions: without their input given back the dialog stays open. */
const updatedInput = (call: ToolCall, note: string) => {
  if (typeof call.input !== "object" || call.input === null) return {}
  if (call.tool === "ExitPlanMode") {
    return {
      updatedInput: { ...call.input, ...planWith(call.input, note) },
      // Whatever mode was on before: no edit is to go on unasked because a plan was liked.
      updatedPermissions: [{ type: "setMode", mode: "default", destination: "session" }],
    }
  }
  if (call.tool !== "AskUserQuestion") return {}
  const asked = decodeQuestions(call.input)
  // The input is passed back as it came, with the answers added.
  if (Option.isNone(asked)) return {}
  // Each of several is answered with the same.
  const said = note === "" ? "No particular wish: choose what you think best." : note
  const answers = Object.fromEntries(asked.value.questions.map(({ question }) => [question, said]))
  return { updatedInput: { ...call.input, answers } }
}

const planWith = (input: object, note: string) =>
  note !== "" && "plan" in input && typeof input.plan === "string"
    ? { plan: `${input.plan.trimEnd()}\n\nThe user adds: ${note}\n` }
    : {}
