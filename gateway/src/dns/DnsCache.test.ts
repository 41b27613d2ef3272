import { expect, test } from "vitest"
import type { DnsAnswer } from "./DnsAnswer.ts"
import { DnsCache } from "./DnsCache.ts"

const records: DnsAnswer = { _tag: "Records", records: ["x"] }
const failed: DnsAnswer = { _tag: "Failed", code: "ETIMEOUT" }

const make = (answer: (name: string) => DnsAnswer) => {
  const asked: Array<string> = []
  const clock = { now: 0 }
  const cache = new DnsCache(
    async (name, type) => {
      asked.push(`${type} ${name}`)
      return answer(name)
    },
    5_000,
    () => clock.now,
  )
  return { asked, cache, clock }
}

test("asks once for those who ask at the same time, and again when the answer has grown old", async () => {
  const { asked, cache, clock } = make(() => records)
  await Promise.all([cache.resolve("a", "TXT"), cache.resolve("a", "TXT"), cache.resolve("a", "A")])
  expect(asked).toEqual(["TXT a", "A a"])
  clock.now = 59_999
  expect(await cache.resolve("a", "TXT")).toEqual(records)
  expect(asked).toHaveLength(2)
  clock.now = 60_001
  await cache.resolve("a", "TXT")
  expect(asked).toHaveLength(3)
})

test("soon asks again what was not answered", async () => {
  const { asked, cache, clock } = make(() => failed)
  await cache.resolve("a", "TXT")
  await cache.resolve("a", "TXT")
  expect(asked).toHaveLength(1)
  clock.now = 5_001
  await cache.resolve("a", "TXT")
  expect(asked).toHaveLength(2)
})

test("keeps so many names at most, the newest", async () => {
  const { asked, cache } = make(() => records)
  for (let i = 0; i < 6_000; i++) await cache.resolve(`n${i}`, "A")
  expect(cache.size).toBe(5_000)
  await cache.resolve("n5999", "A")
  expect(asked).toHaveLength(6_000)
  await cache.resolve("n0", "A")
  expect(asked).toHaveLength(6_001)
})
