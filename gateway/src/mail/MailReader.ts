import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type { Attachment, MailContent } from "@maillm/schema/Message"
import { JobItem } from "@maillm/schema/Record"
import type { ParseMailJob } from "@maillm/schema/Record"
import { jobsOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import { MailParser } from "./MailParser.ts"
import type { ParsedAttachment } from "./parseMail.ts"

/** Deliveries of one mail, after which it is called unreadable: it may be what ends the process each time. */
const attemptLimit = 5
/** More than there are workers: some of them wait for a mailbox. */
const concurrency = 8
/** How long a mail waits here for room in its user's mailbox. */
const mailboxMillis = 600_000

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
  if (item.attempt > attemptLimit) return yield* tell(job, unreadable("every attempt to read it failed"))
  const content = yield* Effect.result(contentOf(job))
  if (content._tag === "Success") return yield* tell(job, content.success)
  const { message } = content.failure
  yield* Effect.logWarning(`mail ${job.mailId}, attempt ${item.attempt}: ${message}`)
  if (item.attempt === attemptLimit) {
    return yield* tell(job, unreadable(`its stored bytes cannot be used: ${message}`))
  }
  return { againAfterMillis: 1_000 * 4 ** (item.attempt - 1) } satisfies Verdict
})

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

const tell = (job: ParseMailJob, content: MailContent) =>
  Effect.flatMap(ActorClient, (actors) =>
    actors.tellUser(job.userId, `${job.mailId}/read`, { _tag: "MailRead", mailId: job.mailId, content }),
  ).pipe(
    Effect.as<Verdict>("done"),
    Effect.retry(Schedule.spaced(2_000).pipe(Schedule.upTo({ times: mailboxMillis / 2_000 }))),
    Effect.catch((error) =>
      Effect.logWarning(`mail ${job.mailId}: ${error.message}`).pipe(
        Effect.as<Verdict>({ againAfterMillis: 30_000 }),
      ),
    ),
  )

const unreadable = (what: string): MailContent => ({
  _tag: "Unreadable",
  reason: `The mail could not be read: ${what}.`.slice(0, 500),
})
