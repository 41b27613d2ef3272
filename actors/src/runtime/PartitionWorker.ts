import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Scope } from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { ActorCell, ActorCells, CellFailure, Owner } from "./ActorCell.ts"
import { ActorStore } from "./ActorStore.ts"
import type { Delivered, StoreFailed } from "./ActorStore.ts"
import { Progress } from "./Progress.ts"

/** Commands read ahead of the oldest unfinished one, in one partition. */
const readAheadLimit = 512
/** A partition's handled commands are purged at most this often. */
const releaseMillis = 100
/** An actor that was not spoken to for this long is passivated. */
const idleMillis = 60_000

interface Slot {
  readonly waiting: Array<Delivered>
  cell: ActorCell | null
  running: boolean
  usedAt: number
}

/** Serves one owned partition: reads commands in order, runs each actor's one after another. */
export class PartitionWorker {
  readonly partition: number
  readonly #owner: Owner
  readonly #kinds: ReadonlyArray<ActorCells>
  readonly #store: ActorStore["Service"]
  readonly #scope: Scope
  readonly #slots = new Map<string, Slot>()
  readonly #progress = new Progress()
  readonly #room: Semaphore.Semaphore
  readonly #ended: Deferred.Deferred<string>
  #releasing = false

  private constructor(
    partition: number,
    owner: Owner,
    kinds: ReadonlyArray<ActorCells>,
    store: ActorStore["Service"],
    scope: Scope,
  ) {
    this.partition = partition
    this.#owner = owner
    this.#kinds = kinds
    this.#store = store
    this.#scope = scope
    this.#room = Semaphore.makeUnsafe(readAheadLimit)
    this.#ended = Deferred.makeUnsafe()
  }

  /** Begins to serve the partition; it ends with the scope. */
  static readonly start = Effect.fn("PartitionWorker.start")(function* (
    partition: number,
    owner: Owner,
    kinds: ReadonlyArray<ActorCells>,
  ): Effect.fn.Return<PartitionWorker, StoreFailed, ActorStore | Scope> {
    const store = yield* ActorStore
    const scope = yield* Effect.scope
    const worker = new PartitionWorker(partition, owner, kinds, store, scope)
    const reader = yield* store.commands(partition)
    yield* reader.next.pipe(
      Effect.flatMap((delivered) => worker.#accept(delivered)),
      Effect.catchTag("StoreFailed", (error) =>
        Effect.logWarning(`${error.message}; reading again`).pipe(Effect.andThen(Effect.sleep("500 millis"))),
      ),
      Effect.forever,
      Effect.forkIn(scope),
    )
    return worker
  })

  /** Completes when the worker cannot go on, with the reason: ownership lost, or a journal damaged. */
  get ended(): Effect.Effect<string> {
    return Deferred.await(this.#ended)
  }

  stats() {
    const { size, watermark } = this.#progress
    return { live: this.#slots.size, unfinished: size, watermark }
  }

  /** Forgets actors that were idle for a minute, with a snapshot where one is due. */
  readonly passivate = Effect.gen({ self: this }, function* () {
    const now = yield* Clock.currentTimeMillis
    for (const [key, slot] of this.#slots) {
      const busy = () => slot.running || slot.waiting.length > 0
      if (busy() || now - slot.usedAt < idleMillis) continue
      const written = slot.cell === null ? Exit.void : yield* Effect.exit(slot.cell.passivate)
      if (Exit.isSuccess(written) && !busy()) this.#slots.delete(key)
    }
  })

  #accept(delivered: Delivered) {
    return Effect.gen({ self: this }, function* () {
      yield* this.#room.take(1)
      this.#progress.start(delivered.seq)
      const key = `${delivered.kind}.${delivered.id}`
      let slot = this.#slots.get(key)
      if (slot === undefined) {
        slot = { waiting: [], cell: null, running: false, usedAt: 0 }
        this.#slots.set(key, slot)
      }
      slot.waiting.push(delivered)
      if (slot.running) return
      slot.running = true
      yield* Effect.forkIn(this.#drain(key, slot), this.#scope)
    })
  }

  /** Handles what waits for one actor until nothing does. A store that fails is tried again from a fresh load. */
  #drain(key: string, slot: Slot): Effect.Effect<void> {
    return this.#handleAll(slot).pipe(
      Effect.catchTag("StoreFailed", (error) =>
        Effect.gen({ self: this }, function* () {
          yield* Effect.logWarning(`${key} tries again: ${error.message}`)
          slot.cell = null
          yield* Effect.sleep("1 second")
          yield* this.#drain(key, slot)
        }),
      ),
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.void
          : Deferred.succeed(this.#ended, `${key}: ${Cause.pretty(cause)}`).pipe(Effect.asVoid),
      ),
    )
  }

  #handleAll(slot: Slot): Effect.Effect<void, CellFailure> {
    return Effect.gen({ self: this }, function* () {
      for (let delivered = slot.waiting[0]; delivered !== undefined; delivered = slot.waiting[0]) {
        const { kind, id, seq } = delivered
        const cells = this.#kinds.find((candidate) => candidate.kind === kind)
        if (cells === undefined) {
          yield* this.#store.bury(delivered, `this actor host knows no actors of kind ${kind}`)
        } else {
          slot.cell ??= yield* cells
            .activate({ kind, id }, this.#owner, seq)
            .pipe(Effect.provideService(ActorStore, this.#store))
          yield* slot.cell.handle(delivered)
        }
        slot.waiting.shift()
        slot.usedAt = yield* Clock.currentTimeMillis
        yield* this.#finish(seq)
      }
      slot.running = false
    })
  }

  #finish(seq: number) {
    return Effect.gen({ self: this }, function* () {
      const moved = this.#progress.finish(seq)
      yield* this.#room.release(1)
      if (!moved || this.#releasing) return
      this.#releasing = true
      yield* Effect.forkIn(this.#release, this.#scope)
    })
  }

  /** Purges behind the watermark. What a failed purge leaves is skipped by position when it is read again. */
  readonly #release = Effect.sleep(releaseMillis).pipe(
    Effect.andThen(
      Effect.suspend(() => {
        this.#releasing = false
        return this.#store.release(this.partition, this.#progress.watermark + 1)
      }),
    ),
    Effect.ignore,
  )
}
