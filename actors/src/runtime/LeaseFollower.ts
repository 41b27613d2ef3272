import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type { LeaseStore } from "./LeaseStore.ts"
import { hostKey, LeaseTable, monotonicMillis } from "./LeaseTable.ts"

/** Everything is read again this often, whatever the watch brings. */
const readMillis = 10_000
const readWithinMillis = 4_000
const againMillis = 250
/** Our own beats come by the watch, so one that is silent for more than two of them is broken. */
const silentMillis = 4_500

/** Keeps a table true: by a watch, and by reading everything now and then, which mends what the watch has lost. */
export class LeaseFollower {
  readonly #store: LeaseStore
  readonly #readAsked: Queue.Queue<void>
  readonly #changed: () => Effect.Effect<unknown>
  #table = new LeaseTable()
  /** Begin of the last whole read; null when this host may have missed anything since. */
  #readAt: number | null = null

  private constructor(
    store: LeaseStore,
    readAsked: Queue.Queue<void>,
    changed: () => Effect.Effect<unknown>,
  ) {
    this.#store = store
    this.#readAsked = readAsked
    this.#changed = changed
  }

  /** `changed` is run whenever what was learned may change who should serve what. */
  static readonly make = (store: LeaseStore, changed: () => Effect.Effect<unknown>) =>
    Effect.map(Queue.sliding<void>(1), (readAsked) => new LeaseFollower(store, readAsked, changed))

  get table(): LeaseTable {
    return this.#table
  }

  /** Asks for a read of everything. */
  readonly readAgain = Effect.sync(() => void Queue.offerUnsafe(this.#readAsked, undefined))

  /** This host heard nothing for a while: until everything is read again it knows nothing for certain. */
  wasDeaf(since: number, now: number): Effect.Effect<void> {
    this.#readAt = null
    this.#table.grant(since, now)
    return this.readAgain
  }

  /** The store was made anew: nothing that was known holds, nor what an old watch still brings. */
  readonly beginAnew = Effect.suspend(() => {
    this.#readAt = null
    this.#table = new LeaseTable()
    return this.readAgain
  })

  /**
   * Whether the table may be acted on. A host whose beat has expired is only taken for dead when the store itself was
   * asked since, for a watch that lags looks the same.
   */
  readonly certain: Effect.Effect<boolean> = Effect.gen({ self: this }, function* () {
    if (this.#readAt === null) return false
    const now = yield* monotonicMillis
    if (this.#table.expiredSince(this.#readAt, now)) yield* this.#read
    return true
  }).pipe(Effect.catch((error: Error) => Effect.as(this.#unreadable(error), false)))

  /** Watches and reads until interrupted. */
  readonly run: Effect.Effect<never> = Effect.suspend(() => Effect.raceFirst(this.#watching, this.#reading))

  readonly #watching = Effect.gen({ self: this }, function* () {
    const table = this.#table
    const changes = yield* this.#store.changes
    yield* this.readAgain
    while (table === this.#table) {
      const entry = yield* changes.next.pipe(Effect.timeout(silentMillis))
      if (table.learn(entry, yield* monotonicMillis)) yield* this.#changed()
    }
  }).pipe(
    Effect.scoped,
    Effect.catch((error: Error) =>
      Effect.logDebug(`leases are watched anew: ${error.message}`).pipe(
        Effect.andThen(this.readAgain),
        Effect.andThen(Effect.sleep(againMillis)),
      ),
    ),
    Effect.forever,
  )

  readonly #reading = Effect.gen({ self: this }, function* () {
    yield* Queue.take(this.#readAsked).pipe(Effect.timeoutOption(readMillis))
    yield* this.#read
    yield* this.#changed()
  }).pipe(
    Effect.catch((error: Error) =>
      this.#unreadable(error).pipe(Effect.andThen(Effect.sleep(againMillis)), Effect.andThen(this.readAgain)),
    ),
    Effect.forever,
  )

  get #read() {
    return Effect.gen({ self: this }, function* () {
      const table = this.#table
      const begun = yield* monotonicMillis
      const entries = yield* this.#store.entries.pipe(Effect.timeout(readWithinMillis))
      const now = yield* monotonicMillis
      for (const entry of entries) table.learn(entry, now)
      if (table === this.#table) this.#readAt = begun
      yield* Effect.forEach(table.longDead(now), ([host, { revision }]) =>
        this.#store.remove(hostKey(host), revision).pipe(Effect.timeout(readWithinMillis), Effect.ignore),
      )
    })
  }

  #unreadable(error: Error) {
    return Effect.logWarning(`leases cannot be read: ${error.message}`)
  }
}
