import { createHash } from "node:crypto"
import { DeliverPolicy } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { eventSubject } from "@maillm/schema/Subjects"
import { closeMessages } from "./closeMessages.ts"
import type { ReadLetter } from "./deadMessage.ts"
import type { Nats } from "./Nats.ts"

/** What is published to put a letter back. */
interface Retry {
  readonly subject: string
  readonly data: Uint8Array
  /** Follows from where it stood, so that the stream drops a repeat. */
  readonly messageId: string
  readonly commandId: string | null
  /** A retry before this one was handled: nothing is left to do. */
  readonly handled: boolean
}

/** The clocks of servers may differ by so much, where a letter is older than the record of its command. */
const clockMillis = 600_000
const scanMillis = 8_000
const commandIdLimit = 200

const Envelope = Schema.fromJsonString(
  Schema.StructWithRest(Schema.Struct({ commandId: Schema.String }), [
    Schema.Record(Schema.String, Schema.Unknown),
  ]),
)
const decodeEnvelope = Schema.decodeUnknownResult(Envelope)
const encodeEnvelope = Schema.encodeSync(Envelope)

/**
 * How a letter is put back. A work item goes as it was: the id in it makes a repeat harmless. So does a command that
 * was never committed. One that was committed as failed would be dropped for its id, so it goes under another,
 * which follows from the one before and its place: whatever its actor does not recognise by itself it then does
 * once more, and that is what was asked for.
 */
export const retryOf = async (
  nats: Nats["Service"],
  { letter, body }: ReadLetter,
): Promise<Retry | { readonly refusal: string }> => {
  const { stream, subject, originalSequence, sequence } = letter
  const data = body ?? new Uint8Array()
  const messageId = `retry/${stream}/${originalSequence ?? `DEAD/${sequence}`}`
  const plain = { subject, data, messageId, commandId: null, handled: false }
  if (stream !== "CMD" || originalSequence === null) return plain
  const envelope = decodeEnvelope(Buffer.from(data).toString("utf8"))
  const commandId = Result.isSuccess(envelope) ? envelope.success.commandId : null
  const anotherId = commandId === null ? null : retryId(commandId, originalSequence)
  const fate = await fateOf(nats, letter, originalSequence, anotherId)
  if (fate.retried) return { ...plain, commandId: anotherId, handled: true }
  switch (fate.first) {
    case "done":
      return {
        refusal:
          "It took effect after all: its actor has committed it since. Drop the letter; it must not be done twice.",
      }
    case "stored":
      return { refusal: "It still stands in its mailbox and is being tried there. Wait until it is done." }
    case "failed":
      if (Result.isFailure(envelope) || anotherId === null || fate.commandId !== commandId) return plain
      return {
        ...plain,
        commandId: anotherId,
        data: Buffer.from(encodeEnvelope({ ...envelope.success, commandId: anotherId })),
      }
    case "unknown":
      return { ...plain, commandId }
  }
}

/** The id of a command that is put back: of those before it only the latest retry is told. */
const retryId = (commandId: string, sequence: number) => {
  const suffix = `~retry${sequence}`
  const first = commandId.replace(/~retry\d+$/, "")
  const room = commandIdLimit - suffix.length
  return (first.length <= room ? first : createHash("sha256").update(first).digest("hex")) + suffix
}

/** What became of a command that a letter is a copy of, as its actor's journal and mailbox say. */
interface Fate {
  readonly first: "failed" | "done" | "stored" | "unknown"
  /** Under which it was committed as failed. */
  readonly commandId: string | null
  /** A record of the command that a retry made of it is there. */
  readonly retried: boolean
}

const decodeRecord = Schema.decodeUnknownResult(
  Schema.fromJsonString(
    Schema.Struct({
      commandSeq: Schema.Int,
      commandId: Schema.String,
      failed: Schema.optionalKey(Schema.String),
      events: Schema.Array(Schema.Unknown),
    }),
  ),
)
const FailedEvent = Schema.Struct({ _tag: Schema.Literal("CommandFailed") })
const isFailedEvent = Schema.is(FailedEvent)

const fateOf = async (
  nats: Nats["Service"],
  { kind, id, atMillis, subject }: ReadLetter["letter"],
  sequence: number,
  anotherId: string | null,
): Promise<Fate> => {
  let first: Fate["first"] | null = null
  let commandId: string | null = null
  let retried = false
  await eachRecord(nats, eventSubject(kind, id), new Date(atMillis - clockMillis), (text) => {
    const record = decodeRecord(text)
    // A record that does not read is none of ours: those are of this version.
    if (Result.isFailure(record)) return
    const { success } = record
    if (success.commandId === anotherId) retried = true
    if (success.commandSeq !== sequence) return
    commandId = success.commandId
    first = success.failed !== undefined || success.events.some(isFailedEvent) ? "failed" : "done"
  })
  if (first === null) {
    const stored = await nats.jsm.streams.getMessage("CMD", { seq: sequence })
    first = stored?.subject === subject ? "stored" : "unknown"
  }
  return { first, commandId, retried }
}

/** Every record of a subject stored at `since` or later, oldest first. */
const eachRecord = async (
  { js, jsm }: Nats["Service"],
  subject: string,
  since: Date,
  visit: (text: string) => void,
) => {
  const last = await jsm.streams.getMessage("EVT", { last_by_subj: subject })
  if (last === null || last.time < since) return
  const consumer = await js.consumers.get("EVT", {
    filter_subjects: subject,
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: since.toISOString(),
  })
  const messages = await consumer.consume({ max_messages: 500, expires: 5_000 })
  let seen = 0
  const deadline = setTimeout(() => messages.stop(), scanMillis)
  try {
    for await (const message of messages) {
      visit(message.string())
      seen = message.seq
      if (seen >= last.seq) break
    }
  } finally {
    clearTimeout(deadline)
    await Effect.runPromise(closeMessages(messages))
    consumer.delete().catch(() => false)
  }
  if (seen < last.seq) throw new Error(`the journal ${subject} was not read within ${scanMillis / 1000} s`)
}
