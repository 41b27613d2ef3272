import { createHash } from "node:crypto"
import * as Schema from "effect/Schema"

/** What is known of one stream: its identity, and the highest last sequence ever seen (0: it never held anything). */
export const StreamMark = Schema.Struct({ created: Schema.String, lastSequence: Schema.Int })
export type StreamMark = typeof StreamMark.Type

/** By the stream's name. A stream that is not there has none. */
export type StreamMarks = Readonly<Record<string, StreamMark>>

/** What an installation remembers of its streams. */
export const StreamMemory = Schema.Struct({
  v: Schema.Literal(1),
  /** Made up when the streams were first seen; another installation has another. */
  installation: Schema.String,
  /** How often a person accepted a loss. A memory with less of them is out of date. */
  accepted: Schema.Int,
  streams: Schema.Record(Schema.String, StreamMark),
})
export type StreamMemory = typeof StreamMemory.Type

/** A stream that is not what it was. `found` is null when there is none of that name. */
export interface StreamLoss {
  readonly stream: string
  readonly expected: StreamMark
  readonly found: StreamMark | null
}

/**
 * Buckets that may go back: the leases' bucket is made anew above every epoch that was seen, see `ensureBuckets`;
 * snapshots and heartbeats say nothing that is not elsewhere.
 */
const mayRestart: ReadonlySet<string> = new Set(["KV_OWN", "KV_SNAP", "KV_NODES"])

/** What was lost between the memory and now. `missing`: streams that are known not to be there. */
export const lossesOf = (
  remembered: StreamMarks,
  found: StreamMarks,
  missing: ReadonlySet<string>,
): ReadonlyArray<StreamLoss> =>
  Object.entries(remembered).flatMap(([stream, expected]): ReadonlyArray<StreamLoss> => {
    if (mayRestart.has(stream)) return []
    const now = found[stream]
    if (now === undefined) return missing.has(stream) ? [{ stream, expected, found: null }] : []
    const same = now.created === expected.created && now.lastSequence >= expected.lastSequence
    return same ? [] : [{ stream, expected, found: now }]
  })

/** Ours with what another place remembers: more acceptances count, of equal ones the higher sequences. */
export const mergeMemories = (own: StreamMemory, other: StreamMemory): StreamMemory => {
  if (own.installation !== other.installation || own.accepted > other.accepted) return own
  return own.accepted < other.accepted ? other : { ...own, streams: raiseMarks(own.streams, other.streams) }
}

/** The marks with what is seen now: sequences only rise; a new identity does not replace a remembered one. */
export const raiseMarks = (remembered: StreamMarks, seen: StreamMarks): StreamMarks => {
  const raised: Record<string, StreamMark> = { ...remembered }
  for (const [stream, mark] of Object.entries(seen)) {
    const before = raised[stream]
    const replaces =
      before === undefined ||
      (before.created !== mark.created ? mayRestart.has(stream) : before.lastSequence < mark.lastSequence)
    // The sequences of a bucket that was made anew go on above the old ones; this keeps the highest of all.
    if (replaces)
      raised[stream] = { ...mark, lastSequence: Math.max(mark.lastSequence, before?.lastSequence ?? 0) }
  }
  return raised
}

/**
 * The value that accepts these losses and no other: it follows from what is remembered, which an acceptance
 * replaces. So it may be left in the settings, and the next loss is refused again.
 */
export const acceptanceOf = (installation: string, losses: ReadonlyArray<StreamLoss>): string => {
  const facts = losses
    .map(({ stream, expected }) => [stream, expected.created, expected.lastSequence])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return createHash("sha256")
    .update(JSON.stringify([installation, facts]))
    .digest("hex")
    .slice(0, 12)
}

const describeLoss = ({ stream, expected, found }: StreamLoss): string => {
  const was = `stream ${stream} was made ${expected.created} and reached message ${expected.lastSequence}`
  if (found === null) return `${was}; now there is none`
  return found.created === expected.created
    ? `${was}; now it ends at ${found.lastSequence}`
    : `${was}; now there is another, made ${found.created}, that ends at ${found.lastSequence}`
}

/** Streams were recreated, or went back: work that was accepted may be gone, so nothing is served. */
export class StreamsLost extends Schema.TaggedError<StreamsLost>()("StreamsLost", {
  losses: Schema.Array(
    Schema.Struct({ stream: Schema.String, expected: StreamMark, found: Schema.NullOr(StreamMark) }),
  ),
  /** What `MAILLM_ACCEPT_STREAMS` must be to go on without what is lost. */
  acceptance: Schema.String,
}) {
  override get message() {
    return [
      `NATS does not hold what it held: ${this.losses.map(describeLoss).join("; ")}.`,
      "Mail and requests that were accepted may be gone, and commands would be taken for done.",
      "Correct MAILLM_NATS_URL if it names another server, or put the server's store back from where it was.",
      `To go on without what is lost, start with MAILLM_ACCEPT_STREAMS=${this.acceptance} (it fits this loss only).`,
    ].join(" ")
  }
}
