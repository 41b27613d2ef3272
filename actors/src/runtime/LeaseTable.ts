import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { partitionCount } from "@maillm/schema/Subjects"
import type { LeaseEntry } from "./LeaseStore.ts"

/** Timing of leases, in milliseconds of each host's own monotonic clock. */
export const leaseTiming = { beatMillis: 2_000, selfStopMillis: 5_000, expireMillis: 8_000 } as const

const longDeadMillis = 60_000

/** Who serves a partition. `host` is empty when its last owner gave it up. */
export interface Lease {
  readonly host: string
  readonly incarnation: string
  /** Revision in the store: the epoch of its owner, and what the next taker must name. */
  readonly revision: number
}

/** What this host knows of a host. */
export interface HostSeen {
  readonly incarnation: string
  readonly revision: number
  /** When its last sign of life was seen, by our own monotonic clock; null when it has left. */
  readonly seenAt: number | null
  /** It takes no partition any more, and is about to give up those that it has. */
  readonly leaving: boolean
}

/** A host as others see it. */
export interface HostState {
  readonly id: string
  readonly incarnation: string
  /** Since its last sign of life, by the observer's clock. */
  readonly beatAgeMillis: number
  readonly alive: boolean
  readonly leaving: boolean
}

const Claim = Schema.fromJsonString(
  Schema.Struct({
    host: Schema.String,
    incarnation: Schema.String,
    leaving: Schema.optionalKey(Schema.Boolean),
  }),
)
const decodeClaim = Schema.decodeUnknownResult(Claim)
/** A value as it stands in the store, for a host's beat and for a lease alike. */
export const encodeClaim = Schema.encodeSync(Claim)
/** What a value says, or null. Hosts of version 0.1 wrote the time of their beat into a second line. */
export const readClaim = (value: string): typeof Claim.Type | null => {
  const claim = decodeClaim(value.split("\n", 1)[0])
  return Result.isSuccess(claim) ? claim.success : null
}

export const hostKey = (host: string) => `host.${host}`
export const leaseKey = (partition: number) => `p.${partition}`

/** Milliseconds that only rise, whatever happens to the wall clock. */
export const monotonicMillis = Clock.monotonicTimeNanos.pipe(
  Effect.map((nanos) => Number(nanos / 1_000_000n)),
)

/** What one host knows of all hosts and leases, from what it read and heard. A key never goes back. */
export class LeaseTable {
  readonly hosts = new Map<string, HostSeen>()
  readonly leases = new Map<number, Lease>()

  /** Takes an entry in, seen at `now`. Answers whether it may change who should serve what. */
  learn(entry: LeaseEntry, now: number): boolean {
    const [kind, name, ...more] = entry.key.split(".")
    if (name === undefined || more.length > 0) return false
    if (kind === "host") return this.#learnHost(name, entry, now)
    return kind === "p" && /^\d{1,4}$/.test(name) && Number(name) < partitionCount
      ? this.#learnLease(Number(name), entry, now)
      : false
  }

  /** Whether a host may still act on what it holds: a sign of life was seen within `expireMillis`. */
  isAlive(host: string, now: number): boolean {
    const seenAt = this.hosts.get(host)?.seenAt ?? null
    return seenAt !== null && now - seenAt < leaseTiming.expireMillis
  }

  /** Whether a lease binds others: its owner lives, and as the process that took it. */
  isHeld({ host, incarnation }: Lease, now: number): boolean {
    return this.isAlive(host, now) && this.hosts.get(host)?.incarnation === incarnation
  }

  /** Hosts that partitions are shared among. */
  candidates(now: number): ReadonlyArray<string> {
    return [...this.hosts].flatMap(([id, { leaving }]) => (!leaving && this.isAlive(id, now) ? [id] : []))
  }

  /** Hosts that have not left, in the order of their ids. */
  hostsAt(now: number): ReadonlyArray<HostState> {
    return [...this.hosts]
      .flatMap(([id, { incarnation, seenAt, leaving }]) =>
        seenAt === null
          ? []
          : [{ id, incarnation, beatAgeMillis: now - seenAt, alive: this.isAlive(id, now), leaving }],
      )
      .toSorted((a, b) => a.id.localeCompare(b.id))
  }

  /** When the next host is taken for dead if nothing is heard of it. */
  nextExpiry(now: number): number {
    return [...this.hosts.values()]
      .flatMap(({ seenAt }) => (seenAt === null ? [] : [seenAt + leaseTiming.expireMillis]))
      .filter((at) => at > now)
      .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  }

  /**
   * After a time in which this host heard nothing: the others may have been cut off just as well, so whoever was
   * alive when it began gets a whole term to say so.
   */
  grant(deafSince: number, now: number): void {
    for (const [id, host] of this.hosts) {
      if (this.isAlive(id, deafSince)) this.hosts.set(id, { ...host, seenAt: now })
    }
  }

  /**
   * Hosts that have been dead for a minute. They are taken off the list, for to a host that starts they would look
   * alive until their beat has not changed for `expireMillis`.
   */
  longDead(now: number): ReadonlyArray<readonly [string, HostSeen]> {
    return [...this.hosts].filter(([, { seenAt }]) => seenAt !== null && now - seenAt >= longDeadMillis)
  }

  /** Whether the beat of a host expired in this time. */
  expiredSince(since: number, now: number): boolean {
    return [...this.hosts.values()].some(({ seenAt }) => {
      const at = seenAt === null ? since : seenAt + leaseTiming.expireMillis
      return at > since && at <= now
    })
  }

  #learnHost(id: string, { value, revision }: LeaseEntry, now: number): boolean {
    const known = this.hosts.get(id)
    if (known !== undefined && known.revision >= revision) return false
    const claim = value === null ? null : readClaim(value)
    const next: HostSeen = {
      incarnation: claim?.incarnation ?? "",
      revision,
      seenAt: value === null ? null : now,
      leaving: claim?.leaving ?? false,
    }
    const wasAlive = this.isAlive(id, now)
    this.hosts.set(id, next)
    return (
      wasAlive !== (value !== null) ||
      known?.leaving !== next.leaving ||
      known.incarnation !== next.incarnation
    )
  }

  #learnLease(partition: number, { value, revision }: LeaseEntry, now: number): boolean {
    if ((this.leases.get(partition)?.revision ?? 0) >= revision) return false
    const claim = value === null ? null : readClaim(value)
    const { host, incarnation } = claim ?? { host: "", incarnation: "" }
    this.leases.set(partition, { host, incarnation, revision })
    // Who takes a partition lives: its beat may only come later.
    if (host !== "" && (this.hosts.get(host)?.revision ?? 0) < revision) {
      const leaving = this.hosts.get(host)?.leaving ?? false
      this.hosts.set(host, { incarnation, revision, seenAt: now, leaving })
    }
    return true
  }
}
