import { markerPrefix } from "../driver/shellIntegration.ts"
import { markerLimitBytes, parseMarker } from "./Marker.ts"
import type { Marker } from "./Marker.ts"

/** A stretch of a pane's output: plain bytes, or a marker that took the bytes from `offset` to `end`. */
export type Piece =
  | { readonly _tag: "Bytes"; readonly offset: number; readonly bytes: Buffer }
  | { readonly _tag: "Marker"; readonly offset: number; readonly end: number; readonly marker: Marker }

const bell = 0x07

/**
 * Finds the markers of one pane in its output, however the output is cut into chunks. It looks for the nonce
 * with `Buffer.indexOf` and parses nothing else, so a flood costs little. At most one marker's length of bytes
 * is held back until the next chunk.
 */
export class MarkerScanner {
  private readonly prefix: Buffer
  private held: Buffer = Buffer.alloc(0)
  private heldOffset: number

  constructor(nonce: string, offset: number) {
    this.prefix = Buffer.from(markerPrefix(nonce))
    this.heldOffset = offset
  }

  push(chunk: Buffer): Array<Piece> {
    const buffer = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
    const base = this.heldOffset
    const pieces: Array<Piece> = []
    let from = 0
    const emit = (to: number) => {
      if (to > from) pieces.push({ _tag: "Bytes", offset: base + from, bytes: buffer.subarray(from, to) })
      from = to
    }
    let search = 0
    while (true) {
      const start = buffer.indexOf(this.prefix, search)
      if (start < 0) {
        emit(buffer.length - partialPrefix(buffer, Math.max(search, from), this.prefix))
        break
      }
      const body = start + this.prefix.length
      const end = buffer.indexOf(bell, body)
      if (end < 0 && buffer.length - body <= markerLimitBytes) {
        emit(start)
        break
      }
      const marker =
        end < 0 || end - body > markerLimitBytes ? null : parseMarker(buffer.toString("latin1", body, end))
      search = body
      if (marker === null) continue
      emit(start)
      pieces.push({ _tag: "Marker", offset: base + start, end: base + end + 1, marker })
      from = end + 1
      search = from
    }
    this.held = Buffer.from(buffer.subarray(from))
    this.heldOffset = base + from
    return pieces
  }

  /** Gives up what is held back and goes on at another offset: bytes in between were lost. */
  skipTo(offset: number): Array<Piece> {
    const rest: Array<Piece> =
      this.held.length === 0 ? [] : [{ _tag: "Bytes", offset: this.heldOffset, bytes: this.held }]
    this.held = Buffer.alloc(0)
    this.heldOffset = offset
    return rest
  }
}

/** Length of the longest end of `buffer` (from `from` on) that begins `prefix`. */
const partialPrefix = (buffer: Buffer, from: number, prefix: Buffer): number => {
  for (let length = Math.min(prefix.length - 1, buffer.length - from); length > 0; length--) {
    if (buffer.compare(prefix, 0, length, buffer.length - length) === 0) return length
  }
  return 0
}
