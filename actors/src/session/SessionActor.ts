import { SessionEvent } from "@maillm/schema/SessionActor"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { SessionId, TurnId } from "@maillm/schema/Ids"
import type { NodeId, RequestId } from "@maillm/schema/Ids"
import { ActorEffect } from "@maillm/schema/Record"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { TurnResult } from "@maillm/schema/Turn"
import { deriveId } from "../runtime/deriveId.ts"
import { nothing } from "../world/Facts.ts"
import type { WorldActor, WorldContext, WorldDecision } from "../world/Facts.ts"
import { routeEffect } from "../world/routeEffect.ts"
import { Draft, endRequest } from "./SessionDraft.ts"
import { settleFailed } from "./settleFailed.ts"
import { evolveSession, initialSession, queueLimit, SessionState } from "./SessionState.ts"
import type { CurrentTurn } from "./SessionState.ts"
import { turnEnding } from "./turnEnding.ts"

type SessionDecision = WorldDecision<SessionEvent>

/** A node that has not taken an ordered turn for this long is reported as slow. */
const takeMillis = 30_000
/** How often placing is tried again while no node is there; a session with a queue never sleeps for good. */
const placeMillis = 5_000

/** One conversation with one agent: queues requests, one turn at a time, on the node that has its pane. */
export const SessionActor: WorldActor<SessionState, SessionCommand, SessionEvent> = {
  ...SessionProtocol,
  stateVersion: 1,
  initial: initialSession,
  evolve: evolveSession,
  decide: (state, command, context) => {
    switch (command._tag) {
      case "AddRequest":
        return addRequest(state, command.request, context)
      case "CancelRequest":
        return cancelRequest(state, command.requestId, command.by, context)
      case "TurnTaken":
        return turnTaken(state, command)
      case "TurnEnded":
        return turnEnded(state, command.turnId, command.result, context)
      case "MailSent": {
        const { messageId, via, raw, detail } = command
        const requestId = state.openMails[messageId]
        if (requestId === undefined) return nothing
        return { events: [{ _tag: "ReplySent", messageId, requestId, via, raw, detail }], effects: [] }
      }
      case "MailFailed": {
        const { messageId, attempt, reason, retryAtMillis } = command
        const requestId = state.openMails[messageId]
        if (requestId === undefined) return nothing
        return {
          events: [{ _tag: "ReplyFailed", messageId, requestId, attempt, reason, retryAtMillis }],
          effects: [],
        }
      }
      case "AskApproval":
      case "AnswerApproval":
      case "CloseApproval":
      case "TurnLeave":
        return nothing
      case "TimerFired":
        return timerFired(state, command.timer, command.generation, context)
    }
  },
  poisoned: (commandId, commandTag, reason) => ({ _tag: "CommandFailed", commandId, commandTag, reason }),
  settle: settleFailed,
  state: SessionState,
  event: SessionEvent,
  effect: ActorEffect,
  route: routeEffect,
}

const addRequest = (state: SessionState, request: RequestSpec, context: WorldContext): SessionDecision => {
  if (state.knownRequests.includes(request.requestId)) return nothing
  const draft = new Draft(state)
  if (!state.opened) draft.add({ _tag: "SessionOpened", title: request.title, driver: "shell" })
  draft.add({ _tag: "RequestQueued", request })
  const refusal =
    request.refusal ??
    (state.queue.length >= queueLimit
      ? `${queueLimit} requests wait in this session already. Wait for some to end, or cancel them.`
      : null)
  if (refusal !== null) {
    endRequest(
      draft,
      request,
      { state: "failed", outcome: "This could not be run.", detail: refusal },
      null,
      "maillm",
      context,
    )
    return draft
  }
  startNext(draft, context)
  return draft
}

/** Orders a turn for the first waiting request, if nothing runs and a node is there. */
const startNext = (draft: Draft, context: WorldContext) => {
  const { state } = draft
  const request = state.queue[0]
  if (state.current !== null || request === undefined) return
  const { requestId, userId, text, attachments } = request
  const sessionId = SessionId.make(state.id)
  const place = placeTurn(state, context)
  if (place.nodeId === null) {
    if (state.delayReason !== place.reason)
      draft.add({ _tag: "TurnDelayed", requestId, reason: place.reason })
    draft.effects.push({
      _tag: "SetTimer",
      timer: "place",
      generation: placeSlot(context),
      atMillis: placeSlot(context) * placeMillis,
    })
    return
  }
  const turnId = TurnId.make(deriveId("t", state.id, requestId))
  draft.add(
    { _tag: "TurnOrdered", turnId, requestId, nodeId: place.nodeId },
    {
      _tag: "OrderNode",
      nodeId: place.nodeId,
      order: {
        _tag: "StartTurn",
        orderId: `${turnId}/start`,
        epoch: context.epoch,
        userId,
        sessionId,
        turnId,
        requestId,
        driver: state.driver,
        text,
        attachments,
      },
    },
    {
      _tag: "SetTimer",
      timer: "take",
      generation: state.timerGeneration + 1,
      atMillis: context.now + takeMillis,
    },
  )
  if (place.reason !== "") draft.add({ _tag: "TurnDelayed", requestId, reason: place.reason })
}

