import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { AgentSignal, GateAnswer, ToolCall } from "../AgentSignal.ts"
import { HookBody, hookCall } from "../hookCall.ts"

/** What is read of a hook's JSON; the rest is ignored. */
const Body = Schema.Struct({
  ...HookBody.fields,
  /** Null in the thread, hidden from people, that looks for a title. */
  transcript_path: Schema.optionalKey(Schema.NullOr(Schema.String)),
  /** Of a subagent; its tools are asked about as the others, the rest is not the conversation. */
  agent_id: Schema.optionalKey(Schema.NullOr(Schema.String)),
})
type Body = typeof Body.Type
const decode = Schema.decodeUnknownOption(Body)

export const codexSignal = (event: string, json: unknown): AgentSignal | null => {
  const decoded = decode(json)
  if (Option.isNone(decoded)) return null
  const body = decoded.value
  if (event === "PreToolUse") return withCall(body, (call) => ({ _tag: "ToolAsked", call }))
  if (event === "PostToolUse") return withCall(body, (call) => ({ _tag: "ToolEnded", call }))
  if (body.transcript_path === null || (body.agent_id ?? null) !== null) return { _tag: "Alive" }
  switch (event) {
    case "UserPromptSubmit":
      return { _tag: "PromptTaken", prompt: body.prompt ?? "" }
    case "Stop":
      return { _tag: "Answered", answer: body.last_assistant_message ?? "", background: 0 }
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

const decodePatch = Schema.decodeUnknownOption(Schema.Struct({ command: Schema.String }))

/** Codex's `cwd` is the one in which the command is to run. A patch comes under the name of a command. */
const withCall = (body: Body, make: (call: ToolCall) => AgentSignal): AgentSignal | null => {
  const call = hookCall(body)
  if (call === null) return null
  const patch = call.tool === "apply_patch" ? Option.getOrNull(decodePatch(call.input)) : null
  return make(patch === null ? call : { ...call, input: { patch: patch.command } })
}

/**
 * An answer that Codex does not understand, `ask` and `allow` among them, lets the tool run: only a refusal is ever
 * printed, and an empty one is none.
 */
export const codexReply = (signal: AgentSignal, answer: GateAnswer): string => {
  if (signal._tag !== "ToolAsked") return "{}"
  switch (answer._tag) {
    case "Allow":
      return "{}"
    case "Deny":
      return denial(answer.reason)
    default:
      return denial("maillm has not decided about this.")
  }
}

export const codexRefusal = (event: string, reason: string): string =>
  event === "PreToolUse" ? denial(reason) : "{}"

const denial = (reason: string) =>
  JSON.stringify({
    hookSpecificOutput: {
      hookEventName: "PreToolUse",
      permissionDecision: "deny",
      permissionDecisionReason: reason.trim() === "" ? "It was refused." : reason,
    },
  })
