import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { LeaseStoreFailed } from "./LeaseStore.ts"
import type { LeaseConflict, LeaseEntry, LeaseStore } from "./LeaseStore.ts"
import { encodeClaim, hostKey, leaseTiming, monotonicMillis, readClaim } from "./LeaseTable.ts"

/** Another process lives under this host id. Two of one id would fight over its partitions, so this one ends. */
export class HostIdTaken extends Schema.TaggedError<HostIdTaken>()("HostIdTaken", {
  host: Schema.String,
  incarnation: Schema.String,
}) {
  override get message() {
    return `another actors process (incarnation ${this.incarnation}) runs with the host id ${this.host}: stop it, or set MAILLM_HOST_ID to an id of its own for each process`
  }
}

export interface HostIdentity {
  /** Id of the host, the same after a restart. */
  readonly host: string
  /** Id of this process, never used before. */
  readonly incarnation: string
  /**
   * Whether the process of this incarnation, which was the last of this host, is known to be gone. If not, its beat
   * is watched until it would have expired.
   */
  readonly formerIsGone: (incarnation: string) => Effect.Effect<boolean>
}

/** How often the beat of a former process is looked at. */
const lookMillis = 500
const claimTries = 10

/**
 * This host's key in the store. It is only ever written under its last revision, so a process notices at its next
 * beat when another one has taken its id, or the store has lost what it held.
 */
export class HostBeat {
  readonly #store: LeaseStore
  readonly #identity: HostIdentity
  readonly #key: string
  #revision = 0

  constructor(store: LeaseStore, identity: HostIdentity) {
    this.#store = store
    this.#identity = identity
    this.#key = hostKey(identity.host)
  }

  /** Makes the id this process's own. Waits for a former one that may still live, for `expireMillis` at most. */
  readonly claim: Effect.Effect<void, HostIdTaken | LeaseStoreFailed> = Effect.gen(
    { self: this },
    function* () {
      let [other, revision] = ["", 0]
      for (let tries = 0; tries < claimTries; tries++) {
        if (yield* this.#write(revision, false)) return
        const found = yield* this.#read
        const former = found === null ? "" : incarnationOf(found)
        revision = found === null || former === "" ? 0 : found.revision
        if (found === null || former === "" || former === this.#identity.incarnation) continue
        other = former
        revision = yield* this.#outlive(found, former)
      }
      return yield* this.#taken(other)
    },
  )

  /** Says that this host lives. False: the store has lost our last beat, so it must be claimed anew. */
  readonly beat: Effect.Effect<boolean, HostIdTaken | LeaseStoreFailed> = Effect.gen(
    { self: this },
    function* () {
      if (yield* this.#write(this.#revision, false)) return true
      const found = yield* this.#read
      const incarnation = found === null ? "" : incarnationOf(found)
      if (found === null || incarnation === "") return false
      if (incarnation !== this.#identity.incarnation) return yield* this.#taken(incarnation)
      // A beat whose answer was lost.
      this.#revision = found.revision
      if (yield* this.#write(found.revision, false)) return true
      return yield* new LeaseStoreFailed({ reason: "another write of this host's beat is under way" })
    },
  )

  /** Tells others to take what this host gives up from now on. */
  readonly markLeaving = Effect.suspend(() => this.#write(this.#revision, true)).pipe(Effect.ignore)

  /** Takes this host off the list, so that others need not wait for its beat to expire. */
  readonly leave = Effect.suspend(() => this.#store.remove(this.#key, this.#revision)).pipe(Effect.ignore)

  /**
   * Ends when the former process has left, or has been silent for as long as others would have waited. Answers the
   * revision to write under, 0 when the key is removed.
   */
  #outlive(found: LeaseEntry, former: string) {
    return Effect.gen({ self: this }, function* () {
      if (yield* this.#identity.formerIsGone(former)) return found.revision
      const { host } = this.#identity
      yield* Effect.logWarning(`waiting whether another process with the host id ${host} still lives`)
      const since = yield* monotonicMillis
      let revision = found.revision
      while ((yield* monotonicMillis) - since < leaseTiming.expireMillis) {
        yield* Effect.sleep(lookMillis)
        const entry = yield* this.#read
        if (entry === null || incarnationOf(entry) === "") return 0
        if (entry.revision === revision) continue
        // One that says that it is leaving is waited for.
        if (readClaim(entry.value ?? "")?.leaving !== true) return yield* this.#taken(incarnationOf(entry))
        revision = entry.revision
      }
      return revision
    })
  }

  get #read() {
    return this.#store.entries.pipe(
      Effect.map((entries) => entries.find(({ key }) => key === this.#key) ?? null),
    )
  }

  /** False: the key has another revision. */
  #write(revision: number, leaving: boolean): Effect.Effect<boolean, LeaseStoreFailed> {
    const { host, incarnation } = this.#identity
    const value = encodeClaim({ host, incarnation, ...(leaving ? { leaving } : {}) })
    const written: Effect.Effect<number, LeaseConflict | LeaseStoreFailed> =
      revision === 0 ? this.#store.create(this.#key, value) : this.#store.update(this.#key, value, revision)
    return written.pipe(
      Effect.map((stored) => {
        this.#revision = stored
        return true
      }),
      Effect.catchTag("LeaseConflict", () => Effect.succeed(false)),
    )
  }

  #taken(incarnation: string) {
    return new HostIdTaken({ host: this.#identity.host, incarnation })
  }
}

/** Empty when the key is removed. */
const incarnationOf = ({ value }: LeaseEntry) =>
  value === null ? "" : (readClaim(value)?.incarnation ?? "unreadable")
