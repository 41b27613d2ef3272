import { createHash } from "node:crypto"
import type { KV } from "@nats-io/kv"
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import { partitionCount } from "@maillm/schema/Subjects"
import { LeaseTable, leaseTiming, monotonicMillis } from "./LeaseTable.ts"

/** A renewal without an answer is tried again soon enough to cost no partition. */
const renewMillis = 2_000
const renewAgainMillis = 250
/** A partition that is not served by then is taken anew. */
const startMillis = 4_000

/** What the owner of a partition is told to do. */
export interface PartitionServer {
  /** Serve the partition from now on, under this epoch, which is higher than every former owner's. */
  readonly start: (partition: number, epoch: number) => Effect.Effect<void>
  /** Stop serving it; done when nothing of it runs any more. */
  readonly stop: (partition: number) => Effect.Effect<void>
}

export interface OwnershipView {
  readonly partitions: () => ReadonlyArray<number>
  readonly leases: () => ReadonlyArray<{
    readonly partition: number
    readonly host: string
    readonly epoch: number
  }>
  /** The worker of this partition ended by itself; it may be taken again at the next beat. */
  readonly lost: (partition: number) => Effect.Effect<void>
}

/** Rendezvous hashing: the live host with the highest hash of (partition, host) should own the partition. */
export const preferredHost = (partition: number, hosts: Iterable<string>): string | null => {
  let best: { readonly host: string; readonly score: string } | null = null
  for (const host of hosts) {
    const score = createHash("sha256").update(`${partition}/${host}`).digest("hex")
    if (best === null || score > best.score) best = { host, score }
  }
  return best === null ? null : best.host
}

/**
 * Which partitions this host serves. A host is alive while its beat in the OWN bucket changes; a lease belongs to
 * a live host until that host gives it up, and is taken by compare-and-set when its host has not beaten for
 * `expireMillis` on the observer's clock, or when it is a former incarnation of this host (whose process is
 * known to be gone: the data folder's lock is ours). The epoch is the revision of the taking write, so it only
 * rises. A host that could not beat for `selfStopMillis` stops serving. Overlap is rare, not impossible: what
 * makes it harmless is the expectation on every commit.
 */
class Ownership implements OwnershipView {
  readonly #table: LeaseTable
  readonly #server: PartitionServer
  /** Partition to epoch. */
  readonly #own = new Map<number, number>()
  #renewedAt = Number.NEGATIVE_INFINITY

  constructor(table: LeaseTable, server: PartitionServer) {
    this.#table = table
    this.#server = server
  }

