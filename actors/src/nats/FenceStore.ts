import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { buckets } from "@maillm/schema/Streams"
import { readEntry, writeEntry } from "./bucketEntry.ts"
import { raise, succeededBy } from "./EpochFence.ts"
import type { Fence, ItemOrigin } from "./EpochFence.ts"
import type { Nats } from "./Nats.ts"

/** The fence could not be read or written, so nothing is known of the item: it has to wait. */
export class FenceUnavailable extends Schema.TaggedError<FenceUnavailable>()("FenceUnavailable", {
  reason: Schema.String,
}) {
  override get message() {
    return `the epochs in bucket ${buckets.FENCE.name} are not to be had: ${this.reason}`
  }
}

export interface FenceStore {
  /**
   * Null when the item may be carried out; what it adds to the fence is durable then. Else the higher epoch that
   * stands before it: it is a repeat of what was carried out, by an owner that is over.
   */
  readonly admit: (origin: ItemOrigin, sequence: number) => Effect.Effect<number | null, FenceUnavailable>
}

const Stored = Schema.fromJsonString(
  Schema.Struct({
    v: Schema.Literal(1),
    seen: Schema.Array(Schema.Struct({ epoch: Schema.Int, sequence: Schema.Int })),
  }),
)
const decode = Schema.decodeUnknownResult(Stored)
const encode = Schema.encodeSync(Stored)

/** Others that raise the same fence meanwhile; each of them has got further, so more is a fault. */
const conflictLimit = 16

/**
 * The fences of one receiver, shared by all its processes and kept over their restarts: an entry for each actor in
 * FENCE, changed by compare-and-set.
 *
 * Costs one read from the bucket's leader for each item, for another process may have raised the fence since, and a
 * write only with an actor's first item of an epoch. Two items that are in hand at the same moment are not ordered
 * by it: the receiver's own memory of what it has done is for those.
 *
 * An entry is forgotten 30 days after it was written. That is longer than an item can be late: an owner that wakes
 * ends itself within seconds by its own clock, and what it had said to a connection that died is gone with that. For
 * one that nevertheless comes later the receiver's own memory remains; and no item is lost by what is forgotten.
 */
export const fenceStore = (nats: Nats["Service"], receiver: string): FenceStore => {
  const ask = <A>(run: () => Promise<A>) =>
    Effect.tryPromise({
      try: run,
      catch: (cause) =>
        new FenceUnavailable({ reason: cause instanceof Error ? cause.message : String(cause) }),
    })

  const read = async (key: string) => {
    const { revision, text } = await readEntry(nats, "FENCE", key)
    const stored = decode(text)
    return { fence: Result.isSuccess(stored) ? stored.success.seen : [], revision }
  }
  const write = async (key: string, fence: Fence, revision: number) =>
    (await writeEntry(nats, "FENCE", key, encode({ v: 1, seen: fence }), revision)) !== null

  return {
    admit: (origin, sequence) =>
      Effect.gen(function* () {
        const key = `${receiver}.${origin.actor}`
        const item = { epoch: origin.epoch, sequence }
        for (let round = 1; round <= conflictLimit; round++) {
          const { fence, revision } = yield* ask(() => read(key))
          const over = succeededBy(fence, item)
          if (over !== null) return over
          const raised = raise(fence, item)
          if (raised === fence || (yield* ask(() => write(key, raised, revision)))) return null
        }
        return yield* new FenceUnavailable({ reason: `${conflictLimit} others wrote ${key} meanwhile` })
      }),
  }
}
