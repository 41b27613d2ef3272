import type { ApprovalVia } from "@maillm/schema/Approval"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { momentOf } from "@maillm/actors/readmodel/momentWords"

const ways: Readonly<Record<ApprovalVia, string>> = {
  email: "by email",
  link: "by the link in the mail",
  console: "in the console",
  terminal: "in the terminal",
}

/** By whom, by which way and when an approval was answered: `by ada@example.org, in the console, 23 Nov 2026, 18:05 UTC`. */
export const decidedBy = ({ decidedBy, decidedVia, decidedAtMillis }: ApprovalRow): string => {
  // The link names itself.
  const way = decidedVia === null || decidedVia === "link" ? "" : `, ${ways[decidedVia]}`
  const when = decidedAtMillis === null ? "" : `, ${momentOf(decidedAtMillis)}`
  return `by ${decidedBy === "" ? "somebody" : decidedBy}${way}${when}`
}

/** What became of an approval, as one sentence without its period. */
export const decisionOf = (row: ApprovalRow): string => {
  switch (row.state) {
    case "pending":
      return "Nobody has answered yet"
    case "allowed":
      return `Allowed ${decidedBy(row)}`
    case "consumed":
      return `Allowed ${decidedBy(row)}; it has begun`
    case "denied":
      return `Denied ${decidedBy(row)}`
    case "expired":
      return `Nobody answered before ${momentOf(row.expiresAtMillis)}, so it was denied`
    case "cancelled":
      return `Withdrawn: no answer is needed any more${row.decidedBy === "" ? "" : ` (${row.decidedBy})`}`
  }
}
