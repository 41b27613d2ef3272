import { expect, it } from "vitest"
import { formatCountdown } from "./duration.ts"
import { formatCost, formatTokens } from "./money.ts"

it.each([
  [null, "price unknown"],
  [0, "$0"],
  [42, "under $0.0001"],
  [4_200, "$0.0042"],
  [91_330, "$0.0913"],
  [318_000, "$0.318"],
  [12_400_000, "$12.40"],
])("%s millionths are %s", (microUsd, text) => expect(formatCost(microUsd)).toBe(text))

it.each([
  [0, "0"],
  [999, "999"],
  [12_304, "12.3 k"],
  [999_960, "1.0 M"],
  [4_100_000, "4.1 M"],
])("%i tokens are %s", (value, text) => expect(formatTokens(value)).toBe(text))

it.each([
  [-5, "0:00"],
  [8_200, "0:09"],
  [272_000, "4:32"],
  [3_900_000, "1 h 05 min"],
])("%i ms left are %s", (millis, text) => expect(formatCountdown(millis)).toBe(text))
