/** Actors that the load speaks to. */
export const keyCount = 1_000

/** One turn: increments the counter of a key and answers its new value. */
export type Turn = (key: number) => Promise<number>

export interface LoadPoint {
  readonly concurrency: number
  readonly warmMillis: number
  readonly millis: number
}

export interface LoadResult {
  readonly turnsPerSecond: number
  readonly p50Millis: number
  readonly p99Millis: number
  /** All turns, those of the warm-up too. */
  readonly turns: number
}

/**
 * Closed loop: so many turns in flight, each on a key drawn at random. Every reply is checked: a counter's highest
 * reply is the number of its turns, or one was lost or done twice.
 */
export class TurnLoad {
  readonly #turn: Turn
  readonly #checked: boolean
  readonly #counts = new Int32Array(keyCount)
  readonly #highest = new Int32Array(keyCount)
  #random = 0x2545f491

  /** `checked`: whether replies are the counters' values. */
  constructor(turn: Turn, checked: boolean) {
    this.#turn = turn
    this.#checked = checked
  }

  async run({ concurrency, warmMillis, millis }: LoadPoint): Promise<LoadResult> {
    const latencies: Array<number> = []
    let turns = 0
    let within = 0
    const from = performance.now() + warmMillis
    const to = from + millis
    const loop = async () => {
      for (;;) {
        const begun = performance.now()
        if (begun >= to) return
        const key = this.#key()
        const reply = await this.#turn(key)
        const done = performance.now()
        turns++
        this.#counts[key] = (this.#counts[key] ?? 0) + 1
        this.#highest[key] = Math.max(this.#highest[key] ?? 0, reply)
        // One that stalls beyond the window counts in the latencies, not in the rate.
        if (done >= from) latencies.push(done - begun)
        if (done >= from && done < to) within++
      }
    }
    await Promise.all(Array.from({ length: concurrency }, loop))
    if (this.#checked) this.#check()
    const sorted = Float64Array.from(latencies).toSorted()
    const at = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
    return {
      turnsPerSecond: within / (millis / 1000),
      p50Millis: at(0.5),
      p99Millis: at(0.99),
      turns,
    }
  }

  #key() {
    // xorshift32: the same keys for every system.
    this.#random ^= this.#random << 13
    this.#random ^= this.#random >>> 17
    this.#random ^= this.#random << 5
    return (this.#random >>> 0) % keyCount
  }

  #check() {
    const wrong = this.#counts.findIndex((count, key) => count !== this.#highest[key])
    if (wrong >= 0) {
      throw new Error(
        `counter ${wrong} answered ${this.#highest[wrong]} after ${this.#counts[wrong]} turns: one was lost or done twice`,
      )
    }
  }
}
