import { expect, test } from "vitest"
import { MailLines } from "./MailLines.ts"
import type { LineLimits } from "./SmtpLimits.ts"

const limits: LineLimits = { lineBytes: 20, headerBytes: 200, headerLines: 10, hops: 3 }
const sizes = [1, 2, 3, 7, 10_000]

/** What is found in the text, which must not depend on the pieces that it comes in. */
const found = (text: string) => {
  const bytes = Buffer.from(text, "latin1")
  const all = sizes.map((size) => {
    const lines = new MailLines(limits)
    for (let i = 0; i < bytes.length; i += size) {
      const problem = lines.push(bytes.subarray(i, i + size))
      if (problem !== null) return problem
    }
    return lines.finish()
  })
  expect(new Set(all).size).toBe(1)
  return all[0]
}

test.each([
  ["a line as long as may be", `${"x".repeat(20)}\r\n\r\n${"y".repeat(20)}\r\n`, null],
  ["a header line one byte longer", `${"x".repeat(21)}\r\n\r\n`, "LineTooLong"],
  ["a body line one byte longer", `a: b\r\n\r\n${"y".repeat(21)}\r\n`, "LineTooLong"],
  ["a line that never ends", "y".repeat(500), "LineTooLong"],
  ["ten header lines, the empty one included", `${"a: b\r\n".repeat(9)}\r\n`, null],
  ["eleven", `${"a: b\r\n".repeat(10)}\r\n`, "HeaderTooLarge"],
  ["any number of lines in the body", `a: b\r\n\r\n${"x\r\n".repeat(1_000)}`, null],
  ["200 bytes of header", `${`${"x".repeat(20)}\r\n`.repeat(9)}\r\n`, null],
  ["no header at all", "\r\nbody\r\n", null],
  ["no empty line", "a: b\r\nbody\r\n", null],
  ["nothing", "", null],
  ["three hops", `${"Received: x\r\n".repeat(3)}\r\n`, null],
  [
    "four hops, however they are written",
    "Received: x\r\nRECEIVED:\r\nreceived:x\r\nReceived: y\r\n\r\n",
    "TooManyHops",
  ],
  [
    "other headers are no hops",
    `${"Received-SPF: x\r\n".repeat(4)}${"X-Received: x\r\n".repeat(4)}\r\n`,
    null,
  ],
  ["continuation lines are no hops", `${" Received: x\r\n".repeat(4)}\r\n`, null],
  ["what the body quotes is no hop", `a: b\r\n\r\n${"Received: x\r\n".repeat(9)}`, null],
  ["a bare LF in the header", "a: b\nc: d\r\n\r\n", "BareLineEnd"],
  ["a bare CR in the body", "a: b\r\n\r\nx\ry\r\n", "BareLineEnd"],
  ["a CR at the end", "a: b\r\n\r\nx\r", "BareLineEnd"],
] as const)("%s", (_name, text, problem) => expect(found(text)).toBe(problem))

test("more than so many bytes of header, in few lines", () => {
  const wide = new MailLines({ ...limits, lineBytes: 1_000 })
  expect(wide.push(Buffer.from(`${"x".repeat(150)}\r\n${"x".repeat(150)}\r\n\r\n`))).toBe("HeaderTooLarge")
  // Before its line has ended, too.
  const endless = new MailLines({ ...limits, lineBytes: 1_000 })
  expect(endless.push(Buffer.from("x".repeat(201)))).toBe("HeaderTooLarge")
})
