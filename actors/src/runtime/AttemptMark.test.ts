import { expect, it } from "vitest"
import { markAttempt } from "./AttemptMark.ts"

it("counts the processes that may have died of a command, not how often one of them began", () => {
  const first = markAttempt(null, "p1")
  expect(first.attempts).toBe(1)
  const again = markAttempt(first.mark, "p1")
  expect(again.attempts).toBe(1)
  const second = markAttempt(again.mark, "p2")
  expect(second.attempts).toBe(2)
  expect(markAttempt(markAttempt(second.mark, "p1").mark, "p3").attempts).toBe(3)
})
