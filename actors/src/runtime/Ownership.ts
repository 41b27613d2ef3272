import { createHash } from "node:crypto"
import type { KV } from "@nats-io/kv"
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import { partitionCount } from "@maillm/schema/Subjects"
import { LeaseTable, leaseTiming, monotonicMillis } from "./LeaseTable.ts"

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
  #renewedAt: number

  constructor(table: LeaseTable, server: PartitionServer, now: number) {
    this.#table = table
    this.#server = server
    this.#renewedAt = now
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

  /** One renewal and what follows from what the others did. */
  readonly beat = Effect.gen({ self: this }, function* () {
    const before = yield* monotonicMillis
    yield* this.#table.beat
    this.#renewedAt = before
    yield* this.#table.refresh
    yield* this.#settle()
  }).pipe(
    Effect.timeout("4 seconds"),
    Effect.catch((error) => Effect.logWarning(`lease renewal failed: ${error.message}`)),
  )

  /** Runs beside the beat, because a beat may hang. */
  readonly selfStop = Effect.gen({ self: this }, function* () {
    const silent = (yield* monotonicMillis) - this.#renewedAt
    if (silent < leaseTiming.selfStopMillis || this.#own.size === 0) return
    yield* Effect.logError(
      `no lease renewal for ${silent} ms: ${this.#own.size} partitions stop until NATS answers`,
    )
    for (const partition of this.partitions()) yield* this.#drop(partition)
  })

  /** Gives everything up in order, so that others take over at once. */
  readonly leave = Effect.suspend(() =>
    Effect.forEach(this.partitions(), (partition) => this.#handOver(partition), {
      concurrency: 8,
      discard: true,
    }),
  ).pipe(Effect.andThen(Effect.suspend(() => this.#table.leave)), Effect.timeout("3 seconds"), Effect.ignore)

  #settle() {
    return Effect.gen({ self: this }, function* () {
      const alive = this.#table.aliveAt(yield* monotonicMillis)
      for (let partition = 0; partition < partitionCount; partition++) {
        const lease = this.#table.leases.get(partition)
        const mine = this.#table.isMine(lease)
        if (this.#own.has(partition) && !mine) yield* this.#drop(partition)
        const wanted = preferredHost(partition, alive) === this.#table.host
        if (mine && !wanted) yield* this.#handOver(partition)
        if (!wanted || this.#own.has(partition)) continue
        const free =
          lease === undefined ||
          lease.host === "" ||
          lease.host === this.#table.host ||
          !alive.includes(lease.host)
        if (free) yield* this.#take(partition)
      }
    })
  }

  #take(partition: number) {
    return Effect.gen({ self: this }, function* () {
      const epoch = yield* this.#table.take(partition)
      if (epoch === null) return
      this.#own.set(partition, epoch)
      yield* this.#server.start(partition, epoch)
    })
  }

  #drop(partition: number) {
    this.#own.delete(partition)
    return this.#server.stop(partition)
  }

  #handOver(partition: number) {
    const epoch = this.#own.get(partition)
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
  const ownership = new Ownership(table, server, yield* monotonicMillis)
  yield* Effect.addFinalizer(() => ownership.leave)
  yield* ownership.beat.pipe(
    Effect.andThen(Effect.sleep(leaseTiming.beatMillis)),
    Effect.forever,
    Effect.forkScoped,
  )
  yield* Effect.sleep(500).pipe(Effect.andThen(ownership.selfStop), Effect.forever, Effect.forkScoped)
  return ownership
})
