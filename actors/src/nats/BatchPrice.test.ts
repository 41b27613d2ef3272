import { describe, expect, it } from "vitest"
import { BatchPrice } from "./BatchPrice.ts"

describe("BatchPrice", () => {
  it("begins with what a server costs that syncs every write", () => {
    expect(new BatchPrice().threshold).toBe(17)
  })

  it("learns that singles cost next to nothing, and that they are dear again", () => {
    const price = new BatchPrice()
    for (let i = 0; i < 50; i++) price.sawSingles(64, 64 * 0.02)
    expect(price.threshold).toBeGreaterThan(256)
    for (let i = 0; i < 50; i++) price.sawSingles(48, 48 * 0.4)
    expect(price.threshold).toBeLessThan(10)
  })

  it("learns what a batch costs", () => {
    const price = new BatchPrice()
    for (let i = 0; i < 50; i++) price.sawBatch(100, 20)
    expect(price.threshold).toBe(100)
  })

  it("tries batches again some time after one was very slow", () => {
    const price = new BatchPrice()
    price.sawBatch(100, 4_900)
    expect(price.threshold).toBeGreaterThan(1_000)
    for (let i = 0; i < 200; i++) price.sawSingles(64, 64 * 0.2)
    expect(price.threshold).toBeLessThan(256)
  })

  it("tries singles once in 64 groups", () => {
    const price = new BatchPrice()
    const tries = Array.from({ length: 192 }, () => price.explores)
    expect(tries.filter(Boolean)).toHaveLength(3)
  })
})
