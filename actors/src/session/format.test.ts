import { describe, expect, it } from "vitest"
import { formatBytes, formatDuration } from "./format.ts"

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

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [3_400, "3.4 KB"],
    [12_000_000, "12 MB"],
    [999_600, "1.0 MB"],
    [5e12, "5.0 TB"],
  ])("%d is %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words))
})
