import * as Clock from "effect/Clock"
import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import type { KV } from "@nats-io/kv"
import { partitionCount } from "@maillm/schema/Subjects"

/** Timing of leases, in milliseconds of each host's own monotonic clock. */
export const leaseTiming = { beatMillis: 2_000, selfStopMillis: 5_000, expireMillis: 8_000 } as const

interface Lease {
  readonly host: string
  readonly incarnation: string
  readonly revision: number
}

/** What the owner of a partition is told to do. */
export interface PartitionServer {
  /** Serve the partition from now on, under this epoch, which is higher than every former owner's. */
  readonly start: (partition: number, epoch: number) => Effect.Effect<void>
  /** Stop serving it; done when nothing of it runs any more. */
  readonly stop: (partition: number) => Effect.Effect<void>
}

/** Rendezvous hashing: the live host with the highest hash of (partition, host) should own the partition. */
export const preferredHost = (partition: number, hosts: Iterable<string>): string | null => {
  let best: string | null = null
  let bestScore = ""
  for (const host of hosts) {
    const score = createHash("sha256").update(`${partition}/${host}`).digest("hex")
    if (best === null || score > bestScore) {
      best = host
      bestScore = score
    }
  }
  return best
}

const parse = (text: string): { host: string; incarnation: string } | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null) return null
    if (!("host" in value) || !("incarnation" in value)) return null
    return typeof value.host === "string" && typeof value.incarnation === "string"
      ? { host: value.host, incarnation: value.incarnation }
      : null
  } catch {
    return null
  }
}

/**
 * Which partitions this host serves. A host is alive while its beat in the OWN bucket changes; a lease belongs to
 * a live host until that host gives it up, and is taken by compare-and-set when its host has not beaten for
 * `expireMillis` on the observer's clock, or when it is a former incarnation of this host (whose process is
 * known to be gone: the data folder's lock is ours). The epoch is the revision of the taking write, so it only
 * rises. A host that could not beat for `selfStopMillis` stops serving. Overlap is rare, not impossible: what
 * makes it harmless is the expectation on every commit.
 */
