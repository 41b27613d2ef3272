import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { expect, it } from "vitest"
import { needsSecondPress } from "../format/approvalWords.ts"
import { formatMinute } from "../format/moment.ts"
import { type SentAnswer, standingOf, tooLateWords, wasBeaten } from "./approvalStanding.ts"

const at = 1_795_343_000_000
const row = (more: Partial<ApprovalRow> = {}) => ({
  state: "pending" as ApprovalRow["state"],
  expiresAtMillis: at,
  decidedVia: null as ApprovalRow["decidedVia"],
  decidedBy: "",
  decidedAtMillis: null as number | null,
  ...more,
})
const sent = (phase: SentAnswer["phase"]): SentAnswer => ({ decision: "allow", phase })

it.each([
  ["before its time is over", row(), undefined, at - 1, "Open"],
  ["when its time is over", row(), undefined, at, "Expired"],
  ["while the answer is on its way", row(), sent("sending"), at - 1, "Sending"],
  ["when the server has stored the answer", row(), sent("stored"), at - 1, "Stored"],
  ["an answer in time stands though the clock runs out", row(), sent("stored"), at + 1, "Stored"],
  ["whatever was sent, when it has ended", row({ state: "denied" }), sent("stored"), at - 1, "Ended"],
] as const)("%s", (_name, given, answer, now, tag) => {
  expect(standingOf(given, answer, now)._tag).toBe(tag)
})

it.each([
  ["allow", row({ state: "allowed", decidedVia: "console" }), false],
  ["allow", row({ state: "consumed", decidedVia: "console" }), false],
  ["deny", row({ state: "denied", decidedVia: "console" }), false],
  ["allow", row({ state: "denied", decidedVia: "console" }), true],
  ["allow", row({ state: "allowed", decidedVia: "email" }), true],
  ["deny", row({ state: "allowed", decidedVia: "terminal" }), true],
  ["deny", row({ state: "expired" }), true],
  ["allow", row({ state: "cancelled" }), true],
  ["allow", row(), false],
] as const)("%s, and then %o: beaten is %s", (decision, given, beaten) => {
  expect(wasBeaten(given, decision)).toBe(beaten)
})

it("tells the loser what was first", () => {
  const denied = row({
    state: "denied",
    decidedVia: "link",
    decidedBy: "ada@example.org",
    decidedAtMillis: at,
  })
  expect(tooLateWords(denied)).toBe(`Already denied by link at ${formatMinute(at)}`)
  expect(tooLateWords(row({ state: "expired", decidedAtMillis: at }))).toContain("Already expired at")
})

it.each([
  ["git-push", "git push", false],
  ["git-push", `echo ${"x".repeat(1_500)}`, true],
  ["delete-outside-workspace", "rm -rf /srv", true],
  ["disk", "dd", true],
  ["a-class-of-tomorrow", "ls", true],
  ["constructor", "ls", true],
])("%s of a command: allowing asks once more is %s", (name, command, expected) => {
  expect(needsSecondPress({ class: name, command })).toBe(expected)
})
