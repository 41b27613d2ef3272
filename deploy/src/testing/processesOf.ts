import { readdirSync, readFileSync, readlinkSync } from "node:fs"

export interface ProcessFound {
  readonly pid: number
  /** Its program's name, at most 15 characters. */
  readonly name: string
  readonly arguments: ReadonlyArray<string>
}

/**
 * Every process of this machine that belongs to a data folder: one that names it in an argument, or whose working
 * folder or environment's MAILLM_DATA_DIR is in it. Linux only.
 */
export const processesOf = (dataDir: string): ReadonlyArray<ProcessFound> =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1)
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0")
        const inIt =
          args.some((arg) => arg.includes(dataDir)) ||
          readlinkSync(`/proc/${pid}/cwd`).startsWith(dataDir) ||
          environment.includes(`MAILLM_DATA_DIR=${dataDir}`)
        const name = readFileSync(`/proc/${pid}/comm`, "utf8").trim()
        return inIt ? [{ pid: Number(pid), name, arguments: args }] : []
      } catch {
        // Ended meanwhile, or not ours to see.
        return []
      }
    })
