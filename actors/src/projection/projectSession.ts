import type { RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import { SessionId as SessionIdSchema } from "@maillm/schema/Ids"
import type { RequestRow, RequestState } from "@maillm/schema/ReadModel"
import type { SessionRecord } from "@maillm/schema/Record"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { FoldedSession } from "../readmodel/ReadModel.ts"
import type { Draft } from "./Draft.ts"
import { replyMessage } from "./mailMessage.ts"
import { newRequest } from "./newRequest.ts"
import { newSession } from "./newSession.ts"
import { sentenceOf } from "./sessionSentences.ts"

/** Most requests that a session's row remembers as open; more than its actor queues. */
const openMax = 1_000

const finalStates: ReadonlyArray<RequestState> = ["done", "failed", "cancelled", "expired"]

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
  const fold: Fold = { draft, sessionId, at: record.atMillis }
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

interface Fold {
  readonly draft: Draft
  readonly sessionId: SessionId
  readonly at: number
}

const subjectOf = (event: SessionEvent) => {
  if (event._tag === "RequestQueued") return { requestId: event.request.requestId }
  if (event._tag === "ReplyQueued")
    return { requestId: event.mail.requestId, messageId: event.mail.messageId }
  return {
    ...("requestId" in event ? { requestId: event.requestId } : {}),
    ...("messageId" in event ? { messageId: event.messageId } : {}),
  }
}

const projectEvent = (fold: Fold, event: SessionEvent) => {
  const { draft, at } = fold
  switch (event._tag) {
    case "SessionOpened":
      return changeSession(fold, () => ({ title: event.title, driver: event.driver }))
    case "RequestQueued":
      return requestQueued(fold, event.request)
    case "TurnOrdered": {
      const { turnId, nodeId } = event
      changeRequest(fold, event.requestId, () => ({ state: "queued", stateReason: "", turnId, nodeId }))
      return changeSession(fold, () => ({ ...session("running", event, at), nodeId }))
    }
    case "TurnDelayed":
      changeRequest(fold, event.requestId, () => ({ state: "waiting", stateReason: event.reason }))
      return changeSession(fold, () => session("queued", event, at))
    case "TurnTaken": {
      const { turnId, nodeId, startedAtMillis, runtime } = event
      const running = { state: "running", stateReason: "", turnId, nodeId, startedAtMillis } as const
      changeRequest(fold, event.requestId, () => running)
      return changeSession(fold, () => ({ ...session("running", event, at), nodeId, runtime }))
    }
    case "TurnEnded":
      draft.requests.change(event.requestId, () => ({ ...turnResult(event), updatedAtMillis: at }))
      return changeSession(fold, (row) => {
        const openRequestIds = openOf(row).filter((id) => id !== event.requestId)
        return { openRequestIds, ...session(openRequestIds.length > 0 ? "queued" : "idle", event, at) }
      })
    case "RequestEnded":
      return requestEnded(fold, event)
    case "CancelAsked":
      return changeRequest(fold, event.requestId, () => ({
        stateReason: `Being stopped, as ${event.by} asked.`,
      }))
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
    case "ApprovalAsked":
    case "ApprovalAnswered":
    case "ApprovalConsumed":
    case "ApprovalAnsweredLate":
    case "ApprovalReminded":
    case "DriverChosen":
    case "RequestParked":
    case "TurnLeaveAsked":
    case "TurnLeaveGiven":
    case "CommandFailed":
      return changeSession(fold, () => ({}))
  }
}

const session = (state: FoldedSession["state"], event: SessionEvent, at: number) => ({
  state,
  stateAtMillis: at,
  stateSource: event._tag,
})

const openOf = (row: FoldedSession) => row.openRequestIds ?? []

const changeSession = (
  { draft, sessionId, at }: Fold,
  change: (row: FoldedSession) => Partial<FoldedSession>,
) => draft.sessions.change(sessionId, (row) => ({ ...change(row), updatedAtMillis: at }))

/** Changes a request that has not ended; states only move forward. */
const changeRequest = ({ draft, at }: Fold, id: RequestId, change: () => Partial<RequestRow>) =>
  draft.requests.change(id, (row) =>
    finalStates.includes(row.state) ? {} : { ...change(), updatedAtMillis: at },
  )

const requestQueued = (fold: Fold, request: RequestSpec) => {
  const { draft, sessionId, at } = fold
  const { requestId } = request
  if (draft.requests.get(requestId) === null) draft.requests.put(newRequest(request, sessionId, at))
  changeRequest(fold, requestId, () => ({ state: "queued", stateReason: "" }))
  return changeSession(fold, (row) => ({
    ...(row.state === "idle" ? { state: "queued", stateAtMillis: at, stateSource: "RequestQueued" } : {}),
    requestCount: row.requestCount + 1,
    lastRequestId: requestId,
    openRequestIds: [...openOf(row), requestId].slice(-openMax),
  }))
}

type Ended = Extract<SessionEvent, { readonly _tag: "TurnEnded" }>

const turnResult = ({ turnId, result }: Ended): Partial<RequestRow> => ({
  turnId,
  answer: result.outputText,
  truncated: result.truncated,
  outputBytes: result.outputBytes,
  outputBlob: result.outputBlob,
  exitCode: "exitCode" in result.outcome ? result.outcome.exitCode : null,
  startedAtMillis: result.startedAtMillis,
  endedAtMillis: result.endedAtMillis,
})

const requestEnded = (fold: Fold, event: Extract<SessionEvent, { readonly _tag: "RequestEnded" }>) => {
  const { requestId, state, outcome } = event
  const wasSent = (fold.draft.requests.get(requestId)?.turnId ?? null) !== null
  fold.draft.requests.change(requestId, (row) => ({
    state,
    stateReason: state === "done" ? "" : outcome,
    outcome,
    endedAtMillis: row.endedAtMillis ?? fold.at,
    updatedAtMillis: fold.at,
  }))
  return changeSession(fold, (row) => {
    const openRequestIds = openOf(row).filter((id) => id !== requestId)
    // Of one that was sent to its node, and ends without a result, nothing else says that it is over.
    const isOver = row.state === "running" && wasSent
    const emptied = row.state === "queued" && openRequestIds.length === 0
    if (!isOver && !emptied) return { openRequestIds }
    return { openRequestIds, ...session(openRequestIds.length > 0 ? "queued" : "idle", event, fold.at) }
  })
}
