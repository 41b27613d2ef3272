import type { ApprovalDecision } from "@maillm/schema/Approval"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { approvalStateWords, viaWords } from "../format/approvalWords.ts"
import { formatMinute } from "../format/moment.ts"

/** An answer given in this console: on its way, stored by the server, or beaten by another. */
export interface SentAnswer {
  readonly decision: ApprovalDecision
  readonly phase: "sending" | "stored" | "late"
}

/** How a question stands for who looks at it now. */
export type ApprovalStanding =
  | { readonly _tag: "Open" }
  | { readonly _tag: "Sending"; readonly decision: ApprovalDecision }
  /** The server has stored the answer; whether it was the first is not known yet. */
  | { readonly _tag: "Stored"; readonly decision: ApprovalDecision }
  /** Its time is over by this clock; the server has not said so yet. */
  | { readonly _tag: "Expired" }
  | { readonly _tag: "Ended" }

export const standingOf = (
  row: Pick<ApprovalRow, "state" | "expiresAtMillis">,
  sent: SentAnswer | undefined,
  nowMillis: number,
): ApprovalStanding => {
  if (row.state !== "pending") return { _tag: "Ended" }
  if (sent?.phase === "sending") return { _tag: "Sending", decision: sent.decision }
  if (sent?.phase === "stored") return { _tag: "Stored", decision: sent.decision }
  return nowMillis >= row.expiresAtMillis ? { _tag: "Expired" } : { _tag: "Open" }
}

type Decided = Pick<ApprovalRow, "state" | "decidedVia" | "decidedBy" | "decidedAtMillis">

/** Whether an answer of this console was beaten: the question ended otherwise, or by another way. */
export const wasBeaten = (row: Decided, decision: ApprovalDecision): boolean => {
  if (row.state === "pending") return false
  const asWished =
    decision === "allow" ? row.state === "allowed" || row.state === "consumed" : row.state === "denied"
  return !asWished || row.decidedVia !== "console"
}

/** `Already denied by link at 12:03`: for who answered after it was decided. */
export const tooLateWords = (row: Decided): string => {
  const at = row.decidedAtMillis === null ? "" : ` at ${formatMinute(row.decidedAtMillis)}`
  const via = row.decidedVia === null ? "" : ` ${viaWords[row.decidedVia]}`
  switch (row.state) {
    case "pending":
      return ""
    case "expired":
      return `Already expired${at}, so it was denied`
    case "cancelled":
      return `Already withdrawn${at}: nobody needs the answer any more`
    case "allowed":
    case "consumed":
    case "denied":
      return `Already ${row.state === "denied" ? "denied" : "allowed"}${via}${at}`
  }
}

/** Who ended it and how, in one line: `Denied by ada@example.org by link`. */
export const endedWords = (row: Decided): string => {
  const word = approvalStateWords[row.state].word
  if (row.decidedVia === null) return row.decidedBy === "" ? word : `${word}: ${row.decidedBy}`
  return `${word} by ${row.decidedBy} ${viaWords[row.decidedVia]}`
}
