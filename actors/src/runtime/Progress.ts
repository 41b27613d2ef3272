/** Handled commands of a partition in the order of their positions. */
export class Progress {
  /** Begun and not below the watermark; true when handled. In the order begun, which is that of positions. */
  readonly #open = new Map<number, boolean>()
  #watermark = 0

  /** Every command up to this position is handled. */
  get watermark() {
    return this.#watermark
  }

  get size() {
    return this.#open.size
  }

  start(seq: number): void {
    this.#open.set(seq, false)
  }

  /** Marks a command as handled; true when the watermark moved. */
  finish(seq: number): boolean {
    this.#open.set(seq, true)
    const before = this.#watermark
    for (const [position, done] of this.#open) {
      if (!done) break
      this.#open.delete(position)
      this.#watermark = position
    }
    return this.#watermark > before
  }
}
