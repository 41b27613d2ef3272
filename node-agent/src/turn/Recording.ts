import { open } from "node:fs/promises"
import type { FileHandle } from "node:fs/promises"
import { readBytesIfThere } from "../files/atomicFile.ts"
import type { PaneRecorder } from "../pane/Pane.ts"
import { CastEncoder } from "./castEncoder.ts"

/** What a recorder must know of a pane. */
export interface RecordedPane {
  readonly columns: number
  readonly rows: number
  recorder: PaneRecorder | null
}

interface Opened {
  readonly file: FileHandle
  readonly encoder: CastEncoder
  readonly startSeconds: number
  position: number
}

/**
 * What a pane shows during a turn, as asciicast v2 in a file. It never makes the turn fail: what cannot be written is not
 * recorded.
 */
export class Recording implements PaneRecorder {
  private readonly pane: RecordedPane
  private readonly begunAt = performance.now()
  /** Null once it cannot be written, or is closed. */
  private opened: Opened | null = null
  private last: Promise<void>

  private constructor(path: string, pane: RecordedPane, screen: string) {
    this.pane = pane
    const { columns, rows } = pane
    this.last = openCast(path, { columns, rows, screen }).then(
      (opened) => {
        this.opened = opened
      },
      () => undefined,
    )
  }

  /**
   * Records the pane into the file from this moment on, after what an earlier node agent has recorded of the turn. `screen` is
   * what it shows already, as terminal output, where the turn does not begin on a clean line.
   */
  static start(path: string, pane: RecordedPane, screen = ""): Recording {
    const recording = new Recording(path, pane, screen)
    pane.recorder = recording
    return recording
  }

  feed(bytes: Buffer): Promise<void> {
    return this.write((encoder, seconds) => encoder.output(seconds, bytes))
  }

  gap(): Promise<void> {
    return this.write((encoder, seconds) => encoder.note(seconds, "some output was lost here"))
  }

  resized(columns: number, rows: number): Promise<void> {
    return this.write((encoder, seconds) => encoder.resized(seconds, columns, rows))
  }

  /** Stops recording; the file is whole and on disk afterwards. Once more is harmless. */
  async close(): Promise<void> {
    if (this.pane.recorder === this) this.pane.recorder = null
    await this.write((encoder, seconds) => encoder.end(seconds))
    const { opened } = this
    this.opened = null
    await opened?.file.sync().catch(() => undefined)
    await opened?.file.close().catch(() => undefined)
  }

  /** One after another, so that whoever feeds waits for the disk. */
  private write(lines: (encoder: CastEncoder, seconds: number) => string): Promise<void> {
    const elapsed = (performance.now() - this.begunAt) / 1_000
    this.last = this.last.then(async () => {
      const { opened } = this
      if (opened === null) return
      const bytes = Buffer.from(lines(opened.encoder, opened.startSeconds + elapsed))
      if (bytes.length === 0) return
      try {
        await opened.file.write(bytes, 0, bytes.length, opened.position)
        opened.position += bytes.length
      } catch {
        this.opened = null
        await opened.file.close().catch(() => undefined)
      }
    })
    return this.last
  }
}

const openCast = async (
  path: string,
  begin: { readonly columns: number; readonly rows: number; readonly screen: string },
): Promise<Opened> => {
  const startedAtMillis = Date.now()
  const earlier = parseCast((await readBytesIfThere(path)) ?? Buffer.alloc(0))
  const file = await open(path, earlier === null ? "w" : "r+", 0o600)
  try {
    const encoder = new CastEncoder(earlier ?? { bytes: 0, seconds: 0 })
    const startSeconds =
      earlier === null ? 0 : Math.max(earlier.seconds, startedAtMillis / 1_000 - earlier.timestamp)
    // A line that was cut off by the end of the earlier agent would spoil all that follow.
    if (earlier !== null) await file.truncate(earlier.bytes)
    const lines =
      earlier === null
        ? encoder.header({ ...begin, startedAtMillis }) + encoder.output(0, Buffer.from(begin.screen))
        : encoder.resized(startSeconds, begin.columns, begin.rows)
    const bytes = Buffer.from(lines)
    const position = earlier?.bytes ?? 0
    await file.write(bytes, 0, bytes.length, position)
    return { file, encoder, startSeconds, position: position + bytes.length }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A finished recording; null when there is none or nothing was shown. */
export const readRecording = async (path: string): Promise<Buffer | null> => {
  const bytes = await readBytesIfThere(path)
  const cast = bytes === null ? null : parseCast(bytes)
  return bytes === null || cast === null || !cast.shown ? null : bytes.subarray(0, cast.bytes)
}

/** How far a recording has got: its whole lines. Null when it has not even a header. */
const parseCast = (bytes: Buffer) => {
  const end = bytes.lastIndexOf(0x0a) + 1
  const header = bytes.toString("latin1", 0, 300)
  const timestamp = /^\{"version":2,[^\n]{0,200}"timestamp":(\d+)/.exec(header)?.[1]
  if (end === 0 || timestamp === undefined) return null
  const headerEnd = bytes.indexOf(0x0a) + 1
  const lastLine = bytes.lastIndexOf(0x0a, end - 2) + 1
  const last = /^\[([\d.]+),/.exec(bytes.toString("latin1", lastLine, lastLine + 40))?.[1]
  return { bytes: end, seconds: Number(last ?? 0), timestamp: Number(timestamp), shown: end > headerEnd }
}
