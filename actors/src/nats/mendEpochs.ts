import { DeliverPolicy, JetStreamApiError } from "@nats-io/jetstream"
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { buckets } from "@maillm/schema/Streams"
import { closeMessages } from "./closeMessages.ts"
import { positionGap } from "./liftStream.ts"
import { bucketConfig, isStreamNotFound, StreamRefused } from "./Streams.ts"

const leases = `KV_${buckets.OWN.name}`
const journal = "EVT"
/** JetStream's `JSStreamNameExistErr`: another process was quicker. */
const alreadyThere = 10058
/** A reading of the journal that gets nothing for this long has failed. */
const silentMillis = 10_000
/** A bucket that is behind is believed to be when so many looks find it so. */
const looksToBelieve = 2
const believeMillis = 1_000

const Epoch = Schema.fromJsonString(Schema.Struct({ epoch: Schema.Int }))
const decodeEpoch = Schema.decodeUnknownResult(Epoch)
const epochOf = (data: string) => {
  const record = decodeEpoch(data)
  return Result.isSuccess(record) ? record.success.epoch : 0
}

/**
 * An epoch is a revision of the bucket of leases. Were that bucket made anew, or put back from an old copy, revisions
 * would begin again: every actor's journal would have a higher epoch than its owner, for ever, and receivers would
 * refuse what it hands on. So a bucket that is missing while the journal holds anything is made to go on above every
 * epoch that was used, and one that is behind is lifted there (all its leases are taken anew then). To be asked before
 * streams are made. `seen`: the highest revision that is remembered, 0 when none is.
 */
export const mendEpochs = (
  js: JetStreamClient,
  jsm: JetStreamManager,
  seen: number,
): Effect.Effect<void, StreamRefused> =>
  Effect.tryPromise({
    try: () => mend(js, jsm, seen),
    catch: (cause) =>
      new StreamRefused({ stream: leases, reason: cause instanceof Error ? cause.message : String(cause) }),
  }).pipe(
    Effect.flatMap((floor) =>
      floor === null
        ? Effect.void
        : Effect.logWarning(`the bucket of leases was lost or went back; epochs go on above ${floor}`),
    ),
  )

/** The floor that was needed, or null. */
const mend = async (js: JetStreamClient, jsm: JetStreamManager, seen: number): Promise<number | null> => {
  const infoOf = (stream: string) =>
    jsm.streams
      .info(stream)
      .catch((error: unknown) => (isStreamNotFound(error) ? null : Promise.reject(error)))
  const [own, events] = await Promise.all([infoOf(leases), infoOf(journal)])
  if (events === null || (events.state.messages === 0 && seen === 0)) return null
  const { messages, last_seq } = events.state
  const newest = messages === 0 ? null : await jsm.streams.getMessage(journal, { seq: last_seq })
  const used = Math.max(seen, newest === null ? 0 : epochOf(newest.string()))
  if (own !== null && own.state.last_seq >= used) return null

  // With nothing remembered: revisions rise far slower than milliseconds, so the wall clock is above all of them.
  const remembered = seen > 0 ? seen + positionGap : Date.now()
  const floor = Math.max(remembered, await highestEpoch(js))
  if (own === null) {
    const wanted = bucketConfig(buckets.OWN, events.config.num_replicas)
    await jsm.streams.add({ ...wanted, first_seq: floor + 1 }).catch((error: unknown) => {
      if (!(error instanceof JetStreamApiError && error.code === alreadyThere)) throw error
    })
    return floor
  }
  // A new leader may be behind for a moment, and another process may be doing the same.
  for (let look = 0; look < looksToBelieve; look++) {
    await new Promise((resolve) => setTimeout(resolve, believeMillis))
    if ((await jsm.streams.info(leases)).state.last_seq >= used) return null
  }
  await jsm.streams.purge(leases, { seq: floor + 1 })
  return floor
}

/** The highest epoch that any actor's last record has. */
const highestEpoch = async (js: JetStreamClient): Promise<number> => {
  const consumer = await js.consumers.get(journal, { deliver_policy: DeliverPolicy.LastPerSubject })
  if ((await consumer.info()).num_pending === 0) return 0
  const messages = await consumer.consume({ max_messages: 1_000, expires: 5_000 })
  let highest = 0
  let complete = false
  let silent = setTimeout(() => {}, 0)
  const watchSilence = () => {
    clearTimeout(silent)
    silent = setTimeout(() => messages.stop(), silentMillis)
  }
  try {
    watchSilence()
    for await (const message of messages) {
      watchSilence()
      highest = Math.max(highest, epochOf(message.string()))
      complete = message.info.pending === 0
      if (complete) break
    }
  } finally {
    clearTimeout(silent)
    await Effect.runPromise(closeMessages(messages))
    consumer.delete().catch(() => false)
  }
  if (!complete) throw new Error(`the last records of all actors were not read: ${journal} is silent`)
  return highest
}
