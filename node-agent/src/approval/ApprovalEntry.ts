import { createHash } from "node:crypto"
import * as Schema from "effect/Schema"
import { ApprovalAsk, ApprovalDecision, ApprovalId, ApprovalVia } from "@maillm/schema/Approval"
import { EpochMillis, text, TurnId } from "@maillm/schema/Ids"

/** An answer as the order to this node brings it. */
export const ApprovalAnswer = Schema.Struct({
  approvalId: ApprovalId,
  decision: ApprovalDecision,
  by: text(320),
  via: Schema.NullOr(ApprovalVia),
  note: text(1_000),
})
export type ApprovalAnswer = typeof ApprovalAnswer.Type

/**
 * An approval as this node's book has it. `allowed` becomes `consumed` when the tool call begins; `told` is what the
 * session actor has accepted of it.
 */
export const ApprovalEntry = Schema.Struct({
  ask: ApprovalAsk,
  turnId: TurnId,
  state: Schema.Literals(["pending", "allowed", "denied", "cancelled", "consumed"]),
  answer: Schema.NullOr(ApprovalAnswer),
  /** The agent's dialog was told that it is allowed; whether the call began is not known yet. */
  handedOut: Schema.Boolean,
  /** Why it was closed. */
  detail: text(500),
  /** The agent's id of the call that used it up. */
  callId: Schema.NullOr(text(200)),
  changedAtMillis: EpochMillis,
  told: Schema.Struct({ asked: Schema.Boolean, answered: Schema.Boolean, closed: Schema.Boolean }),
})
export type ApprovalEntry = typeof ApprovalEntry.Type

/**
 * Of a turn's question that was allowed `consumed` times before. The same question gets the same id, however often it
 * is asked, by whichever process; one that was used up is asked anew.
 */
export const approvalIdOf = (turnId: string, inputHash: string, consumed: number) =>
  ApprovalId.make(
    `a${createHash("sha256").update(`${turnId}\0${inputHash}\0${consumed}`).digest("hex").slice(0, 31)}`,
  )

export const isOpen = ({ state }: ApprovalEntry) => state === "pending" || state === "allowed"

/** What is still to be told, in this order. */
export const untold = (entry: ApprovalEntry): "asked" | "answered" | "closed" | null => {
  const { state, answer, told } = entry
  if (!told.asked) return "asked"
  if (!told.answered && answer?.via === "terminal") return "answered"
  const isClosed = state === "consumed" || state === "cancelled" || isExpiredHere(entry)
  return !told.closed && isClosed ? "closed" : null
}

/** Denied by this node, for want of an answer: the session actor may not know, and take one that comes later. */
const isExpiredHere = ({ answer, detail, state }: ApprovalEntry) =>
  state === "denied" && answer?.by === "nobody" && detail !== ""
