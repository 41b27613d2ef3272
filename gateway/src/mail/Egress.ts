import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SessionProtocol, UserProtocol } from "@maillm/schema/ActorProtocol"
import type { OutboundMail } from "@maillm/schema/Message"
import { AddressBlock, OutboxItem } from "@maillm/schema/Record"
import { Settings } from "@maillm/schema/Settings"
import { outboxOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import { bounceLocalPart } from "../identity/bounceAddress.ts"
import { accountNote } from "./accountNote.ts"
import type { SentCommand } from "./accountNote.ts"
import { blockOf, blockWords, canHoldMail, minuteOf } from "./blockedAddress.ts"
import { composeMail } from "./composeMail.ts"
import { MailSigner } from "./dkim/MailSigner.ts"
import { Relay } from "./Relay.ts"
import { SentMarks } from "./SentMarks.ts"
import type { SentMark } from "./SentMarks.ts"
import { wireLines } from "./wireLines.ts"

export interface EgressOptions {
  /** Wait before the second attempt; it doubles from there on, to an hour at most. */
  readonly firstRetryMillis: number
  /** Least wait, and a third of the longest, of a mail whose domain has enough at the moment. */
  readonly busyMillis: number
  /** How often it is looked whether mail may go to a blocked address again. */
  readonly heldMillis: number
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
  busyMillis: 1_000,
  heldMillis: 15_000,
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
      Effect.sync(() => ({ againAfterMillis: busyMillis(options) }) satisfies Verdict),
    ),
    Effect.catchTag("Held", ({ block }) => hold(mail, block, item.attempt, options)),
    Effect.catchTag("Undelivered", (failed) =>
      Effect.flatMap(attemptOf(mail, item.attempt), (attempt) => tellFailed(mail, failed, attempt, options)),
    ),
  )
})

/** Its number among the attempts: not every delivery from the queue was one. */
const attemptOf = (mail: OutboundMail, delivery: number) =>
  Effect.flatMap(Nats, (nats) => new SentMarks(nats, 0).waits(mail.messageId)).pipe(
    Effect.map(({ waits = 0 }) => Math.max(1, delivery - waits)),
    Effect.orElseSucceed(() => delivery),
  )

/** Why a mail is not out, and whether there is any use in trying again. */
class Undelivered extends Schema.TaggedError<Undelivered>()("Undelivered", {
  permanent: Schema.Boolean,
  reason: Schema.String,
  deadStatus: Schema.NullOr(Schema.String),
}) {}

/** Nothing may go to its address for now. */
class Held extends Schema.TaggedError<Held>()("Held", { block: AddressBlock }) {}

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
  const block = relay === null ? null : yield* blockOf(mail.to).pipe(Effect.mapError(transient))
  if (block !== null) return yield* new Held({ block })
  const signer = yield* MailSigner
  const files = yield* Effect.forEach(mail.attachments, ({ blob, ...file }) =>
    Effect.map(blobs.get(blob), (bytes) => ({ ...file, bytes })),
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
      Effect.tapError(({ _tag }) => marks.release(claim, _tag === "RelayBusy")),
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

/**
 * An address whose server said that it is none gets nothing more until its user says so. What is for it waits on the queue
 * for as long as any mail is tried, while there is room, and leaves soon after that.
 */
const hold = (mail: OutboundMail, block: AddressBlock, delivery: number, options: EgressOptions) =>
  Effect.gen(function* () {
    const marks = new SentMarks(yield* Nats, 0)
    const { heldFor, waits = 0 } = yield* marks.waits(mail.messageId)
    const attempt = Math.max(1, delivery - waits)
    const untilMillis = mail.createdAtMillis + giveUpMillis
    const late = Date.now() >= untilMillis
    const words = blockWords(mail.to, block)
    if (late || !(yield* canHoldMail)) {
      const why = late ? "it waited for two days" : "too many mails wait already"
      return yield* tellFailed(mail, permanent(`not sent: ${words}, and ${why}`), attempt, options)
    }
    const againAfterMillis = spread(options.heldMillis)
    if (heldFor !== block.sinceMillis) {
      const told = yield* tell(mail, `${mail.messageId}/held/${block.sinceMillis}`, {
        _tag: "MailFailed",
        messageId: mail.messageId,
        attempt,
        reason: `it waits: ${words}; "Try again" under Needs you sends it, until ${minuteOf(untilMillis)}`,
        retryAtMillis: Date.now() + againAfterMillis,
      })
      if (told !== "done") return told
    }
    yield* marks.noteWait(mail.messageId, block.sinceMillis)
    return { againAfterMillis } satisfies Verdict
  }).pipe(
    Effect.catchTag("MarksUnavailable", ({ message }) =>
      Effect.logWarning(`mail ${mail.messageId} waits: ${message}`).pipe(
        Effect.as({ againAfterMillis: 5_000 } satisfies Verdict),
      ),
    ),
  )

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
const busyMillis = ({ busyMillis: least }: EgressOptions) => Math.round(least * (1 + Math.random() * 2))

/** Doubling. */
const retryMillis = (attempt: number, { firstRetryMillis }: EgressOptions) => {
  const doubled = Math.min(longestRetryMillis, firstRetryMillis * 2 ** Math.min(attempt - 1, 20))
  return spread(doubled)
}

/** A fifth more or less, so that what failed together does not come back together. */
const spread = (millis: number) => Math.round(millis * (0.8 + Math.random() * 0.4))

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
