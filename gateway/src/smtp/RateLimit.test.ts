import { expect, test } from "vitest"
import { RateLimit } from "./RateLimit.ts"

test("so many at once, then one whenever its share of the minute has passed", () => {
  const rate = new RateLimit(3, 10)
  expect([0, 0, 0, 0].map(() => rate.take("a", 1_000))).toEqual([0, 0, 0, 20])
  expect(rate.take("a", 20_999)).toBe(1)
  expect(rate.take("a", 21_000)).toBe(0)
  expect(rate.take("a", 21_000)).toBe(20)
  expect(rate.take("b", 21_000)).toBe(0)
})

test("a refused try costs nothing, an hour away gains no more than the full bucket", () => {
  const rate = new RateLimit(2, 10)
  rate.take("a", 0)
  rate.take("a", 0)
  for (let i = 0; i < 100; i++) expect(rate.take("a", 1)).toBe(30)
  expect(rate.take("a", 30_001)).toBe(0)
  expect([0, 0, 0].map(() => rate.take("a", 3_600_000))).toEqual([0, 0, 30])
})

test("a clock that goes back neither grants nor takes", () => {
  const rate = new RateLimit(1, 10)
  expect(rate.take("a", 60_000)).toBe(0)
  expect(rate.take("a", 0)).toBe(60)
})

test("remembers a bounded number of keys and forgets the one longest unseen", () => {
  const rate = new RateLimit(1, 3)
  for (const key of ["a", "b", "c"]) rate.take(key, 0)
  expect(rate.take("a", 1)).toBe(60)
  rate.take("d", 1)
  expect(rate.size).toBe(3)
  expect(rate.take("a", 2)).toBe(60)
  expect(rate.take("b", 2)).toBe(0)
  for (let i = 0; i < 10_000; i++) rate.take(`k${i}`, 3)
  expect(rate.size).toBe(3)
})
