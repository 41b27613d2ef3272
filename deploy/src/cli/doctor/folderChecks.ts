import { existsSync, mkdtempSync, rmdirSync } from "node:fs"
import { statfs } from "node:fs/promises"
import { dirname, join } from "node:path"
import { buckets, streams } from "@maillm/schema/Streams"
import type { LocalSettings } from "../../local/readSettings.ts"
import { ok, warning, wrong } from "./Check.ts"
import type { Check } from "./Check.ts"

const mib = 1_048_576
/** Below this mails and panes' logs fill the disk within hours. */
const neededMib = 256

/** Whether the data folder, or the one it would be made in, can be written: a folder is made in it and removed. */
export const dataFolderCheck = ({ dataDir }: LocalSettings, held: boolean): Check => {
  const existing = existingFolder(dataDir)
  try {
    rmdirSync(mkdtempSync(join(existing, ".maillm-doctor-")))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    return wrong(
      "data folder",
      `${dataDir} cannot be written (${code})`,
      "correct its permissions, or set MAILLM_DATA_DIR to another folder",
    )
  }
  if (existing !== dataDir) return ok("data folder", `${dataDir}, not there yet; the first start makes it`)
  return ok("data folder", `${dataDir}, ${held ? "held by a running maillm" : "no maillm runs on it"}`)
}

/** Free space where the data folder is. Our own nats-server takes at most three quarters of it and reserves its work queues. */
export const diskCheck = async ({ dataDir, natsUrl }: LocalSettings, held: boolean): Promise<Check> => {
  const { bavail, bsize } = await statfs(existingFolder(dataDir))
  const free = Math.floor((bavail * bsize) / mib)
  const detail = `${free} MiB free for ${dataDir}`
  const remedy = "free some, or set MAILLM_DATA_DIR to a folder on a larger disk"
  if (free < neededMib) return wrong("disk", `${detail}, less than ${neededMib} MiB`, remedy)
  const reserved = [...Object.values(streams), ...Object.values(buckets)].reduce(
    (sum, { maxBytes }) => sum + Math.max(0, maxBytes) / mib,
    0,
  )
  const wanted = Math.ceil(reserved / 0.75)
  return natsUrl === null && !held && free < wanted
    ? warning("disk", `${detail}; nats-server wants ${wanted} MiB to reserve its queues`, remedy)
    : ok("disk", detail)
}

const existingFolder = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : existingFolder(dirname(path))
