import { watch } from "node:fs"
import { join, relative } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"

/** An editor writes a file in several steps, and several files at once. */
const quietMillis = 150

const isSource = (path: string) =>
  /\.(ts|json)$/.test(path) && !path.endsWith(".test.ts") && !/(^|\/)testing\//.test(path)

/** Calls back with the first file's path in the repository once files of these folders have changed and are quiet. */
export const watchSources = (
  folders: ReadonlyArray<string>,
  changed: (path: string) => void,
): (() => void) => {
  let first: string | null = null
  let timer: NodeJS.Timeout | undefined
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_, name) => {
      if (name === null || !isSource(name)) return
      first ??= relative(repository, join(folder, name))
      clearTimeout(timer)
      timer = setTimeout(() => {
        const path = first ?? name
        first = null
        changed(path)
      }, quietMillis)
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
