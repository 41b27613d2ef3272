import type { World } from "./World.ts"

export interface StoredMessage {
  readonly sequence: number
  readonly subject: string
  readonly data: string
  readonly headers: ReadonlyMap<string, string>
}

export interface Publish {
  readonly subject: string
  readonly data: string
  readonly headers: ReadonlyArray<readonly [string, string]>
}

/** What JetStream answers to a publish; `refused` is its `err_code`. */
export type Published =
  | { readonly sequence: number; readonly duplicate: boolean }
  | { readonly refused: number }

interface Options {
  /** Messages one subject holds; the next is refused with 10077. */
  readonly perSubjectLimit: number
  readonly dedupeMicros: number
}

interface Proposal {
  readonly message: Publish
  readonly id: string | undefined
  readonly answer: (published: Published) => void
}

const expectation = "Nats-Expected-Last-Subject-Sequence"

/**
 * A model of one JetStream stream: sequences, dedupe before the expectation, expectation on the last of a subject,
 * a bound per subject, and a Raft log between acceptance and application. A new leader may have what the old one
 * had only proposed, or not; nobody is told.
 */
export class ModelStream {
  readonly name: string
  readonly #world: World
  readonly #options: Options
  readonly #messages = new Map<number, StoredMessage>()
  readonly #lastOfSubject = new Map<string, number>()
  readonly #countOfSubject = new Map<string, number>()
  readonly #ids = new Map<string, { readonly sequence: number; readonly at: number }>()
  #proposals: Array<Proposal> = []
  #lastSequence = 0
  #led = true
  readonly #listeners = new Set<() => void>()

  constructor(world: World, name: string, options: Options) {
    this.#world = world
    this.name = name
    this.#options = options
  }

  get led() {
    return this.#led
  }

  get lastSequence() {
    return this.#lastSequence
  }

  /** In order. */
  get messages(): IterableIterator<StoredMessage> {
    return this.#messages.values()
  }

  get size() {
    return this.#messages.size
  }

  get idle() {
    return this.#proposals.length === 0
  }

  get(sequence: number): StoredMessage | undefined {
    return this.#messages.get(sequence)
  }

  /** The last message of a subject, as its leader has it. */
  last(subject: string): StoredMessage | null {
    return this.#messages.get(this.#lastOfSubject.get(subject) ?? 0) ?? null
  }

  /** The leader is gone: what it had proposed is in the log of the next one, or is not. */
  loseLeader(forMicros: number): void {
    if (!this.#led) return
    this.#world.note(() => `${this.name} loses its leader for ${forMicros / 1_000} ms`)
    this.#led = false
    const proposals = this.#proposals
    this.#proposals = []
    const kept = this.#world.random.between(0, proposals.length)
    for (const proposal of proposals.slice(0, kept)) this.#apply(proposal)
    if (kept > 0) this.#world.saw("proposal kept by the next leader")
    if (kept < proposals.length) this.#world.saw("proposal lost with its leader")
    this.#world.after(forMicros, () => {
      this.#world.note(() => `${this.name} has a leader`)
      this.#led = true
      this.#tell()
    })
  }

  publish(message: Publish, answer: (published: Published) => void): void {
    const headers = new Map(message.headers)
    const id = headers.get("Nats-Msg-Id")
    const refusal = this.#repeat(id) ?? this.#refusal(message.subject, headers.get(expectation))
    if (refusal !== null) {
      this.#world.saw(`${this.name} ${"refused" in refusal ? refusal.refused : "duplicate"}`)
      answer(refusal)
      return
    }
    const proposal = { message, id, answer }
    this.#proposals.push(proposal)
    this.#world.after(this.#world.random.between(50, 1_000), () => this.#next(proposal))
  }

  /** Removes what `chosen` says, in sequences below `below`. */
  purge(chosen: (subject: string) => boolean, below: number): void {
    for (const [sequence, { subject }] of this.#messages) {
      if (sequence >= below) break
      if (chosen(subject)) this.remove(sequence)
    }
  }

  remove(sequence: number): void {
    const message = this.#messages.get(sequence)
    if (message === undefined) return
    this.#messages.delete(sequence)
    this.#countOfSubject.set(message.subject, (this.#countOfSubject.get(message.subject) ?? 1) - 1)
  }

  /** Calls back when there may be something new. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #repeat(id: string | undefined): Published | null {
    const known = id === undefined ? undefined : this.#ids.get(id)
    if (known !== undefined && this.#world.now - known.at < this.#options.dedupeMicros) {
      return { sequence: known.sequence, duplicate: true }
    }
    return id !== undefined && this.#proposals.some((proposal) => proposal.id === id)
      ? { refused: 10_158 }
      : null
  }

  #refusal(subject: string, expected: string | undefined): Published | null {
    if (expected !== undefined) {
      if (this.#proposals.some(({ message }) => message.subject === subject)) return { refused: 10_164 }
      if (Number(expected) !== (this.#lastOfSubject.get(subject) ?? 0)) return { refused: 10_071 }
    }
    return (this.#countOfSubject.get(subject) ?? 0) >= this.#options.perSubjectLimit
      ? { refused: 10_077 }
      : null
  }

  /** Proposals are applied in order: the earlier ones first. A former leader's are not here any more. */
  #next(proposal: Proposal) {
    const place = this.#proposals.indexOf(proposal)
    if (place === -1) return
    for (const next of this.#proposals.splice(0, place + 1)) {
      const sequence = this.#apply(next)
      next.answer({ sequence, duplicate: false })
    }
  }

  #apply({ message: { subject, data, headers }, id }: Proposal): number {
    const sequence = ++this.#lastSequence
    this.#messages.set(sequence, { sequence, subject, data, headers: new Map(headers) })
    this.#lastOfSubject.set(subject, sequence)
    this.#countOfSubject.set(subject, (this.#countOfSubject.get(subject) ?? 0) + 1)
    if (id !== undefined) this.#ids.set(id, { sequence, at: this.#world.now })
    this.#world.note(() => `${this.name} ${sequence}: ${subject} ${data}`)
    this.#tell()
    return sequence
  }

  #tell() {
    for (const listener of this.#listeners) listener()
  }
}
