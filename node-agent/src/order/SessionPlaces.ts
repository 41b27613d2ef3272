import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { FencedItem } from "@maillm/actors/nats/EpochFence"
import { readEntry, writeEntry } from "@maillm/actors/nats/bucketEntry"
import type { Nats } from "@maillm/actors/nats/Nats"
import { NodeId } from "@maillm/schema/Ids"

/** What is read of a place is good for `validMillis` of this process's own monotonic clock. */
export const placeTiming = {
  /** Older knowledge is read again before it is used, where that can be waited for. */
  refreshMillis: 1_000,
  /** Still older knowledge is none. */
  validMillis: 5_000,
  /** A node that takes a session from another one does nothing for it so long: then the other knows, or is silent. */
  handOverMillis: 7_000,
} as const

/** The places could not be read or written; nothing is to be done for the session until they are. */
export class PlaceUnknown extends Schema.TaggedError<PlaceUnknown>()("PlaceUnknown", {
  reason: Schema.String,
}) {
  override get message() {
    return `where the session is placed is not known: ${this.reason}`
  }
}

/** `soon`: here, when the node that it was taken from has had its time. */
export type Whereabouts = "here" | "soon" | "elsewhere"

const Place = Schema.fromJsonString(
  Schema.Struct({
    v: Schema.Literal(1),
    nodeId: NodeId,
    /** The order that placed it: its epoch, and where it stands in NODE, a stream that all nodes share. */
    epoch: Schema.Int,
    sequence: Schema.Int,
    /** The node that had it before, or null. */
    from: Schema.NullOr(NodeId),
  }),
)
type Place = typeof Place.Type
const decode = Schema.decodeUnknownResult(Place)
const encode = Schema.encodeSync(Place)

/** Whether an order is to be written: it moves the session here, or is the first of its epoch. */
const changes = (order: FencedItem, place: Place, where: Whereabouts) =>
  where === "elsewhere"
    ? order.sequence > place.sequence && order.epoch >= place.epoch
    : order.epoch > place.epoch

interface Known {
  readonly where: Whereabouts
  readonly epoch: number
  /** When the reading began. */
  readonly atMillis: number
}

/** Nodes that take the same session at the same moment; each has a later order, so more is a fault. */
const conflictLimit = 16

/**
 * Which node a session's pane is on, for all nodes to see: an entry in PLACES, changed by compare-and-set. A node
 * that was stopped or cut off for some time and comes back learns here that a session was given to another, before
 * it types or shows anything: it acts on nothing that it has not read within the last seconds. One that was never
 * entered, as in 0.1.0, is where it was.
 */
export class SessionPlaces {
  readonly #nats: Nats["Service"]
  readonly #nodeId: NodeId
  /** Of sessions that this node has or had. */
  readonly #known = new Map<string, Known>()
  /** By own clock, when a session taken from another node may be acted for. */
  readonly #notBefore = new Map<string, number>()

  constructor(nats: Nats["Service"], nodeId: NodeId) {
    this.#nats = nats
    this.#nodeId = nodeId
  }

  /**
   * Places the session here, as an order says; `elsewhere` when it was placed at another node by a later order, or by
   * an owner that has succeeded the one that gave this order. Writes with the session's first order and with the
   * first of each epoch.
   */
  take(sessionId: string, order: FencedItem): Effect.Effect<Whereabouts, PlaceUnknown> {
    return Effect.gen({ self: this }, function* () {
      if (this.isHere(sessionId) && this.#epochOf(sessionId) >= order.epoch) return "here"
      for (let round = 1; round <= conflictLimit; round++) {
        const { place, revision, where } = yield* this.#read(sessionId)
        if (place !== null && !changes(order, place, where)) return where
        const from = where === "elsewhere" ? place?.nodeId : where === "soon" ? place?.from : null
        const { epoch, sequence } = order
        yield* this.#write(
          sessionId,
          { v: 1, nodeId: this.#nodeId, epoch, sequence, from: from ?? null },
          revision,
        )
      }
      return yield* new PlaceUnknown({ reason: `${conflictLimit} others wrote it meanwhile` })
    })
  }

  /** Where it is, as read within the last second. */
  whereIs(sessionId: string): Effect.Effect<Whereabouts, PlaceUnknown> {
    return Effect.suspend(() => {
      const known = this.#known.get(sessionId)
      const fresh = known !== undefined && performance.now() - known.atMillis < placeTiming.refreshMillis
      return fresh && known.where !== "soon"
        ? Effect.succeed(known.where)
        : Effect.map(this.#read(sessionId), ({ where }) => where)
    })
  }

  /** Whether it was here a short time ago: what may be acted on without waiting. */
  isHere(sessionId: string): boolean {
    const known = this.#known.get(sessionId)
    return known?.where === "here" && performance.now() - known.atMillis < placeTiming.validMillis
  }

  #epochOf(sessionId: string): number {
    return this.#known.get(sessionId)?.epoch ?? 0
  }

  /** By the bucket's leader. */
  #read(sessionId: string) {
    return Effect.gen({ self: this }, function* () {
      const atMillis = performance.now()
      const { revision, text } = yield* ask(() => readEntry(this.#nats, "PLACES", sessionId))
      const stored = text === null ? null : decode(text)
      if (stored !== null && Result.isFailure(stored)) {
        return yield* new PlaceUnknown({ reason: "its entry is not one that this version can read" })
      }
      const place = stored === null ? null : stored.success
      const where = this.#where(sessionId, place, atMillis)
      this.#known.set(sessionId, { where, epoch: place?.epoch ?? 0, atMillis })
      return { place, revision, where }
    })
  }

  #where(sessionId: string, place: Place | null, now: number): Whereabouts {
    if (place !== null && place.nodeId !== this.#nodeId) {
      this.#notBefore.delete(sessionId)
      return "elsewhere"
    }
    if (place === null || place.from === null) return "here"
    const notBefore = this.#notBefore.get(sessionId) ?? now + placeTiming.handOverMillis
    this.#notBefore.set(sessionId, notBefore)
    return now < notBefore ? "soon" : "here"
  }

  /** Whether it was written is for the next reading to say. */
  #write(sessionId: string, place: Place, revision: number) {
    return ask(() => writeEntry(this.#nats, "PLACES", sessionId, encode(place), revision))
  }
}

const ask = <A>(run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (cause) => new PlaceUnknown({ reason: cause instanceof Error ? cause.message : String(cause) }),
  })
