import type { NodeRow } from "@maillm/schema/api/SystemApi"
import { DriverName } from "@maillm/schema/Turn"
import { driverWords, limitedUntil } from "../format/agentWords.ts"

/** An agent as it can be chosen: whether a live node has it now, and if not, why. */
export interface AgentChoice {
  readonly driver: DriverName
  readonly name: string
  readonly usable: boolean
  /** When its provider takes requests again, where every node that has it must wait. */
  readonly limitedUntilMillis: number | null
  /** Why it is not usable; empty when it is. */
  readonly why: string
}

export const agentChoices = (
  nodes: ReadonlyArray<Pick<NodeRow, "alive" | "drivers" | "agents">>,
  nowMillis: number,
): ReadonlyArray<AgentChoice> =>
  DriverName.literals.map((driver) => {
    const alive = nodes.filter((node) => node.alive)
    const known = alive.flatMap((node) => (node.agents ?? []).filter((agent) => agent.driver === driver))
    const healthy = known.filter((agent) => agent.problem === "")
    const limits = healthy.map((agent) => limitedUntil(agent, nowMillis))
    const limited = limits.length > 0 && limits.every((until) => until !== null)
    const usable = healthy.length > 0 || alive.some((node) => node.drivers.includes(driver))
    return {
      driver,
      name: driverWords[driver],
      usable,
      limitedUntilMillis: limited ? Math.min(...limits.map((until) => until ?? Infinity)) : null,
      why: usable ? "" : (known[0]?.problem ?? "No node has it."),
    }
  })
