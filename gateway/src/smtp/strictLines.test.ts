import { expect, test } from "vitest"
import { SMTPStream } from "smtp-server/lib/smtp-stream.js"
import { strictLines } from "./strictLines.ts"

/** What the parser made of the text, cut into segments at the places given; `refused` after a bare line end. */
const parsed = async (text: string, cuts: ReadonlyArray<number>, later = false) => {
  const seen: Array<string> = []
  const parser = new SMTPStream()
  parser.oncommand = (command, callback = () => undefined) => {
    seen.push(command.toString("latin1"))
    if (later) setImmediate(callback)
    else callback()
  }
  strictLines(parser, () => {
    seen.push("refused")
    parser.isClosed = true
  })
  const bytes = Buffer.from(text, "latin1")
  const points = [0, ...cuts, bytes.length]
  for (const [i, from] of points.slice(0, -1).entries())
    await new Promise((resolve) => parser.write(bytes.subarray(from, points[i + 1]), resolve))
  return seen
}
/** Each byte boundary being a cut or none. */
const allCuts = (length: number) =>
  Array.from({ length: 2 ** (length - 1) }, (_, set) =>
    Array.from({ length: length - 1 }, (_, at) => at + 1).filter((at) => ((set >> (at - 1)) & 1) === 1),
  )

test.each<[string, ReadonlyArray<string>]>([
  ["A\r\nB\r\n", ["A", "B"]],
  ["\r\nA\r\n", ["", "A"]],
  ["A\nB\r\n", ["refused"]],
  ["A\r\nB\nC\r\n", ["A", "refused"]],
  ["\nA\r\n", ["refused"]],
  ["A\rB\r\n", ["refused"]],
  ["A\r\r\nB\r\n", ["refused"]],
  ["A\r\n\rB\r\n", ["A", "refused"]],
  ["A\r\n\nB\r\n", ["A", "refused"]],
])("%j gives %j in whatever segments it comes", async (text, commands) => {
  for (const cuts of allCuts(text.length)) {
    expect(await parsed(text, cuts), `cut at ${cuts.join(", ")}`).toEqual(commands)
    expect(await parsed(text, cuts, true), `cut at ${cuts.join(", ")}, answered later`).toEqual(commands)
  }
})

test("a segment of fifty thousand commands is no deep recursion, and none is lost", async () => {
  expect(await parsed("A\r\n".repeat(50_000), [])).toHaveLength(50_000)
})
