import { SeededRandom } from "./SeededRandom.ts"

/** Virtual time in microseconds. */
export const millis = (count: number) => count * 1_000
export const seconds = (count: number) => count * 1_000_000

/** Of one run: one that needs more goes in circles. */
const stepLimit = 60_000

interface Event {
  readonly at: number
  readonly order: number
  run: (() => void) | null
}

/** When the simulated runs begin, milliseconds since 1970. */
export const epochStartMillis = 1_800_000_000_000

/**
 * Time, chance and order of one simulated run. Everything that happens is an event here, one after another; what
 * happens follows from the seed alone.
 */
export class World {
  /** Microseconds since the start. */
  now = 0
  readonly seed: number
  readonly random: SeededRandom
  readonly failures: Array<{ readonly rule: "crashed" | "taken-early"; readonly detail: string }> = []
  readonly seen = new Map<string, number>()
  readonly #events: Array<Event> = []
  #order = 0
  #hash = 0x811c9dc5
  #steps = 0
  readonly #lines: Array<string> | null

  constructor(seed: number, traced: boolean) {
    this.seed = seed
    this.random = new SeededRandom(seed, 0)
    this.#lines = traced ? [] : null
  }

  /** Does something after a while. Answers how to prevent it. */
  after(delay: number, run: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, Math.floor(delay)), order: this.#order++, run }
    this.#push(event)
    return () => {
      event.run = null
    }
  }

  /** Runs until `finished`, or until `limit`. Answers whether it finished. */
  run(limit: number, finished: () => boolean): boolean {
    while (!finished()) {
      if (this.#steps >= stepLimit) return false
      if ((this.#events[0]?.at ?? Number.POSITIVE_INFINITY) > limit) return false
      const event = this.#pop()
      if (event === undefined) return false
      this.now = event.at
      if (event.run === null) continue
      this.#steps++
      this.#mix(event.at)
      this.#mix(event.order)
      event.run()
    }
    return true
  }

  get traced() {
    return this.#lines !== null
  }

  /** Something happened that must not, whatever comes of it. */
  fail(rule: "crashed" | "taken-early", detail: string): void {
    this.note(() => `FAILED ${rule}: ${detail}`)
    this.failures.push({ rule, detail })
  }

  /** Counts what the run has been through, so that a simulation that became blind is found out. */
  saw(event: string): void {
    this.seen.set(event, (this.seen.get(event) ?? 0) + 1)
  }

  /** One line of the trace; built only when there is one. */
  note(line: () => string): void {
    this.#lines?.push(`${(this.now / 1_000).toFixed(3).padStart(11)} ${line()}`)
  }

  get trace(): ReadonlyArray<string> {
    return this.#lines ?? []
  }

  /** Follows from every event's time and order so far: equal runs have equal ones. */
  get fingerprint() {
    return `${(this.#hash >>> 0).toString(16)}-${this.#steps}-${this.random.nextIntUnsafe().toString(16)}`
  }

  #mix(value: number) {
    this.#hash = Math.imul(this.#hash ^ (value & 0xffff), 0x01000193) ^ (value >>> 16)
  }

  #push(event: Event) {
    const heap = this.#events
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !before(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  #pop(): Event | undefined {
    const heap = this.#events
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || first === last) return first
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      if (left === undefined) break
      const useRight = right !== undefined && before(right, left)
      const child = useRight ? right : left
      if (!before(child, last)) break
      heap[at] = child
      at = 2 * at + (useRight ? 2 : 1)
    }
    heap[at] = last
    return first
  }
}

const before = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.order < b.order)
