import { expect, test } from "vitest"
import { momentOf, timeLeft } from "./momentWords.ts"

test.each([
  [Date.parse("2026-11-23T18:05:59Z"), "23 Nov 2026, 18:05 UTC"],
  [Date.parse("2027-01-02T00:00:00Z"), "2 Jan 2027, 00:00 UTC"],
  [8.7e15, "an unknown time"],
])("%d is %s", (millis, words) => expect(momentOf(millis)).toBe(words))

test.each([
  [8 * 3_600_000, "8 h"],
  [27_779_000, "7 h 42 min"],
  [720_000, "12 min"],
  [59_999, "less than a minute"],
  [-1, "less than a minute"],
])("%d ms left is %s", (millis, words) => expect(timeLeft(millis)).toBe(words))
