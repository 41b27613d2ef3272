import { StringDecoder } from "node:string_decoder"

/** Largest recording, bytes of UTF-8; then it stops with a note. */
export const recordingLimitBytes = 16 * 1024 * 1024
/** Kept free for the note. */
const noteBytes = 512

export interface CastHeader {
  readonly columns: number
  readonly rows: number
  readonly startedAtMillis: number
}

/**
 * Lines of an asciicast v2 file (docs.asciinema.org/manual/asciicast/v2): a header, then `[seconds, "o", text]` for output and
 * `[seconds, "r", "COLUMNSxROWS"]` for a new size. Text is whole characters however the bytes are cut; what is no UTF-8 becomes
 * U+FFFD. Times never go back. Beyond its limit it says once that it stops, and then nothing.
 */
export class CastEncoder {
  private readonly decoder = new StringDecoder("utf8")
  private readonly limitBytes: number
  private bytes: number
  private seconds: number
  private stopped = false

  /** Goes on where `soFar` has got to. */
  constructor(soFar: { readonly bytes: number; readonly seconds: number }, limitBytes = recordingLimitBytes) {
    this.bytes = soFar.bytes
    this.seconds = soFar.seconds
    this.limitBytes = limitBytes
  }

  header({ columns, rows, startedAtMillis }: CastHeader): string {
    const timestamp = Math.floor(startedAtMillis / 1_000)
    const line = `${JSON.stringify({ version: 2, width: columns, height: rows, timestamp, env: { TERM: "xterm-256color" } })}\n`
    this.bytes += Buffer.byteLength(line)
    return line
  }

  output(seconds: number, bytes: Buffer): string {
    return this.stopped ? "" : this.text(seconds, this.decoder.write(bytes))
  }

  /** Words of ours between the output. */
  note(seconds: number, words: string): string {
    return this.stopped ? "" : this.text(seconds, `\r\n\u001b[0m[${words}]\r\n`)
  }

  resized(seconds: number, columns: number, rows: number): string {
    return this.stopped ? "" : this.event(seconds, "r", `${columns}x${rows}`)
  }

  /** No more output comes: the rest of a character that was never completed. */
  end(seconds: number): string {
    return this.stopped ? "" : this.text(seconds, this.decoder.end())
  }

  private text(seconds: number, text: string): string {
    return text === "" ? "" : this.event(seconds, "o", text)
  }

  private event(seconds: number, kind: "o" | "r", data: string): string {
    this.seconds = Math.max(this.seconds, seconds)
    const line = this.line(kind, data)
    if (this.bytes + Buffer.byteLength(line) + noteBytes <= this.limitBytes) {
      this.bytes += Buffer.byteLength(line)
      return line
    }
    this.stopped = true
    const mebibytes = Math.round(this.limitBytes / 1024 / 1024)
    return this.line("o", `\r\n\u001b[0m[The recording stops here: it has reached ${mebibytes} MiB.]\r\n`)
  }

  private line(kind: "o" | "r", data: string) {
    return `${JSON.stringify([Math.round(this.seconds * 1_000) / 1_000, kind, data])}\n`
  }
}
