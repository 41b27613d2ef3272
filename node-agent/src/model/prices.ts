import { readFile } from "node:fs/promises"
import * as Schema from "effect/Schema"

/** US dollars per million tokens. */
export interface Rates {
  readonly input: number
  readonly output: number
  /** Writing a prompt into the cache: for five minutes, or however long the provider keeps it by default. */
  readonly cacheWrite: number
  /** For an hour, where that is charged differently (Anthropic). */
  readonly cacheWriteHour: number
  readonly cacheRead: number
}

export interface Price {
  /** What the model's name begins with; behind it only a version may follow, or anything after a `*`. */
  readonly prefix: string
  readonly rates: Rates
  /** For requests with more prompt tokens than that, cached ones included. */
  readonly long?: { readonly aboveTokens: number; readonly rates: Rates }
}

/** Lists in the order in which they are asked; in one list the longest prefix wins. */
export type PriceList = ReadonlyArray<ReadonlyArray<Price>>

/** The tokens of one answer, each counted once: `input` has neither those read from the cache nor those written. */
export interface CallUsage {
  readonly model: string
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  /** Of `cacheWrite`, those written for an hour. */
  readonly cacheWriteHour: number
}

const rates = (
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite = input,
  cacheWriteHour = cacheWrite,
): Rates => ({ input, output, cacheRead, cacheWrite, cacheWriteHour })

/** Anthropic: a cache write costs 1.25 times the input, for an hour twice the input. */
const claude = (prefix: string, input: number, output: number, cacheRead: number): Price => ({
  prefix,
  rates: rates(input, output, cacheRead, input * 1.25, input * 2),
})

/** OpenAI since GPT-5.6 charges 1.25 times the input for a cache write, and nothing extra before. */
const gpt = (prefix: string, input: number, output: number, cacheRead: number, writes = false): Price => ({
  prefix,
  rates: rates(input, output, cacheRead, writes ? input * 1.25 : input),
})

/** With prompts over 272,000 tokens the whole request costs twice as much to read and 1.5 times to answer. */
const withLong = (price: Price): Price => {
  const { input, output, cacheRead, cacheWrite } = price.rates
  const long = rates(input * 2, output * 1.5, cacheRead * 2, cacheWrite * 2)
  return { ...price, long: { aboveTokens: 272_000, rates: long } }
}

/**
 * Standard rates as published. Anthropic: platform.claude.com/docs/en/about-claude/pricing, as stored in October
 * 2026 (Opus 5.5 and Haiku 5.5 from their announcements of 2026-09-22 and 2026-10-07). OpenAI:
 * developers.openai.com/api/docs/pricing as quoted by its readers up to 2026-11-06. A model that is not here, or on
 * whose price the sources did not agree, has none: nothing is guessed. Batch, priority, regional and tool fees are
 * not in it.
 */
const published: ReadonlyArray<Price> = [
  claude("claude-fable-5-1", 10, 50, 0.25),
  claude("claude-fable-5", 10, 50, 1),
  claude("claude-mythos-5-1", 10, 50, 0.25),
  claude("claude-mythos-5", 10, 50, 1),
  claude("claude-opus-5-5", 4, 20, 0.2),
  claude("claude-opus-5", 5, 25, 0.5),
  claude("claude-opus-4-8", 5, 25, 0.5),
  claude("claude-opus-4-7", 5, 25, 0.5),
  claude("claude-opus-4-6", 5, 25, 0.5),
  claude("claude-opus-4-5", 5, 25, 0.5),
  claude("claude-opus-4-1", 15, 75, 1.5),
  claude("claude-opus-4-0", 15, 75, 1.5),
  claude("claude-opus-4", 15, 75, 1.5),
  claude("claude-sonnet-5-5", 2, 10, 0.1),
  claude("claude-sonnet-5", 2, 10, 0.2),
  claude("claude-sonnet-4-6", 3, 15, 0.3),
  claude("claude-sonnet-4-5", 3, 15, 0.3),
  claude("claude-sonnet-4-0", 3, 15, 0.3),
  claude("claude-sonnet-4", 3, 15, 0.3),
  {
    ...claude("claude-haiku-5-5", 0.1, 0.5, 0.01),
    long: { aboveTokens: 100_000, rates: claude("", 0.5, 2.5, 0.05).rates },
  },
  claude("claude-haiku-4-5", 1, 5, 0.1),
  claude("claude-3-5-haiku", 0.8, 4, 0.08),
  withLong(gpt("gpt-6.1-sol", 2, 10, 0.1, true)),
  withLong(gpt("gpt-6-astra", 10, 50, 1, true)),
  withLong(gpt("gpt-6-sol", 2, 10, 0.2, true)),
  withLong(gpt("gpt-6-luna", 0.1, 0.5, 0.01, true)),
  withLong(gpt("gpt-5.6-terra", 2, 12, 0.2, true)),
  withLong(gpt("gpt-5.6-luna", 0.2, 1.2, 0.02, true)),
  withLong(gpt("gpt-5.5", 5, 30, 0.5)),
  withLong(gpt("gpt-5.4", 2.5, 15, 0.25)),
  gpt("gpt-5.4-mini", 0.75, 4.5, 0.075),
  gpt("gpt-5.4-nano", 0.2, 1.25, 0.02),
  gpt("gpt-5.2", 1.75, 14, 0.175),
  gpt("gpt-5.2-codex", 1.75, 14, 0.175),
  gpt("gpt-5.1", 1.25, 10, 0.125),
  gpt("gpt-5.1-codex", 1.25, 10, 0.125),
  gpt("gpt-5", 1.25, 10, 0.125),
  gpt("gpt-5-codex", 1.25, 10, 0.125),
  gpt("gpt-5-mini", 0.25, 2, 0.025),
  gpt("gpt-5-nano", 0.05, 0.4, 0.005),
]

