import { describe, expect, it } from "vitest"
import { formatDuration } from "./format.ts"

describe("formatDuration", () => {
  it.each([
    [-5, "0 ms"],
    [40, "40 ms"],
    [999, "999 ms"],
    [1_000, "1.0 s"],
    [2_140, "2.1 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [134_000, "2 min 14 s"],
    [3_780_000, "1 h 3 min"],
  ])("%d ms is %s", (millis, words) => expect(formatDuration(millis)).toBe(words))
})
