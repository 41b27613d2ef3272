import { expect, test } from "vitest"
import { TokenBucket } from "./TokenBucket.ts"

test("allows the burst, then the rate, and saves up no more than the burst", () => {
  const clock = { now: 0 }
  const bucket = new TokenBucket(10, 3, () => clock.now)
  const taken = () => [1, 2, 3, 4, 5].filter(() => bucket.take()).length
  expect(taken()).toBe(3)
  clock.now += 100
  expect(taken()).toBe(1)
  clock.now += 60_000
  expect(taken()).toBe(3)
})