export const publishedPrices: PriceList = [published]

/** What may stand behind a prefix without making it another model: a date, `latest`, a context mark. */
const version = /^(?:[-@]\d{8}|-\d{4}-\d{2}-\d{2}|-latest|\[1m\])*$/

const fits = (prefix: string, model: string) =>
  prefix.endsWith("*")
    ? model.startsWith(prefix.slice(0, -1))
    : model.startsWith(prefix) && version.test(model.slice(prefix.length))

/** The price of a model, or null when none is known. */
export const priceOf = (prices: PriceList, model: string): Price | null => {
  for (const list of prices) {
    let found: Price | null = null
    for (const price of list) {
      if (fits(price.prefix, model) && (found === null || price.prefix.length > found.prefix.length))
        found = price
    }
    if (found !== null) return found
  }
  return null
}

/** Tokens times millionths of a dollar per million tokens: integers up to 9,007 dollars, and nothing is rounded. */
export const costPicoUsd = (prices: PriceList, call: CallUsage): number | null => {
  const price = priceOf(prices, call.model)
  if (price === null) return null
  const prompt = call.input + call.cacheRead + call.cacheWrite
  const { input, output, cacheRead, cacheWrite, cacheWriteHour } =
    price.long !== undefined && prompt > price.long.aboveTokens ? price.long.rates : price.rates
  const cost =
    call.input * micro(input) +
    call.output * micro(output) +
    call.cacheRead * micro(cacheRead) +
    (call.cacheWrite - call.cacheWriteHour) * micro(cacheWrite) +
    call.cacheWriteHour * micro(cacheWriteHour)
  return Math.min(cost, Number.MAX_SAFE_INTEGER)
}

const micro = (usd: number) => Math.round(usd * 1_000_000)

/** Millionths of a dollar, rounded up. */
export const microUsd = (picoUsd: number): number => Number((BigInt(picoUsd) + 999_999n) / 1_000_000n)

/** The price list cannot be used; the message says why. */
export class PricesUnreadable extends Error {
  override readonly name = "PricesUnreadable"
}

const usd = Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 100_000 }))
const ownRates = {
  input: usd,
  output: usd,
  cacheRead: Schema.optionalKey(usd),
  cacheWrite: Schema.optionalKey(usd),
  cacheWriteHour: Schema.optionalKey(usd),
}
const OwnPrices = Schema.Array(
  Schema.Struct({
    model: Schema.String.check(Schema.isPattern(/^[^\s*]{1,99}\*?$/)),
    ...ownRates,
    long: Schema.optionalKey(Schema.Struct({ aboveTokens: Schema.Int, ...ownRates })),
  }),
).check(Schema.isMaxLength(1_000))
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(OwnPrices))

type OwnRates = Omit<(typeof OwnPrices.Type)[number], "model" | "long">

/** A cached token costs as much as any other where the file does not say. */
const ratesOf = (own: OwnRates): Rates => {
  const cacheWrite = own.cacheWrite ?? own.input
  return rates(own.input, own.output, own.cacheRead ?? own.input, cacheWrite, own.cacheWriteHour)
}

/**
 * The published list behind that of a file: JSON, `[{"model": "my-model*", "input": 1, "output": 5}]` in US dollars per
 * million tokens, with `cacheRead`, `cacheWrite`, `cacheWriteHour` and `long: {"aboveTokens", …}` if they differ.
 * Fails with `PricesUnreadable`.
 */
export const readPrices = async (path: string | null): Promise<PriceList> => {
  if (path === null) return publishedPrices
  try {
    const own = decode(await readFile(path, "utf8")).map(({ model, long, ...flat }): Price => ({
      prefix: model,
      rates: ratesOf(flat),
      ...(long === undefined ? {} : { long: { aboveTokens: long.aboveTokens, rates: ratesOf(long) } }),
    }))
    return [own, published]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PricesUnreadable(`The price list ${path} (MAILLM_PRICES_FILE) cannot be used: ${reason}`)
  }
}
