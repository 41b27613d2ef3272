import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { costPicoUsd, microUsd, PricesUnreadable, publishedPrices, readPrices } from "./prices.ts"
import type { CallUsage } from "./prices.ts"

const call = (model: string, counts: Partial<CallUsage>): CallUsage => ({
  model,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWriteHour: 0,
  ...counts,
})
const million = 1_000_000
/** Millionths of a dollar, or null. */
const cost = (usage: CallUsage, prices = publishedPrices) => {
  const pico = costPicoUsd(prices, usage)
  return pico === null ? null : microUsd(pico)
}

describe("prices", () => {
  test.each([
    ["claude-opus-5-5", { input: million }, 4_000_000],
    ["claude-opus-5-5-20260922", { output: million }, 20_000_000],
    ["claude-opus-5-5[1m]", { cacheRead: million }, 200_000],
    ["claude-opus-5-5", { cacheWrite: million }, 5_000_000],
    ["claude-opus-5-5", { cacheWrite: million, cacheWriteHour: million }, 8_000_000],
    ["claude-opus-5-5", { cacheWrite: million, cacheWriteHour: 400_000 }, 6_200_000],
    ["claude-opus-4-20250514", { input: 1 }, 15],
    ["claude-opus-4-5-20251101", { input: 1 }, 5],
    ["claude-sonnet-4-5@20250929", { input: 2, output: 1 }, 21],
    ["claude-3-5-haiku-latest", { input: million, output: million }, 4_800_000],
    ["claude-haiku-5-5", { input: 100_000 }, 10_000],
    ["claude-haiku-5-5", { input: 50_000, cacheRead: 50_001 }, 27_501],
    ["gpt-5-codex", { input: million, cacheRead: million, output: million }, 11_375_000],
    ["gpt-5-2025-08-07", { input: million }, 1_250_000],
    ["gpt-6-sol", { cacheWrite: 100_000 }, 250_000],
    ["gpt-6-sol", { input: 272_000, output: 1_000 }, 554_000],
    ["gpt-6-sol", { input: 272_001, output: 1_000 }, 1_103_004],
    ["gpt-6.1-sol", { cacheRead: 100_000 }, 10_000],
  ])("%s %o", (model, counts, expected) => {
    expect(cost(call(model, counts))).toBe(expected)
  })

  test.each([
    "claude-opus-6",
    "claude-opus-5-6",
    "claude-opus-4-9-20260101",
    "gpt-5-pro",
    "gpt-5.9",
    "my-own",
    "",
  ])("an unknown model has no price: %s", (model) => {
    expect(cost(call(model, { input: 1 }))).toBeNull()
  })

  test("a fraction of a millionth is rounded up, nothing is nothing", () => {
    expect(cost(call("gpt-5-nano", { cacheRead: 1 }))).toBe(1)
    expect(cost(call("gpt-5-nano", { cacheRead: 200 }))).toBe(1)
    expect(cost(call("gpt-5-nano", { cacheRead: 201 }))).toBe(2)
    expect(cost(call("gpt-5-nano", {}))).toBe(0)
    expect(microUsd(Number.MAX_SAFE_INTEGER)).toBe(9_007_199_255)
  })
})

describe("a price list of one's own", () => {
  let folder = ""
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "maillm-prices-"))
  })
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  const read = async (content: string) => {
    const path = join(folder, "prices.json")
    await writeFile(path, content)
    return readPrices(path)
  }

  test("stands before the published one", async () => {
    const prices = await read(
      JSON.stringify([
        { model: "local-*", input: 0, output: 0 },
        { model: "local-big*", input: 1, output: 2, cacheRead: 0.5 },
        { model: "claude-opus-5-5", input: 3, output: 15, long: { aboveTokens: 10, input: 30, output: 1 } },
      ]),
    )
    expect(cost(call("local-7b", { input: million, output: 5 }), prices)).toBe(0)
    const big = call("local-big-2", { input: million, cacheRead: million, cacheWrite: million })
    expect(cost(big, prices)).toBe(2_500_000)
    expect(cost(call("claude-opus-5-5-20260922", { input: 10 }), prices)).toBe(30)
    expect(cost(call("claude-opus-5-5-20260922", { input: 11 }), prices)).toBe(330)
    expect(cost(call("claude-sonnet-5", { input: million }), prices)).toBe(2_000_000)
  })

  test.each([
    "",
    "{}",
    '[{"model":"x"}]',
    '[{"model":"x","input":-1,"output":1}]',
    '[{"model":"*a","input":1}]',
  ])("%s is refused with its file and setting", async (content) => {
    const refused = read(content)
    await expect(refused).rejects.toThrow(PricesUnreadable)
    await expect(refused).rejects.toThrow(/prices\.json \(MAILLM_PRICES_FILE\)/)
  })

  test("a file that is not there is refused, no file is none", async () => {
    await expect(readPrices(join(folder, "none"))).rejects.toThrow(/MAILLM_PRICES_FILE/)
    expect(await readPrices(null)).toBe(publishedPrices)
  })
})
