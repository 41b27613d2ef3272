/** Of a single publish in a group, and of a batch over its members, in ms; nats-server 2.15 with `sync_interval: always`. */
const firstGuess = { single: 0.2, batch: 3.2 }
/** What one more member of a batch costs, ms. */
const memberMillis = 0.01
/** The weight of what was seen last. */
const weight = 0.2
/** By how much the price of a batch goes back to the first guess with every group of singles, when none is seen. */
const forgetting = 0.02
/** While batches are cheaper, one group in so many is led by some that go singly. */
const exploreEvery = 64

/**
 * Whether a group is cheaper as one atomic batch or as single publishes. A batch costs a fixed price, for the server
 * stages it in files of its own; a single publish costs an fsync, or nearly nothing on a server that does not sync
 * always. The server does not say which it is, so both are learned from the answers.
 */
export class BatchPrice {
  #single = firstGuess.single
  #batch = firstGuess.batch
  #groups = 0

  /** Members from which on a batch is cheaper; at least 2. */
  get threshold(): number {
    return Math.max(2, Math.ceil(this.#batch / Math.max(this.#single - memberMillis, 0.001)))
  }

  /** True now and then: the next few should go singly although a batch is cheaper, to see whether it still is. */
  get explores(): boolean {
    return ++this.#groups % exploreEvery === 0
  }

  sawSingles(count: number, millis: number): void {
    this.#single += weight * (millis / count - this.#single)
    // One that had to wait for an election looks dear, and nobody would ever try another.
    this.#batch += forgetting * (firstGuess.batch - this.#batch)
  }

  sawBatch(count: number, millis: number): void {
    this.#batch += weight * (Math.max(0, millis - count * memberMillis) - this.#batch)
  }
}
