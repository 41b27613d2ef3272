import { describe, expect, it } from "vitest"
import { originOf, raise, succeededBy } from "./EpochFence.ts"
import type { Fence, FencedItem } from "./EpochFence.ts"

const at = (epoch: number, sequence: number): FencedItem => ({ epoch, sequence })
const after = (...items: ReadonlyArray<FencedItem>) => items.reduce<Fence>(raise, [])

describe("succeededBy", () => {
  it.each<[string, Fence, FencedItem, number | null]>([
    ["nothing is known", [], at(3, 9), null],
    ["the same epoch", after(at(3, 5)), at(3, 9), null],
    ["a higher epoch", after(at(3, 5)), at(4, 9), null],
    ["a lower one behind a higher", after(at(4, 5)), at(3, 9), 4],
    ["a lower one that stands before the higher and is late", after(at(4, 5)), at(3, 2), null],
    [
      "a lower one between the first of the higher and what was seen first",
      after(at(4, 9), at(4, 5)),
      at(3, 7),
      4,
    ],
    ["behind the second of three epochs, worked on after the third", after(at(4, 5), at(5, 9)), at(3, 7), 4],
    ["of the second epoch, before the third", after(at(4, 5), at(5, 9)), at(4, 7), null],
  ])("%s", (_, fence, item, verdict) => expect(succeededBy(fence, item)).toBe(verdict))

  it("is the definition, whatever the order in which items of up to four epochs are worked on", () => {
    let seed = 7
    const below = (limit: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
      return (seed >>> 8) % limit
    }
    let stale = 0
    for (let run = 0; run < 2_000; run++) {
      const items = Array.from({ length: 12 }, (_, sequence) => at(below(4), sequence + 1))
      const order = items.map((item) => ({ item, key: below(1_000) })).toSorted((a, b) => a.key - b.key)
      const accepted: Array<FencedItem> = []
      let fence: Fence = []
      for (const { item } of order) {
        const behind = accepted.some((seen) => seen.epoch > item.epoch && seen.sequence < item.sequence)
        expect(succeededBy(fence, item) !== null).toBe(behind)
        if (behind) {
          stale++
          continue
        }
        accepted.push(item)
        fence = raise(fence, item)
      }
      expect(fence.length).toBeLessThanOrEqual(4)
    }
    expect(stale).toBeGreaterThan(1_000)
  })
})

describe("raise", () => {
  it("is the same when an item adds nothing, so nothing is written", () => {
    const fence = after(at(4, 5))
    expect(raise(fence, at(4, 9))).toBe(fence)
    expect(raise(fence, at(4, 3))).toEqual([at(4, 3)])
    expect(raise(fence, at(5, 3))).toEqual([at(5, 3)])
  })

  it("has a bound, and forgets the oldest", () => {
    const fence = after(...Array.from({ length: 50 }, (_, i) => at(i + 1, 10 * i + 1)))
    expect(fence).toEqual([at(47, 461), at(48, 471), at(49, 481), at(50, 491)])
  })
})

describe("originOf", () => {
  const of = (headers: Record<string, string>) => originOf((name) => headers[name])
  it("reads the headers of an effect", () =>
    expect(of({ "Maillm-Actor": "session.s1", "Maillm-Epoch": "17" })).toEqual({
      actor: "session.s1",
      epoch: 17,
    }))
  it.each([
    {},
    { "Maillm-Actor": "session.s1" },
    { "Maillm-Actor": "session.*", "Maillm-Epoch": "1" },
    { "Maillm-Actor": "session.a.b", "Maillm-Epoch": "1" },
    { "Maillm-Actor": "session.s1", "Maillm-Epoch": "1e3" },
    { "Maillm-Actor": "session.s1", "Maillm-Epoch": "9".repeat(16) },
  ])("has none in %j", (headers) => expect(of(headers)).toBeNull())
})
