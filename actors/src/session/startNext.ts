import { agentName } from "@maillm/schema/agentName"
import { SessionId, TurnId } from "@maillm/schema/Ids"
import type { NodeId } from "@maillm/schema/Ids"
import type { DriverName } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import { deriveId } from "../runtime/deriveId.ts"
import type { WorldContext } from "../world/Facts.ts"
import { chooseDriver } from "./chooseDriver.ts"
import { park } from "./park.ts"
import { policyHere } from "./policyHere.ts"
import type { Draft } from "./SessionDraft.ts"
import { pendingApprovals } from "./SessionState.ts"
import type { SessionState } from "./SessionState.ts"

/** A node that has not taken an ordered turn for this long is reported as slow. */
const takeMillis = 30_000
/** How often placing is tried again while no node is there; a session with a queue never sleeps for good. */
const placeMillis = 5_000

/**
 * Orders a turn for the first waiting request, if nothing runs, nobody must be asked first, its provider takes
 * requests, the spending cap leaves room and a node is there.
 */
export const startNext = (draft: Draft, context: WorldContext) => {
  const request = draft.state.queue[0]
  if (draft.state.current !== null || request === undefined) return
  if (waitsForAnswer(draft.state, request) || isParked(draft.state, request, context)) return
  const choice = chooseDriver(draft.state, request, context.facts, context.now)
  if (choice._tag === "Park") return park(draft, request, choice, context)
  if (choice.driver !== draft.state.driver) {
    const { driver, reason } = choice
    draft.add({ _tag: "DriverChosen", requestId: request.requestId, driver, reason })
  }
  if (asksLeave(draft, request, context)) return
  order(draft, request, context)
}

const waitsForAnswer = (state: SessionState, request: RequestSpec) =>
  pendingApprovals(state).some(({ kind, requestId }) => kind === "request" && requestId === request.requestId)

const isParked = ({ parked }: SessionState, request: RequestSpec, { now }: WorldContext) =>
  parked !== null && parked.requestId === request.requestId && now < parked.untilMillis

/** Whether the user's actor must agree first; the shell costs nothing. */
const asksLeave = (draft: Draft, { requestId, userId }: RequestSpec, { facts }: WorldContext): boolean => {
  const { driver, id, leave } = draft.state
  if (facts.agents.spendingCapMicroUsd === null || driver === "shell") return false
  if (leave?.requestId === requestId) return !leave.given
  const sessionId = SessionId.make(id)
  draft.add(
    { _tag: "TurnLeaveAsked", requestId },
    { _tag: "TellUser", userId, command: { _tag: "AskTurnLeave", sessionId, requestId } },
  )
  return true
}

const order = (draft: Draft, request: RequestSpec, context: WorldContext) => {
  const { state } = draft
  const { attachments, requestId, text, userId } = request
  const place = placeTurn(state, context)
  if (place.nodeId === null) {
    if (state.delayReason !== place.reason)
      draft.add({ _tag: "TurnDelayed", requestId, reason: place.reason })
    const slot = placeSlot(context)
    draft.effects.push({ _tag: "SetTimer", timer: "place", generation: slot, atMillis: slot * placeMillis })
    return
  }
  const turnId = turnIdOf(state, request)
  const timerGeneration = state.timerGeneration + 1
  draft.add(
    { _tag: "TurnOrdered", turnId, requestId, nodeId: place.nodeId, driver: state.driver },
    {
      _tag: "OrderNode",
      nodeId: place.nodeId,
      order: {
        _tag: "StartTurn",
        orderId: `${turnId}/start`,
        epoch: context.epoch,
        userId,
        sessionId: SessionId.make(state.id),
        turnId,
        requestId,
        driver: state.driver,
        text,
        attachments,
        ...(state.driver === "shell" ? {} : agentPart(state, request, context)),
      },
    },
    {
      _tag: "SetTimer",
      timer: "take",
      generation: timerGeneration,
      atMillis: context.now + takeMillis,
    },
  )
  if (place.reason !== "") draft.add({ _tag: "TurnDelayed", requestId, reason: place.reason })
}

/** The first turn of a request has the id that version 0.1.0 gave it. */
const turnIdOf = (state: SessionState, { requestId }: RequestSpec) => {
  const count = state.attempts?.requestId === requestId ? state.attempts.count : 0
  return TurnId.make(deriveId("t", state.id, requestId, ...(count === 0 ? [] : [String(count)])))
}

/** What an agent is told besides the text, and the policy that its tool calls are judged by. */
const agentPart = (state: SessionState, request: RequestSpec, context: WorldContext) => ({
  origin: request.replyTo === null ? "the console" : `${request.replyTo.address} by email`,
  approvalMillis: context.facts.agents.approvalMillis,
  policy: policyHere(state, request, context),
  ...(state.repository === null ? {} : { repository: state.repository }),
  ...(state.formerDriver === null ? {} : { preface: prefaceAfter(state.formerDriver) }),
})

const prefaceAfter = (former: DriverName) =>
  `Until now ${agentName(former)} has worked in this session, and you do not have that conversation. Its files are in this workspace: look at them, and at the git history, before you change anything.`

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
    const alive = context.facts.nodes.find((node) => node.nodeId === state.nodeId)
    if (!answers && alive !== undefined)
      return {
        nodeId: null,
        reason: unusable(state, alive.agents?.find(({ driver }) => driver === state.driver)?.problem),
      }
    return {
      nodeId: state.nodeId,
      reason: answers ? "" : `Node ${state.nodeId} does not answer; it goes on when the node is back.`,
    }
  }
  const [best] = able.toSorted((a, b) => a.paneCount - b.paneCount)
  if (best !== undefined) return { nodeId: best.nodeId, reason: "" }
  const problem = context.facts.nodes
    .flatMap(({ agents }) => agents ?? [])
    .find(({ driver, problem: why }) => driver === state.driver && why !== "")?.problem
  return {
    nodeId: null,
    reason:
      problem === undefined
        ? `No node with the ${state.driver} driver answers. It starts as soon as one does.`
        : unusable(state, problem),
  }
}

const unusable = ({ driver }: SessionState, problem = "") =>
  `${agentName(driver)} cannot be used: ${problem === "" ? "its node does not offer it any more" : problem}`.slice(
    0,
    500,
  )
