/** Random numbers that follow from a seed (sfc32). The face of Effect's `Random`, so that it serves as that too. */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** `stream` makes several independent ones of one seed. */
  constructor(seed: number, stream: number) {
    this.#a = seed | 0
    this.#b = Math.imul(seed, 0x9e3779b1) ^ stream
    this.#c = Math.imul(stream + 1, 0x85ebca6b)
    for (let i = 0; i < 12; i++) this.#next()
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  nextIntUnsafe(): number {
    return this.#next()
  }

  nextDoubleUnsafe(): number {
    return this.#next() / 2 ** 32
  }

  chance(probability: number): boolean {
    return this.nextDoubleUnsafe() < probability
  }

  /** An integer, both bounds included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.nextDoubleUnsafe() * (high - low + 1))
  }

  pick<A>(list: readonly [A, ...ReadonlyArray<A>]): A {
    return list[this.between(0, list.length - 1)] ?? list[0]
  }
}
