import { existsSync, readFileSync, rmSync } from "node:fs"
import { DockerEngine } from "@maillm/node-agent/container/DockerEngine"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { endPanes } from "./endPanes.ts"

/**
 * Removes a data folder and everything on this machine that came from it: panes, containers, workspaces. Only for
 * folders that are thrown away (demo, tests, benchmarks), after its maillm has stopped.
 */
export const removeInstallation = async (dataDir: string): Promise<void> => {
  endPanes(dataDir)
  // Written when panes run in Docker, and only then.
  const { installation } = nodeFolder(dataDir)
  if (existsSync(installation)) {
    await new DockerEngine().removeInstallation(readFileSync(installation, "utf8").trim())
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
}
