import { JetStreamApiError } from "@nats-io/jetstream"
import type { BucketName } from "@maillm/schema/Streams"
import { buckets } from "@maillm/schema/Streams"
import { jetStreamCodes } from "./GroupPublisher.ts"
import type { Nats } from "./Nats.ts"

/** An entry of a bucket as its leader has it. */
export interface BucketEntry {
  /** Null when there is none, or it was removed. */
  readonly text: string | null
  /** What `writeEntry` must name; 0 when there was never one. */
  readonly revision: number
}

const conflicts: ReadonlySet<number> = new Set([
  jetStreamCodes.wrongLastSequence,
  jetStreamCodes.wrongLastSequenceInFlight,
])
const subjectOf = (bucket: BucketName, key: string) => `$KV.${buckets[bucket].name}.${key}`

/** Asks the leader: the library's `get` may be answered by a replica that is behind. */
export const readEntry = async (
  { jsm }: Nats["Service"],
  bucket: BucketName,
  key: string,
): Promise<BucketEntry> => {
  const stream = `KV_${buckets[bucket].name}`
  const message = await jsm.streams.getMessage(stream, { last_by_subj: subjectOf(bucket, key) })
  if (message === null) return { text: null, revision: 0 }
  const removed = message.header.get("KV-Operation") !== ""
  return { text: removed ? null : message.string(), revision: message.seq }
}

/**
 * Writes when the entry is at `revision`, or in any case when that is not given. Answers the new revision, or null
 * when somebody else has written since. Rejects when the outcome is not known.
 */
export const writeEntry = async (
  { js }: Nats["Service"],
  bucket: BucketName,
  key: string,
  text: string,
  revision?: number,
): Promise<number | null> => {
  try {
    const expect = revision === undefined ? {} : { lastSubjectSequence: revision }
    return (await js.publish(subjectOf(bucket, key), text, { expect })).seq
  } catch (error) {
    if (error instanceof JetStreamApiError && conflicts.has(error.code)) return null
    throw error
  }
}
