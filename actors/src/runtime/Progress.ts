/** Which commands of a partition are handled, by their positions. Holds only those that are not. */
export class Progress {
  /** In the order begun, which is that of positions. */
  readonly #open = new Set<number>()
  #begun = 0

  /** Every command up to this position is handled. */
  get watermark() {
    for (const oldest of this.#open) return oldest - 1
    return this.#begun
  }

  get size() {
    return this.#open.size
  }

  start(seq: number): void {
    this.#open.add(seq)
    this.#begun = seq
  }

  finish(seq: number): void {
    this.#open.delete(seq)
  }
}
