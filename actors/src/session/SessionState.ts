import * as Schema from "effect/Schema"
import { Approval } from "@maillm/schema/Approval"
import { EpochMillis, NodeId, RequestId, TurnId } from "@maillm/schema/Ids"
import { PolicyLayer } from "@maillm/schema/Policy"
import { DriverName, Repository } from "@maillm/schema/Turn"
import { RequestSpec } from "@maillm/schema/UserActor"
import type { SessionEvent } from "@maillm/schema/SessionActor"

/** The turn that is ordered or runs. */
export const CurrentTurn = Schema.Struct({
  turnId: TurnId,
  nodeId: NodeId,
  request: RequestSpec,
  taken: Schema.Boolean,
  cancelAskedBy: Schema.NullOr(Schema.String),
})
export type CurrentTurn = typeof CurrentTurn.Type

export const SessionState = Schema.Struct({
  id: Schema.String,
  opened: Schema.Boolean,
  driver: DriverName,
  /** The repository that the session began with. */
  repository: Schema.NullOr(Repository),
  /** The node with this session's pane, once there was one. */
  nodeId: Schema.NullOr(NodeId),
  /** Oldest first; at most `queueLimit`. */
  queue: Schema.Array(RequestSpec),
  current: Schema.NullOr(CurrentTurn),
  /** Messages that wait for files of the workspace, oldest first; at most `fetchLimit`. */
  fetches: Schema.Array(RequestSpec),
  /** Requests ever added, newest last; at most 500. */
  knownRequests: Schema.Array(RequestId),
  /** Why the first of the queue waits; said once. */
  delayReason: Schema.String,
  /** Mails queued and not yet sent or given up: message id to request id. */
  openMails: Schema.Record(Schema.String, RequestId),
  /** Rises with every timer set, so that an old one that still fires is ignored. */
  timerGeneration: Schema.Int,
  /** Every approval that is pending, at most `pendingLimit`, and the last `decidedLimit` others; oldest first. */
  approvals: Schema.Array(Approval),
  /** Approvals that a person was reminded of. */
  reminded: Schema.Array(Schema.String),
  /** The first of the queue waits until then. */
  parked: Schema.NullOr(Schema.Struct({ requestId: RequestId, untilMillis: EpochMillis })),
  /** The user's actor was asked whether this request may cost something, and has agreed or not answered yet. */
  leave: Schema.NullOr(Schema.Struct({ requestId: RequestId, given: Schema.Boolean })),
  /** Turns of the request at hand that ended because their agent could not go on. */
  attempts: Schema.NullOr(
    Schema.Struct({ requestId: RequestId, count: Schema.Int, failed: Schema.Array(DriverName) }),
  ),
  /** The agent that worked here before this session's driver was changed; the next turn is told. */
  formerDriver: Schema.NullOr(DriverName),
  costMicroUsd: Schema.Int,
  /** What a person has allowed for the rest of the session. */
  policy: PolicyLayer,
})
export type SessionState = typeof SessionState.Type

/** Requests that may wait in one session. */
export const queueLimit = 100
/** Messages that may wait for files in one session. */
export const fetchLimit = 20
/** Approvals that may wait for their answer in one session. */
export const pendingLimit = 50
const decidedLimit = 100
const knownLimit = 500

export const initialSession = (id: string): SessionState => ({
  id,
  opened: false,
  driver: "shell",
  repository: null,
  nodeId: null,
  queue: [],
  current: null,
  fetches: [],
  knownRequests: [],
  delayReason: "",
  openMails: {},
  timerGeneration: 0,
  approvals: [],
  reminded: [],
  parked: null,
  leave: null,
  attempts: null,
  formerDriver: null,
  costMicroUsd: 0,
  policy: {},
})

const withoutMail = (state: SessionState, messageId: string): SessionState => {
  const { [messageId]: _, ...openMails } = state.openMails
  return { ...state, openMails }
}

export const evolveSession = (state: SessionState, event: SessionEvent): SessionState => {
  switch (event._tag) {
    case "SessionOpened":
      return { ...state, opened: true, driver: event.driver }
    case "RequestQueued":
      return {
        ...state,
        queue: [...state.queue, event.request],
        repository:
          state.repository ?? (state.knownRequests.length === 0 ? (event.request.repository ?? null) : null),
        knownRequests: [...state.knownRequests, event.request.requestId].slice(-knownLimit),
      }
    case "FilesAsked":
      return filesAsked(state, event.requestId)
    case "FetchPassedOn":
      return fetchPassedOn(state, event.requestId)
    case "TurnOrdered":
      return turnOrdered(state, event)
    case "TurnDelayed":
      return { ...state, delayReason: event.reason }
    case "TurnTaken":
      return state.current === null
        ? state
        : { ...state, current: { ...state.current, taken: true }, delayReason: "" }
    case "CancelAsked":
      return state.current === null
        ? state
        : { ...state, current: { ...state.current, cancelAskedBy: event.by } }
    case "TurnEnded":
      return { ...state, costMicroUsd: state.costMicroUsd + (event.result.usage?.costMicroUsd ?? 0) }
    case "RequestEnded":
      return requestEnded(state, event.requestId)
    case "ReplyQueued":
      return { ...state, openMails: { ...state.openMails, [event.mail.messageId]: event.mail.requestId } }
    case "ReplySent":
    case "ReplyBounced":
      return withoutMail(state, event.messageId)
    case "ReplyFailed":
      return event.retryAtMillis === null ? withoutMail(state, event.messageId) : state
    case "DriverChosen":
      return driverChosen(state, event)
    case "RequestParked":
      return {
        ...backInQueue(state, event.requestId),
        parked: { requestId: event.requestId, untilMillis: event.untilMillis },
        leave: null,
      }
    case "TurnLeaveAsked":
    case "TurnLeaveGiven":
      return { ...state, leave: { requestId: event.requestId, given: event._tag === "TurnLeaveGiven" } }
    case "ApprovalAsked":
    case "ApprovalAnswered":
    case "ApprovalConsumed":
    case "ApprovalReminded":
      return evolveApprovals(state, event)
    case "SessionPolicySet":
      return { ...state, policy: event.layer }
    case "ApprovalAnsweredLate":
    case "CommandFailed":
    case "FilesFetched":
      return state
  }
}

