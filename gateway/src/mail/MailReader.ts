import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import type { Attachment, MailContent } from "@maillm/schema/Message"
import { JobItem } from "@maillm/schema/Record"
import type { ParseMailJob } from "@maillm/schema/Record"
import { jobsOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { readEntry } from "@maillm/actors/nats/bucketEntry"
import { Nats } from "@maillm/actors/nats/Nats"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import { MailParser } from "./MailParser.ts"
import type { ParsedAttachment } from "./parseMail.ts"

/**
 * Times that a mail is begun to be parsed before it is called unreadable: it may be what ends the process each time.
 * Only those count. What keeps a mail from being parsed or told (NATS is away, the user's mailbox is full) is not its
 * fault, and it waits as long as that lasts.
 */
const parseLimit = 5
/** Deliveries of a mail whose bytes are not in the store, or damaged there, before it is called unreadable. */
const lostLimit = 5
/** Many more than there are workers: most of a mail's time is waiting for NATS, before it is parsed and after. */
const concurrency = 48
/** Of the mails in hand; one that is larger has all of it. */
const inHandBytes = 64 * 1024 * 1024
/** A mail whose user's mailbox is full waits on the queue, where it keeps no other waiting: so long, then doubling. */
const mailboxMillis = 5_000
const longestMailboxMillis = 60_000
/** Between attempts to read a mail that has to wait. */
const longestWaitMillis = 64_000

const decodeItem = Schema.decodeUnknownExit(Schema.fromJsonString(JobItem))
const utf8 = new TextDecoder()

/**
 * Reads the mails that SMTP took in: raw bytes from the store, parsed in a worker, attachments stored, and the
 * outcome told to the user's actor under an id of its own, so a repeat has no effect. Runs while its scope lives.
 *
 * A mail whose reader was killed is taken up again after `ackWaitMillis`; while a reader lives it renews its claim.
 */
export const mailReaderLayer = (ackWaitMillis: number) => {
  const room = Semaphore.makeUnsafe(inHandBytes)
  return Layer.effectDiscard(
    consumeWork({
      stream: "JOBS",
      durable: "mail-reader",
      filter: jobsOf("parse-mail"),
      ackWaitMillis,
      concurrency,
      fenced: true,
      handle: (item) => readMail(item, room),
    }).pipe(Effect.forkScoped),
  )
}
export const MailReaderLayer = mailReaderLayer(15_000)

/** One delivery of a job. `room` counts the bytes of mails in hand. */
export const readMail = Effect.fnUntraced(function* (item: WorkItem, given?: Semaphore.Semaphore) {
  const room = given ?? Semaphore.makeUnsafe(inHandBytes)
  const decoded = decodeItem(utf8.decode(item.data))
  if (Exit.isFailure(decoded)) {
    return { deadBecause: "not a job that this version can read" } satisfies Verdict
  }
  const { job } = decoded.value
  if (job._tag !== "ParseMail") return { deadBecause: "not a mail to read" } satisfies Verdict
  const { attempt } = item
  const bytes = Math.min(job.raw.sizeBytes, inHandBytes)
  const content = yield* readContent(job, attempt).pipe(room.withPermits(bytes), Effect.result)
  if (Result.isSuccess(content)) {
    const told = yield* tell(job, content.success, attempt)
    if (told !== "done") yield* remember(job, "read").pipe(Effect.ignore)
    else if (attempt > 1) yield* forget(job)
    return told
  }
  yield* Effect.logWarning(`mail ${job.mailId}, attempt ${attempt}: ${content.failure.message}`)
  return {
    againAfterMillis: Math.min(longestWaitMillis, 1_000 * 4 ** Math.min(attempt - 1, 10)),
  } satisfies Verdict
})

/** What is told of the mail; fails when that has to wait. */
const readContent = Effect.fnUntraced(function* (job: ParseMailJob, attempt: number) {
  const blobs = yield* Blobs
  const raw = yield* Effect.result(blobs.get(job.raw))
  if (Result.isFailure(raw)) {
    const { found, message, missing } = raw.failure
    const lost = found || missing === true
    return lost && attempt >= lostLimit
      ? unreadable(`its stored bytes cannot be used: ${message}`)
      : yield* raw.failure
  }
  // A first delivery has ended no process. What is known of the others is the number of the last parsing begun.
  if (attempt > 1) {
    const known = yield* recall(job)
    const begun = known === "" || known === "read" ? 0 : Number(known)
    if (begun >= parseLimit - 1) return unreadable("every attempt to read it failed")
    if (known !== "read") yield* remember(job, String(begun + 1))
  }
  const parsed = yield* (yield* MailParser).parse(raw.success)
  if (attempt > 1) yield* remember(job, "read").pipe(Effect.ignore)
  if (parsed._tag === "Unreadable") return parsed
  const attachments = yield* Effect.forEach(parsed.attachments, store)
  return { _tag: "Readable", mail: { ...parsed.mail, attachments } } satisfies MailContent
})

/** In MARKS, from the second delivery on: how often parsing was begun, or that it was done. */
const readKey = (job: ParseMailJob) => `read.${job.mailId}`
const recall = (job: ParseMailJob) =>
  Effect.flatMap(Nats, (nats) => Effect.tryPromise(() => readEntry(nats, "MARKS", readKey(job)))).pipe(
    // Version 0.1.0 kept an empty mark of a mail that was read.
    Effect.map(({ text }) => (text === null ? "" : text || "read")),
  )
const remember = (job: ParseMailJob, what: string) =>
  Effect.flatMap(Nats, (nats) => Effect.tryPromise(() => nats.bucket("MARKS").put(readKey(job), what)))
const forget = (job: ParseMailJob) =>
  Effect.flatMap(Nats, ({ jsm }) =>
    Effect.tryPromise(() => jsm.streams.purge("KV_MARKS", { filter: `$KV.MARKS.${readKey(job)}` })),
  ).pipe(Effect.ignore)

const store = ({ name, type, bytes }: ParsedAttachment) =>
  Effect.gen(function* () {
    const blob = yield* (yield* Blobs).put(bytes)
    return { name, type, blob } satisfies Attachment
  })

const tell = (job: ParseMailJob, content: MailContent, attempt: number) =>
  Effect.flatMap(ActorClient, (actors) =>
    actors.tell(UserProtocol, job.userId, `${job.mailId}/${job.released === true ? "released" : "read"}`, {
      _tag: "MailRead",
      mailId: job.mailId,
      content,
    }),
  ).pipe(
    Effect.as<Verdict>("done"),
    Effect.catch((error) =>
      Effect.logWarning(`mail ${job.mailId}: ${error.message}`).pipe(
        Effect.as<Verdict>({
          againAfterMillis: Math.min(longestMailboxMillis, mailboxMillis * 2 ** Math.min(attempt - 1, 10)),
        }),
      ),
    ),
  )

const unreadable = (what: string): MailContent => ({
  _tag: "Unreadable",
  reason: `The mail could not be read: ${what}.`.slice(0, 500),
})