export const runOwnership = Effect.fn("runOwnership")(function* (
  bucket: KV,
  host: string,
  server: PartitionServer,
): Effect.fn.Return<OwnershipView, never, Scope> {
  const incarnation = crypto.randomUUID()
  const monotonic = Clock.currentTimeNanos.pipe(Effect.map((nanos) => Number(nanos / 1_000_000n)))
  const own = new Map<number, number>()
  const leases = new Map<number, Lease>()
  const hosts = new Map<string, { revision: number; seenAt: number }>()
  let renewedAt = yield* monotonic
  const value = () => JSON.stringify({ host, incarnation, at: new Date().toISOString() })

  const observe = Effect.tryPromise(async () => {
    const seen: Array<{ key: string; revision: number; text: string | null }> = []
    for (const filter of ["host.*", "p.*"]) {
      const keys = await bucket.keys(filter)
      for await (const key of keys) {
        const entry = await bucket.get(key)
        if (entry !== null)
          seen.push({
            key,
            revision: entry.revision,
            text: entry.operation === "PUT" ? entry.string() : null,
          })
      }
    }
    return seen
  })

  const refresh = Effect.gen(function* () {
    const entries = yield* observe
    const now = yield* monotonic
    const liveHosts = new Set<string>()
    for (const { key, revision, text } of entries) {
      const parsed = text === null ? null : parse(text)
      if (key.startsWith("host.")) {
        const id = key.slice(5)
        liveHosts.add(id)
        if (hosts.get(id)?.revision !== revision) hosts.set(id, { revision, seenAt: now })
      } else if ((leases.get(Number(key.slice(2)))?.revision ?? 0) <= revision) {
        // A follower may answer with less than we wrote ourselves; a lease never goes back.
        leases.set(Number(key.slice(2)), {
          host: parsed?.host ?? "",
          incarnation: parsed?.incarnation ?? "",
          revision,
        })
      }
    }
    for (const id of hosts.keys()) if (!liveHosts.has(id)) hosts.delete(id)
  })

  const alive = (now: number) =>
    [...hosts]
      .filter(([id, seen]) => id === host || now - seen.seenAt < leaseTiming.expireMillis)
      .map(([id]) => id)

  const take = (partition: number, lease: Lease | undefined) =>
    Effect.gen(function* () {
      const taken = yield* Effect.result(
        Effect.tryPromise(() =>
          lease === undefined
            ? bucket.create(`p.${partition}`, value())
            : bucket.update(`p.${partition}`, value(), lease.revision),
        ),
      )
      if (taken._tag === "Failure") return
      leases.set(partition, { host, incarnation, revision: taken.success })
      own.set(partition, taken.success)
      yield* server.start(partition, taken.success)
    })

  const letGo = (partition: number) =>
    Effect.gen(function* () {
      yield* server.stop(partition)
      const epoch = own.get(partition)
      own.delete(partition)
      if (epoch === undefined) return
      yield* Effect.tryPromise(() =>
        bucket.update(`p.${partition}`, JSON.stringify({ host: "", incarnation: "" }), epoch),
      ).pipe(Effect.ignore)
    })

  const settle = Effect.gen(function* () {
    const now = yield* monotonic
    const live = alive(now)
    for (let partition = 0; partition < partitionCount; partition++) {
      const lease = leases.get(partition)
      const mine = lease?.host === host && lease.incarnation === incarnation
      if (own.has(partition) && !mine) {
        own.delete(partition)
        yield* server.stop(partition)
      }
      const preferred = preferredHost(partition, live)
      if (mine) {
        if (preferred !== host) yield* letGo(partition)
        else if (!own.has(partition)) yield* take(partition, lease)
        continue
      }
      if (preferred !== host) continue
      const free =
        lease === undefined || lease.host === "" || lease.host === host || !live.includes(lease.host)
      if (free) yield* take(partition, lease)
    }
  })

  const beat = Effect.gen(function* () {
    const before = yield* monotonic
    yield* Effect.tryPromise(() => bucket.put(`host.${host}`, value()))
    renewedAt = before
    yield* refresh
    yield* settle
  }).pipe(
    Effect.timeout("4 seconds"),
    Effect.catch((error) => Effect.logWarning(`lease renewal failed: ${String(error)}`)),
    Effect.andThen(Effect.sleep(leaseTiming.beatMillis)),
  )

  /** Runs beside the beat, because a beat may hang. */
  const selfStop = Effect.gen(function* () {
    yield* Effect.sleep(500)
    const now = yield* monotonic
    if (now - renewedAt < leaseTiming.selfStopMillis || own.size === 0) return
    yield* Effect.logError(
      `no lease renewal for ${now - renewedAt} ms: ${own.size} partitions stop until NATS answers`,
    )
    for (const partition of [...own.keys()]) {
      own.delete(partition)
      yield* server.stop(partition)
    }
  })

  yield* Effect.addFinalizer(() =>
    Effect.forEach([...own.keys()], letGo, { concurrency: 8, discard: true }).pipe(
      Effect.andThen(Effect.tryPromise(() => bucket.purge(`host.${host}`))),
      Effect.timeout("3 seconds"),
      Effect.ignore,
    ),
  )
  yield* Effect.forkScoped(Effect.forever(beat))
  yield* Effect.forkScoped(Effect.forever(selfStop))

  return {
    partitions: () => [...own.keys()].sort((a, b) => a - b),
    epochOf: (partition) => own.get(partition) ?? null,
    leases: () =>
      [...leases].map(([partition, lease]) => ({ partition, host: lease.host, epoch: lease.revision })),
    lost: (partition) =>
      Effect.sync(() => {
        own.delete(partition)
        leases.delete(partition)
      }),
  }
})

export interface OwnershipView {
  readonly partitions: () => ReadonlyArray<number>
  readonly epochOf: (partition: number) => number | null
  readonly leases: () => ReadonlyArray<{
    readonly partition: number
    readonly host: string
    readonly epoch: number
  }>
  /** The worker of this partition ended by itself; it may be taken again at the next beat. */
  readonly lost: (partition: number) => Effect.Effect<void>
}
