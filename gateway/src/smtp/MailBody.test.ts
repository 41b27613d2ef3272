import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { MailBody } from "./MailBody.ts"
import { smtpLimits } from "./SmtpLimits.ts"

const receive = (text: string, chunkBytes: number, limitBytes = 10_000, budgetBytes = 10_000) => {
  const budget = { limitBytes: budgetBytes, usedBytes: 0 }
  const body = new MailBody({ mailBytes: limitBytes, lines: smtpLimits.lines }, budget)
  const bytes = Buffer.from(text, "latin1")
  for (let i = 0; i < bytes.length; i += chunkBytes) body.push(bytes.subarray(i, i + chunkBytes))
  return { body, budget, finished: body.finish() }
}

test.each([1, 2, 3, 5, 1_000])("keeps CRLF text as it is, in chunks of %i", (chunkBytes) => {
  const text = "Subject: x\r\n\r\nline\r\n.\r\n\r\nlast\r\n"
  const { body, budget, finished } = receive(text, chunkBytes)
  expect(body.problem).toBeNull()
  expect(Buffer.from(finished.bytes).toString("latin1")).toBe(text)
  expect(finished.sha256).toBe(createHash("sha256").update(text, "latin1").digest("hex"))
  expect(budget.usedBytes).toBe(text.length)
  body.release()
  body.release()
  expect(budget.usedBytes).toBe(0)
})

const bare = [
  "\n.\n",
  "\r.\r",
  "\r.\n",
  "\n.\r",
  "\n.\r\n",
  "\r\n.\n",
  "\r.\r\n",
  "\r\n.\r",
  "\r\r\n",
  "\n",
  "\r",
]
test.each(bare.flatMap((text) => [1, 2, 3, 100].map((size) => [JSON.stringify(text), text, size] as const)))(
  "refuses %s wherever it is split (chunks of %3$i)",
  (_name, text, chunkBytes) => {
    for (const [before, after] of [
      ["", ""],
      ["a", "b"],
      ["a\r\n", "b\r\n"],
      ["", "\r\n"],
    ] as const) {
      // A CR or LF beside its partner is no bare one.
      const whole = before + text + after
      if (!/\r(?!\n)|(?<!\r)\n/.test(whole)) continue
      const { body, budget } = receive(whole, chunkBytes)
      expect(body.problem).toBe("BareLineEnd")
      expect(budget.usedBytes).toBe(0)
    }
  },
)

test("keeps nothing of what is too large, or finds no room", () => {
  const large = receive("x".repeat(101), 10, 100)
  expect([large.body.problem, large.budget.usedBytes]).toEqual(["TooLarge", 0])
  const room = receive("x".repeat(101), 10, 1_000, 100)
  expect([room.body.problem, room.budget.usedBytes]).toEqual(["NoRoom", 0])
})

test("is too large rather than too long in its lines or header, and never rather than smuggled", () => {
  expect(receive("x".repeat(9_000), 1_000).body.problem).toBe("LineTooLong")
  expect(receive("x".repeat(11_000), 1_000).body.problem).toBe("TooLarge")
  expect(receive("a: b\r\n".repeat(3_000), 1_000, 100_000, 100_000).body.problem).toBe("HeaderTooLarge")
  expect(receive("a: b\r\n".repeat(3_000), 1_000).body.problem).toBe("TooLarge")
  expect(receive(`a\nb${"x".repeat(11_000)}`, 1_000).body.problem).toBe("BareLineEnd")
})

test("stays with the first reason, also when the limit falls between CR and LF", () => {
  const { body } = receive("x\r\n".repeat(100), 2, 100)
  expect(body.problem).toBe("TooLarge")
})

test.each([0, 1, 100_000, 299_990, 300_000, 300_001, 2_000_000, Number.MAX_SAFE_INTEGER])(
  "300,000 bytes of which %i were declared come out as they were, and leave nothing",
  (declared) => {
    const budget = { limitBytes: 1_000_000, usedBytes: 0 }
    const body = new MailBody({ mailBytes: 400_000, lines: smtpLimits.lines }, budget, declared)
    const line = `${"0123456789".repeat(10).slice(2)}\r\n`
    const text = Buffer.from(`\r\n${line.repeat(2_999)}${line.slice(2)}`, "latin1")
    for (let i = 0; i < text.length; i += 7_777) body.push(text.subarray(i, i + 7_777))
    const { bytes, sha256 } = body.finish()
    expect(body.problem).toBeNull()
    expect(Buffer.from(bytes).equals(text)).toBe(true)
    expect(sha256).toBe(createHash("sha256").update(text).digest("hex"))
    expect(budget.usedBytes).toBe(text.length)
    body.release()
    expect(budget.usedBytes).toBe(0)
  },
)
