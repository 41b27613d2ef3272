import { ApprovalId } from "@maillm/schema/Approval"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { expect, it } from "vitest"
import { approvalSteps } from "./approvalSteps.ts"

const row = (
  id: string,
  askedAtMillis: number,
  decidedAtMillis: number | null,
  state: ApprovalRow["state"],
) => ({
  id: ApprovalId.make(id),
  askedAtMillis,
  decidedAtMillis,
  state,
})
const rows = [row("a", 1, 9, "consumed"), row("b", 2, 5, "denied"), row("c", 3, null, "pending")]

it("pairs questions by when they were asked, answers by when they were given", () => {
  const steps = [
    { position: 10, type: "TurnTaken" },
    { position: 11, type: "ApprovalAsked" },
    { position: 12, type: "ApprovalAsked" },
    { position: 13, type: "ApprovalAnswered" },
    { position: 14, type: "ApprovalAsked" },
    { position: 15, type: "ApprovalAnswered" },
    { position: 16, type: "ApprovalConsumed" },
  ]
  expect([...approvalSteps(steps, rows)].toSorted((x, y) => x[0] - y[0])).toEqual([
    [11, "a"],
    [12, "b"],
    [13, "b"],
    [14, "c"],
    [15, "a"],
    [16, "a"],
  ])
})

it("pairs from the end when the beginning of the timeline is missing", () => {
  expect([...approvalSteps([{ position: 14, type: "ApprovalAsked" }], rows)]).toEqual([[14, "c"]])
})
