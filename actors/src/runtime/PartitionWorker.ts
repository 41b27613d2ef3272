import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import type { Scope } from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { ActorCell, ActorCells, Owner } from "./ActorCell.ts"
import { ActorStore } from "./ActorStore.ts"
import type { ActorName } from "./ActorName.ts"
import { forgetHandled, isBusy, keyOf, makeSlot } from "./ActorSlot.ts"
import type { ActorSlot } from "./ActorSlot.ts"
import type { Delivered, StoreFailed } from "./ActorStore.ts"
import type { CellFailure, JournalDamaged, WrittenByLater } from "./CellFailure.ts"
import { Progress } from "./Progress.ts"
import { retryForEver } from "./retryForEver.ts"

/** Commands read ahead of the oldest unfinished one, in one partition. */
const readAheadLimit = 512
/** What one actor takes of that, so that two with full mailboxes that are stuck do not stop all; its mailbox is bounded. */
const actorShare = 64
/** A partition's handled commands are purged about this often, for every purge is an fsync. */
const releaseMillis = 1_000
/** The same where a busy actor's mailbox might be full until then. */
const hurryMillis = 20
const endMillis = 500
/** Handled commands of one actor that may stand in its mailbox while an earlier one of another actor is stuck. */
const unreleasedLimit = 64
/** An actor that was not spoken to for this long is passivated. */
const idleMillis = 60_000
/** Actors of one partition held in memory; beyond it those go that were not used for the longest. */
const liveLimit = 1_024
/** Share of them that is left then. */
const keptShare = 0.9
/** A journal that cannot be read is not read again sooner than this, however many commands come. */
const damagedMillis = 1_000
/** A defect is of one actor, and the others of its partition go on; it is tried again after so long. */
const defectMillis = 5_000
/** How often an actor of a later version is looked at again. */
const laterMillis = 10_000

