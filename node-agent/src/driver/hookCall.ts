import * as Schema from "effect/Schema"
import type { ToolCall } from "./AgentSignal.ts"

/** Of a hook's JSON, what Claude Code, Codex and our plugin for OpenCode call alike. */
export const HookBody = Schema.Struct({
  session_id: Schema.optionalKey(Schema.String),
  cwd: Schema.optionalKey(Schema.String),
  prompt: Schema.optionalKey(Schema.String),
  tool_name: Schema.optionalKey(Schema.String),
  tool_input: Schema.optionalKey(Schema.Unknown),
  tool_use_id: Schema.optionalKey(Schema.String),
  last_assistant_message: Schema.optionalKey(Schema.NullOr(Schema.String)),
})
export type HookBody = typeof HookBody.Type

/** The tool call that a hook is about; null when it names none. */
export const hookCall = (body: HookBody): ToolCall | null =>
  body.tool_name === undefined
    ? null
    : {
        tool: body.tool_name,
        input: body.tool_input ?? null,
        cwd: body.cwd ?? "",
        callId: body.tool_use_id ?? null,
      }
