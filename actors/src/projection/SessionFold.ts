import type { RequestId, SessionId } from "@maillm/schema/Ids"
import type { RequestRow, RequestState } from "@maillm/schema/ReadModel"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { FoldedRequest, FoldedSession } from "../readmodel/ReadModel.ts"
import { cut } from "./cut.ts"
import type { Draft } from "./Draft.ts"

/** A session's record while it is folded. */
export interface SessionFold {
  readonly draft: Draft
  readonly sessionId: SessionId
  readonly at: number
}

const finalStates: ReadonlyArray<RequestState> = ["done", "failed", "cancelled", "expired"]

export const openRequestsOf = (row: FoldedSession) => row.openRequestIds ?? []
export const openApprovalsOf = (row: FoldedSession | FoldedRequest) => row.openApprovals ?? []

export const changeSession = (
  { draft, sessionId, at }: SessionFold,
  change: (row: FoldedSession) => Partial<FoldedSession>,
) => draft.sessions.change(sessionId, (row) => ({ ...change(row), updatedAtMillis: at }))

/** Changes what the session is busy with, and its state by that: an open question counts before a turn that runs. */
export const changeWork = (
  fold: SessionFold,
  event: SessionEvent,
  change: (row: FoldedSession) => Partial<FoldedSession>,
) =>
  changeSession(fold, (row) => {
    const next = { ...row, ...change(row) }
    const state = stateOf(next)
    if (state === row.state && !marksTurn.has(event._tag)) return { ...next, state }
    return { ...next, state, stateAtMillis: fold.at, stateSource: event._tag }
  })

/** These say the state anew, also where it stays the same. */
const marksTurn: ReadonlySet<SessionEvent["_tag"]> = new Set([
  "TurnOrdered",
  "TurnTaken",
  "TurnDelayed",
  "TurnEnded",
])

const stateOf = (row: FoldedSession): FoldedSession["state"] => {
  if (openApprovalsOf(row).length > 0) return "waiting"
  if ((row.runningRequestId ?? null) !== null) return "running"
  return openRequestsOf(row).length > 0 ? "queued" : "idle"
}

/** Changes a request that has not ended; states only move forward. */
export const changeRequest = (
  { draft, at }: SessionFold,
  id: RequestId,
  change: (row: FoldedRequest) => Partial<FoldedRequest>,
) =>
  draft.requests.change(id, (row) =>
    finalStates.includes(row.state) ? {} : { ...change(row), updatedAtMillis: at },
  )

/**
 * The state of a request that goes on: what is given, unless a person is still asked about it. By its own row only:
 * after a crash the session's row may be of another moment.
 */
export const standing = (
  row: FoldedRequest,
  otherwise: { readonly state: RequestState; readonly stateReason: string },
): Pick<RequestRow, "state" | "stateReason"> => {
  const asked = openApprovalsOf(row)
  const [first] = asked
  if (first === undefined) return otherwise
  return {
    state: asked.some(({ kind }) => kind === "request") ? "confirming" : "waiting",
    stateReason: cut(`Waiting for your answer: ${first.reason}`, 1_000),
  }
}
