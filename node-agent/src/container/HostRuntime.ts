import { execFile } from "node:child_process"
import { unlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { shellIntegration } from "../driver/shellIntegration.ts"
import { isMissing, makePrivateFolder } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { outboxPath } from "../workspace/outbox.ts"
import { childEnvironment, withEnvironment } from "./paneEnvironment.ts"
import { launcher } from "./launcher.ts"
import { endProgramsScript, killForegroundScript, noChildrenScript } from "./PaneRuntime.ts"
import type { PaneOwner, PaneRuntime } from "./PaneRuntime.ts"
import { runOnHost } from "./runProgram.ts"

/** Panes on the host, as the user that runs the agent: no isolation. Each user's files are in a folder of their own. */
export const hostRuntime = (
  folder: NodeFolder,
  reason: string,
  programFolder: string | null = null,
): PaneRuntime => {
  const integration = (owner: PaneOwner) =>
    join(folder.integration(owner.userId), `${owner.generation}.bashrc`)
  return {
    name: "host",
    reason,
    workspacePath: ({ userId }) => folder.workspace(userId),
    run: async ({ userId }, argv, options = {}) => {
      const workspace = folder.workspace(userId)
      await makePrivateFolder(workspace)
      const environment = { ...childEnvironment(), ...options.environment }
      return runOnHost(argv, options.cwd ?? workspace, environment, options)
    },
    prepare: async (owner, nonce, notice) => {
      const workspace = folder.workspace(owner.userId)
      await makePrivateFolder(workspace)
      await makePrivateFolder(folder.integration(owner.userId))
      const source = shellIntegration(nonce, notice, outboxPath(workspace, owner.sessionId))
      await writeFile(integration(owner), source, { mode: 0o600 })
      return {
        argv: withEnvironment(childEnvironment(), shellArgv(integration(owner))),
        cwd: workspace,
      }
    },
    prepareProgram: async (owner, program) => {
      await makePrivateFolder(folder.workspace(owner.userId))
      await makePrivateFolder(folder.integration(owner.userId))
      await writeFile(integration(owner), launcher(program), { mode: 0o600 })
      return {
        argv: withEnvironment(childEnvironment(), ["sh", integration(owner)]),
        cwd: folder.workspace(owner.userId),
      }
    },
    agentFolder: ({ userId }, driver) => folder.agent(userId, driver),
    hookFolder: ({ userId }) => folder.integration(userId),
    programFolder,
    probe: (argv) => runOnHost(argv, folder.root, childEnvironment(), {}),
    started: async (owner) => {
      await unlink(integration(owner)).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
    },
    ended: async (owner) => {
      if (owner.driver === undefined) return
      // Where there is no /proc, a program ends with its terminal or not at all.
      await bash(endProgramsScript, owner.generation).catch(() => undefined)
    },
    hasChildren: async (_, panePid) => {
      try {
        await bash(noChildrenScript, panePid)
        return false
      } catch {
        return true
      }
    },
    killForeground: async (_, panePid) => {
      await bash(killForegroundScript, panePid)
    },
  }
}

const shellArgv = (rcfile: string) => ["bash", "--noprofile", "--rcfile", rcfile, "-i"]

const bash = (script: string, word: number | string) =>
  promisify(execFile)("bash", ["--noprofile", "--norc", "-c", script, "maillm", String(word)], {
    env: childEnvironment(),
    timeout: 5_000,
  })
