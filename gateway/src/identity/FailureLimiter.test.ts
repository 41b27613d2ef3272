import { expect, test } from "vitest"
import {
  addressLimit,
  failureLimit,
  failureWindowMillis,
  lockMillis,
  makeFailureLimiter,
  networkOf,
} from "./FailureLimiter.ts"

const limiterAt = () => {
  const clock = { now: 1_000_000 }
  return { clock, limiter: makeFailureLimiter(() => clock.now) }
}

test("the same wrong credential again is no further failure", () => {
  const { limiter } = limiterAt()
  for (let i = 0; i < 10 * failureLimit; i++) limiter.failed("192.0.2.1", "the same")
  expect(limiter.lockedSeconds("192.0.2.1")).toBe(0)
})

test("locks an address at the tenth failure in a minute, and no other address", () => {
  const { limiter } = limiterAt()
  for (let i = 1; i < failureLimit; i++) limiter.failed("192.0.2.1", `wrong ${i}`)
  expect(limiter.lockedSeconds("192.0.2.1")).toBe(0)
  limiter.failed("192.0.2.1", "one more")
  expect(limiter.lockedSeconds("192.0.2.1")).toBe(lockMillis / 1_000)
  expect(limiter.lockedSeconds("192.0.2.2")).toBe(0)
})

test("unlocks after the lock's time, and forgets failures older than the window", () => {
  const { clock, limiter } = limiterAt()
  for (let i = 0; i < failureLimit; i++) limiter.failed("192.0.2.1", `wrong ${i}`)
  clock.now += lockMillis
  expect(limiter.lockedSeconds("192.0.2.1")).toBe(0)
  for (let i = 1; i < failureLimit; i++) limiter.failed("192.0.2.1", `wrong ${i}`)
  clock.now += failureWindowMillis + 1
  limiter.failed("192.0.2.1", "one more")
  expect(limiter.lockedSeconds("192.0.2.1")).toBe(0)
})

test("keeps no more addresses than its bound: the oldest is forgotten", () => {
  const { limiter } = limiterAt()
  for (let i = 0; i < failureLimit; i++) limiter.failed("192.0.2.1", `wrong ${i}`)
  for (let i = 0; i < addressLimit; i++) limiter.failed(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, "wrong")
  expect(limiter.lockedSeconds("192.0.2.1")).toBe(0)
})

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::6", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("counts %s as %s", (address, network) => {
  expect(networkOf(address)).toBe(network)
})
