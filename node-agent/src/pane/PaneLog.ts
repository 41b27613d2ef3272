import { type FSWatcher, watch } from "node:fs"
import { type FileHandle, open, readdir, stat, unlink } from "node:fs/promises"
import { join } from "node:path"
import { isMissing } from "../files/atomicFile.ts"
import { endOffset, segmentName, segmentOffsets } from "./outputSink.ts"

/** Most bytes read in one step; between two steps every other pane gets its turn. */
export const stepBytes = 65_536
/** Consumed output kept for late viewers. */
export const keptBytes = 524_288
/** For file systems without notification, and for notifications lost. */
const pollMillis = 1_000

export interface PaneLogReader {
  /** Every byte once, in order. The next step waits for it. */
  readonly data: (offset: number, bytes: Buffer) => Promise<void>
  /** The bytes from `from` to `to` are gone: the sink dropped them because nobody had read them. */
  readonly gap: (from: number, to: number) => Promise<void>
}

/** Follows the segments that the sink writes for one pane, and deletes those that are no longer needed. */
export class PaneLog {
  private position: number
  private file: { readonly handle: FileHandle; readonly start: number } | null = null
  private readonly buffer = Buffer.allocUnsafe(stepBytes)
  private watcher: FSWatcher | null = null
  private changed = true
  private wake: (() => void) | null = null
  private closed = false
  private passes = 0
  private readonly passWaiters = new Set<() => void>()
  private done: Promise<void> = Promise.resolve()
  /** Nothing from this offset on is deleted. */
  pinnedOffset = Number.POSITIVE_INFINITY

  private readonly directory: string
  private readonly reader: PaneLogReader

  constructor(directory: string, offset: number, reader: PaneLogReader) {
    this.directory = directory
    this.position = offset
    this.reader = reader
  }

  /** Offset up to which everything has been handed out, or is just being. */
  get offset() {
    return this.position
  }

  /** `failed` is called at most once, when the log cannot be read any more. */
  start(failed: (error: unknown) => void) {
    try {
      this.watcher = watch(this.directory, { persistent: false }, () => this.notify())
      this.watcher.on("error", () => this.watcher?.close())
    } catch {
      // Without notification the poll alone is slower but right.
    }
    this.done = this.run().catch(failed)
  }

  /** Resolves when everything written before the call has been handed out, or the log is closed. */
  async caughtUp(): Promise<void> {
    const target = this.passes + 2
    while (this.passes < target && !this.closed) {
      await new Promise<void>((resolve) => {
        this.passWaiters.add(resolve)
        this.notify()
      })
    }
  }

