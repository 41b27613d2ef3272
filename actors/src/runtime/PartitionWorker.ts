import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Scope } from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { ActorCell, ActorCells, Owner } from "./ActorCell.ts"
import { ActorStore } from "./ActorStore.ts"
import type { Delivered, StoreFailed } from "./ActorStore.ts"

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

/** Handled commands of a partition in the order of their positions. */
class Progress {
  readonly #open = new Map<number, boolean>()
  watermark = 0

  get size() {
    return this.#open.size
  }
  start(seq: number) {
    this.#open.set(seq, false)
  }
  /** Marks a command as handled; true when the watermark moved. */
  finish(seq: number): boolean {
    this.#open.set(seq, true)
    const before = this.watermark
    for (const [position, done] of this.#open) {
      if (!done) break
      this.#open.delete(position)
      this.watermark = position
    }
    return this.watermark > before
  }
}

export interface PartitionWorker {
  readonly partition: number
  /** Completes when the worker cannot go on: ownership lost, or the journal damaged. */
  readonly ended: Effect.Effect<string>
  /** Passivates actors idle since before the time given; answers how many are live. */
  readonly passivate: Effect.Effect<number>
  readonly stats: () => { readonly live: number; readonly unfinished: number; readonly watermark: number }
}

/** Serves one owned partition until its scope closes: reads commands in order, runs each actor's one after another. */
export const startPartitionWorker = Effect.fn("startPartitionWorker")(function* (
  partition: number,
  owner: Owner,
  kinds: ReadonlyArray<ActorCells>,
): Effect.fn.Return<PartitionWorker, StoreFailed, ActorStore | Scope> {
  const store = yield* ActorStore
  const scope = yield* Effect.scope
  const byKind = new Map(kinds.map((cells) => [cells.kind, cells]))
  const slots = new Map<string, Slot>()
  const progress = new Progress()
  const room = yield* Semaphore.make(readAheadLimit)
  const ended = yield* Deferred.make<string>()
  let releasing = false

  const release = Effect.gen(function* () {
    releasing = true
    yield* Effect.sleep(releaseMillis)
    releasing = false
    yield* store.release(partition, progress.watermark + 1).pipe(Effect.ignore)
  })

  const finish = (delivered: Delivered) =>
    Effect.gen(function* () {
      const moved = progress.finish(delivered.seq)
      yield* room.release(1)
      if (moved && !releasing) yield* Effect.forkIn(release, scope)
    })

  const drain = (key: string, slot: Slot): Effect.Effect<void, never, ActorStore> =>
    Effect.gen(function* () {
      for (let delivered = slot.waiting[0]; delivered !== undefined; delivered = slot.waiting[0]) {
        const cells = byKind.get(delivered.kind)
        if (cells === undefined) {
          yield* store.bury(delivered, `this actor host knows no actors of kind ${delivered.kind}`)
        } else {
          const name = { kind: delivered.kind, id: delivered.id }
          slot.cell ??= yield* cells.activate(name, owner, delivered.seq)
          yield* slot.cell.handle(delivered)
        }
        slot.waiting.shift()
        slot.usedAt = yield* Clock.currentTimeMillis
        yield* finish(delivered)
      }
      slot.running = false
    }).pipe(
      Effect.catchTag("StoreFailed", (error) =>
        Effect.gen(function* () {
          yield* Effect.logWarning(`${key} tries again: ${error.message}`)
          slot.cell = null
          yield* Effect.sleep("1 second")
          yield* drain(key, slot)
        }),
      ),
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.void
          : Deferred.succeed(ended, `${key}: ${Cause.pretty(cause)}`).pipe(Effect.asVoid),
      ),
    )

  const accept = (delivered: Delivered) =>
    Effect.gen(function* () {
      yield* room.take(1)
      progress.start(delivered.seq)
      const key = `${delivered.kind}.${delivered.id}`
      let slot = slots.get(key)
      if (slot === undefined) {
        slot = { waiting: [], cell: null, running: false, usedAt: 0 }
        slots.set(key, slot)
      }
      slot.waiting.push(delivered)
      if (slot.running) return
      slot.running = true
      yield* Effect.forkIn(drain(key, slot), scope)
    })

  const reader = yield* store.commands(partition)
  yield* reader.next.pipe(
    Effect.tapError((error) =>
      Effect.logWarning(`${error.message}; reading again`).pipe(Effect.andThen(Effect.sleep("500 millis"))),
    ),
    Effect.flatMap(accept),
    Effect.catchTag("StoreFailed", () => Effect.void),
    Effect.forever,
    Effect.forkIn(scope),
  )

  return {
    partition,
    ended: Deferred.await(ended),
    passivate: Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      for (const [key, slot] of slots) {
        if (slot.running || slot.waiting.length > 0 || now - slot.usedAt < idleMillis) continue
        if (slot.cell !== null) {
          const written = yield* Effect.exit(slot.cell.passivate)
          if (Exit.isFailure(written)) continue
        }
        if (!slot.running && slot.waiting.length === 0) slots.delete(key)
      }
      return slots.size
    }),
    stats: () => ({ live: slots.size, unfinished: progress.size, watermark: progress.watermark }),
  }
})
