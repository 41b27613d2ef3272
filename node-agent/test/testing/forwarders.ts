import { readdir, readFile, readlink } from "node:fs/promises"

/** Processes that hold a question of this node's agents. */
export const forwarders = async (dataDir: string): Promise<Array<number>> => {
  const found: Array<number> = []
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "")
    const cwd = line.includes("maillm-event: PermissionRequest") || line.includes("PermissionRequest\0ask")
    if (cwd && (line.includes(dataDir) || (await inFolder(name, dataDir)))) found.push(Number(name))
  }
  return found
}

const inFolder = async (pid: string, dataDir: string): Promise<boolean> => {
  return readlink(`/proc/${pid}/cwd`).then(
    (cwd) => cwd.startsWith(dataDir),
    () => false,
  )
}
