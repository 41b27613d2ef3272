import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import type { Scope } from "effect/Scope"
import { partitionCount } from "@maillm/schema/Subjects"
import type { StreamsLost } from "../nats/StreamMarks.ts"
import { HostBeat } from "./HostBeat.ts"
import type { HostIdentity, HostIdTaken } from "./HostBeat.ts"
import { LeaseFollower } from "./LeaseFollower.ts"
import type { LeaseStore, LeaseStoreFailed } from "./LeaseStore.ts"
import { encodeClaim, leaseKey, leaseTiming, monotonicMillis } from "./LeaseTable.ts"
import type { HostState, Lease } from "./LeaseTable.ts"
import { preferredHost } from "./preferredHost.ts"

/** A renewal without an answer is tried again soon enough to cost no partition. */
const renewMillis = 2_000
const renewAgainMillis = 250
/** A host that did not get through for longer than this may have missed the beats of others too. */
const deafMillis = 3_000
/** A partition that is not served by then is taken anew. */
const startMillis = 4_000
/** A partition whose worker ended, or which could not be taken, is left alone for so long. */
const restMillis = { lost: 2_000, refused: 250 } as const
const leaveMillis = 2_000

/** What the owner of a partition is told to do. */
export interface PartitionServer {
  /** Serve the partition from now on, under this epoch, which is higher than every former owner's. */
  readonly start: (partition: number, epoch: number) => Effect.Effect<void>
  /** Stop serving it; done when nothing of it runs any more. */
  readonly stop: (partition: number) => Effect.Effect<void>
}

export interface OwnershipView {
  /** Partitions that this host serves, ascending. */
  readonly partitions: () => ReadonlyArray<number>
  /** Every lease as this host knows it; `host` is empty when nobody has it. */
  readonly leases: () => ReadonlyArray<{
    readonly partition: number
    readonly host: string
    readonly epoch: number
  }>
  /** Every host as this one sees it, itself included, in the order of ids. */
  readonly hosts: Effect.Effect<ReadonlyArray<HostState>>
  /** The worker of this partition ended by itself; it may be taken again after a rest. */
  readonly lost: (partition: number) => Effect.Effect<void>
  /** Stops everything for good. */
  readonly end: (why: OwnershipEnd) => Effect.Effect<void>
  /** Fails when this host serves nothing any more and never will. */
  readonly ended: Effect.Effect<never, OwnershipEnd>
}

/** Why a host may serve nothing any more: another process has its id, or what was accepted is gone. */
export type OwnershipEnd = HostIdTaken | StreamsLost

/**
 * Which partitions this host serves. A host is alive while its beat changes; a lease belongs to a live host until that
 * host gives it up, and is taken by compare-and-set when its owner has not beaten for `expireMillis` on the observer's
 * clock, or beats as another process. The epoch is the revision of the taking write, so it only rises. A host that
 * could not beat for `selfStopMillis` stops serving. Overlap is rare, not impossible: what makes it harmless is the
 * expectation on every commit.
 */
class Ownership implements OwnershipView {
  readonly #store: LeaseStore
  readonly #identity: HostIdentity
  readonly #server: PartitionServer
  readonly #scope: Scope
  readonly #partitions: number
  readonly #beat: HostBeat
  readonly #follower: LeaseFollower
  readonly #settleAsked: Queue.Queue<void>
  /** Partition to epoch. */
  readonly #own = new Map<number, number>()
  /** Partitions that something is under way with. */
  readonly #busy = new Set<number>()
  /** Partition to the time before which its lease is not written. */
  readonly #resting = new Map<number, number>()
  readonly #ending = Deferred.makeUnsafe<never, OwnershipEnd>()
  readonly #ended = Deferred.makeUnsafe<never, OwnershipEnd>()
  #renewedAt = Number.NEGATIVE_INFINITY
  /** Rises whenever everything is dropped, so that what was under way then is dropped too. */
  #term = 0

