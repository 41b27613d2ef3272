import * as Schema from "effect/Schema"
import { EpochMillis, RequestId, SessionId, text, Token, TurnId, UserId } from "./Ids.ts"

/** Follows from the turn, the hash of what is asked and how often that was allowed before: a repeated question is the same approval. */
export const ApprovalId = Token.pipe(Schema.brand("ApprovalId"))
export type ApprovalId = typeof ApprovalId.Type

/**
 * What waits for the answer: `tool`, a tool call that the policy stopped; `prompt`, a permission prompt of the
 * agent's own; `request`, the request itself before an agent sees it.
 */
export const ApprovalKind = Schema.Literals(["tool", "prompt", "request"])
export type ApprovalKind = typeof ApprovalKind.Type

/** `pending` → one of the others, once; `allowed` → `consumed` when what was asked for has begun. */
export const ApprovalState = Schema.Literals([
  "pending",
  "allowed",
  "denied",
  "expired",
  "cancelled",
  "consumed",
])
export type ApprovalState = typeof ApprovalState.Type

export const ApprovalDecision = Schema.Literals(["allow", "deny"])
export type ApprovalDecision = typeof ApprovalDecision.Type

/** Where an answer came from. */
export const ApprovalVia = Schema.Literals(["email", "link", "console", "terminal"])
export type ApprovalVia = typeof ApprovalVia.Type

const asked = {
  approvalId: ApprovalId,
  requestId: RequestId,
  /** Null for a request that is asked about before it has a turn. */
  turnId: Schema.NullOr(TurnId),
  kind: ApprovalKind,
  /** Name of the tool as the agent calls it, such as `Bash`; `request` for a request. */
  tool: text(128),
  /** Exactly what will run: the command, or the tool's input in words. Hostile text: show it with escapes visible. */
  command: text(16_384),
  /** Folder in which it runs, as the agent sees it; empty when that does not matter. */
  cwd: text(4_096),
  /** SHA-256 over tool, input and cwd, lower-case hex: the answer is good for this and nothing else. */
  inputHash: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/)),
  /** Class of the policy, such as `delete-outside-workspace`. */
  class: text(64),
  /** Why it was stopped, for a person. */
  reason: text(500),
  askedAtMillis: EpochMillis,
  /** Then it counts as denied. */
  expiresAtMillis: EpochMillis,
}

/** A question as the node agent or the session actor asks it. */
export const ApprovalAsk = Schema.Struct(asked)
export type ApprovalAsk = typeof ApprovalAsk.Type

/** A question with what became of it. */
export const Approval = Schema.Struct({
  ...asked,
  userId: UserId,
  sessionId: SessionId,
  /** 5 characters of Crockford's base32, by which a person names it in a message. */
  code: text(8),
  state: ApprovalState,
  /** Who answered, or why it ended without an answer; empty while pending. */
  decidedBy: text(320),
  decidedVia: Schema.NullOr(ApprovalVia),
  decidedAtMillis: Schema.NullOr(EpochMillis),
  /** What the person said with a denial; told to the agent. */
  note: text(1_000),
})
export type Approval = typeof Approval.Type
