import type { ApprovalDecision, ApprovalVia } from "@maillm/schema/Approval"
import type { ApprovalRow, RequestRow, TimelineRow } from "@maillm/schema/ReadModel"
import { newApproval } from "./agentWorld.ts"
import { owner, step, type World } from "./world.ts"

/** How long after the server's 202 the answer shows in the live changes. */
const settleMillis = 250

/** The questions of the mock: asked, answered once, expired by the clock. */
export const makeMockApprovals = (
  world: World,
  publish: (rows: {
    readonly approval: ApprovalRow
    readonly request?: RequestRow
    readonly steps: ReadonlyArray<TimelineRow>
  }) => void,
) => {
  let number = 60
  const requestOf = (row: ApprovalRow) => world.requests.get(row.requestId)
  const set = (row: ApprovalRow, type: string, summary: string) => {
    world.approvals.set(row.id, row)
    const request = requestOf(row)
    const waits = [...world.approvals.values()].some(
      (other) => other.requestId === row.requestId && other.state === "pending",
    )
    const next =
      request === undefined || waits
        ? request
        : { ...request, state: "running" as const, stateReason: "", updatedAtMillis: Date.now() }
    if (next !== undefined) world.requests.set(next.id, next)
    publish({
      approval: row,
      ...(next === undefined ? {} : { request: next }),
      steps: request === undefined ? [] : [step(world, request, Date.now(), type, summary)],
    })
  }
  const expireDue = () => {
    for (const row of world.approvals.values()) {
      if (row.state !== "pending" || row.expiresAtMillis > Date.now()) continue
      set(
        {
          ...row,
          state: "expired",
          decidedBy: "nobody answered in time",
          decidedAtMillis: row.expiresAtMillis,
          updatedAtMillis: Date.now(),
        },
        "ApprovalAnswered",
        "Not answered in time, so denied",
      )
    }
  }
  const decide = (id: string, decision: ApprovalDecision, via: ApprovalVia, note: string) => {
    const row = world.approvals.get(id)
    if (row === undefined || row.state !== "pending") return
    set(
      {
        ...row,
        state: decision === "allow" ? "allowed" : "denied",
        decidedBy: owner,
        decidedVia: via,
        decidedAtMillis: Date.now(),
        note,
        updatedAtMillis: Date.now(),
      },
      "ApprovalAnswered",
      `${decision === "allow" ? "Allowed" : "Denied"}: ${owner}, by ${via}`,
    )
  }
  return {
    list: (state: string | null, limit: number): ReadonlyArray<ApprovalRow> => {
      expireDue()
      const rows = [...world.approvals.values()]
        .filter((row) => state === null || row.state === state)
        .toSorted((a, b) => b.askedAtMillis - a.askedAtMillis)
      return (state === "pending" ? rows.toReversed() : rows).slice(0, limit)
    },
    get: (id: string): ApprovalRow | undefined => {
      expireDue()
      return world.approvals.get(id)
    },
    /** What the server says to an answer; null when it has stored it. */
    answer: (id: string, decision: ApprovalDecision, note: string): string | null => {
      expireDue()
      const row = world.approvals.get(id)
      if (row?.state !== "pending") return `It was ${row?.state ?? "not asked"} already.`
      setTimeout(() => decide(id, decision, "console", note), settleMillis)
      return null
    },
    decide,
    /** Asks something new, of the request with this id. */
    ask: (requestId: string, command: string, className: string, forMillis: number): string | null => {
      const request = world.requests.get(requestId)
      if (request === undefined) return null
      number += 1
      const now = Date.now()
      const row = newApproval(
        request,
        {
          command,
          class: className,
          reason: "The policy asks about this.",
          expiresAtMillis: now + forMillis,
        },
        number,
        now,
      )
      set(row, "ApprovalAsked", `Asked: ${row.reason}`)
      return row.id
    },
  }
}
