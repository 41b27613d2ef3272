import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { KV } from "@nats-io/kv"

/** Timing of leases, in milliseconds of each host's own monotonic clock. */
export const leaseTiming = { beatMillis: 2_000, selfStopMillis: 5_000, expireMillis: 8_000 } as const

/** The OWN bucket did not answer. */
export class LeaseStoreFailed extends Schema.TaggedError<LeaseStoreFailed>()("LeaseStoreFailed", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

/** Who serves a partition, as the bucket has it. `host` is empty when its last owner gave it up. */
export interface Lease {
  readonly host: string
  readonly incarnation: string
  /** Revision in the bucket: the epoch of its owner, and what the next taker must name. */
  readonly revision: number
}

const Claim = Schema.fromJsonString(Schema.Struct({ host: Schema.String, incarnation: Schema.String }))
const decodeClaim = Schema.decodeUnknownResult(Claim)
const encodeClaim = Schema.encodeSync(Claim)

/** Milliseconds that only rise, whatever happens to the wall clock. */
export const monotonicMillis = Clock.monotonicTimeNanos.pipe(Effect.map((nanos) => Number(nanos / 1_000_000n)))

/** This host's view of hosts and leases in the OWN bucket, and the writes by which it changes them. */
export class LeaseTable {
  readonly #bucket: KV
  readonly #hosts = new Map<string, { revision: number; seenAt: number }>()
  readonly leases = new Map<number, Lease>()
  readonly host: string
  readonly incarnation: string

  constructor(bucket: KV, host: string, incarnation: string) {
    this.#bucket = bucket
    this.host = host
    this.incarnation = incarnation
  }

  isMine(lease: Lease | undefined): boolean {
    return lease?.host === this.host && lease.incarnation === this.incarnation
  }

  /** Hosts whose beat changed within `expireMillis` by our own clock, and this one. */
  aliveAt(now: number): ReadonlyArray<string> {
    const others = [...this.#hosts].filter(
      ([id, seen]) => id !== this.host && now - seen.seenAt < leaseTiming.expireMillis,
    )
    return [this.host, ...others.map(([id]) => id)]
  }

  /** Says that this host lives. */
  readonly beat = Effect.suspend(() =>
    this.#ask(() => this.#bucket.put(`host.${this.host}`, `${encodeClaim(this)}\n${Date.now()}`)),
  )

  /** Reads every host and lease. */
  readonly refresh = Effect.gen({ self: this }, function* () {
    const entries = yield* this.#ask(() => this.#entries())
    const now = yield* monotonicMillis
    const present = new Set<string>()
    for (const { key, revision, text } of entries) {
      if (key.startsWith("host.")) {
        const id = key.slice("host.".length)
        present.add(id)
        if (this.#hosts.get(id)?.revision !== revision) this.#hosts.set(id, { revision, seenAt: now })
      } else {
        this.#learn(Number(key.slice("p.".length)), text, revision)
      }
    }
    for (const id of this.#hosts.keys()) if (!present.has(id)) this.#hosts.delete(id)
  })

  /** Takes a partition by compare-and-set. Answers the epoch, or null when another was quicker. */
  take(partition: number): Effect.Effect<number | null> {
    return Effect.suspend(() => {
      const lease = this.leases.get(partition)
      const key = `p.${partition}`
      const claim = encodeClaim(this)
      return this.#ask(() =>
        lease === undefined
          ? this.#bucket.create(key, claim)
          : this.#bucket.update(key, claim, lease.revision),
      )
    }).pipe(
      Effect.map((revision) => {
        this.leases.set(partition, { host: this.host, incarnation: this.incarnation, revision })
        return revision
      }),
      Effect.orElseSucceed(() => null),
    )
  }

  /** Gives a partition up, if it is still ours under this epoch. */
  giveUp(partition: number, epoch: number): Effect.Effect<void> {
    const nobody = encodeClaim({ host: "", incarnation: "" })
    return this.#ask(() => this.#bucket.update(`p.${partition}`, nobody, epoch)).pipe(Effect.ignore)
  }

  /** Takes this host off the list, so that others need not wait for its beat to expire. */
  readonly leave = Effect.suspend(() => this.#ask(() => this.#bucket.purge(`host.${this.host}`))).pipe(
    Effect.ignore,
  )

  #learn(partition: number, text: string | null, revision: number) {
    // A follower may answer with less than we wrote ourselves; a lease never goes back.
    if ((this.leases.get(partition)?.revision ?? 0) > revision) return
    const claim = decodeClaim(text)
    const { host, incarnation } = Result.isSuccess(claim) ? claim.success : { host: "", incarnation: "" }
    this.leases.set(partition, { host, incarnation, revision })
  }

  async #entries() {
    const found: Array<{ key: string; revision: number; text: string | null }> = []
    for (const filter of ["host.*", "p.*"]) {
      const keys: Array<string> = []
      for await (const key of await this.#bucket.keys(filter)) keys.push(key)
      for (const entry of await Promise.all(keys.map((key) => this.#bucket.get(key)))) {
        if (entry === null) continue
        const text = entry.operation === "PUT" ? entry.string() : null
        found.push({ key: entry.key, revision: entry.revision, text })
      }
    }
    return found
  }

  #ask<A>(run: () => Promise<A>): Effect.Effect<A, LeaseStoreFailed> {
    return Effect.tryPromise({
      try: run,
      catch: (error) =>
        new LeaseStoreFailed({ reason: error instanceof Error ? error.message : String(error) }),
    })
  }
}
