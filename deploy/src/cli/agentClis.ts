import {
  type AgentName,
  agentNames,
  agentTitle,
  findAgentCli,
  obtainAgentClis,
  pinnedAgentVersion,
} from "../tools/AgentClis.ts"
import { printable } from "./printable.ts"
import { textTable } from "./textTable.ts"

/** `maillm agents install`. Answers whether all of them are there. */
export const installAgents = async (names: ReadonlyArray<AgentName>, json: boolean): Promise<boolean> => {
  const outcomes = Object.entries(await obtainAgentClis(names))
  if (json) console.log(JSON.stringify(Object.fromEntries(outcomes)))
  else
    for (const [name, outcome] of outcomes)
      console.log(
        printable(
          outcome.kind === "ready"
            ? `${name} ${outcome.version} is at ${outcome.path}`
            : `${name} could not be installed: ${[...outcome.tried, outcome.remedy].join("\n  ")}`,
        ),
      )
  return outcomes.every(([, outcome]) => outcome.kind === "ready")
}

/** `maillm agents list`. */
export const listAgents = async (json: boolean): Promise<boolean> => {
  const agents = await Promise.all(
    agentNames.map(async (name) => {
      const found = await findAgentCli(name)
      const path = found?.kind === "ready" ? found.path : null
      return { name, title: agentTitle(name), version: pinnedAgentVersion(name), path }
    }),
  )
  const rows = agents.map(({ name, title, version, path }) => [name, title, version, path ?? "not installed"])
  console.log(
    json
      ? JSON.stringify(agents)
      : textTable(["driver", "agent", "version", "program"], rows, new Set()).map(printable).join("\n"),
  )
  return true
}
