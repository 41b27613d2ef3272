import type { JsMsg } from "@nats-io/jetstream"

/** A message, or null when there was none for a while. */
export interface Waiter {
  readonly message: (message: JsMsg | null) => void
  readonly failed: (error: unknown) => void
}

/** What is used of the library's consumer. */
export interface PullSource {
  readonly fetch: (options: {
    readonly max_messages: number
    readonly expires: number
  }) => Promise<AsyncIterable<JsMsg> & { readonly stop: () => void }>
}

/** A pull is open so long where nothing comes. */
const openMillis = 5_000

/**
 * Pulls of one consumer for many who each want one message at a time: those who want one at the same moment share a
 * pull, which costs client and server a subscription, a timer and a request, whoever asks for how many. Never more
 * messages are asked for than are wanted, so none waits here for its turn while its time runs.
 *
 * The library waits for ever when the server goes away at the wrong moment: hence a bound on every pull, and `reset`.
 * What comes after that, or for somebody who has left, goes back to the queue.
 */
export class SharedPulls {
  readonly #open: () => Promise<PullSource>
  readonly #openMillis: number
  #source: Promise<PullSource> | null = null
  readonly #waiting = new Set<Waiter>()
  readonly #pulls = new Set<(error: unknown) => void>()
  /** Messages that were asked for and have not come. */
  #outstanding = 0
  #asking = false

  constructor(open: () => Promise<PullSource>, pullMillis = openMillis) {
    this.#open = open
    this.#openMillis = pullMillis
  }

  /** Answered once, unless it leaves before. */
  wait(waiter: Waiter): void {
    this.#waiting.add(waiter)
    this.#askSoon()
  }

  leave(waiter: Waiter): void {
    this.#waiting.delete(waiter)
  }

  /** The connection is a new one, which knows nothing of the pulls so far. */
  reset(): void {
    for (const end of this.#pulls) end(null)
  }

  #askSoon(): void {
    if (this.#asking) return
    this.#asking = true
    setImmediate(() => {
      this.#asking = false
      const missing = this.#waiting.size - this.#outstanding
      if (missing > 0) void this.#pull(missing)
    })
  }

  async #pull(count: number): Promise<void> {
    let left = count
    let over = false
    let stop = () => {}
    this.#outstanding += count
    const end = (error: unknown) => {
      if (over) return
      over = true
      clearTimeout(late)
      this.#pulls.delete(end)
      this.#outstanding -= left
      if (error !== null) this.#source = null
      for (; left > 0; left--) {
        const waiter = this.#next()
        if (error === null) waiter?.message(null)
        else waiter?.failed(error)
      }
      this.#askSoon()
      stop()
    }
    const late = setTimeout(() => end(new Error("a pull did not end in its time")), this.#openMillis * 2)
    this.#pulls.add(end)
    try {
      const source = await (this.#source ??= this.#open())
      const messages = await source.fetch({ max_messages: count, expires: this.#openMillis })
      stop = () => messages.stop()
      for await (const message of messages) {
        const waiter = over ? undefined : this.#next()
        if (waiter === undefined) message.nak()
        else waiter.message(message)
        if (over) continue
        left--
        this.#outstanding--
      }
      end(null)
    } catch (error) {
      end(error)
    }
  }

  /** Who has waited for the longest, and waits no more. */
  #next(): Waiter | undefined {
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter)
      return waiter
    }
    return undefined
  }
}
