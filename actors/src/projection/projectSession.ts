import type { UserId } from "@maillm/schema/Ids"
import { SessionId as SessionIdSchema } from "@maillm/schema/Ids"
import type { SessionRecord } from "@maillm/schema/Record"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { FoldedSession } from "../readmodel/ReadModel.ts"
import type { Draft } from "./Draft.ts"
import { replyMessage } from "./mailMessage.ts"
import { cut } from "./cut.ts"
import { filesOf } from "../session/fetches.ts"
import { newRequest } from "./newRequest.ts"
import { newSession } from "./newSession.ts"
import { approvalAnswered, approvalAsked, approvalConsumed } from "./projectApproval.ts"
import {
  changeRequest,
  changeSession,
  changeWork,
  openApprovalsOf,
  openRequestsOf,
  standing,
} from "./SessionFold.ts"
import type { SessionFold } from "./SessionFold.ts"
import { sentenceOf, timeOf } from "./sessionSentences.ts"
import { turnResult } from "./turnRow.ts"

/** Most requests that a session's row remembers as open; more than its actor queues. */
const openMax = 1_000

/**
 * Folds the events of a session's record into the draft; answers the user, or null when neither the rows nor the
 * record say whose session it is.
 */
export const projectSession = (draft: Draft, record: SessionRecord): UserId | null => {
  const sessionId = SessionIdSchema.make(record.id)
  const queued = record.events.find((event) => event._tag === "RequestQueued")
  const userId = draft.sessions.get(sessionId)?.userId ?? queued?.request.userId
  if (userId === undefined) return null
  if (draft.sessions.get(sessionId) === null && queued !== undefined) {
    draft.sessions.put(newSession(queued.request, sessionId, record.atMillis, queued._tag))
  }
  const fold: SessionFold = { draft, sessionId, at: record.atMillis }
  for (const [index, event] of record.events.entries()) {
    projectEvent(fold, event)
    draft.tell(
      userId,
      record.atMillis,
      index,
      event._tag,
      { sessionId, ...subjectOf(event) },
      sentenceOf(event),
    )
  }
  return userId
}

const subjectOf = (event: SessionEvent) => {
  if (event._tag === "RequestQueued") return { requestId: event.request.requestId }
  if (event._tag === "ApprovalAsked") return { requestId: event.approval.requestId }
  if (event._tag === "ReplyQueued")
    return { requestId: event.mail.requestId, messageId: event.mail.messageId }
  return {
    ...("requestId" in event ? { requestId: event.requestId } : {}),
    ...("messageId" in event ? { messageId: event.messageId } : {}),
  }
}

const projectEvent = (fold: SessionFold, event: SessionEvent) => {
  const { draft, at } = fold
  switch (event._tag) {
    case "SessionOpened":
      return changeSession(fold, () => ({ title: event.title, driver: event.driver }))
    case "RequestQueued":
      return requestQueued(fold, event)
    case "TurnOrdered":
    case "TurnTaken":
    case "TurnDelayed":
    case "TurnEnded":
    case "RequestParked":
      return projectTurn(fold, event)
    case "FilesAsked":
    case "FilesFetched":
    case "FetchPassedOn":
      return projectFetch(fold, event)
    case "RequestEnded":
      return requestEnded(fold, event)
    case "CancelAsked":
      return changeRequest(fold, event.requestId, () => ({
        stateReason: `Being stopped, as ${event.by} asked.`,
      }))
    case "DriverChosen":
      draft.requests.change(event.requestId, () => ({ driver: event.driver, updatedAtMillis: at }))
      return changeSession(fold, () => ({ driver: event.driver }))
    case "ApprovalAsked":
      return approvalAsked(fold, event)
    case "ApprovalAnswered":
      return approvalAnswered(fold, event)
    case "ApprovalConsumed":
      return approvalConsumed(fold, event)
    case "ReplyQueued":
      return draft.messages.put(replyMessage(event.mail, at))
    case "ReplySent":
      return draft.messages.change(event.messageId, () => ({
        state: event.via === "outbox" ? "kept" : "delivered",
        reasons: event.detail === "" ? [] : [event.detail],
        raw: event.raw,
        updatedAtMillis: at,
      }))
    case "ReplyFailed":
      return draft.messages.change(event.messageId, () => ({
        state: event.retryAtMillis === null ? "failed" : "retrying",
        reasons: [event.reason],
        updatedAtMillis: at,
      }))
    case "ReplyBounced":
      return draft.messages.change(event.messageId, () => ({
        state: "failed",
        reasons: [`it came back: ${event.reason}`.slice(0, 1_000)],
        ...(event.report === undefined ? {} : { report: event.report }),
        updatedAtMillis: at,
      }))
    case "ApprovalAnsweredLate":
    case "ApprovalReminded":
    case "TurnLeaveAsked":
    case "TurnLeaveGiven":
    case "SessionPolicySet":
    case "CommandFailed":
      return changeSession(fold, () => ({}))
  }
}

type Turn = Extract<
  SessionEvent,
  { readonly _tag: "TurnOrdered" | "TurnTaken" | "TurnDelayed" | "TurnEnded" | "RequestParked" }