  partitions() {
    return [...this.#own.keys()].toSorted((a, b) => a - b)
  }

  leases() {
    return [...this.#table.leases].map(([partition, { host, revision }]) => ({
      partition,
      host,
      epoch: revision,
    }))
  }

  lost(partition: number) {
    return Effect.sync(() => {
      this.#own.delete(partition)
    })
  }

  /** Says that this host lives; answers how long to wait until the next time. Waits for nothing else. */
  readonly renew: Effect.Effect<number> = Effect.gen({ self: this }, function* () {
    const before = yield* monotonicMillis
    yield* this.#table.beat
    this.#renewedAt = before
    return leaseTiming.beatMillis
  }).pipe(
    Effect.timeout(renewMillis),
    Effect.catch((error) =>
      Effect.logWarning(`lease renewal failed: ${error.message}`).pipe(Effect.as(renewAgainMillis)),
    ),
  )

  /** Does what follows from the leases and beats of all hosts; answers how long to wait until the next time. */
  readonly follow: Effect.Effect<number> = Effect.gen({ self: this }, function* () {
    yield* this.#table.refresh.pipe(Effect.timeout("4 seconds"))
    if ((yield* this.#silentMillis) >= leaseTiming.selfStopMillis) return renewAgainMillis
    yield* this.#settle()
    return leaseTiming.beatMillis
  }).pipe(
    Effect.catch((error) =>
      Effect.logWarning(`leases cannot be read: ${error.message}`).pipe(Effect.as(renewAgainMillis)),
    ),
  )

  get #silentMillis() {
    return Effect.map(monotonicMillis, (now) => now - this.#renewedAt)
  }

  /** Lets go of everything when nobody may have heard of this host for long. */
  readonly selfStop = Effect.gen({ self: this }, function* () {
    const silent = yield* this.#silentMillis
    if (silent < leaseTiming.selfStopMillis || this.#own.size === 0) return
    yield* Effect.logError(
      `no lease renewal for ${silent} ms: ${this.#own.size} partitions stop until NATS answers`,
    )
    yield* this.#dropAll()
  })

  /** Stops everything, then gives it up where NATS answers, so that others take over at once. */
  readonly leave = Effect.gen({ self: this }, function* () {
    const given = [...this.#own]
    yield* this.#dropAll()
    yield* Effect.forEach(given, ([partition, epoch]) => this.#table.giveUp(partition, epoch), {
      concurrency: "unbounded",
      discard: true,
    }).pipe(Effect.andThen(this.#table.leave), Effect.timeout("2 seconds"), Effect.ignore)
  })

  #dropAll() {
    return Effect.forEach(this.partitions(), (partition) => this.#drop(partition), {
      concurrency: "unbounded",
      discard: true,
    })
  }

  #settle() {
    return Effect.gen({ self: this }, function* () {
      const alive = this.#table.aliveAt(yield* monotonicMillis)
      const partitions = Array.from({ length: partitionCount }, (_, partition) => partition)
      yield* Effect.forEach(partitions, (partition) => this.#settleOne(partition, alive), {
        concurrency: 8,
        discard: true,
      })
    })
  }

  #settleOne(partition: number, alive: ReadonlyArray<string>) {
    return Effect.gen({ self: this }, function* () {
      const lease = this.#table.leases.get(partition)
      const mine = this.#table.isMine(lease)
      if (this.#own.has(partition) && !mine) yield* this.#drop(partition)
      const wanted = preferredHost(partition, alive) === this.#table.host
      if (mine && !wanted) yield* this.#handOver(partition)
      if (!wanted || this.#own.has(partition)) return
      const free =
        lease === undefined ||
        lease.host === "" ||
        lease.host === this.#table.host ||
        !alive.includes(lease.host)
      if (free) yield* this.#take(partition)
    })
  }

  /** A partition whose start fails, hangs or is interrupted is not kept, so that the next look takes it anew. */
  #take(partition: number) {
    return Effect.gen({ self: this }, function* () {
      const epoch = yield* this.#table.take(partition)
      if (epoch === null) return
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
    this.#own.delete(partition)
    return this.#server.stop(partition)
  }

  #handOver(partition: number) {
    // A lease that is ours may be one that is not served, because its start failed.
    const epoch = this.#own.get(partition) ?? this.#table.leases.get(partition)?.revision
    return this.#drop(partition).pipe(
      Effect.andThen(epoch === undefined ? Effect.void : this.#table.giveUp(partition, epoch)),
    )
  }
}

/** Keeps this host's leases until the scope closes, then gives them up. */
export const runOwnership = Effect.fn("runOwnership")(function* (
  bucket: KV,
  host: string,
  server: PartitionServer,
): Effect.fn.Return<OwnershipView, never, Scope> {
  const table = new LeaseTable(bucket, host, crypto.randomUUID())
  const ownership = new Ownership(table, server)
  yield* Effect.addFinalizer(() => ownership.leave)
  const again = (step: Effect.Effect<number>) => step.pipe(Effect.flatMap(Effect.sleep), Effect.forever)
  const renewing = again(ownership.renew)
  // Others should know of this host before it takes from them what is its share.
  yield* ownership.renew.pipe(
    Effect.andThen(Effect.all([renewing, again(ownership.follow)], { concurrency: "unbounded" })),
    Effect.forkScoped,
  )
  yield* Effect.sleep(500).pipe(Effect.andThen(ownership.selfStop), Effect.forever, Effect.forkScoped)
  return ownership
})
