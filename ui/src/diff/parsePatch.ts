/** One line of a hunk; the numbers are lines of the file before and after. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed"
  readonly before: number | null
  readonly after: number | null
  readonly text: string
  /** The file ends with this line, and no line feed. */
  readonly noLineEnd: boolean
}

export interface DiffHunk {
  /** What git says after the numbers: the function, say. */
  readonly context: string
  readonly lines: ReadonlyArray<DiffLine>
}

export interface DiffFile {
  readonly path: string
  /** The path before, when it was renamed or copied. */
  readonly from: string | null
  readonly change: "added" | "modified" | "deleted" | "renamed"
  readonly binary: boolean
  readonly added: number
  readonly removed: number
  readonly hunks: ReadonlyArray<DiffHunk>
}

const hunkHead = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/
const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
}

/** A path as git writes it: quoted like C, with the bytes of UTF-8 in octal, when it is not plain. */
export const unquotePath = (written: string): string => {
  if (!written.startsWith('"') || !written.endsWith('"') || written.length < 2) return written
  const bytes: Array<number> = []
  const inner = written.slice(1, -1)
  for (const match of inner.matchAll(/\\([0-7]{1,3})|\\(.)|([^\\]+)/gsu)) {
    const [, octal, escaped, plain] = match
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff)
    else
      bytes.push(...new TextEncoder().encode(escaped === undefined ? plain : (escapes[escaped] ?? escaped)))
  }
  return new TextDecoder().decode(new Uint8Array(bytes))
}

const withoutSide = (path: string): string => unquotePath(path.replace(/\t$/, "")).replace(/^[ab]\//, "")

/** The path of `diff --git a/x b/x`, which both sides share unless the lines below say otherwise. */
const sharedPath = (rest: string): string => {
  if (rest.startsWith('"')) return withoutSide(/^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0] ?? rest)
  const half = (rest.length - 1) / 2
  return Number.isInteger(half) && rest[half] === " " ? withoutSide(rest.slice(0, half)) : withoutSide(rest)
}

interface Making {
  path: string
  from: string | null
  change: DiffFile["change"]
  binary: boolean
  added: number
  removed: number
  hunks: Array<{ context: string; lines: Array<DiffLine> }>
}

const readHeader = (file: Making, line: string) => {
  if (line.startsWith("new file mode")) file.change = "added"
  else if (line.startsWith("deleted file mode")) file.change = "deleted"
  else if (line.startsWith("rename from ") || line.startsWith("copy from ")) {
    file.from = unquotePath(line.replace(/^(?:rename|copy) from /, ""))
    file.change = "renamed"
  } else if (line.startsWith("rename to ") || line.startsWith("copy to "))
    file.path = unquotePath(line.replace(/^(?:rename|copy) to /, ""))
  else if (line.startsWith("Binary files ") || line === "GIT binary patch") file.binary = true
  else if (line.startsWith("--- ") && line !== "--- /dev/null") {
    if (file.change === "deleted") file.path = withoutSide(line.slice(4))
  } else if (line.startsWith("+++ ") && line !== "+++ /dev/null") file.path = withoutSide(line.slice(4))
}

/**
 * Reads a patch as git writes it. A hunk's own counts say how far it goes, so that nothing in a file's text is taken
 * for the beginning of another file. What cannot be read is left out.
 */
export const parsePatch = (patch: string): ReadonlyArray<DiffFile> => {
  const files: Array<Making> = []
  const lines = patch.split("\n")
  let file: Making | undefined
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ""
    if (line.startsWith("diff --git ")) {
      file = {
        path: sharedPath(line.slice("diff --git ".length)),
        from: null,
        change: "modified",
        binary: false,
        added: 0,
        removed: 0,
        hunks: [],
      }
      files.push(file)
      continue
    }
    if (file === undefined) continue
    const head = hunkHead.exec(line)
    if (head === null) {
      if (file.hunks.length === 0) readHeader(file, line)
      continue
    }
    at = readHunk(file, lines, at + 1, head)
  }
  return files
}

/** Reads the hunk whose first line is at `start`; gives the index of its last. */
const readHunk = (
  file: Making,
  lines: ReadonlyArray<string>,
  start: number,
  head: RegExpExecArray,
): number => {
  let before = Number(head[1])
  let after = Number(head[3])
  const beforeEnd = before + Number(head[2] ?? 1)
  const afterEnd = after + Number(head[4] ?? 1)
  const hunk: Making["hunks"][number] = { context: head[5] ?? "", lines: [] }
  file.hunks.push(hunk)
  let at = start
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? ""
    const last = hunk.lines.at(-1)
    if (line.startsWith("\\") && last !== undefined) {
      hunk.lines[hunk.lines.length - 1] = { ...last, noLineEnd: true }
      continue
    }
    if (before >= beforeEnd && after >= afterEnd) break
    const base = { text: line.slice(1), noLineEnd: false }
    if (line.startsWith("+")) {
      hunk.lines.push({ ...base, kind: "added", before: null, after })
      file.added += 1
      after += 1
    } else if (line.startsWith("-")) {
      hunk.lines.push({ ...base, kind: "removed", before, after: null })
      file.removed += 1
      before += 1
    } else if (line.startsWith(" ") || line === "") {
      hunk.lines.push({ ...base, kind: "same", before, after })
      before += 1
      after += 1
    } else break
  }
  return at - 1
}
