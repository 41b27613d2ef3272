import { expect, it } from "vitest"
import { formatAge, formatDuration } from "./duration.ts"
import { eventWords } from "./words.ts"

it.each([
  [-5, "0 ms"],
  [340, "340 ms"],
  [4_210, "4.2 s"],
  [9_990, "10 s"],
  [47_300, "47 s"],
  [59_700, "1 min 00 s"],
  [134_200, "2 min 14 s"],
  [3_599_800, "1 h 00 min"],
  [3_780_000, "1 h 03 min"],
  [187_200_000, "2 d 4 h"],
])("%i ms took %s", (millis, text) => expect(formatDuration(millis)).toBe(text))

it.each([
  [-2_000, "now"],
  [4_000, "now"],
  [12_000, "12 s"],
  [200_000, "3 min"],
  [7_300_000, "2 h"],
  [400_000_000, "4 d"],
])("%i ms ago is %s", (millis, text) => expect(formatAge(millis)).toBe(text))

it("spells events in words", () => expect(eventWords("TurnEnded")).toBe("turn ended"))
