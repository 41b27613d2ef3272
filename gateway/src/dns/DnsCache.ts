import type { DnsAnswer, RecordType } from "./DnsAnswer.ts"

/** Answers kept; the one asked for the longest ago goes first. */
const entryLimit = 5_000
/** Node does not tell the TTL of most records. Keys and policies are published for an hour and longer as a rule. */
export const keepMillis = 60_000
/** So that a name whose servers are down is not asked for by each of a hundred waiting mails. */
export const keepFailureMillis = 5_000

interface Entry {
  readonly answer: Promise<DnsAnswer>
  /** By the monotonic clock; unlimited while the answer is under way. */
  until: number
}

/** Answers of the DNS for a short while, and one question at a time for each name. */
export class DnsCache {
  readonly #ask: (name: string, type: RecordType) => Promise<DnsAnswer>
  readonly #failureMillis: number
  readonly #now: () => number
  readonly #keepMillis: number
  readonly #entries = new Map<string, Entry>()

  constructor(
    ask: (name: string, type: RecordType) => Promise<DnsAnswer>,
    failureMillis = keepFailureMillis,
    now: () => number = () => performance.now(),
    keep = keepMillis,
  ) {
    this.#ask = ask
    this.#failureMillis = failureMillis
    this.#now = now
    this.#keepMillis = keep
  }

  resolve(name: string, type: RecordType): Promise<DnsAnswer> {
    const key = `${type} ${name}`
    const known = this.#entries.get(key)
    if (known !== undefined && this.#now() < known.until) return known.answer
    const entry: Entry = { answer: this.#ask(name, type), until: Number.POSITIVE_INFINITY }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#forgetOldest()
    void entry.answer.then(({ _tag }) => {
      entry.until = this.#now() + (_tag === "Failed" ? this.#failureMillis : this.#keepMillis)
    })
    return entry.answer
  }

  get size(): number {
    return this.#entries.size
  }

  #forgetOldest(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= entryLimit) return
      this.#entries.delete(key)
    }
  }
}
