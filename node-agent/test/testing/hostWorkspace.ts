import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { hostRuntime } from "../../src/container/HostRuntime.ts"
import { nodeFolder } from "../../src/files/NodeFolder.ts"

/** A user's workspace on the host, with the real runtime and real programs. */
export const makeHostWorkspace = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "maillm-ws-"))
  const owner = { userId: "ada" }
  const runtime = hostRuntime(nodeFolder(dataDir), "test")
  const root = runtime.workspacePath(owner)
  await mkdir(root, { recursive: true })
  return {
    dataDir,
    owner,
    runtime,
    root,
    write: async (path: string, content: string | Buffer) => {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), content)
    },
    /** git as a person would use it there. */
    git: async (folder: string, ...argv: ReadonlyArray<string>) => {
      const named = [
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.org",
        "-c",
        "init.defaultBranch=main",
      ]
      const { stdout } = await promisify(execFile)("git", ["-C", join(root, folder), ...named, ...argv])
      return stdout.trim()
    },
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  }
}
export type HostWorkspace = Awaited<ReturnType<typeof makeHostWorkspace>>
