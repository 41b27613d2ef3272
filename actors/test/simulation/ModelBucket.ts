import { seconds } from "./World.ts"
import type { World } from "./World.ts"

export interface Entry {
  readonly key: string
  readonly revision: number
  /** null: removed. */
  readonly value: string | null
  /** When it was written, in the world's time. */
  readonly at: number
  /** Since when it has been written at least every five seconds. */
  readonly steadySince: number
}

const steadyMicros = seconds(5)

/** A model of a KV bucket: revisions rise over all keys, writes may name the revision they replace. */
export class ModelBucket {
  readonly name: string
  readonly #world: World
  readonly #entries = new Map<string, Entry>()
  readonly #listeners = new Set<(entry: Entry) => void>()
  #revision = 0
  #led = true

  constructor(world: World, name: string) {
    this.#world = world
    this.name = name
  }

  get led() {
    return this.#led
  }

  get entries(): ReadonlyArray<Entry> {
    return [...this.#entries.values()]
  }

  get(key: string): Entry | null {
    return this.#entries.get(key) ?? null
  }

  /** Writes a key. With `expected` (0: not there, or removed) answers null when it is not so. */
  put(key: string, value: string | null, expected?: number): number | null {
    const present = this.#entries.get(key)
    const revision = present === undefined || present.value === null ? 0 : present.revision
    if (expected !== undefined && expected !== revision) return null
    const at = this.#world.now
    const steady = present !== undefined && at - present.at < steadyMicros
    const steadySince = steady ? present.steadySince : at
    const entry = { key, value, revision: ++this.#revision, at, steadySince }
    this.#entries.set(key, entry)
    this.#world.note(() => `${this.name} ${entry.revision}: ${key} ${value}`)
    for (const listener of this.#listeners) listener(entry)
    return entry.revision
  }

  onChange(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  loseLeader(forMicros: number): void {
    if (!this.#led) return
    this.#world.note(() => `${this.name} loses its leader for ${forMicros / 1_000} ms`)
    this.#led = false
    this.#world.after(forMicros, () => {
      this.#world.note(() => `${this.name} has a leader`)
      this.#led = true
    })
  }
}
