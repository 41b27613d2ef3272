import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import type { Attachment, MailContent } from "@maillm/schema/Message"
import { JobItem } from "@maillm/schema/Record"
import type { ParseMailJob } from "@maillm/schema/Record"
import { jobsOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import { MailParser } from "./MailParser.ts"
import type { ParsedAttachment } from "./parseMail.ts"

/**
 * Deliveries of one mail, after which it is called unreadable: it may be what ends the process each time. One that
 * was read and only could not be told yet is marked, and then any number is fine.
 */
const attemptLimit = 5
/** More than there are workers: some of them wait for blobs and mailboxes. */
const concurrency = 8
/** A mail whose user's mailbox is full waits on the queue, where it keeps no other waiting: so long, then doubling. */
const mailboxMillis = 5_000
const longestMailboxMillis = 60_000

const decodeItem = Schema.decodeUnknownExit(Schema.fromJsonString(JobItem))

/**
 * Reads the mails that SMTP took in: raw bytes from the store, parsed in a worker, attachments stored, and the
 * outcome told to the user's actor under an id of its own, so a repeat has no effect. Runs while its scope lives.
 *
 * A mail whose reader was killed is taken up again after `ackWaitMillis`; while a reader lives it renews its claim.
 */
export const mailReaderLayer = (ackWaitMillis: number) =>
  Layer.effectDiscard(
    consumeWork({
      stream: "JOBS",
      durable: "mail-reader",
      filter: jobsOf("parse-mail"),
      ackWaitMillis,
      concurrency,
      fenced: true,
      handle: (item) => readMail(item),
    }).pipe(Effect.forkScoped),
  )
export const MailReaderLayer = mailReaderLayer(15_000)

/** One delivery of a job. */
export const readMail = Effect.fn("readMail")(function* (item: WorkItem) {
  const decoded = decodeItem(new TextDecoder().decode(item.data))
  if (Exit.isFailure(decoded)) {
    return { deadBecause: "not a job that this version can read" } satisfies Verdict
  }
  const { job } = decoded.value
  const { attempt } = item
  const last = attempt >= attemptLimit && !(yield* wasRead(job))
  if (last && attempt > attemptLimit) {
    return yield* tell(job, unreadable("every attempt to read it failed"), attempt)
  }
  const content = yield* Effect.result(contentOf(job))
  if (content._tag === "Success") {
    const told = yield* tell(job, content.success, attempt)
    if (told !== "done") yield* rememberRead(job)
    else if (attempt > 1) yield* forgetRead(job)
    return told
  }
  const { message } = content.failure
  yield* Effect.logWarning(`mail ${job.mailId}, attempt ${attempt}: ${message}`)
  if (last) return yield* tell(job, unreadable(`its stored bytes cannot be used: ${message}`), attempt)
  return { againAfterMillis: Math.min(256_000, 1_000 * 4 ** (attempt - 1)) } satisfies Verdict
})

/** A mail that was read once did not end the process that read it. */
const readKey = (job: ParseMailJob) => `read.${job.mailId}`
const wasRead = (job: ParseMailJob) =>
  Effect.flatMap(Nats, (nats) => Effect.tryPromise(() => nats.bucket("MARKS").get(readKey(job)))).pipe(
    Effect.map((entry) => entry?.operation === "PUT"),
    // Unknown is no reason to give a mail up.
    Effect.orElseSucceed(() => true),
  )
const rememberRead = (job: ParseMailJob) =>
  Effect.flatMap(Nats, (nats) =>
    Effect.tryPromise(() => nats.bucket("MARKS").put(readKey(job), new Uint8Array())),
  ).pipe(Effect.ignore)
const forgetRead = (job: ParseMailJob) =>
  Effect.flatMap(Nats, ({ jsm }) =>
    Effect.tryPromise(() => jsm.streams.purge("KV_MARKS", { filter: `$KV.MARKS.${readKey(job)}` })),
  ).pipe(Effect.ignore)

const contentOf = Effect.fn("contentOf")(function* (job: ParseMailJob) {
  const blobs = yield* Blobs
  const parser = yield* MailParser
  const parsed = yield* parser.parse(yield* blobs.get(job.raw))
  if (parsed._tag === "Unreadable") return parsed
  const attachments = yield* Effect.forEach(parsed.attachments, store)
  return { _tag: "Readable", mail: { ...parsed.mail, attachments } } satisfies MailContent
})

const store = ({ name, type, bytes }: ParsedAttachment) =>
  Effect.gen(function* () {
    const blob = yield* (yield* Blobs).put(bytes)
    return { name, type, blob } satisfies Attachment
  })

const tell = (job: ParseMailJob, content: MailContent, attempt: number) =>
  Effect.flatMap(ActorClient, (actors) =>
    actors.tell(UserProtocol, job.userId, `${job.mailId}/read`, {
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