  private constructor(
    store: LeaseStore,
    identity: HostIdentity,
    server: PartitionServer,
    scope: Scope,
    follower: LeaseFollower,
    settleAsked: Queue.Queue<void>,
    partitions: number,
  ) {
    this.#partitions = partitions
    this.#store = store
    this.#identity = identity
    this.#server = server
    this.#scope = scope
    this.#follower = follower
    this.#settleAsked = settleAsked
    this.#beat = new HostBeat(store, identity)
  }

  static readonly make = Effect.fnUntraced(function* (
    store: LeaseStore,
    identity: HostIdentity,
    server: PartitionServer,
    partitions: number,
  ) {
    const settleAsked = yield* Queue.sliding<void>(1)
    const follower = yield* LeaseFollower.make(store, () => Queue.offer(settleAsked, undefined))
    const scope = yield* Effect.scope
    return new Ownership(store, identity, server, scope, follower, settleAsked, partitions)
  })

  partitions() {
    return [...this.#own.keys()].toSorted((a, b) => a - b)
  }

  leases() {
    return [...this.#follower.table.leases].map(([partition, { host, revision }]) => ({
      partition,
      host,
      epoch: revision,
    }))
  }

  get hosts() {
    return Effect.map(monotonicMillis, (now) => this.#follower.table.hostsAt(now))
  }

  get ended() {
    return Deferred.await(this.#ended)
  }

  end(why: OwnershipEnd) {
    return Effect.asVoid(Deferred.fail(this.#ending, why))
  }

  lost(partition: number) {
    return Effect.gen({ self: this }, function* () {
      this.#own.delete(partition)
      this.#resting.set(partition, (yield* monotonicMillis) + restMillis.lost)
      yield* this.#askSettle
    })
  }

  /** Makes the host's id this process's own. */
  readonly claim = Effect.gen({ self: this }, function* () {
    yield* this.#beat.claim
    this.#renewedAt = yield* monotonicMillis
  })

  /** Everything that goes on until the scope closes. */
  readonly run: Effect.Effect<void> = Effect.suspend(() =>
    Effect.all(
      [this.#beating, this.#follower.run, this.#settling, this.#guarding, Deferred.await(this.#ending)],
      { concurrency: "unbounded", discard: true },
    ),
  ).pipe(
    Effect.catch((error) =>
      Effect.logError(`this actors process stops: ${error.message}`).pipe(
        Effect.andThen(this.#dropAll()),
        Effect.andThen(Deferred.fail(this.#ended, error)),
      ),
    ),
  )

  /** Stops everything and gives it up where the store answers, so that others take over at once. */
  readonly leave = Effect.gen({ self: this }, function* () {
    this.#term++
    const mine = [...this.#follower.table.leases].filter(([, lease]) => this.#isMine(lease))
    const handOver = Effect.forEach(
      mine,
      ([partition, { revision }]) => Effect.andThen(this.#drop(partition), this.#giveUp(partition, revision)),
      { concurrency: "unbounded", discard: true },
    )
    const [told] = yield* Effect.all(
      [this.#beat.markLeaving.pipe(Effect.timeoutOption(leaveMillis)), handOver, this.#dropAll()],
      { concurrency: "unbounded" },
    )
    if (Option.isSome(told)) yield* this.#beat.leave.pipe(Effect.timeoutOption(leaveMillis))
  })

  readonly #askSettle = Effect.suspend(() => Queue.offer(this.#settleAsked, undefined))

  readonly #beating = Effect.suspend(() => this.#renew).pipe(Effect.flatMap(Effect.sleep), Effect.forever)

  /** Says that this host lives; answers how long to wait until the next time. Waits for nothing else. */
  readonly #renew: Effect.Effect<number, HostIdTaken> = Effect.gen({ self: this }, function* () {
    const begun = yield* monotonicMillis
    const silent = begun - this.#renewedAt
    // A process that was frozen says nothing before it has let go of what others may have taken.
    if (silent >= leaseTiming.selfStopMillis) yield* this.#selfStop()
    if (!(yield* this.#beat.beat.pipe(Effect.timeout(renewMillis)))) yield* this.#beginAnew()
    if (silent >= deafMillis) yield* this.#follower.wasDeaf(this.#renewedAt, yield* monotonicMillis)
    this.#renewedAt = begun
    return leaseTiming.beatMillis
  }).pipe(
    Effect.catchTags({
      LeaseStoreFailed: (error) => Effect.succeed(error.message),
      TimeoutError: () => Effect.succeed("no answer"),
    }),
    Effect.flatMap((outcome) =>
      typeof outcome === "number"
        ? Effect.succeed(outcome)
        : Effect.logWarning(`lease renewal failed: ${outcome}`).pipe(Effect.as(renewAgainMillis)),
    ),
  )

  /** The store does not hold our beat any more: it was made anew, or somebody has removed the key. */
  #beginAnew() {
    return Effect.gen({ self: this }, function* () {
      yield* Effect.logError(
        `the store of leases has lost this host's beat: ${this.#own.size} partitions stop and are taken anew`,
      )
      yield* this.#dropAll()
      yield* this.#follower.beginAnew
      yield* this.#beat.claim
    })
  }

  readonly #settling = Effect.gen({ self: this }, function* () {
    const now = yield* monotonicMillis
    const due = Math.min(this.#follower.table.nextExpiry(now), ...this.#resting.values())
    const wait = Math.min(Math.max(due - now, 1), leaseTiming.beatMillis)
    yield* Queue.take(this.#settleAsked).pipe(Effect.timeoutOption(wait))
    yield* this.#settle()
  }).pipe(Effect.forever)

  /** Lets go of everything when nobody may have heard of this host for long. */
  readonly #guarding = Effect.gen({ self: this }, function* () {
    const silent = (yield* monotonicMillis) - this.#renewedAt
    if (silent >= leaseTiming.selfStopMillis) yield* this.#selfStop()
    yield* Effect.sleep(Math.max(leaseTiming.selfStopMillis - silent, renewAgainMillis))
  }).pipe(Effect.forever)

  #selfStop() {
    return Effect.suspend(() => {
      if (this.#own.size === 0) return Effect.void
      return Effect.logError(
        `no lease renewal for ${leaseTiming.selfStopMillis} ms: ${this.#own.size} partitions stop until NATS answers`,
      ).pipe(Effect.andThen(this.#dropAll()))
    })
  }

  #dropAll() {
    return Effect.suspend(() => {
      this.#term++
      return Effect.forEach(this.partitions(), (partition) => this.#drop(partition), {
        concurrency: "unbounded",
        discard: true,
      })
    })
  }

  /** Begins whatever follows from beats and leases, all partitions at the same time; waits for none of it. */
  #settle() {
    return Effect.gen({ self: this }, function* () {
      const certain = yield* this.#follower.certain
      const now = yield* monotonicMillis
      for (const [partition, until] of this.#resting) if (until <= now) this.#resting.delete(partition)
      if (!certain || now - this.#renewedAt >= leaseTiming.selfStopMillis) return
      const candidates = new Set([this.#identity.host, ...this.#follower.table.candidates(now)])
      for (let partition = 0; partition < this.#partitions; partition++) {
        if (this.#busy.has(partition)) continue
        const step = this.#stepOf(partition, candidates, now)
        if (step === null) continue
        this.#busy.add(partition)
        const done = Effect.suspend(() => {
          this.#busy.delete(partition)
          return this.#askSettle
        })
        yield* Effect.forkIn(Effect.ensuring(step, done), this.#scope)
      }
    })
  }

  #isMine({ host, incarnation }: Lease) {
    return host === this.#identity.host && incarnation === this.#identity.incarnation
  }

  /** What is to be done about a partition, or null. */
  #stepOf(partition: number, candidates: ReadonlySet<string>, now: number): Effect.Effect<void> | null {
    const { table } = this.#follower
    const lease = table.leases.get(partition)
    const mine = lease !== undefined && this.#isMine(lease)
    const serving = this.#own.has(partition)
    if (serving && !mine) return this.#drop(partition)
    const wanted = preferredHost(partition, candidates) === this.#identity.host
    if (serving && wanted) return null
    if (serving) return this.#drop(partition)
    if (this.#resting.has(partition)) return null
    if (mine && !wanted) return this.#giveUp(partition, lease.revision)
    // Not by a former process of this host, whose beat was replaced by ours; but by one that has replaced us.
    const held = lease !== undefined && !mine && table.isHeld(lease, now)
    return wanted && !held ? this.#take(partition, lease?.revision ?? 0) : null
  }

  /** A partition whose start fails, hangs or is interrupted is not kept, so that it is taken anew. */
  #take(partition: number, revision: number) {
    return Effect.gen({ self: this }, function* () {
      const term = this.#term
      const epoch = yield* this.#write(partition, revision, encodeClaim(this.#identity))
      if (epoch === null || term !== this.#term) return
      this.#own.set(partition, epoch)
      yield* this.#server.start(partition, epoch).pipe(
        Effect.timeout(startMillis),
        Effect.catch(() =>
          Effect.logWarning(`partition ${partition} did not start in ${startMillis} ms`).pipe(
            Effect.andThen(this.#drop(partition)),
          ),
        ),
        Effect.onInterrupt(() => this.#drop(partition)),
      )
      // Given up while it started.
      if (this.#own.get(partition) !== epoch) yield* this.#server.stop(partition)
    })
  }

  #drop(partition: number) {
    return Effect.suspend(() => {
      this.#own.delete(partition)
      return this.#server.stop(partition)
    })
  }

  /** Gives a partition up, if it is still ours under this epoch. */
  #giveUp(partition: number, epoch: number) {
    return Effect.asVoid(this.#write(partition, epoch, encodeClaim({ host: "", incarnation: "" })))
  }

  /** Writes a lease by compare-and-set. Answers its revision, or null; then it is looked at again after a rest. */
  #write(partition: number, revision: number, value: string): Effect.Effect<number | null> {
    const key = leaseKey(partition)
    const written = Effect.suspend(() =>
      revision === 0 ? this.#store.create(key, value) : this.#store.update(key, value, revision),
    )
    return Effect.gen({ self: this }, function* () {
      const stored = yield* Effect.option(written.pipe(Effect.timeout(renewMillis)))
      const now = yield* monotonicMillis
      if (Option.isNone(stored)) {
        this.#resting.set(partition, now + restMillis.refused)
        yield* this.#follower.readAgain
        return null
      }
      this.#follower.table.learn({ key, value, revision: stored.value }, now)
      return stored.value
    })
  }
}

/** A store that does not answer at start is asked this often again, a quarter of a second apart. */
const claimTries = 40

/**
 * Keeps this host's leases until the scope closes, then gives them up. Fails when the host's id is in use by another
 * process, or the store does not answer for long. `partitions`: for tests that need fewer of them.
 */
export const runOwnership = Effect.fn("runOwnership")(function* (
  store: LeaseStore,
  identity: HostIdentity,
  server: PartitionServer,
  partitions: number = partitionCount,
): Effect.fn.Return<OwnershipView, HostIdTaken | LeaseStoreFailed, Scope> {
  const ownership = yield* Ownership.make(store, identity, server, partitions)
  yield* Effect.addFinalizer(() => ownership.leave)
  yield* ownership.claim.pipe(
    Effect.retry({
      while: (error) => error._tag === "LeaseStoreFailed",
      times: claimTries,
      schedule: Schedule.spaced(renewAgainMillis),
    }),
  )
  yield* Effect.forkScoped(ownership.run)
  return ownership
})
