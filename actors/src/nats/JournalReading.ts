import { DeliverPolicy } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { ActorInspection, RecordSummary } from "@maillm/schema/api/ActorsApi"
import { recordOf, SessionRecord, UserRecord } from "@maillm/schema/Record"
import { eventSubject } from "@maillm/schema/Subjects"
import { closeMessages } from "./closeMessages.ts"
import { laterVersion } from "./laterVersion.ts"
import type { Nats } from "./Nats.ts"

type Journal = ActorInspection["journal"]

const readMillis = 9_000
const anyRecord = recordOf(Schema.Unknown, Schema.Unknown)
const decodeAny = Schema.decodeUnknownResult(anyRecord)
/** Kinds whose events are known here; of others only what every record has is checked. */
const decodeKnown: Readonly<Record<string, (value: unknown) => Result.Result<unknown, Schema.SchemaError>>> =
  {
    user: Schema.decodeUnknownResult(UserRecord),
    session: Schema.decodeUnknownResult(SessionRecord),
  }
const isTagged = Schema.is(Schema.Struct({ _tag: Schema.String }))

interface Read {
  readonly summary: RecordSummary
  readonly prevSeq: number
}

/** A record, or what is wrong with it. */
const readRecord = (
  kind: string,
  id: string,
  sequence: number,
  text: string,
): Result.Result<Read, { readonly newer: boolean; readonly reason: string }> => {
  const broken = (reason: string) => Result.fail({ newer: false, reason: reason.slice(0, 1_000) })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return broken(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const unreadable = (error: Schema.SchemaError) => {
    const later = laterVersion(value, kind, id)
    return later === null
      ? broken(`it does not decode: ${error.message}`)
      : Result.fail({ newer: true, reason: later })
  }
  const record = decodeAny(value)
  if (Result.isFailure(record)) return unreadable(record.failure)
  const { success } = record
  if (success.kind !== kind || success.id !== id) {
    return broken(`it says it is of ${success.kind} ${success.id}`)
  }
  const known = decodeKnown[kind]?.(value)
  if (known !== undefined && Result.isFailure(known)) return unreadable(known.failure)
  const { atMillis, epoch, host, commandId, commandSeq, events, failed, prevSeq } = success
  return Result.succeed({
    prevSeq,
    summary: {
      sequence,
      atMillis,
      epoch,
      host,
      commandId,
      commandSequence: commandSeq,
      events: events.slice(0, 100).map((event) => (isTagged(event) ? event._tag.slice(0, 64) : "?")),
      failed: failed ?? null,
    },
  })
}

/**
 * An actor's whole journal, read from EVT and checked as its host does: every record reads, follows the one before
 * it, is of a later command and of no lower epoch. `snapshotSequence`: records up to there may have been purged.
 */
export const readJournal = async (
  { js, jsm }: Nats["Service"],
  kind: string,
  id: string,
  snapshotSequence: number | null,
): Promise<Journal> => {
  const subject = eventSubject(kind, id)
  const { state } = await jsm.streams.info("EVT", { subjects_filter: subject })
  const records = state.subjects?.[subject] ?? 0
  const end = records === 0 ? null : await jsm.streams.getMessage("EVT", { last_by_subj: subject })
  if (end === null) return { state: "empty", records: 0, read: 0, last: null, fault: null }
  const consumer = await js.consumers.get("EVT", {
    filter_subjects: subject,
    deliver_policy: DeliverPolicy.All,
  })
  const messages = await consumer.consume({ max_messages: 200, expires: 5_000 })
  const deadline = setTimeout(() => messages.stop(), readMillis)
  let read = 0
  let last: RecordSummary | null = null
  try {
    for await (const message of messages) {
      const found = readRecord(kind, id, message.seq, message.string())
      const reason = Result.isFailure(found)
        ? found.failure.reason
        : gapIn(found.success, last, snapshotSequence)
      if (reason !== null) {
        const newer = Result.isFailure(found) && found.failure.newer
        const fault = { sequence: message.seq, reason }
        return { state: newer ? "newer" : "broken", records, read, last, fault }
      }
      read++
      if (Result.isSuccess(found)) last = found.success.summary
      if (message.seq >= end.seq)
        return { state: "intact", records: Math.max(records, read), read, last, fault: null }
    }
  } finally {
    clearTimeout(deadline)
    await Effect.runPromise(closeMessages(messages))
    consumer.delete().catch(() => false)
  }
  return { state: "unread", records, read, last, fault: null }
}

/** What does not fit between a record and the one before it, in words, or null. */
const gapIn = (
  { prevSeq, summary }: Read,
  before: RecordSummary | null,
  snapshotSequence: number | null,
): string | null => {
  if (before === null) {
    const purged = snapshotSequence !== null && snapshotSequence >= prevSeq
    return prevSeq === 0 || purged ? null : `it follows record ${prevSeq}, which is not there`
  }
  if (prevSeq !== before.sequence)
    return `it follows record ${prevSeq}, and the one before it is ${before.sequence}`
  if (summary.epoch < before.epoch)
    return `it is of epoch ${summary.epoch}, and the one before it of ${before.epoch}`
  if (summary.commandSequence <= before.commandSequence) {
    return `it is of command ${summary.commandSequence}, and the one before it of ${before.commandSequence}`
  }
  return null
}
