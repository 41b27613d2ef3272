import { DeliverPolicy } from "@nats-io/jetstream"
import type { JetStreamClient } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { commandSubject, eventSubject, partitionCommands } from "@maillm/schema/Subjects"
import { closeMessages } from "../nats/closeMessages.ts"
import { PublishRefused } from "../nats/AckInbox.ts"
import { deadMessage } from "../nats/deadMessage.ts"
import { GroupPublisher, jetStreamCodes } from "../nats/GroupPublisher.ts"
import { minimumPayloadBytes, Nats } from "../nats/Nats.ts"
import { ActorStore, StaleExpectation, StoreFailed } from "./ActorStore.ts"
import type { ActorName } from "./ActorName.ts"
import type { Answer, Delivered, StoredRecord } from "./ActorStore.ts"
import { markAttempt } from "./AttemptMark.ts"
import { expectedSequence } from "./EffectMessage.ts"
import type { EffectMessage } from "./EffectMessage.ts"
import { followPartition } from "./PartitionReader.ts"

const utf8 = new TextEncoder()

const attempt = <A>(operation: string, run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (error) => new StoreFailed({ operation, reason: wordsOf(error) }),
  })

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The actor store on JetStream: one subject an actor in EVT, one mailbox subject an actor in CMD. */
export const JetStreamStoreLayer = Layer.effect(
  ActorStore,
  Effect.gen(function* () {
    const nats = yield* Nats
    const { created } = yield* attempt("EVT info", () => nats.jsm.streams.info("EVT"))
    return {
      // A journal that went back gives its sequences again: what is known of the lost records is not of these.
      journalIdentity: nats.guard.accepted === 0 ? created : `${created} ${nats.guard.accepted}`,
      recordLimitBytes: () => payloadLimit(nats) - headerBytes,
      commands: (partition) => followPartition(nats, partition),
      ...mailboxOf(nats),
      ...journalOf(nats),
      ...snapshotsOf(nats),
      perform: performerOf(nats),
    }
  }),
)

/** Room for headers and for what stands around an effect in its own message. */
const headerBytes = 4_096

/** The server says it at every connect; in between it is unknown, and at least what we insist on. */
const payloadLimit = ({ connection }: Nats["Service"]) => connection.info?.max_payload ?? minimumPayloadBytes

const mailboxOf = (nats: Nats["Service"]) => {
  const { connection, jsm, bucket } = nats
  const own = bucket("OWN")
  const self = crypto.randomUUID()
  const dead = new GroupPublisher(connection, { atomic: false })
  // In a stream that was made anew the same positions are of commands that nobody has handled.
  const purge = (filter: string, seq: number) =>
    attempt("release", () => {
      const refusal = nats.guard.refusal()
      return refusal === null ? jsm.streams.purge("CMD", { filter, seq }) : Promise.reject(refusal)
    }).pipe(Effect.asVoid)
  return {
    release: (partition: number, seq: number) => purge(partitionCommands(partition), seq),
    releaseActor: ({ kind, id }: ActorName, seq: number) => purge(commandSubject(kind, id), seq),
    countAttempt: (seq: number) =>
      attempt("count attempt", async () => {
        const entry = await own.get(`attempt.${seq}`)
        const before = entry === null || entry.operation !== "PUT" ? null : entry.string()
        const { mark, attempts } = markAttempt(before, self)
        await own.put(`attempt.${seq}`, mark)
        return attempts
      }),
    // A purge by the bucket would leave a marker for each, for ever, in the one bucket that must never be full.
    forgetAttempts: (seq: number) =>
      attempt("forget attempts", () =>
        jsm.streams.purge("KV_OWN", { filter: `$KV.OWN.attempt.${seq}` }),
      ).pipe(Effect.asVoid),
    bury: ({ seq, kind, id, data }: Delivered, reason: string) =>
      attempt("bury", async () => {
        const command = { stream: "CMD", subject: commandSubject(kind, id), sequence: seq, reason }
        const letter = deadMessage({ ...command, data: utf8.encode(data) }, payloadLimit(nats))
        await dead.publish(letter.subject, letter.data, letter.headers)
      }),
    answer: answererOf(nats),
  }
}

/** Answers of one moment go out with one write to the socket. */
const answererOf = ({ connection }: Nats["Service"]) => {
  let waiting: Array<() => void> = []
  const send = () => {
    const answers = waiting
    waiting = []
    for (const answer of answers) answer()
  }
  return (replyTo: string, answer: Answer) =>
    Effect.sync(() => {
      const publish = () => {
        try {
          connection.publish(replyTo, JSON.stringify(answer))
        } catch {
          // Closed, or no subject: the sender will look into the journal.
        }
      }
      if (waiting.push(publish) === 1) setImmediate(send)
    })
}

