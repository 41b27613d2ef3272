import type { Approval } from "@maillm/schema/Approval"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { FoldedRequest, FoldedSession, OpenApproval } from "../readmodel/ReadModel.ts"
import { changeRequest, changeWork, openApprovalsOf, standing } from "./SessionFold.ts"
import type { SessionFold } from "./SessionFold.ts"

/** Most questions that a session's row remembers as open; more than its actor lets be asked. */
const openMax = 200

type Asked = Extract<SessionEvent, { readonly _tag: "ApprovalAsked" }>
type Answered = Extract<SessionEvent, { readonly _tag: "ApprovalAnswered" }>
type Consumed = Extract<SessionEvent, { readonly _tag: "ApprovalConsumed" }>

const openOf = ({ approvalId: id, requestId, kind, reason }: Approval): OpenApproval => ({
  id,
  requestId,
  kind,
  reason,
})

export const approvalAsked = (fold: SessionFold, event: Asked) => {
  const { draft, at } = fold
  const { approval } = event
  const request = draft.requests.get(approval.requestId)
  const { approvalId: id } = approval
  draft.approvals.put({
    ...approval,
    id,
    title: request?.title ?? "",
    nodeId: request?.nodeId ?? null,
    updatedAtMillis: at,
  })
  changeWork(fold, event, (row) => ({
    openApprovals: [...withoutApproval(row, id), openOf(approval)].slice(-openMax),
  }))
  changeRequest(fold, approval.requestId, (row) => {
    const openApprovals = [...withoutApproval(row, id), openOf(approval)].slice(-openMax)
    return { openApprovals, ...standing({ ...row, openApprovals }, row) }
  })
}

export const approvalAnswered = (fold: SessionFold, event: Answered) => {
  const { draft, at } = fold
  const { approvalId, requestId, state, by, via, note, atMillis } = event
  const decision = { decidedBy: by, decidedVia: via, decidedAtMillis: atMillis, note }
  draft.approvals.change(approvalId, () => ({ state, ...decision, updatedAtMillis: at }))
  changeWork(fold, event, (row) => ({ openApprovals: withoutApproval(row, approvalId) }))
  changeRequest(fold, requestId, (row) => {
    const openApprovals = withoutApproval(row, approvalId)
    const goesOn = { state: row.isRunning === true ? "running" : "queued", stateReason: "" } as const
    const wasAsked = openApprovalsOf(row).length > 0
    return { openApprovals, ...(wasAsked ? standing({ ...row, openApprovals }, goesOn) : {}) }
  })
}

export const approvalConsumed = ({ draft, at }: SessionFold, { approvalId }: Consumed) =>
  draft.approvals.change(approvalId, () => ({ state: "consumed", updatedAtMillis: at }))

const withoutApproval = (row: FoldedSession | FoldedRequest, id: string) =>
  openApprovalsOf(row).filter((one) => one.id !== id)
