import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { newDkimKey, readDkimKey } from "@maillm/gateway/mail/dkim/DkimKey"
import type { DkimKey } from "@maillm/gateway/mail/dkim/DkimKey"
import { writePrivate } from "./DataFolder.ts"
import { StartFailure } from "./StartFailure.ts"

export interface OpenedKey {
  readonly key: DkimKey
  readonly pem: string
  readonly file: string
  /** It was not there before. */
  readonly made: boolean
}

const ownName = "dkim.pem"

/** The key that mail is signed with: the file that is set, or the data folder's, made when missing (0600). */
export const openDkimKey = (dataDir: string, dkimKeyFile: string | null): OpenedKey => {
  const file = dkimKeyFile ?? join(dataDir, ownName)
  const found = readOptional(file)
  if (found !== null) return { ...readPem(file, found), file, made: false }
  if (dkimKeyFile !== null)
    throw new StartFailure(
      `the DKIM key ${file} is not there: correct MAILLM_DKIM_KEY, or unset it and maillm makes a key of its own`,
    )
  const pem = newDkimKey()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writePrivate(dataDir, ownName, pem)
  return { ...readPem(file, pem), file, made: true }
}

const readPem = (file: string, pem: string) => {
  try {
    return { key: readDkimKey(pem), pem }
  } catch (error) {
    throw new StartFailure(
      `the DKIM key ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

const readOptional = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    if (code === "ENOENT") return null
    throw new StartFailure(`the DKIM key ${file} cannot be read (${code}): correct its permissions`)
  }
}
