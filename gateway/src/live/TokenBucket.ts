/** Allows `burst` at once and `perSecond` on; holds two numbers. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  readonly #nowMillis: () => number
  #tokens: number
  #atMillis: number

  constructor(perSecond: number, burst: number, nowMillis: () => number = () => performance.now()) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#nowMillis = nowMillis
    this.#tokens = burst
    this.#atMillis = nowMillis()
  }

  /** True when one more is allowed now; it is then counted. */
  take(): boolean {
    const now = this.#nowMillis()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#atMillis) / 1_000) * this.#perSecond)
    this.#atMillis = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
