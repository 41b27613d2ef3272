import type { AgentFault } from "@maillm/schema/Turn"

export type AgentFaultFacts = Pick<AgentFault, "kind" | "message" | "resetAtMillis">

/** A tool call as the agent wants to make it. All of it is hostile. */
export interface ToolCall {
  readonly tool: string
  readonly input: unknown
  /** Where the agent says it is. */
  readonly cwd: string
  /** The agent's own id of the call; null where it names none. */
  readonly callId: string | null
}

/** What agents tell by their hooks, in one language for all of them. */
export type AgentSignal =
  /** `conversationId` is the one that goes on from here. */
  | { readonly _tag: "Started"; readonly conversationId: string | null }
  | { readonly _tag: "PromptTaken"; readonly prompt: string }
  /** It goes on by itself, with news of what ran in the background: no person's prompt. */
  | { readonly _tag: "Woken" }
  /** A gate: the call is not made before it is answered. */
  | { readonly _tag: "ToolAsked"; readonly call: ToolCall }
  /** The agent asks its person, in its terminal at the same time; it waits for whichever answers first. */
  | { readonly _tag: "PermissionAsked"; readonly call: ToolCall }
  /** The call was made, whatever came of it. */
  | { readonly _tag: "ToolEnded"; readonly call: ToolCall }
  /** The end of a turn, unless something goes on in the background. */
  | { readonly _tag: "Answered"; readonly answer: string; readonly background: number }
  | { readonly _tag: "Faulted"; readonly fault: AgentFaultFacts }
  /** The agent is about to shorten its memory. */
  | { readonly _tag: "Compacting" }
  | { readonly _tag: "Ended" }
  /** Nothing but a sign of life. */
  | { readonly _tag: "Alive" }

/** An answer to `ToolAsked` or `PermissionAsked`. */
export type GateAnswer =
  /** `note` is what the person said; an answer, where the agent had asked a question. */
  | { readonly _tag: "Allow"; readonly note: string }
  | { readonly _tag: "Deny"; readonly reason: string }
  /** Let the agent ask its person; only for `ToolAsked`. */
  | { readonly _tag: "Ask"; readonly reason: string }
  /** No word on it: others decide. */
  | { readonly _tag: "Nothing" }
