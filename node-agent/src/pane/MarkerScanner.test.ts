import { describe, expect, test } from "vitest"
import { markerPrefix } from "../driver/shellIntegration.ts"
import { MarkerScanner } from "./MarkerScanner.ts"
import type { Piece } from "./MarkerScanner.ts"

const nonce = "0123456789abcdef"
const mark = (body: string) => `${markerPrefix(nonce)}${body}\u0007`

const scan = (text: string, size: number, offset = 0) => {
  const bytes = Buffer.from(text)
  const scanner = new MarkerScanner(nonce, offset)
  const pieces: Array<Piece> = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(...scanner.push(bytes.subarray(at, at + size)))
  pieces.push(...scanner.skipTo(offset + bytes.length))
  const plain = pieces.flatMap((piece) => (piece._tag === "Bytes" ? [piece.bytes] : []))
  const markers = pieces.flatMap((piece) => (piece._tag === "Marker" ? [piece] : []))
  return { plain: Buffer.concat(plain).toString(), markers, pieces }
}

describe("MarkerScanner", () => {
  const stream = `before\u001b]77${mark("start;t1")}out\u001b[1mput\u001b]7717;other;end;t1;0\u0007${mark("end;t1;7")}${mark("idle;7")}after\u001b`

  test.each([1, 2, 3, 7, 16, 1000])("finds markers in chunks of %i bytes", (size) => {
    const { plain, markers } = scan(stream, size, 100)
    expect(markers.map((piece) => piece.marker)).toEqual([
      { _tag: "Start", turnId: "t1" },
      { _tag: "End", turnId: "t1", exitCode: 7 },
      { _tag: "Idle", pid: 7 },
    ])
    expect(plain).toBe("before\u001b]77out\u001b[1mput\u001b]7717;other;end;t1;0\u0007after\u001b")
    const start = markers[0]
    expect(start?.offset).toBe(100 + stream.indexOf(mark("start;t1")))
    expect((start?.end ?? 0) - (start?.offset ?? 0)).toBe(mark("start;t1").length)
  })

  test.each([1, 5, 64])("offsets are without gaps in chunks of %i", (size) => {
    let at = 0
    for (const piece of scan(stream, size).pieces) {
      expect(piece.offset).toBe(at)
      at = piece._tag === "Bytes" ? at + piece.bytes.length : piece.end
    }
    expect(at).toBe(Buffer.byteLength(stream))
  })

  test("an unknown body, an absurd code and an endless marker are plain output", () => {
    const text = `${mark("whatever")}${mark("end;t1;x")}${markerPrefix(nonce)}${"y".repeat(1000)}`
    const { plain, markers } = scan(text, 10)
    expect(markers).toEqual([])
    expect(plain).toBe(text)
  })

  test("holds back at most one marker", () => {
    const scanner = new MarkerScanner(nonce, 0)
    let emitted = 0
    for (let i = 0; i < 100; i++) {
      for (const piece of scanner.push(Buffer.from(`${markerPrefix(nonce)}${"z".repeat(50)}`)))
        if (piece._tag === "Bytes") emitted += piece.bytes.length
    }
    expect(100 * (markerPrefix(nonce).length + 50) - emitted).toBeLessThan(400)
  })
})