const journalOf = ({ connection, js, jsm, syncs }: Nats["Service"]) => {
  const publisher = new GroupPublisher(connection, { syncs })
  return {
    lastRecord: ({ kind, id }: ActorName) =>
      attempt("read last record", () =>
        jsm.streams.getMessage("EVT", { last_by_subj: eventSubject(kind, id) }),
      ).pipe(
        Effect.map((message) => (message === null ? null : { seq: message.seq, data: message.string() })),
      ),
    recordAt: ({ kind, id }: ActorName, seq: number) =>
      attempt("read record", () => jsm.streams.getMessage("EVT", { seq })).pipe(
        Effect.map((message) =>
          message === null || message.subject !== eventSubject(kind, id)
            ? null
            : { seq: message.seq, data: message.string() },
        ),
      ),
    records: (actor: ActorName, after: number, through: number) =>
      attempt("read records", () => readRecords(js, actor, after, through)),
    append: ({ kind, id }: ActorName, expectedSeq: number, data: string) =>
      Effect.tryPromise({
        try: () =>
          publisher.publish(eventSubject(kind, id), utf8.encode(data), [
            [expectedSequence, String(expectedSeq)],
          ]),
        catch: (error) =>
          isStale(error)
            ? new StaleExpectation()
            : new StoreFailed({ operation: "append", reason: wordsOf(error) }),
      }).pipe(Effect.map((stored) => stored.sequence)),
  }
}

const isStale = (error: unknown) =>
  error instanceof PublishRefused &&
  (error.code === jetStreamCodes.wrongLastSequence || error.code === jetStreamCodes.wrongLastSequenceInFlight)

/** Something stands there; while it is only on its way, it is asked again. */
const isTaken = (error: unknown) =>
  error instanceof PublishRefused && error.code === jetStreamCodes.wrongLastSequence

/** Longest a replay of one actor may take. */
const replayMillis = 60_000

/** An actor's records in order, by a consumer of their own that is gone afterwards. */
const readRecords = async (js: JetStreamClient, actor: ActorName, after: number, through: number) => {
  const found: Array<StoredRecord> = []
  if (after >= through) return found
  const consumer = await js.consumers.get("EVT", {
    filter_subjects: eventSubject(actor.kind, actor.id),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
  })
  const messages = await consumer.consume({ max_messages: 500, expires: 5_000 })
  const deadline = setTimeout(() => messages.stop(), replayMillis)
  try {
    for await (const message of messages) {
      if (message.seq <= through) found.push({ seq: message.seq, data: message.string() })
      if (message.seq >= through) break
    }
  } finally {
    clearTimeout(deadline)
    await Effect.runPromise(closeMessages(messages))
    consumer.delete().catch(() => false)
  }
  if (found.at(-1)?.seq !== through) {
    throw new Error(`not all records were read within ${replayMillis / 1000} s; they are read again`)
  }
  return found
}

const snapshotsOf = ({ bucket }: Nats["Service"]) => {
  const snapshots = bucket("SNAP")
  return {
    snapshot: ({ kind, id }: ActorName) =>
      attempt("read snapshot", async () => {
        const entry = await snapshots.get(`${kind}.${id}`)
        return entry === null || entry.operation !== "PUT" ? null : entry.string()
      }),
    putSnapshot: ({ kind, id }: ActorName, data: string) =>
      attempt("write snapshot", () => snapshots.put(`${kind}.${id}`, data)).pipe(Effect.asVoid),
  }
}

/** Effects of one stream share its group commit; a full mailbox then holds up no other stream. */
const performerOf = ({ connection, syncs }: Nats["Service"]) => {
  const publishers = new Map<string, GroupPublisher>()
  const publisherOf = (subject: string) => {
    const stream = subject.slice(0, subject.indexOf("."))
    const publisher =
      publishers.get(stream) ?? new GroupPublisher(connection, { atomic: stream === "cmd", syncs })
    publishers.set(stream, publisher)
    return publisher
  }
  return ({ subject, data, headers }: EffectMessage) =>
    attempt(`effect to ${subject}`, async () => {
      const expects = headers.some(([name]) => name === expectedSequence)
      await publisherOf(subject)
        .publish(subject, utf8.encode(data), headers)
        .catch((error: unknown) => (expects && isTaken(error) ? undefined : Promise.reject(error)))
    })
}
