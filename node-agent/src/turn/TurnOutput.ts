import { type FileHandle, open } from "node:fs/promises"

/** Bytes of a turn's output that are kept whole; of longer output the last `tailBytes` follow. */
export const outputLimitBytes = 32 * 1024 * 1024
export const tailBytes = 65_536

/** What a turn printed: the first bytes in a file, the last ones in memory. */
export class TurnOutput {
  private tail: Array<{ readonly offset: number; readonly bytes: Buffer }> = []
  private tailLength = 0
  private headOpen = true
  private readonly file: FileHandle
  private length: number
  /** Offset in the pane's output of the first byte of this turn's. */
  readonly start: number

  private constructor(file: FileHandle, start: number, length: number) {
    this.file = file
    this.start = start
    this.length = length
  }

  static async create(path: string, start: number) {
    return new TurnOutput(await open(path, "w", 0o600), start, 0)
  }

  /** Goes on with what an earlier agent has kept; `resumeOffset` says from where. */
  static async reopen(path: string, start: number) {
    const file = await open(path, "a", 0o600)
    return new TurnOutput(file, start, (await file.stat()).size)
  }

  /** Offset in the pane's output of the first byte that is not kept yet. */
  get resumeOffset() {
    return this.start + this.length
  }

  get headLength() {
    return this.length
  }

  /** Bytes from `offset` on. Those already kept are skipped; a hole before them closes the head. */
  async append(offset: number, bytes: Buffer): Promise<void> {
    this.keepTail(offset, bytes)
    if (offset > this.resumeOffset) this.headOpen = false
    if (!this.headOpen) return
    const fresh = bytes.subarray(Math.max(0, this.resumeOffset - offset), bytes.length)
    const room = outputLimitBytes - this.length
    if (room <= 0 || fresh.length === 0) return
    const part = fresh.subarray(0, room)
    await this.file.write(part, 0, part.length)
    this.length += part.length
  }

  private keepTail(offset: number, bytes: Buffer) {
    this.tail.push({ offset, bytes })
    this.tailLength += bytes.length
    while (this.tail.length > 1 && this.tailLength - (this.tail[0]?.bytes.length ?? 0) >= tailBytes) {
      this.tailLength -= this.tail.shift()?.bytes.length ?? 0
    }
  }

  /** The last bytes that follow the head, and where they begin; they may leave a hole after the head. */
  tailAfterHead(): { readonly offset: number; readonly bytes: Buffer } | null {
    const end = this.tail.at(-1)
    if (end === undefined || end.offset + end.bytes.length <= this.resumeOffset) return null
    // Bytes may have been lost within the tail too: only what is contiguous with its end counts.
    const parts: Array<Buffer> = []
    let begin = end.offset + end.bytes.length
    for (const part of this.tail.toReversed()) {
      if (part.offset + part.bytes.length !== begin) break
      parts.unshift(part.bytes)
      begin = part.offset
    }
    const bytes = Buffer.concat(parts)
    const first = Math.max(begin, this.resumeOffset, begin + bytes.length - tailBytes)
    return { offset: first, bytes: bytes.subarray(first - begin) }
  }

  async close() {
    await this.file.sync()
    await this.file.close()
  }
}
