import type { ApprovalRow, TimelineRow } from "@maillm/schema/ReadModel"

type Step = Pick<TimelineRow, "position" | "type">
type Asked = Pick<ApprovalRow, "id" | "askedAtMillis" | "decidedAtMillis" | "state">

/**
 * Which approval a step of a request is about, by the step's position. Steps do not name it, but questions are asked and
 * answered in order: the last step of a kind belongs to the last approval that has got so far, and so on backwards, for
 * only the beginning of a long timeline is ever missing.
 */
export const approvalSteps = (
  steps: ReadonlyArray<Step>,
  approvals: ReadonlyArray<Asked>,
): ReadonlyMap<number, string> => {
  const found = new Map<number, string>()
  const pair = (type: string, rows: ReadonlyArray<Asked>) => {
    const of = steps.filter((step) => step.type === type).toSorted((a, b) => b.position - a.position)
    for (const [index, step] of of.entries()) {
      const row = rows[rows.length - 1 - index]
      if (row !== undefined) found.set(step.position, row.id)
    }
  }
  const decided = approvals
    .filter((row) => row.decidedAtMillis !== null)
    .toSorted((a, b) => (a.decidedAtMillis ?? 0) - (b.decidedAtMillis ?? 0))
  pair(
    "ApprovalAsked",
    approvals.toSorted((a, b) => a.askedAtMillis - b.askedAtMillis),
  )
  pair("ApprovalAnswered", decided)
  pair(
    "ApprovalConsumed",
    decided.filter((row) => row.state === "consumed"),
  )
  return found
}
