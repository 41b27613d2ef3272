import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { agentNames, agentVersion, findAgentCli, pinnedAgentVersion } from "../../tools/AgentClis.ts"
import type { AgentName } from "../../tools/AgentClis.ts"
import { ok, warning, wrong } from "./Check.ts"
import type { Check } from "./Check.ts"

/** For each coding agent: is the version there that maillm is tested with, and does it run? */
export const agentChecks = async (): Promise<ReadonlyArray<Check>> => {
  const home = await mkdtemp(join(tmpdir(), "maillm-doctor-"))
  try {
    return await Promise.all(agentNames.map((name) => agentCheck(name, home)))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

const agentCheck = async (name: AgentName, home: string): Promise<Check> => {
  const pinned = pinnedAgentVersion(name)
  const command = `npx maillm agents install ${name}`
  const found = await findAgentCli(name)
  if (found?.kind !== "ready")
    return warning(name, `${pinned} is not installed`, `to use it where panes run on the host: ${command}`)
  const printed = await agentVersion(found.path, home)
  return printed === pinned
    ? ok(name, `${pinned} at ${found.path}`)
    : wrong(
        name,
        `${found.path} ${printed === undefined ? "does not run" : `is ${printed}`}, ${pinned} is wanted`,
        `to install it anew: ${command}`,
      )
}