  /**
   * Resolves true when the sink has ended and all its output was handed out; false at the deadline, or at once when no
   * sink was ever started.
   */
  async drained(deadlineMillis: number): Promise<boolean> {
    const deadline = performance.now() + deadlineMillis
    while (performance.now() < deadline && !this.closed) {
      await this.caughtUp()
      const names = await this.list()
      const end = endOffset(names)
      if (end !== null && end <= this.position) return true
      if (names.length === 0) return false
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return false
  }

  /** The newest bytes already handed out, at most `most`, as far as they are still there. */
  async tail(most: number): Promise<{ readonly offset: number; readonly bytes: Buffer }> {
    const end = this.position
    const parts: Array<Buffer> = []
    let at = Math.max(0, end - most)
    const offsets = segmentOffsets(await this.list())
    const first = offsets[0]
    if (first !== undefined && first > at) at = Math.min(first, end)
    const begin = at
    while (at < end) {
      const start = offsets.filter((offset) => offset <= at).at(-1)
      if (start === undefined) break
      const next = offsets.find((offset) => offset > at) ?? end
      const part = await readRange(
        join(this.directory, segmentName(start)),
        at - start,
        Math.min(next, end) - at,
      )
      if (part.length === 0) break
      parts.push(part)
      at += part.length
    }
    return { offset: begin, bytes: Buffer.concat(parts) }
  }

  /** When the last byte was written, in ms since 1970; null when there is nothing on disk. */
  async lastWriteMillis(): Promise<number | null> {
    const offset = segmentOffsets(await this.list()).at(-1)
    if (offset === undefined) return null
    try {
      return (await stat(join(this.directory, segmentName(offset)))).mtimeMs
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  async close() {
    this.closed = true
    this.watcher?.close()
    this.notify()
    await this.done
    await this.file?.handle.close()
    this.file = null
  }

  private notify() {
    this.changed = true
    this.wake?.()
  }

  private async run() {
    while (!this.closed) {
      if (await this.step()) {
        await new Promise((resolve) => setImmediate(resolve))
        continue
      }
      this.passes++
      for (const waiter of this.passWaiters) waiter()
      this.passWaiters.clear()
      await this.sleepUntilChanged()
    }
    for (const waiter of this.passWaiters) waiter()
  }

  private async sleepUntilChanged() {
    if (!this.changed && !this.closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMillis)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.wake = null
    this.changed = false
  }

  /** True when there may be more to read at once. */
  private async step(): Promise<boolean> {
    if (this.file !== null) {
      const { bytesRead } = await this.file.handle.read(
        this.buffer,
        0,
        stepBytes,
        this.position - this.file.start,
      )
      if (bytesRead > 0) {
        const offset = this.position
        // Before the reader sees them: a view opened meanwhile finds them in `tail` and skips them when they come.
        this.position = offset + bytesRead
        await this.reader.data(offset, Buffer.from(this.buffer.subarray(0, bytesRead)))
        return true
      }
    }
    return this.nextSegment()
  }

  /**
   * The file in hand is read to its end. It is complete if, and only if, a segment begins exactly there; a later
   * segment alone means that what lay between was dropped.
   */
  private async nextSegment(): Promise<boolean> {
    const offsets = segmentOffsets(await this.list())
    await this.deleteConsumed(offsets)
    const current = this.file?.start ?? -1
    const next = offsets.filter((offset) => offset <= this.position).at(-1)
    const target =
      next !== undefined && next > current ? next : offsets.find((offset) => offset > this.position)
    if (target === undefined) return this.reopenReplaced()
    if (target > this.position) {
      // The file in hand may have grown between our last read and the listing.
      if (this.file !== null && (await this.file.handle.stat()).size + this.file.start > this.position)
        return true
      const from = this.position
      this.position = target
      await this.reader.gap(from, target)
    }
    await this.file?.handle.close()
    this.file = null
    try {
      this.file = { handle: await open(join(this.directory, segmentName(target)), "r"), start: target }
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    return true
  }

  /**
   * A sink that ends removes the segment that it has just begun; its successor's first has the same name. True when
   * the empty file in hand is such a ghost.
   */
  private async reopenReplaced(): Promise<boolean> {
    const { file } = this
    if (file === null || file.start !== this.position) return false
    const path = join(this.directory, segmentName(file.start))
    const named = await stat(path).catch((error: unknown) =>
      isMissing(error) ? null : Promise.reject(error),
    )
    if (named === null || named.ino === (await file.handle.stat()).ino) return false
    await file.handle.close()
    this.file = { handle: await open(path, "r"), start: file.start }
    return true
  }

  private async deleteConsumed(offsets: ReadonlyArray<number>) {
    const needed = Math.min(this.position - keptBytes, this.pinnedOffset)
    for (const [index, start] of offsets.entries()) {
      const end = offsets[index + 1]
      if (end === undefined || end > needed) return
      await unlink(join(this.directory, segmentName(start))).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
    }
  }

  private async list(): Promise<ReadonlyArray<string>> {
    try {
      return await readdir(this.directory)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
}

const readRange = async (path: string, position: number, length: number): Promise<Buffer> => {
  try {
    const handle = await open(path, "r")
    try {
      const buffer = Buffer.alloc(length)
      const { bytesRead } = await handle.read(buffer, 0, length, position)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0)
    throw error
  }
}
