import { actionClasses, type ActionClass, type PolicyAction } from "@maillm/schema/Policy"

/** Where a command runs; absolute paths of the machine or container that runs it. */
export interface JudgeContext {
  readonly cwd: string
  /** The session's files: what it may change unasked. */
  readonly workspace: string
  readonly home: string
}

/** One thing that an action does. */
export interface Finding {
  readonly class: ActionClass
  /** One line for a person, such as "deletes files outside the workspace: /etc/hosts". */
  readonly reason: string
}

export interface Verdict {
  readonly verdict: PolicyAction
  /** Class and reason of the gravest finding. */
  readonly class: ActionClass
  readonly reason: string
  /** All that was found, gravest first, at most 50. */
  readonly findings: ReadonlyArray<Finding>
}

const rank: ReadonlyMap<ActionClass, number> = new Map(actionClasses.map((name, index) => [name, index]))
const strictness = { allow: 0, ask: 1, deny: 2 } as const
const findingLimit = 50

/** The verdict that follows from what was found: the strictest answer counts, and of those the gravest class. */
export const verdictOf = (
  findings: ReadonlyArray<Finding>,
  actionOf: (name: ActionClass) => PolicyAction,
): Verdict => {
  const found: ReadonlyArray<Finding> =
    findings.length === 0 ? [{ class: "read", reason: "does nothing that could harm" }] : findings
  const weight = (finding: Finding): number =>
    strictness[actionOf(finding.class)] * 1_000 + (rank.get(finding.class) ?? 0)
  const sorted = found.toSorted((left, right) => weight(right) - weight(left))
  const worst = sorted[0] ?? { class: "unknown", reason: "could not be analysed" }
  return {
    verdict: actionOf(worst.class),
    class: worst.class,
    reason: worst.reason,
    findings: sorted.slice(0, findingLimit),
  }
}

/** Text of a command made fit for one line of a reason: no control characters, at most 120 characters. */
export const shown = (text: string): string => {
  const line = text
    .replaceAll("\u0000", "…")
    .replaceAll("\u0001", "*")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
