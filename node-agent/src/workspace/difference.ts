import type { Changes } from "@maillm/schema/Turn"

/** What a turn changed; the patch is bytes that the caller may keep. */
export type Difference = Omit<Changes, "patch">

const fileLimit = 200
const pathLimit = 1_000

type File = Changes["files"][number]

/** The output of `git diff-tree -z --raw --numstat`: first what happened to each path, then its lines. */
export const parseDifference = (output: Buffer): Difference => {
  const words = output.toString("utf8").split("\0")
  const files = new Map<string, { file: File; added: number | null; removed: number | null }>()
  let at = 0
  while (at < words.length) {
    const word = words[at++] ?? ""
    const raw = /^:\d+ \d+ \S+ \S+ ([A-Z])\d*$/.exec(word)
    if (raw !== null) {
      if (raw[1] === "R" || raw[1] === "C") at++
      const path = words[at++] ?? ""
      files.set(path, { file: fileOf(path, raw[1] ?? "M"), added: 0, removed: 0 })
      continue
    }
    const lines = /^(\d+|-)\t(\d+|-)\t([^]*)$/.exec(word)
    if (lines === null) continue
    // A renamed file's two names follow.
    const path = lines[3] === "" ? (words[at + 1] ?? "") : (lines[3] ?? "")
    if (lines[3] === "") at += 2
    const found = files.get(path)
    if (found === undefined) continue
    found.added = lines[1] === "-" ? null : Number(lines[1])
    found.removed = lines[2] === "-" ? null : Number(lines[2])
  }
  const all = [...files.values()]
  return {
    files: all
      .slice(0, fileLimit)
      .map(({ file, added, removed }) => ({ ...file, added, removed }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    fileCount: all.length,
    addedLines: all.reduce((sum, { added }) => sum + (added ?? 0), 0),
    removedLines: all.reduce((sum, { removed }) => sum + (removed ?? 0), 0),
  }
}

const fileOf = (path: string, letter: string): File => ({
  path: path.slice(0, pathLimit).toWellFormed(),
  change: letter === "A" ? "added" : letter === "D" ? "deleted" : letter === "R" ? "renamed" : "modified",
  added: 0,
  removed: 0,
})
