import { reasonSentence } from "@maillm/schema/reasonSentence"
import { agentName } from "@maillm/schema/agentName"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { count, formatCost, formatDuration, formatMoment } from "./format.ts"
import { pendingApprovals } from "./SessionState.ts"
import type { SessionState } from "./SessionState.ts"

/** Requests named in a status; the others are counted. */
const namedLimit = 10

/** What runs, waits and is asked in a session, as its actor knows it. */
export const sessionStatus = (
  state: SessionState,
  waiting: ReadonlyArray<RequestSpec>,
  { now }: WorldContext,
): { readonly outcome: string; readonly answer: string } => {
  const { current, parked } = state
  const pending = pendingApprovals(state)
  const outcome =
    pending.length > 0
      ? `${count(pending.length, "question")} wait${pending.length === 1 ? "s" : ""} for your answer.`
      : current !== null
        ? `Working on "${current.request.title}".`
        : waiting.length > 0
          ? `${count(waiting.length, "request")} wait${waiting.length === 1 ? "s" : ""}.`
          : "Nothing runs or waits in this session."
  const lines = [
    ...(current === null
      ? []
      : [
          `- ${current.taken ? "Running" : "Sent to its node"}: ${current.request.title} (received ${formatDuration(now - current.request.receivedAtMillis)} ago)`,
        ]),
    ...pending.map(
      ({ code, expiresAtMillis, reason }) =>
        `- Asked (${code}): ${reasonSentence(reason)} Answer "yes ${code}" or "no ${code}" before ${formatMoment(expiresAtMillis)}.`,
    ),
    ...waiting
      .slice(0, namedLimit)
      .map((request) => `- Waiting: ${request.title}${whyWaiting(state, request)}`),
    ...(waiting.length > namedLimit ? [`- and ${waiting.length - namedLimit} more`] : []),
    `- Agent: ${agentName(state.driver)}${state.nodeId === null ? "" : ` on node ${state.nodeId}`}`,
    ...(parked === null ? [] : [`- Goes on at ${formatMoment(parked.untilMillis)}`]),
    ...(state.costMicroUsd === 0 ? [] : [`- Cost of this session: ${formatCost(state.costMicroUsd)}`]),
  ]
  return { outcome, answer: lines.join("\n") }
}

const whyWaiting = (state: SessionState, { requestId }: RequestSpec) =>
  state.parked?.requestId === requestId
    ? ` (until ${formatMoment(state.parked.untilMillis)})`
    : state.queue[0]?.requestId === requestId && state.delayReason !== ""
      ? ` (${state.delayReason})`
      : ""
