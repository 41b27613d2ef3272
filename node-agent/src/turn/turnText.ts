import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { setImmediate } from "node:timers/promises"
import { isMissing, readBytesIfThere } from "../files/atomicFile.ts"
import { ReadableText } from "./ReadableText.ts"

/** Longest text that goes into a result whole, bytes of UTF-8; of a longer one head and tail. */
export const resultTextLimitBytes = 60_000

export interface TurnTextSource {
  /** The output's first bytes. */
  readonly headPath: string
  /** Its last bytes, when the head has not all of it, and their offset. */
  readonly tailPath: string
  readonly tailOffset: number | null
  /** Offsets of the whole output. */
  readonly start: number
  readonly end: number
  readonly rows: number
}

export interface TurnText {
  /** Everything that is kept, readable. What is missing in the middle is said in its place. */
  readonly whole: string
  readonly outputBytes: number
  /** True when some of the output is not in `whole`. */
  readonly incomplete: boolean
}

/** Makes a turn's bytes readable, in steps between which other work gets its turn. */
export const readTurnText = async (source: TurnTextSource): Promise<TurnText> => {
  const outputBytes = Math.max(0, source.end - source.start)
  const headLength = Math.min(outputBytes, await sizeIfThere(source.headPath))
  const head = headLength === 0 ? "" : await readable(source.headPath, headLength, source.rows)
  if (headLength >= outputBytes) return { whole: head, outputBytes, incomplete: false }

  const tail = source.tailOffset === null ? null : await readBytesIfThere(source.tailPath)
  const tailText = new ReadableText(source.rows)
  if (tail !== null) tailText.push(tail)
  const missing = (source.tailOffset ?? source.end) - (source.start + headLength)
  const notice = missing > 0 ? `\n[${missing} bytes of output were not kept]\n` : ""
  return { whole: head + notice + tailText.finish(), outputBytes, incomplete: missing > 0 }
}

/** Head and tail of a text longer than the limit, cut at line ends where there are any near. */
export const excerpt = (text: string, limitBytes = resultTextLimitBytes): string | null => {
  const bytes = Buffer.from(text)
  if (bytes.length <= limitBytes) return null
  const half = Math.floor(limitBytes / 2)
  const head = cutEnd(bytes.subarray(0, half))
  const tail = cutStart(bytes.subarray(bytes.length - half))
  const left = bytes.length - head.length - tail.length
  return `${head.toString()}\n[… ${left} bytes left out; the whole output is kept with the request …]\n${tail.toString()}`
}

const lineFeed = 0x0a
const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80

/** Up to its last line end, or to the last whole character when the line is very long. */
const cutEnd = (bytes: Buffer): Buffer => {
  const line = bytes.lastIndexOf(lineFeed)
  if (line > bytes.length / 2) return bytes.subarray(0, line)
  let end = bytes.length
  while (end > 0 && isContinuation(bytes[end - 1])) end--
  return bytes.subarray(0, Math.max(0, end - 1))
}

const cutStart = (bytes: Buffer): Buffer => {
  const line = bytes.indexOf(lineFeed)
  if (line >= 0 && line < bytes.length / 2) return bytes.subarray(line + 1)
  let start = 0
  while (isContinuation(bytes[start])) start++
  return bytes.subarray(start)
}

const readable = async (path: string, length: number, rows: number): Promise<string> => {
  const text = new ReadableText(rows)
  for await (const chunk of createReadStream(path, { end: length - 1, highWaterMark: 65_536 })) {
    if (!Buffer.isBuffer(chunk)) continue
    text.push(chunk)
    await setImmediate()
  }
  return text.finish()
}

const sizeIfThere = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}
