import { mkdir, open, readFile, rename } from "node:fs/promises"
import { dirname } from "node:path"

/**
 * Replaces a file so that a crash, even of the machine, leaves the old or the new content, never a mixture.
 * Resolves once both the content and the name are on disk.
 */
export const writeFileAtomically = async (
  path: string,
  content: string | Uint8Array,
  mode = 0o600,
): Promise<void> => {
  const temporary = `${path}.new`
  const file = await open(temporary, "w", mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/** Makes names made or removed in a folder durable. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The content, or null when there is no such file. */
export const readFileIfThere = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** The content, or null when there is no such file. */
export const readBytesIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Makes a folder that only this user may enter, with all above it. */
export const makePrivateFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 })
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT"
