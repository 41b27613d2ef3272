import type { ToolCall } from "../driver/AgentSignal.ts"

/** What the policy says to a tool call. */
export interface ToolVerdict {
  readonly verdict: "allow" | "ask" | "deny"
  /** Class of the policy that decided. */
  readonly class: string
  /** For a person. */
  readonly reason: string
}

/** How tool calls are judged, told apart and shown. Pure. */
export interface ToolPolicy {
  readonly judge: (call: ToolCall, workspace: string) => ToolVerdict
  /** SHA-256 over tool, input and cwd, lower-case hex. */
  readonly hash: (call: ToolCall) => string
  /** Exactly what will run, for a person. */
  readonly describe: (call: ToolCall) => string
}
