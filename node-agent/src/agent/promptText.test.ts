import { expect, test } from "vitest"
import { isInline } from "./promptText.ts"

test.each([
  ["Fix the build", true],
  ["3 things: a, b", true],
  ["日本語で", true],
  ["éa\nb\nc", true],
  ["a".repeat(700), true],
  ["a".repeat(701), false],
  ["a\nb\nc\nd", false],
  ["!ls", false],
  ["/clear", false],
  ["#note", false],
  ["&x", false],
  ["?", false],
  [" leading", false],
  ["trailing ", false],
  ["see @file", false],
  ["tab\there", false],
  ["ends in \\", false],
  ["a\u001b[201~", false],
  ["zero\u200bwidth", false],
  ["right\u202eleft", false],
  ["line\u2028separator", false],
  ["", false],
])("%j is typed as it is: %s", (text, inline) => {
  expect(isInline(text)).toBe(inline)
})
