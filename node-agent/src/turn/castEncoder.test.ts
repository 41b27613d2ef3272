import { describe, expect, test } from "vitest"
import { CastEncoder } from "./castEncoder.ts"

const encoder = (limitBytes?: number) => new CastEncoder({ bytes: 0, seconds: 0 }, limitBytes)
const events = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as [number, string, string])

describe("asciicast v2", () => {
  test("a header, output and sizes", () => {
    const cast = encoder()
    const text =
      cast.header({ columns: 120, rows: 40, startedAtMillis: 1_795_000_000_999 }) +
      cast.output(0.5, Buffer.from('\u001b[1mhi"\\\r\n')) +
      cast.resized(1.2345678, 80, 24) +
      cast.end(2)
    const [header, ...rest] = text.trimEnd().split("\n")
    expect(JSON.parse(header ?? "")).toEqual({
      version: 2,
      width: 120,
      height: 40,
      timestamp: 1_795_000_000,
      env: { TERM: "xterm-256color" },
    })
    expect(events(rest.join("\n"))).toEqual([
      [0.5, "o", '\u001b[1mhi"\\\r\n'],
      [1.235, "r", "80x24"],
    ])
  })

  test("characters that are cut between chunks are whole, what is no UTF-8 is marked", () => {
    const bytes = Buffer.from("aé漢😀")
    for (const size of [1, 2, 3, 5]) {
      const cast = encoder()
      let text = ""
      for (let at = 0; at < bytes.length; at += size) text += cast.output(at, bytes.subarray(at, at + size))
      const shown = events(text + cast.end(99)).map(([, , data]) => data)
      expect(shown.join("")).toBe("aé漢😀")
      expect(shown.every((data) => data.isWellFormed() && data !== "")).toBe(true)
    }
    const broken = encoder()
    const text = broken.output(0, Buffer.from([0x61, 0xff, 0xc3])) + broken.end(1)
    expect(
      events(text)
        .map(([, , data]) => data)
        .join(""),
    ).toBe("a\ufffd\ufffd")
  })

  test("times do not go back", () => {
    const cast = new CastEncoder({ bytes: 100, seconds: 7 })
    const text = cast.output(3, Buffer.from("a")) + cast.output(9, Buffer.from("b")) + cast.resized(8, 1, 1)
    expect(events(text).map(([seconds]) => seconds)).toEqual([7, 9, 9])
  })

  test("stops with a note at its limit, and stays below it", () => {
    const cast = encoder(100_000)
    let text = cast.header({ columns: 1, rows: 1, startedAtMillis: 0 })
    for (let i = 0; i < 200; i++) text += cast.output(i, Buffer.from("\u001b".repeat(1_000)))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100_000)
    expect(Buffer.byteLength(text)).toBeGreaterThan(90_000)
    expect(text.match(/The recording stops here/g)).toHaveLength(1)
    expect(cast.note(1, "x") + cast.resized(1, 1, 1) + cast.end(1)).toBe("")
  })
})
