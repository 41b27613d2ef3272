import { agentName } from "@maillm/schema/agentName"
import type { DriverName, NodeInfo } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { Facts } from "../world/Facts.ts"
import type { SessionState } from "./SessionState.ts"

export type DriverChoice =
  | { readonly _tag: "Driver"; readonly driver: DriverName; readonly reason: string }
  /** Its provider takes nothing before then, and no other driver may take over. */
  | { readonly _tag: "Park"; readonly untilMillis: number; readonly reason: string }

/** The driver of a session that nobody named one for: as set, else Claude Code where it can be used, else the shell. */
export const defaultDriver = ({ agents, nodes }: Facts): DriverName =>
  agents.defaultDriver ?? (nodes.some(({ drivers }) => drivers.includes("claude")) ? "claude" : "shell")

/**
 * Which agent does a request: the one that its sender wished for, else the session's own. If its provider is at its
 * limit, or it has failed at this request, the first of the settings' fail-over list that can be used; if there is none,
 * the request waits for the limit to reset. A driver that no node offers is waited for, unless another may take over.
 */
export const chooseDriver = (
  state: SessionState,
  request: RequestSpec,
  facts: Facts,
  now: number,
): DriverChoice => {
  const failed = state.attempts?.requestId === request.requestId ? state.attempts.failed : []
  const wish = request.driver ?? state.driver
  // After a fail-over the session's driver is what took over.
  const wanted = failed.includes(wish) ? state.driver : wish
  const nodes = facts.nodes.filter(({ nodeId }) => state.nodeId === null || nodeId === state.nodeId)
  const usable = (driver: DriverName) => nodes.some(({ drivers }) => drivers.includes(driver))
  const until = limitedUntil(nodes, wanted, now)
  // Without an answer from its node nothing is known: the order waits there, as ever.
  if (nodes.length === 0 || (usable(wanted) && until === null)) return chosen(state, wanted, "as asked for")
  const other = facts.agents.failover.find(
    (driver) =>
      driver !== wanted &&
      !failed.includes(driver) &&
      usable(driver) &&
      limitedUntil(nodes, driver, now) === null,
  )
  const name = agentName(wanted)
  if (other !== undefined) {
    return chosen(
      state,
      other,
      until === null ? `no node offers ${name} now` : `${name} is at its provider's limit`,
    )
  }
  return until === null
    ? chosen(state, wanted, "as asked for")
    : { _tag: "Park", untilMillis: until, reason: `${name} is at its provider's limit` }
}

const chosen = (state: SessionState, driver: DriverName, reason: string): DriverChoice => ({
  _tag: "Driver",
  driver,
  reason: driver === state.driver ? "" : reason,
})

/** When the first of the nodes that offer the driver may use it again; null when one may now. */
const limitedUntil = (nodes: ReadonlyArray<NodeInfo>, driver: DriverName, now: number): number | null => {
  const limits = nodes
    .filter(({ drivers }) => drivers.includes(driver))
    .map(({ agents }) => agents?.find((agent) => agent.driver === driver)?.limitedUntilMillis ?? 0)
  const soonest = limits.length === 0 ? 0 : Math.min(...limits)
  return soonest > now ? soonest : null
}
