import * as Schema from "effect/Schema"
import { NodeId, RequestId, TurnId } from "@maillm/schema/Ids"
import { DriverName } from "@maillm/schema/Turn"
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
  /** The node with this session's pane, once there was one. */
  nodeId: Schema.NullOr(NodeId),
  /** Oldest first; at most `queueLimit`. */
  queue: Schema.Array(RequestSpec),
  current: Schema.NullOr(CurrentTurn),
  /** Requests ever added, newest last; at most 500. */
  knownRequests: Schema.Array(RequestId),
  /** Why the first of the queue waits; said once. */
  delayReason: Schema.String,
  /** Mails queued and not yet sent or given up: message id to request id. */
  openMails: Schema.Record(Schema.String, RequestId),
  /** Rises with every timer set, so that an old one that still fires is ignored. */
  timerGeneration: Schema.Int,
})
export type SessionState = typeof SessionState.Type

/** Requests that may wait in one session. */
export const queueLimit = 100
const knownLimit = 500

export const initialSession = (id: string): SessionState => ({
  id,
  opened: false,
  driver: "shell",
  nodeId: null,
  queue: [],
  current: null,
  knownRequests: [],
  delayReason: "",
  openMails: {},
  timerGeneration: 0,
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
        knownRequests: [...state.knownRequests, event.request.requestId].slice(-knownLimit),
      }
    case "TurnOrdered": {
      const request = state.queue.find(({ requestId }) => requestId === event.requestId)
      if (request === undefined) return state
      return {
        ...state,
        queue: state.queue.filter((other) => other !== request),
        current: { turnId: event.turnId, nodeId: event.nodeId, request, taken: false, cancelAskedBy: null },
        nodeId: event.nodeId,
        delayReason: "",
        timerGeneration: state.timerGeneration + 1,
      }
    }
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
    case "RequestEnded":
      return {
        ...state,
        queue: state.queue.filter(({ requestId }) => requestId !== event.requestId),
        current: state.current?.request.requestId === event.requestId ? null : state.current,
      }
    case "ReplyQueued":
      return { ...state, openMails: { ...state.openMails, [event.mail.messageId]: event.mail.requestId } }
    case "ReplySent":
      return withoutMail(state, event.messageId)
    case "ReplyFailed":
      return event.retryAtMillis === null ? withoutMail(state, event.messageId) : state
    case "ApprovalAsked":
    case "ApprovalAnswered":
    case "ApprovalConsumed":
    case "ApprovalAnsweredLate":
    case "ApprovalReminded":
    case "DriverChosen":
    case "RequestParked":
    case "TurnLeaveAsked":
    case "TurnLeaveGiven":
    case "TurnEnded":
    case "CommandFailed":
      return state
  }
}
