import { constants } from "node:fs"
import { access } from "node:fs/promises"
import { delimiter, join } from "node:path"

/** The first executable of that name in PATH of the environment. */
export function searchPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "")
  return firstExecutable(folders.map((folder) => join(folder, name)))
}

export async function firstExecutable(paths: ReadonlyArray<string>): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path
  return undefined
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