/** Serves one owned partition: reads commands in order, runs each actor's one after another. */
export class PartitionWorker {
  readonly partition: number
  readonly #owner: Owner
  readonly #kinds: ReadonlyArray<ActorCells>
  readonly #store: ActorStore["Service"]
  readonly #scope: Scope
  readonly #slots = new Map<string, ActorSlot>()
  readonly #progress = new Progress()
  readonly #room: Semaphore.Semaphore
  readonly #ended: Deferred.Deferred<string>
  /** Actors whose handled commands are to be freed one by one. */
  readonly #overdue = new Set<ActorSlot>()
  #releasing = false
  /** Done when somebody is overdue. */
  #hurry = Deferred.makeUnsafe<void>()
  /** Behind this position the partition was purged. */
  #released = 0
  #evicting = false

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
    { host, epoch }: Omit<Owner, "nextCommitId">,
    kinds: ReadonlyArray<ActorCells>,
  ): Effect.fn.Return<PartitionWorker, StoreFailed, ActorStore | Scope> {
    const store = yield* ActorStore
    const scope = yield* Effect.scope
    // No other worker ever has this epoch.
    let commits = 0
    const owner = { host, epoch, nextCommitId: () => `${epoch}-${++commits}` }
    const worker = new PartitionWorker(partition, owner, kinds, store, scope)
    // First, so that it is the last thing to happen.
    yield* Effect.addFinalizer(() => worker.#releaseAtEnd())
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

  /** Completes when the worker cannot go on, with the reason: ownership lost, or a journal that can be read again. */
  get ended(): Effect.Effect<string> {
    return Deferred.await(this.#ended)
  }

  stats() {
    const { size, watermark } = this.#progress
    let leftAlone = 0
    for (const slot of this.#slots.values()) if (slot.leftAlone) leftAlone++
    return { live: this.#slots.size, unfinished: size, watermark, leftAlone }
  }

  /** Forgets actors that were idle for a minute, with a snapshot where one is due. */
  readonly passivate = Effect.gen({ self: this }, function* () {
    const now = yield* Clock.currentTimeMillis
    for (const slot of this.#slots.values()) {
      // Those behind were used later.
      if (!isBusy(slot) && now - slot.usedAt < idleMillis) break
      yield* this.#forget(slot)
    }
  })

  /** Forgets the actors that were not used for the longest, until there are few enough. */
  readonly #evict = Effect.gen({ self: this }, function* () {
    for (const slot of this.#slots.values()) {
      if (this.#slots.size <= liveLimit * keptShare) break
      yield* this.#forget(slot)
    }
    this.#evicting = false
  })

  #forget(slot: ActorSlot) {
    return Effect.gen({ self: this }, function* () {
      if (isBusy(slot)) return
      // Without a snapshot there is more to replay; memory that is not given back would be worse.
      yield* Effect.exit(slot.cell?.passivate ?? Effect.void)
      const released = yield* Effect.exit(this.#releaseActor(slot))
      // It may be forgotten by another fiber meanwhile and back under its name: two of one actor would skip commands.
      const isStill = this.#slots.get(keyOf(slot.name)) === slot
      if (Exit.isSuccess(released) && isStill && !isBusy(slot)) this.#slots.delete(keyOf(slot.name))
    })
  }

  #accept(chunk: ReadonlyArray<Delivered>) {
    return Effect.gen({ self: this }, function* () {
      yield* this.#room.take(chunk.length)
      for (const delivered of chunk) {
        const slot = this.#slotOf(delivered)
        this.#progress.start(delivered.seq)
        if (slot.leftAlone) {
          yield* this.#room.release(1)
          continue
        }
        slot.waiting.push(delivered)
        if (slot.waiting.length > actorShare) yield* this.#room.release(1)
        if (slot.running) continue
        slot.running = true
        yield* Effect.forkIn(this.#drain(slot), this.#scope)
      }
      if (this.#slots.size > liveLimit && !this.#evicting) {
        this.#evicting = true
        yield* Effect.forkIn(this.#evict, this.#scope)
      }
    })
  }

  /** The actor's slot, which is now the one used last. */
  #slotOf({ kind, id }: Delivered): ActorSlot {
    const key = keyOf({ kind, id })
    const known = this.#slots.get(key)
    if (known !== undefined) {
      this.#slots.delete(key)
      this.#slots.set(key, known)
      return known
    }
    const made = makeSlot({ kind, id })
    this.#slots.set(key, made)
    return made
  }

  /** Handles what waits for one actor until nothing does. A store that fails is tried again from a fresh load. */
  #drain(slot: ActorSlot): Effect.Effect<void> {
    return Effect.catchCause(this.#handleAll(slot), (cause): Effect.Effect<void> => {
      if (Cause.hasInterruptsOnly(cause)) return Effect.void
      const error = Option.getOrNull(Cause.findErrorOption(cause))
      const key = keyOf(slot.name)
      if (error?._tag === "StoreFailed") {
        slot.cell = null
        return Effect.logWarning(`${key} tries again: ${error.message}`).pipe(
          Effect.andThen(Effect.sleep("1 second")),
          Effect.andThen(Effect.suspend(() => this.#drain(slot))),
        )
      }
      if (error?._tag === "WrittenByLater") return this.#leaveAlone(slot, error)
      if (error?._tag === "JournalDamaged") return this.#setAside(slot, error)
      if (error?._tag === "OwnershipLost") {
        return Effect.asVoid(Deferred.succeed(this.#ended, `${key}: ${error.message}`))
      }
      slot.cell = null
      return Effect.logError(`${key} has a defect and tries again: ${Cause.pretty(cause)}`).pipe(
        Effect.andThen(Effect.sleep(defectMillis)),
        Effect.andThen(Effect.suspend(() => this.#drain(slot))),
      )
    })
  }

  /**
   * Puts the commands of an actor whose journal cannot be read into DEAD, in order, so that its mailbox takes what
   * comes and nobody waits for it. Those that its records before the damage know are not put there: they are done.
   */
  #setAside(slot: ActorSlot, { message, committedThrough }: JournalDamaged): Effect.Effect<void> {
    return Effect.gen({ self: this }, function* () {
      const { kind, id } = slot.name
      slot.cell = null
      slot.damagedAt = yield* Clock.currentTimeMillis
      let count = 0
      for (let delivered = slot.waiting[0]; delivered !== undefined; delivered = slot.waiting[0]) {
        if (delivered.seq > committedThrough) {
          yield* this.#store.bury(delivered, message).pipe(
            Effect.tapError((error) =>
              Effect.logWarning(`DEAD takes nothing, so it waits: ${error.message}`),
            ),
            Effect.retry(retryForEver),
            Effect.ignore,
          )
          count++
        }
        const room = this.#takeOff(slot)
        // At once, whoever else of the partition is stuck: what stands in DEAD may be put back.
        this.#overdue.add(slot)
        if (this.#finish(slot, delivered.seq)) yield* Effect.forkIn(this.#release, this.#scope)
        yield* room
      }
      slot.running = false
      yield* Effect.logError(
        `${message}. ${count} commands of ${kind} ${id} are put into DEAD; maillm actors inspect ${kind} ${id} says what to do`,
      )
    })
  }

  /**
   * Leaves an actor to hosts of a later version. Its commands stay in the mailbox and are not handed out: nothing is
   * purged behind the oldest. When its journal can be read after all, the partition is read anew.
   */
  #leaveAlone(slot: ActorSlot, { message }: WrittenByLater) {
    return Effect.gen({ self: this }, function* () {
      const { kind, id } = slot.name
      slot.leftAlone = true
      slot.cell = null
      slot.running = false
      const [oldest] = slot.waiting
      yield* this.#room.release(Math.min(slot.waiting.splice(0).length, actorShare))
      yield* Effect.logWarning(
        `${message}. This host leaves ${kind} ${id} to one of that version; its commands wait in the mailbox`,
      )
      yield* this.#activate(slot.name, oldest?.seq ?? 0).pipe(
        Effect.delay(laterMillis),
        Effect.retry({ while: ({ _tag }) => _tag === "WrittenByLater" || _tag === "StoreFailed" }),
        Effect.ignore,
        Effect.andThen(Deferred.succeed(this.#ended, `${kind} ${id} can be read again`)),
        Effect.forkIn(this.#scope),
      )
    })
  }

  #activate(name: ActorName, firstSeq: number): Effect.Effect<ActorCell, CellFailure> {
    const cells = this.#kinds.find(({ kind }) => kind === name.kind)
    return cells === undefined
      ? Effect.die(new Error(`no actors of kind ${name.kind}`))
      : Effect.provideService(cells.activate(name, this.#owner, firstSeq), ActorStore, this.#store)
  }

  #handleAll(slot: ActorSlot): Effect.Effect<void, CellFailure> {
    return Effect.gen({ self: this }, function* () {
      const clock = yield* Clock.clockWith(Effect.succeed)
      const pause = slot.damagedAt + damagedMillis - clock.currentTimeMillisUnsafe()
      if (pause > 0) yield* Effect.sleep(Math.min(pause, damagedMillis))
      const { kind } = slot.name
      const isKnown = this.#kinds.some((cells) => cells.kind === kind)
      for (let delivered = slot.waiting[0]; delivered !== undefined; delivered = slot.waiting[0]) {
        if (isKnown) {
          slot.cell ??= yield* this.#activate(slot.name, delivered.seq)
          yield* slot.cell.handle(delivered)
        } else {
          yield* this.#store.bury(delivered, `this actor host knows no actors of kind ${kind}`)
        }
        const room = this.#takeOff(slot)
        slot.usedAt = clock.currentTimeMillisUnsafe()
        if (this.#finish(slot, delivered.seq)) yield* Effect.forkIn(this.#release, this.#scope)
        yield* room
      }
      slot.running = false
    })
  }

  /** Takes the oldest command off; what it answers gives back its room. */
  #takeOff({ waiting }: ActorSlot): Effect.Effect<unknown> {
    const held = waiting.length <= actorShare
    waiting.shift()
    return held ? this.#room.release(1) : Effect.void
  }

  /** Answers whether a release should begin. */
  #finish(slot: ActorSlot, seq: number): boolean {
    const before = this.#progress.watermark
    this.#progress.finish(seq)
    forgetHandled(slot, this.#released)
    slot.handled.push(seq)
    if (slot.handled.length >= unreleasedLimit) {
      this.#overdue.add(slot)
      Deferred.doneUnsafe(this.#hurry, Effect.void)
    }
    if (this.#releasing || (this.#progress.watermark === before && this.#overdue.size === 0)) return false
    this.#releasing = true
    return true
  }

  /**
   * Purges behind the watermark, and what busy actors have handled beyond it. Tried until it is done, for a mailbox
   * that is full of handled commands takes no other that could bring this about.
   */
  readonly #release = Effect.gen({ self: this }, function* () {
    for (let done = -1; done < this.#progress.watermark || this.#overdue.size > 0;) {
      // Not for every one of many that are overdue at the same time.
      yield* Effect.sleep(hurryMillis)
      yield* Effect.raceFirst(Deferred.await(this.#hurry), Effect.sleep(releaseMillis))
      this.#hurry = Deferred.makeUnsafe()
      const { watermark } = this.#progress
      if (watermark > done) yield* this.#tillDone(this.#store.release(this.partition, watermark + 1))
      done = watermark
      this.#released = watermark
      for (const slot of this.#overdue) {
        yield* this.#tillDone(this.#releaseActor(slot))
        this.#overdue.delete(slot)
      }
    }
    this.#releasing = false
  })

  /** The next owner need not go through again what is handled. One purge, which may as well not come about. */
  #releaseAtEnd() {
    return Effect.suspend(() => {
      const { watermark } = this.#progress
      return watermark > this.#released
        ? this.#store.release(this.partition, watermark + 1).pipe(Effect.timeout(endMillis), Effect.ignore)
        : Effect.void
    })
  }

  #tillDone(purge: Effect.Effect<void, StoreFailed>) {
    return purge.pipe(Effect.retry(Schedule.spaced("1 second")), Effect.ignore)
  }

  /** Frees the mailbox of one actor from what it has handled beyond the watermark. */
  #releaseActor(slot: ActorSlot): Effect.Effect<void, StoreFailed> {
    return Effect.suspend(() => {
      // What is behind the watermark goes with the partition.
      forgetHandled(slot, this.#progress.watermark)
      const last = slot.handled.at(-1)
      if (last === undefined) return Effect.void
      return Effect.andThen(
        this.#store.releaseActor(slot.name, last + 1),
        Effect.sync(() => forgetHandled(slot, last)),
      )
    })
  }
}