/** `place` timers only ask to look again: all that are set within one such span are one timer. */
const placeSlot = (context: WorldContext) => Math.floor(context.now / placeMillis) + 1

/**
 * The session's own node, because its pane is there: orders wait in NODE until it is back. A new session goes to
 * the live node with the fewest panes.
 */
const placeTurn = (state: SessionState, context: WorldContext): { nodeId: NodeId | null; reason: string } => {
  const able = context.facts.nodes.filter((node) => node.drivers.includes(state.driver))
  if (state.nodeId !== null) {
    const answers = able.some((node) => node.nodeId === state.nodeId)
    return {
      nodeId: state.nodeId,
      reason: answers ? "" : `Node ${state.nodeId} does not answer; it goes on when the node is back.`,
    }
  }
  const [best] = able.toSorted((a, b) => a.paneCount - b.paneCount)
  return best === undefined
    ? {
        nodeId: null,
        reason: `No node with the ${state.driver} driver answers. It starts as soon as one does.`,
      }
    : { nodeId: best.nodeId, reason: "" }
}

const cancelRequest = (
  state: SessionState,
  requestId: RequestId,
  by: string,
  context: WorldContext,
): SessionDecision => {
  const queued = state.queue.find((request) => request.requestId === requestId)
  const draft = new Draft(state)
  if (queued !== undefined) {
    endRequest(
      draft,
      queued,
      { state: "cancelled", outcome: `Cancelled before it began, as ${by} asked.`, detail: "" },
      null,
      by,
      context,
    )
    return draft
  }
  const { current } = state
  if (current === null || current.request.requestId !== requestId || current.cancelAskedBy !== null)
    return nothing
  return draft.add({ _tag: "CancelAsked", requestId, by }, interrupt(state, current, context))
}

const interrupt = (state: SessionState, current: CurrentTurn, context: WorldContext): ActorEffect => ({
  _tag: "OrderNode",
  nodeId: current.nodeId,
  order: {
    _tag: "InterruptTurn",
    orderId: `${current.turnId}/interrupt`,
    epoch: context.epoch,
    userId: current.request.userId,
    sessionId: SessionId.make(state.id),
    turnId: current.turnId,
  },
})

const turnTaken = (
  state: SessionState,
  command: Extract<SessionCommand, { _tag: "TurnTaken" }>,
): SessionDecision => {
  const { current } = state
  if (current === null || current.turnId !== command.turnId || current.taken) return nothing
  const { turnId, nodeId, runtime, startedAtMillis } = command
  const { requestId } = current.request
  return { events: [{ _tag: "TurnTaken", turnId, requestId, nodeId, runtime, startedAtMillis }], effects: [] }
}

const turnEnded = (
  state: SessionState,
  turnId: string,
  result: TurnResult,
  context: WorldContext,
): SessionDecision => {
  const { current } = state
  if (current === null || current.turnId !== turnId) return nothing
  const draft = new Draft(state)
  draft.add({ _tag: "TurnEnded", turnId: current.turnId, requestId: current.request.requestId, result })
  const ending = turnEnding(result, current.cancelAskedBy)
  endRequest(draft, current.request, ending, result, current.cancelAskedBy ?? "", context)
  startNext(draft, context)
  return draft
}

const timerFired = (
  state: SessionState,
  timer: string,
  generation: number,
  context: WorldContext,
): SessionDecision => {
  if (timer === "place") {
    const draft = new Draft(state)
    startNext(draft, context)
    return draft
  }
  const { current } = state
  if (timer !== "take" || current === null || current.taken || generation !== state.timerGeneration)
    return nothing
  const reason = `Node ${current.nodeId} has the request, but its terminal has not taken it yet.`
  if (state.delayReason !== "") return nothing
  return { events: [{ _tag: "TurnDelayed", requestId: current.request.requestId, reason }], effects: [] }
}
