/**
 * Token buckets by key: so many at once, and as many again over a minute. It remembers a bounded number of keys and
 * forgets the one that was not seen for the longest, which then begins with a full bucket.
 */
export class RateLimit {
  readonly #perMinute: number
  readonly #keys: number
  /** In the order of their last use, oldest first. */
  readonly #buckets = new Map<string, { tokens: number; atMillis: number }>()

  constructor(perMinute: number, keys: number) {
    this.#perMinute = perMinute
    this.#keys = keys
  }

  /** Takes one for the key. Answers 0, or after how many seconds there is one again. */
  take(key: string, nowMillis: number): number {
    const known = this.#buckets.get(key)
    this.#buckets.delete(key)
    const refilled =
      known === undefined ? this.#perMinute : known.tokens + this.#gained(nowMillis - known.atMillis)
    const tokens = Math.min(this.#perMinute, refilled)
    const granted = tokens >= 1
    this.#buckets.set(key, { tokens: granted ? tokens - 1 : tokens, atMillis: nowMillis })
    if (this.#buckets.size > this.#keys) this.#forgetOldest()
    return granted ? 0 : Math.max(1, Math.ceil(((1 - tokens) * 60) / this.#perMinute))
  }

  get size(): number {
    return this.#buckets.size
  }

  #gained(millis: number): number {
    return (Math.max(0, millis) * this.#perMinute) / 60_000
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key)
      return
    }
  }
}
