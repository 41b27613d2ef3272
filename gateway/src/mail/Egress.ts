import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SessionProtocol, UserProtocol } from "@maillm/schema/ActorProtocol"
import type { OutboundMail } from "@maillm/schema/Message"
import { BlockEntry, OutboxItem } from "@maillm/schema/Record"
import { Settings } from "@maillm/schema/Settings"
import { outboxOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { addressBlockKey } from "@maillm/actors/nats/addressBlocks"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { readEntry } from "@maillm/actors/nats/bucketEntry"
import { Nats } from "@maillm/actors/nats/Nats"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import { bounceLocalPart } from "../identity/bounceAddress.ts"
import { accountNote } from "./accountNote.ts"
import type { SentCommand } from "./accountNote.ts"
import { composeMail } from "./composeMail.ts"
import { MailSigner } from "./dkim/MailSigner.ts"
import { Relay } from "./Relay.ts"
import { SentMarks } from "./SentMarks.ts"
import type { SentMark } from "./SentMarks.ts"
import { wireLines } from "./wireLines.ts"

export interface EgressOptions {
  /** Wait before the second attempt; it doubles from there on, to an hour at most. */
  readonly firstRetryMillis: number
  /** A mail whose sender was killed is taken up again after this; while a sender lives it renews its claim. */
  readonly ackWaitMillis: number
  /** How long a sender that does not renew its claim to a mail is waited for, see SentMarks. */
  readonly claimMillis: number
  /** Marks of sent mails that are kept, newest first; older ones are removed every minute. */
  readonly marksKept: number
}

/** A mark has 400 to 1,000 bytes, the bucket 128 MiB: a minute's mails at 1,000 a second still find room. */
export const egressOptions: EgressOptions = {
  firstRetryMillis: 15_000,
  ackWaitMillis: 15_000,
  claimMillis: 15_000,
  marksKept: 50_000,
}

const pruneMillis = 60_000
/** Mails on their way at the same time. */
const concurrency = 8
const longestRetryMillis = 3_600_000
/** After this long a mail is given up (RFC 5321 §4.5.4.1 asks for four to five days; nobody waits that long here). */
const giveUpMillis = 48 * 3_600_000

const decodeBlock = Schema.decodeUnknownExit(Schema.fromJsonString(BlockEntry))
const decodeItem = Schema.decodeUnknownExit(Schema.fromJsonString(OutboxItem))

/**
 * Sends what the session actors queued, and tells them what became of it. A mail goes out at least once, always
 * with the same Message-ID: between the relay's answer and our mark of it lies the one moment in which a crash
 * has it sent again. Once marked it is never sent again, only its outcome is told again; while it is being sent it is
 * claimed, so that an absence of NATS does not have two send it. Runs while its scope lives.
 */
export const EgressLayer = (options: EgressOptions = egressOptions) =>
  Layer.effectDiscard(
    Effect.all([
      Effect.forkScoped(
        consumeWork({
          stream: "OUTBOX",
          durable: "egress-email",
          filter: outboxOf("email"),
          ackWaitMillis: options.ackWaitMillis,
          concurrency,
          fenced: true,
          handle: (item) => sendMail(item, options),
        }),
      ),
      pruneMarks(options.marksKept).pipe(
        Effect.andThen(Effect.sleep(pruneMillis)),
        Effect.forever,
        Effect.forkScoped,
      ),
    ]),
  )

/**
 * A full bucket would have every mail sent again and again, so old marks go. A mark is needed until its mail is off
 * the queue and its session's actor past the record that queued it.
 */
const pruneMarks = (keep: number) =>
  Effect.flatMap(Nats, ({ jsm }) =>
    Effect.tryPromise(() => jsm.streams.purge("KV_MARKS", { filter: "$KV.MARKS.sent.*", keep })),
  ).pipe(Effect.catch((error) => Effect.logWarning(`old marks of sent mails stay: ${String(error.cause)}`)))

const sendMail = Effect.fn("sendMail")(function* (item: WorkItem, options: EgressOptions) {
  const decoded = decodeItem(new TextDecoder().decode(item.data))
  if (Exit.isFailure(decoded)) {
    return { deadBecause: "not a mail that this version can read" } satisfies Verdict
  }
  const { mail } = decoded.value
  return yield* deliver(mail, options).pipe(
    Effect.flatMap((sent) => tellSent(mail, sent)),
    Effect.catchTag("RelayBusy", () =>
      Effect.sync(() => ({ againAfterMillis: busyMillis() }) satisfies Verdict),
    ),
    Effect.catchTag("Undelivered", (failed) => tellFailed(mail, failed, item.attempt, options)),
  )
})

/** Why a mail is not out, and whether there is any use in trying again. */
class Undelivered extends Schema.TaggedError<Undelivered>()("Undelivered", {
  permanent: Schema.Boolean,
  reason: Schema.String,
  deadStatus: Schema.NullOr(Schema.String),
}) {}

const transient = (error: { readonly message: string }) =>
  new Undelivered({ permanent: false, reason: error.message, deadStatus: null })
const permanent = (reason: string) => new Undelivered({ permanent: true, reason, deadStatus: null })

/** The mark of this mail, made now or on an earlier attempt. */
const deliver = Effect.fn("deliver")(function* (mail: OutboundMail, { claimMillis }: EgressOptions) {
  const marks = new SentMarks(yield* Nats, claimMillis)
  const marked = yield* marks.find(mail.messageId).pipe(Effect.mapError(transient))
  if (marked !== null) return marked
  const blobs = yield* Blobs
  const relay = yield* Relay
  if (relay !== null) yield* refuseBlocked(mail)
  const signer = yield* MailSigner
  const files = yield* Effect.forEach(mail.attachments, ({ name, type, blob }) =>
    Effect.map(blobs.get(blob), (bytes) => ({ name, type, bytes })),
  ).pipe(Effect.mapError(transient))
  const bytes = yield* Effect.tryPromise({
    try: async () => signer.sign(wireLines(await composeMail(mail, files)), mail.createdAtMillis),
    catch: (error) => permanent(`it cannot be composed: ${String(error)}`),
  })
  const raw = yield* blobs.put(bytes).pipe(Effect.mapError(transient))
  if (relay !== null) return yield* relayOnce(marks, relay, mail, bytes, raw)
  const detail = "kept in the outbox, for no relay is set"
  const sent: SentMark = { via: "outbox", raw, detail, about: aboutOf(mail) }
  yield* marks.mark(mail.messageId, sent).pipe(Effect.mapError(transient))
  return sent
})

/** Gives the mail to the relay, unless another sender is at it. */
const relayOnce = (
  marks: SentMarks,
  relay: NonNullable<Relay["Service"]>,
  mail: OutboundMail,
  bytes: Uint8Array,
  raw: SentMark["raw"],
) =>
  Effect.gen(function* () {
    const claim = yield* marks.claim(mail.messageId).pipe(Effect.mapError(transient))
    if ("via" in claim) return claim
    const { domain, secret } = yield* Settings
    const local = bounceLocalPart(Redacted.value(secret), mail.messageId, mail.createdAtMillis)
    const bounceAddress = local === null ? "" : `${local}@${domain}`
    const { fromAddress, to } = mail
    const detail = yield* relay.send({ raw: bytes, to, fromAddress, bounceAddress }).pipe(
      Effect.raceFirst(marks.keep(claim)),
      Effect.tapError(() => marks.release(claim)),
      Effect.catchTag("RelayFailed", ({ deadStatus, permanent: final, reason }) =>
        Effect.fail(new Undelivered({ permanent: final, reason, deadStatus })),
      ),
    )
    const sent: SentMark = { via: relay.via, raw, detail: detail.slice(0, 500), about: aboutOf(mail) }
    yield* marks.mark(mail.messageId, sent).pipe(Effect.mapError(transient))
    return sent
  })

const aboutOf = ({
  account,
  createdAtMillis: sentAtMillis,
  requestId,
  sessionId,
  to,
  userId,
}: OutboundMail) => ({
  ...(account === undefined ? {} : { account }),
  userId,
  sessionId,
  requestId,
  to,
  sentAtMillis,
})

/** An address whose server said that it is none gets nothing more, until its user says so. */
const refuseBlocked = (mail: OutboundMail) =>
  Effect.gen(function* () {
    const nats = yield* Nats
    const entry = yield* Effect.tryPromise(() => readEntry(nats, "MARKS", addressBlockKey(mail.to))).pipe(
      Effect.mapError((error) => transient({ message: `bucket MARKS: ${String(error.cause)}` })),
    )
    const block = decodeBlock(entry.text)
    if (Exit.isFailure(block) || block.value.blocked === null) return
    const { reason, sinceMillis, status } = block.value.blocked
    const since = new Date(sinceMillis).toISOString().slice(0, 16).replace("T", " ")
    return yield* permanent(
      `not sent: ${mail.to} cannot be reached since ${since} UTC (${status}: ${reason}); when it can be again, say so under Needs you`,
    )
  })

const tellSent = (mail: OutboundMail, { via, raw, detail }: SentMark) =>
  tell(mail, `${mail.messageId}/sent`, { _tag: "MailSent", messageId: mail.messageId, via, raw, detail })

const tellFailed = (mail: OutboundMail, failed: Undelivered, attempt: number, options: EgressOptions) => {
  const now = Date.now()
  const late = now - mail.createdAtMillis >= giveUpMillis
  const delay = failed.permanent || late ? null : retryMillis(attempt, options)
  return Effect.gen(function* () {
    yield* Effect.logWarning(`mail ${mail.messageId}, attempt ${attempt}: ${failed.reason}`)
    const told = yield* tell(mail, `${mail.messageId}/failed/${attempt}`, {
      _tag: "MailFailed",
      messageId: mail.messageId,
      attempt,
      reason: failed.reason.slice(0, 1_000),
      retryAtMillis: delay === null ? null : now + delay,
      ...(failed.deadStatus === null
        ? {}
        : {
            unreachable: {
              userId: mail.userId,
              address: mail.to,
              status: failed.deadStatus,
              sentAtMillis: mail.createdAtMillis,
            },
          }),
    })
    return delay === null ? told : ({ againAfterMillis: delay } satisfies Verdict)
  })
}

/** Mails to a domain that has enough come back at different times. */
const busyMillis = () => Math.round(1_000 + Math.random() * 2_000)

/** Doubling, with a fifth more or less, so that what failed together does not come back together. */
const retryMillis = (attempt: number, { firstRetryMillis }: EgressOptions) => {
  const doubled = Math.min(longestRetryMillis, firstRetryMillis * 2 ** Math.min(attempt - 1, 20))
  return Math.round(doubled * (0.8 + Math.random() * 0.4))
}

/** Off the queue only when the actor has been told: the session's, or the user's where a mail is of the account. */
const tell = (mail: OutboundMail, commandId: string, command: SentCommand) =>
  Effect.flatMap(ActorClient, (actors) =>
    mail.account === true
      ? actors.tell(UserProtocol, mail.userId, commandId, accountNote(command))
      : actors.tell(SessionProtocol, mail.sessionId, commandId, command),
  ).pipe(
    Effect.as<Verdict>("done"),
    Effect.catch((error) =>
      Effect.logWarning(`mail ${mail.messageId}: ${error.message}`).pipe(
        Effect.as<Verdict>({ againAfterMillis: 5_000 }),
      ),
    ),
  )
