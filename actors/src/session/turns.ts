import { agentName } from "@maillm/schema/agentName"
import type { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import type { AgentFault, TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import { SessionId } from "@maillm/schema/Ids"
import { nothing } from "../world/Facts.ts"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { cancelApprovalsOf } from "./approvals.ts"
import { chooseDriver } from "./chooseDriver.ts"
import { park } from "./park.ts"
import { Draft, endRequest } from "./SessionDraft.ts"
import type { SessionState } from "./SessionState.ts"
import { startNext } from "./startNext.ts"
import { turnEnding } from "./turnEnding.ts"

type SessionDecision = WorldDecision<SessionEvent>

/** How often one request is tried again because its agent could not go on, over all drivers. */
const attemptLimit = 10
const minute = 60_000
/** Waits before the next attempt where the provider does not say when. */
const backoffMinutes = [2, 5, 15, 30, 60] as const
/** A limit that resets later than this is not waited for. */
const longestParkMillis = 8 * 24 * 60 * minute

export const turnTaken = (
  state: SessionState,
  command: Extract<SessionCommand, { _tag: "TurnTaken" }>,
): SessionDecision => {
  const { current } = state
  if (current === null || current.turnId !== command.turnId || current.taken) return nothing
  const { turnId, nodeId, runtime, startedAtMillis } = command
  const { requestId } = current.request
  return {
    events: [
      { _tag: "TurnTaken", turnId, requestId, nodeId, runtime, startedAtMillis, driver: state.driver },
    ],
    effects: [],
  }
}

export const turnEnded = (
  state: SessionState,
  turnId: string,
  result: TurnResult,
  context: WorldContext,
): SessionDecision => {
  const { current } = state
  if (current === null || current.turnId !== turnId) return nothing
  const draft = new Draft(state)
  const { request } = current
  const { requestId, userId } = request
  draft.add({ _tag: "TurnEnded", turnId: current.turnId, requestId, result })
  const costMicroUsd = result.usage?.costMicroUsd ?? 0
  if (costMicroUsd > 0) {
    const sessionId = SessionId.make(state.id)
    const atMillis = result.endedAtMillis
    draft.effects.push({
      _tag: "TellUser",
      userId,
      command: { _tag: "NoteCost", sessionId, turnId: current.turnId, costMicroUsd, atMillis },
    })
  }
  const { outcome } = result
  const again =
    outcome._tag === "AgentFailed" && current.cancelAskedBy === null
      ? tryAgain(draft, request, outcome.fault, context)
      : false
  cancelApprovalsOf(draft, requestId, context)
  if (!again) {
    const ending = turnEnding(result, current.cancelAskedBy)
    endRequest(draft, request, ending, result, current.cancelAskedBy ?? "", context)
  }
  startNext(draft, context)
  return draft
}

/**
 * What a request whose agent could not go on does next: another driver of the fail-over list, or it waits, for the
 * provider's limit to reset or for the provider to be back. False when it has failed for good.
 */
const tryAgain = (draft: Draft, request: RequestSpec, fault: AgentFault, context: WorldContext): boolean => {
  const { requestId } = request
  const { attempts, driver } = draft.state
  const count = attempts?.requestId === requestId ? attempts.count : 0
  if (count + 1 >= attemptLimit) return false
  const failed = [...(attempts?.requestId === requestId ? attempts.failed : []), driver]
  const without = { ...draft.state, attempts: { requestId, count, failed } }
  const name = agentName(driver)
  const other = context.facts.agents.failover.find((candidate) => !failed.includes(candidate))
  const choice =
    other === undefined
      ? null
      : chooseDriver({ ...without, driver: other }, request, context.facts, context.now)
  const usable = choice?._tag === "Driver" && !failed.includes(choice.driver) ? choice.driver : null
  const offered = context.facts.nodes.some(({ drivers }) => usable !== null && drivers.includes(usable))
  if (usable !== null && offered) {
    const reason = `${name} could not go on: ${fault.message}`.slice(0, 500)
    draft.add({ _tag: "DriverChosen", requestId, driver: usable, reason })
    return true
  }
  if (fault.kind !== "rate-limit" && fault.kind !== "provider-down") return false
  const backoff = backoffMinutes[Math.min(count, backoffMinutes.length - 1)] ?? 60
  const soonest = context.now + backoff * minute
  const untilMillis =
    fault.resetAtMillis === null ? soonest : Math.max(fault.resetAtMillis, context.now + 1_000)
  if (untilMillis > context.now + longestParkMillis) return false
  const what = fault.kind === "rate-limit" ? "is at its provider's limit" : "does not reach its provider"
  const reason = `${name} ${what}: ${fault.message}`.slice(0, 500)
  park(draft, request, { untilMillis, reason }, context)
  return true
}

/** The user's actor has looked at the spending cap. */
export const turnLeave = (
  state: SessionState,
  command: Extract<SessionCommand, { readonly _tag: "TurnLeave" }>,
  context: WorldContext,
): SessionDecision => {
  const { allowed, reason, requestId } = command
  const request = state.queue[0]
  if (state.leave === null || state.leave.requestId !== requestId || state.leave.given) return nothing
  if (request === undefined || request.requestId !== requestId) return nothing
  const draft = new Draft(state)
  if (allowed) draft.add({ _tag: "TurnLeaveGiven", requestId })
  else {
    const ending = {
      state: "failed",
      outcome: "Not run: the spending cap is reached.",
      detail: reason,
    } as const
    endRequest(draft, request, ending, null, "maillm", context)
  }
  startNext(draft, context)
  return draft
}