>

/** Where a request's turn is. */
const projectTurn = (fold: SessionFold, event: Turn) => {
  const { requestId } = event
  switch (event._tag) {
    case "TurnOrdered": {
      const { turnId, nodeId } = event
      const driver = event.driver === undefined ? {} : { driver: event.driver }
      changeWork(fold, event, () => ({ runningRequestId: requestId, nodeId, ...driver }))
      return changeRequest(fold, requestId, (row) => ({
        ...standing(row, { state: "queued", stateReason: "" }),
        ...driver,
        turnId,
        nodeId,
      }))
    }
    case "TurnTaken": {
      const { turnId, nodeId, startedAtMillis, runtime } = event
      changeWork(fold, event, () => ({ runningRequestId: requestId, nodeId, runtime }))
      return changeRequest(fold, requestId, (row) => ({
        ...standing(row, { state: "running", stateReason: "" }),
        ...(event.driver === undefined ? {} : { driver: event.driver }),
        isRunning: true,
        turnId,
        nodeId,
        startedAtMillis,
      }))
    }
    case "TurnDelayed":
      changeWork(fold, event, (row) => notRunning(row, requestId))
      return changeRequest(fold, requestId, (row) => ({
        ...standing(row, { state: "waiting", stateReason: event.reason }),
        isRunning: false,
      }))
    case "RequestParked": {
      changeWork(fold, event, (row) => notRunning(row, requestId))
      const stateReason = cut(`Waiting until ${timeOf(event.untilMillis)}: ${event.reason}`, 1_000)
      return changeRequest(fold, requestId, (row) => ({
        ...standing(row, { state: "queued", stateReason }),
        isRunning: false,
      }))
    }
    case "TurnEnded": {
      const { result } = event
      fold.draft.requests.change(requestId, (row) => ({
        ...turnResult(row, event),
        openApprovals: [],
        isRunning: false,
        updatedAtMillis: fold.at,
      }))
      const cost = result.usage?.costMicroUsd ?? null
      return changeWork(fold, event, (row) => ({
        ...notRunning(row, requestId),
        openApprovals: openApprovalsOf(row).filter((one) => one.requestId !== requestId),
        ...(cost === null ? {} : { costMicroUsd: (row.costMicroUsd ?? 0) + cost }),
      }))
    }
  }
}

type Fetch = Extract<SessionEvent, { readonly _tag: "FilesAsked" | "FilesFetched" | "FetchPassedOn" }>

/** A message that asks for files: it stands in no queue, and keeps its session idle. */
const projectFetch = (fold: SessionFold, event: Fetch) => {
  const { requestId } = event
  switch (event._tag) {
    case "FilesAsked":
      changeWork(fold, event, (row) => ({
        openRequestIds: openRequestsOf(row).filter((id) => id !== requestId),
      }))
      return changeRequest(fold, requestId, (row) => ({
        ...standing(row, { state: event.reason === "" ? "running" : "waiting", stateReason: event.reason }),
        nodeId: event.nodeId,
      }))
    case "FilesFetched":
      return changeRequest(fold, requestId, () => ({ files: filesOf(event.paths) }))
    case "FetchPassedOn":
      changeWork(fold, event, (row) => ({
        openRequestIds: [...openRequestsOf(row), requestId].slice(-openMax),
      }))
      return changeRequest(fold, requestId, (row) => standing(row, { state: "queued", stateReason: "" }))
  }
}

const notRunning = (row: FoldedSession, requestId: string) =>
  row.runningRequestId === requestId ? { runningRequestId: null } : {}

type Queued = Extract<SessionEvent, { readonly _tag: "RequestQueued" }>

const requestQueued = (fold: SessionFold, event: Queued) => {
  const { draft, sessionId, at } = fold
  const { request } = event
  const { requestId } = request
  if (draft.requests.get(requestId) === null) draft.requests.put(newRequest(request, sessionId, at))
  changeRequest(fold, requestId, () => ({ state: "queued", stateReason: "" }))
  return changeWork(fold, event, (row) => ({
    requestCount: row.requestCount + 1,
    lastRequestId: requestId,
    openRequestIds: [...openRequestsOf(row), requestId].slice(-openMax),
  }))
}

const requestEnded = (fold: SessionFold, event: Extract<SessionEvent, { readonly _tag: "RequestEnded" }>) => {
  const { answer, requestId, state, outcome } = event
  fold.draft.requests.change(requestId, (row) => ({
    state,
    openApprovals: [],
    isRunning: false,
    stateReason: state === "done" ? "" : outcome,
    outcome,
    ...(answer === undefined ? {} : { answer, answerFormat: "markdown" as const }),
    endedAtMillis: row.endedAtMillis ?? fold.at,
    updatedAtMillis: fold.at,
  }))
  return changeWork(fold, event, (row) => ({
    ...notRunning(row, requestId),
    openRequestIds: openRequestsOf(row).filter((id) => id !== requestId),
    openApprovals: openApprovalsOf(row).filter((one) => one.requestId !== requestId),
  }))
}
