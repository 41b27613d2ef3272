import { SessionEvent } from "@maillm/schema/SessionActor"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { SessionId } from "@maillm/schema/Ids"
import { ActorEffect } from "@maillm/schema/Record"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import { nothing } from "../world/Facts.ts"
import type { WorldActor, WorldContext, WorldDecision } from "../world/Facts.ts"
import { routeEffect } from "../world/routeEffect.ts"
import {
  answerApproval,
  askApproval,
  closeApproval,
  expireApprovals,
  remindOfApprovals,
} from "./approvals.ts"
import { filesFetched } from "./fetches.ts"
import { addRequest, beginWork, cancelRequest } from "./requests.ts"
import { Draft } from "./SessionDraft.ts"
import { settleFailed } from "./settleFailed.ts"
import { evolveSession, initialSession, SessionState } from "./SessionState.ts"
import { startNext } from "./startNext.ts"
import { turnEnded, turnLeave, turnTaken } from "./turns.ts"

type SessionDecision = WorldDecision<SessionEvent>

/** One conversation with one agent: queues requests, one turn at a time, on the node that has its pane. */
export const SessionActor: WorldActor<SessionState, SessionCommand, SessionEvent> = {
  ...SessionProtocol,
  stateVersion: 3,
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
          effects: tellUnreachable(state, command),
        }
      }
      case "MailBounced": {
        const { messageId, reason, report, requestId, status } = command
        const bounced = { _tag: "ReplyBounced", messageId, requestId, status, reason } as const
        return {
          events: [report === undefined ? bounced : { ...bounced, report }],
          effects: tellUnreachable(state, command),
        }
      }
      case "AskApproval":
        return askApproval(state, command, context)
      case "AnswerApproval":
        return answerApproval(state, command, context)
      case "CloseApproval":
        return closeApproval(state, command, context)
      case "FilesFetched":
        return filesFetched(state, command, context, (draft, request) => beginWork(draft, request, context))
      case "TurnLeave":
        return turnLeave(state, command, context)
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

/** The user's actor stops all mail to an address that is none. */
const tellUnreachable = (
  state: SessionState,
  {
    messageId,
    reason,
    unreachable,
  }: Extract<SessionCommand, { readonly _tag: "MailBounced" | "MailFailed" }>,
): ReadonlyArray<ActorEffect> => {
  if (unreachable === undefined) return []
  const { userId, ...address } = unreachable
  const sessionId = SessionId.make(state.id)
  return [
    {
      _tag: "TellUser",
      userId,
      command: { _tag: "NoteUnreachable", ...address, reason, messageId, sessionId },
    },
  ]
}

const timerFired = (
  state: SessionState,
  timer: string,
  generation: number,
  { now, ...rest }: WorldContext,
): SessionDecision => {
  // It fires once, by the server's clock: one that this host's clock has not reached yet must not be taken for early.
  const context = timer === "take" ? { now, ...rest } : { ...rest, now: Math.max(now, generation) }
  if (timer === "place") {
    const draft = new Draft(state)
    startNext(draft, context)
    return draft
  }
  if (timer === "expire") return expireApprovals(state, context)
  if (timer === "remind") return remindOfApprovals(state, context)
  const { current } = state
  if (timer !== "take" || current === null || current.taken || generation !== state.timerGeneration)
    return nothing
  const reason = `Node ${current.nodeId} has the request, but its terminal has not taken it yet.`
  if (state.delayReason !== "") return nothing
  return { events: [{ _tag: "TurnDelayed", requestId: current.request.requestId, reason }], effects: [] }
}