const requestEnded = (state: SessionState, requestId: RequestId): SessionState => ({
  ...state,
  queue: state.queue.filter((request) => request.requestId !== requestId),
  fetches: state.fetches.filter((request) => request.requestId !== requestId),
  current: state.current?.request.requestId === requestId ? null : state.current,
  parked: state.parked?.requestId === requestId ? null : state.parked,
  leave: state.leave?.requestId === requestId ? null : state.leave,
  attempts: state.attempts?.requestId === requestId ? null : state.attempts,
})

const turnOrdered = (
  state: SessionState,
  { nodeId, requestId, turnId }: Extract<SessionEvent, { readonly _tag: "TurnOrdered" }>,
): SessionState => {
  const request = state.queue.find((waiting) => waiting.requestId === requestId)
  if (request === undefined) return state
  return {
    ...state,
    queue: state.queue.filter((other) => other !== request),
    current: { turnId, nodeId, request, taken: false, cancelAskedBy: null },
    nodeId,
    delayReason: "",
    timerGeneration: state.timerGeneration + 1,
    parked: null,
    formerDriver: null,
  }
}

/** What waits for files does not wait for a turn. */
const filesAsked = (state: SessionState, requestId: RequestId): SessionState => {
  const asked = state.queue.filter((request) => request.requestId === requestId)
  return {
    ...state,
    queue: state.queue.filter((request) => !asked.includes(request)),
    fetches: [...state.fetches, ...asked],
  }
}

/** A message that asked for files is an ordinary request from now on, behind those that wait. */
const fetchPassedOn = (state: SessionState, requestId: RequestId): SessionState => {
  const found = state.fetches.find((request) => request.requestId === requestId)
  if (found === undefined) return state
  const { command: _, ...request } = found
  return {
    ...state,
    fetches: state.fetches.filter((other) => other !== found),
    queue: [...state.queue, request],
  }
}

/** The running request waits again, as the first, and counts one attempt more. */
const backInQueue = (state: SessionState, requestId: RequestId): SessionState => {
  const { current } = state
  if (current === null || current.request.requestId !== requestId) return state
  const before = state.attempts?.requestId === requestId ? state.attempts : null
  return {
    ...state,
    current: null,
    queue: [current.request, ...state.queue],
    attempts: { requestId, count: (before?.count ?? 0) + 1, failed: before?.failed ?? [] },
  }
}

const driverChosen = (
  state: SessionState,
  { driver, requestId }: Extract<SessionEvent, { readonly _tag: "DriverChosen" }>,
): SessionState => {
  const back = backInQueue(state, requestId)
  const { attempts } = back
  const failed = back !== state && attempts !== null ? [...attempts.failed, state.driver] : null
  return {
    ...back,
    driver,
    attempts: failed !== null && attempts !== null ? { ...attempts, failed } : attempts,
    formerDriver: state.formerDriver ?? (state.nodeId === null ? null : state.driver),
    leave: back === state ? back.leave : null,
  }
}

type ApprovalEvent = Extract<
  SessionEvent,
  { readonly _tag: "ApprovalAsked" | "ApprovalAnswered" | "ApprovalConsumed" | "ApprovalReminded" }
>

const evolveApprovals = (state: SessionState, event: ApprovalEvent): SessionState => {
  if (event._tag === "ApprovalAsked") {
    return { ...state, approvals: withinLimit([...state.approvals, event.approval]) }
  }
  if (event._tag === "ApprovalReminded") {
    return { ...state, reminded: [...state.reminded, event.approvalId].slice(-pendingLimit) }
  }
  const change = (approval: Approval): Approval =>
    event._tag === "ApprovalConsumed"
      ? { ...approval, state: "consumed" }
      : {
          ...approval,
          state: event.state,
          decidedBy: event.by,
          decidedVia: event.via,
          decidedAtMillis: event.atMillis,
          note: event.note,
        }
  const approvals = state.approvals.map((approval) =>
    approval.approvalId === event.approvalId ? change(approval) : approval,
  )
  return { ...state, approvals: withinLimit(approvals) }
}

/** Forgets the oldest of those that are decided. */
const withinLimit = (approvals: ReadonlyArray<Approval>): ReadonlyArray<Approval> => {
  const decided = approvals.filter((approval) => approval.state !== "pending")
  if (decided.length <= decidedLimit) return approvals
  const forgotten = new Set(decided.slice(0, decided.length - decidedLimit))
  return approvals.filter((approval) => !forgotten.has(approval))
}

export const pendingApprovals = (state: SessionState): ReadonlyArray<Approval> =>
  state.approvals.filter((approval) => approval.state === "pending")
