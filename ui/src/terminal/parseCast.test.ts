import { expect, it } from "vitest"
import { fixRecording } from "../mock/agentSamples.ts"
import { dueOutput, parseCast } from "./parseCast.ts"

const header = '{"version":2,"width":80,"height":24}'
const cast = (...lines: ReadonlyArray<string>) => parseCast([header, ...lines].join("\n"))

it("reads a recording, and cuts its pauses", () => {
  const read = cast('[0.5,"o","a"]', '[0.7,"i","typed"]', '[60,"o","b"]', "", '[60.25,"o","c"]')
  expect(read).toEqual({
    columns: 80,
    rows: 24,
    events: [
      { atMillis: 500, text: "a" },
      { atMillis: 2_500, text: "b" },
      { atMillis: 2_750, text: "c" },
    ],
    durationMillis: 2_750,
  })
})

it("gives what is due, once", () => {
  const read = parseCast(fixRecording)
  if (read === null) throw new Error("not read")
  const first = dueOutput(read, 0, 1_000)
  expect(first.next).toBe(2)
  expect(first.text).toContain("Claude Code")
  expect(dueOutput(read, first.next, 1_000)).toEqual({ text: "", next: 2 })
  expect(dueOutput(read, 0, Infinity).next).toBe(read.events.length)
})

it.each(["", "[]", '{"version":3,"width":80,"height":24}', '{"version":2}', "\u0000"])(
  "%j is none",
  (text) => {
    expect(parseCast(text)).toBeNull()
  },
)

it("leaves out what cannot be read, and keeps to sizes that a terminal has", () => {
  const odd = parseCast(
    '{"version":2,"width":1e9,"height":-4}\n{"x":1}\n[1,"o"]\n[-5,"o","x"]\n[null,"o","y"]',
  )
  expect(odd).toMatchObject({ columns: 400, rows: 5, events: [{ atMillis: 0, text: "x" }] })
})
