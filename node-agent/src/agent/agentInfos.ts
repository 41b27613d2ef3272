import type { AgentInfo } from "@maillm/schema/Turn"
import type { AgentKit } from "./AgentSessions.ts"

/** What this node says of its agents: those with a problem cannot be used. */
export const agentInfos = ({ model, programs }: AgentKit): ReadonlyArray<AgentInfo> =>
  programs.map(({ driver, problem, version }) => ({
    driver: driver.name,
    version: version.slice(0, 64),
    problem: (problem === "" ? model.problem(driver.name) : problem).slice(0, 500),
    limitedUntilMillis: model.limitedUntilMillis(driver.name),
  }))
