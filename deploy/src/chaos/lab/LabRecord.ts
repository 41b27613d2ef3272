import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { endNamespace, unmount } from "./labCommands.ts"

/**
 * What a run leaves on the machine when it is killed. Written before anything is made, so that the next run can
 * remove it; in a fixed place, for every run has another temporary folder.
 */
const recordFolder = "/run/maillm-chaos"

const Record = Schema.Struct({
  /** The run's own process; `startTicks` tells it from a later one with the same number. */
  pid: Schema.Int,
  startTicks: Schema.String,
  namespaces: Schema.Array(Schema.String),
  mounts: Schema.Array(Schema.String),
  folder: Schema.String,
})
export type LabRecord = typeof Record.Type
const decode = Schema.decodeUnknownResult(Schema.fromJsonString(Record))

/** Field 22 of /proc/pid/stat, which follows the name in parentheses; empty when there is no such process. */
export const startTicksOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""
  } catch {
    return ""
  }
}

const fileOf = (pid: number) => join(recordFolder, `${pid}.json`)

export const writeRecord = (record: LabRecord): void => {
  mkdirSync(recordFolder, { recursive: true, mode: 0o700 })
  writeFileSync(fileOf(record.pid), JSON.stringify(record), { mode: 0o600 })
}

/** Ends every process in the namespaces, then removes namespaces, mounts, folder and the record itself. */
export const removeRecorded = (record: LabRecord): void => {
  for (const namespace of record.namespaces) endNamespace(namespace)
  for (const mount of record.mounts) unmount(mount)
  rmSync(record.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  rmSync(fileOf(record.pid), { force: true })
}

/** Removes what earlier runs left whose process is gone; answers how many there were. */
export const sweepLeftovers = (): number => {
  let swept = 0
  for (const name of recordsThere()) {
    const record = decode(readFileSync(join(recordFolder, name), "utf8"))
    if (Result.isFailure(record)) {
      rmSync(join(recordFolder, name), { force: true })
      continue
    }
    const { pid, startTicks } = record.success
    if (startTicksOf(pid) === startTicks) continue
    removeRecorded(record.success)
    swept++
  }
  return swept
}

const recordsThere = (): ReadonlyArray<string> => {
  try {
    return readdirSync(recordFolder).filter((name) => name.endsWith(".json"))
  } catch {
    return []
  }
}
