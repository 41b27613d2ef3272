import { StringDecoder } from "node:string_decoder"

/** Longest text that goes along with a result, UTF-16 code units: the first and the last half of it. */
export const transcriptTextLimit = 60_000
const half = transcriptTextLimit / 2
const depthLimit = 12
/** What agents call what was said, typed, run, read and answered. */
const telling: ReadonlySet<string> = new Set([
  "text",
  "content",
  "thinking",
  "prompt",
  "message",
  "command",
  "cmd",
  "output",
  "stdout",
  "stderr",
  "file_path",
  "filePath",
  "path",
  "pattern",
  "query",
  "url",
  "description",
  "old_string",
  "new_string",
  "patch",
  "input",
  "arguments",
])

/**
 * The words of a stretch of an agent's transcript (JSON lines, whichever agent's), to be searched. Of a long one its
 * beginning and its end. Never fails; what is no JSON is left out.
 */
export const transcriptText = (lines: Buffer): string => {
  const decoder = new StringDecoder("utf8")
  let head = ""
  let tail = ""
  const add = (words: string) => {
    if (head.length < half) head += `${words.slice(0, half - head.length)}\n`
    else tail = `${tail}${words.slice(-half)}\n`.slice(-half)
  }
  for (const line of decoder.end(lines).split("\n")) {
    if (line === "") continue
    try {
      collect(JSON.parse(line), "", 0, add)
    } catch {
      // A line that was being written, or is another format.
    }
  }
  return `${head}${tail}`
    .replaceAll(/[ \t]+/g, " ")
    .trim()
    .toWellFormed()
    .slice(0, transcriptTextLimit)
}

const collect = (value: unknown, key: string, depth: number, add: (words: string) => void) => {
  if (depth > depthLimit) return
  if (typeof value === "string") {
    if (telling.has(key) && value.trim() !== "") add(value.trim())
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, key, depth + 1, add)
  } else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value)) collect(one, name, depth + 1, add)
  }
}
