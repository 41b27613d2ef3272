import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type { SMTPServerOptions, SMTPServerSession } from "smtp-server"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import { Credentials } from "../identity/Credentials.ts"
import { MailAuthenticator } from "../mail/authenticate/MailAuthenticator.ts"
import type { MailBacklog } from "../mail/MailBacklog.ts"
import { acceptMail } from "./acceptMail.ts"
import { bodyRefusal, noRoom } from "./bodyRefusal.ts"
import { isLoopback } from "./clientAddress.ts"
import { MailBody } from "./MailBody.ts"
import type { BodyLimits, ByteBudget } from "./MailBody.ts"
import { refusalOfSender } from "./refusalOfSender.ts"
import { deliveries, isOurs, resolveRecipient } from "./recipients.ts"
import type { AddressBook } from "./recipients.ts"
import { SmtpReply, tryLater } from "./SmtpReply.ts"
import type { SmtpSessions } from "./SmtpSessions.ts"

export interface HandlerOptions {
  readonly body: BodyLimits
  readonly budget: ByteBudget
  readonly offersTls: boolean
  readonly book: AddressBook
  readonly backlog: MailBacklog
  readonly sessions: SmtpSessions
}

type Fork = <A, E>(
  effect: Effect.Effect<A, E, Blobs | ActorClient | Credentials | MailAuthenticator>,
) => Fiber.Fiber<A, E>
type Callback<Name extends keyof SMTPServerOptions> = NonNullable<SMTPServerOptions[Name]>

/** smtp-server's proxy extensions and its joke commands. */
const neverOffered = ["XCLIENT", "XFORWARD", "WIZ", "SHELL", "KILL"]

/** What smtp-server asks, from the connection to the end of DATA. */
export const smtpHandlers = (options: HandlerOptions, fork: Fork) => ({
  onConnect: onConnect(options),
  onSecure: ((_socket, session, callback) => {
    session.disabledCommands = neverOffered
    callback()
  }) satisfies Callback<"onSecure">,
  onAuth: onAuth(options, fork),
  onMailFrom: ((sender, session, callback) => {
    options.sessions.of(session).targets = new Map()
    const { usedBytes, limitBytes } = options.budget
    callback(usedBytes >= limitBytes ? noRoom() : options.sessions.countMail(session, sender.address))
  }) satisfies Callback<"onMailFrom">,
  onRcptTo: onRcptTo(options, fork),
  onData: onData(options, fork),
  onClose: ((session) => options.sessions.close(session)) satisfies Callback<"onClose">,
})

/** AUTH is offered only where nobody else can read along: on loopback, or after STARTTLS. */
const onConnect =
  ({ offersTls }: HandlerOptions): Callback<"onConnect"> =>
  (session, callback) => {
    const auth = isLoopback(session.remoteAddress) ? [] : ["AUTH"]
    const startTls = offersTls ? [] : ["STARTTLS"]
    session.disabledCommands = [...neverOffered, ...auth, ...startTls]
    callback()
  }

const onAuth =
  ({ sessions }: HandlerOptions, fork: Fork): Callback<"onAuth"> =>
  (auth, session, callback) =>
    settle(
      fork(Effect.flatMap(Credentials, (all) => all.verify(auth.username ?? "", auth.password ?? ""))),
      callback,
      (principal) =>
        principal === null
          ? callback(sessions.refuse(session, signInFailed()))
          : callback(null, { user: principal.email }),
    )

const onRcptTo =
  ({ backlog, book, sessions }: HandlerOptions, fork: Fork): Callback<"onRcptTo"> =>
  ({ address }, session, callback) =>
    settle(
      fork(
        Effect.gen(function* () {
          const found = yield* resolveRecipient(book, address, Date.now()).pipe(
            Effect.mapError((error) => tryLater(error.message)),
          )
          const refusal = typeof found === "string" ? null : yield* backlog.refusal(found.userId)
          return refusal === null ? found : yield* Effect.fail(tryLater(refusal))
        }),
      ),
      callback,
      (found) => {
        if (found === "expired") return callback(sessions.refuse(session, expiredRecipient()))
        if (found === "unknown")
          return callback(sessions.refuse(session, isOurs(book, address) ? unknownRecipient() : noRelay()))
        sessions.of(session).targets.set(address.toLowerCase(), found)
        callback()
      },
    )

const onData =
  ({ body: limits, budget, sessions }: HandlerOptions, fork: Fork): Callback<"onData"> =>
  (stream, session, callback) => {
    const body = new MailBody(limits, budget, declaredBytes(session))
    sessions.receive(session, stream)
    stream.on("data", (chunk: Buffer) => body.push(chunk))
    // The client left in the middle: nothing was promised, nothing is kept.
    stream.once("error", () => body.release())
    stream.once("end", () => {
      const client = sessions.of(session)
      client.receiving = null
      const received = body.finish()
      if (body.problem !== null) return callback(bodyRefusal(body.problem, limits))
      const targets = session.envelope.rcptTo.flatMap(
        ({ address }) => client.targets.get(address.toLowerCase()) ?? [],
      )
      client.storing = true
      const envelope = envelopeOf(session)
      const accepted = senderOf(received.bytes, envelope).pipe(
        Effect.flatMap((origin) =>
          acceptMail({ ...received, envelope, origin, targets: deliveries(targets) }),
        ),
        Effect.ensuring(
          Effect.sync(() => {
            client.storing = false
            body.release()
          }),
        ),
      )
      settle(fork(accepted), callback, (stored) => callback(null, acceptance(stored)))
    })
  }

/** What the sender says that the mail has (RFC 1870); 0 where it says nothing. */
const declaredBytes = ({ envelope: { mailFrom } }: SMTPServerSession): number => {
  const args = mailFrom === false ? false : mailFrom.args
  const size = Number(args === false ? 0 : (args.SIZE ?? 0))
  return Number.isSafeInteger(size) ? size : 0
}

/** Who vouches for a mail; fails where it is refused, or put off, because of that. */
const senderOf = (bytes: Uint8Array, envelope: ReturnType<typeof envelopeOf>) =>
  Effect.gen(function* () {
    const authenticator = yield* MailAuthenticator
    const { origin, verdict } = yield* authenticator
      .originOf(bytes, envelope)
      .pipe(Effect.mapError((error) => tryLater(`its sender could not be checked: ${error.message}`)))
    const refusal = refusalOfSender(verdict, origin)
    if (refusal === null) return origin
    yield* Effect.logInfo(
      `mail from ${envelope.from || "(empty)"} at ${envelope.remoteAddress}: ${refusal.message}`,
    )
    return yield* Effect.fail(refusal)
  })

const unknownRecipient = () => new SmtpReply(550, "5.1.1 No such recipient here")
const expiredRecipient = () =>
  new SmtpReply(
    550,
    "5.2.1 This reply address has expired: reply to a newer mail, or write to your private address",
  )
const noRelay = () => new SmtpReply(550, "5.7.1 This server takes mail for its own addresses only")
const signInFailed = () =>
  new SmtpReply(535, "5.7.8 Sign-in failed: the user is your own address, the password an API token")

const acceptance = (stored: ReadonlyArray<{ readonly mailId: string; readonly duplicate: boolean }>) =>
  `2.0.0 Stored as ${stored
    .slice(0, 10)
    .map(({ mailId, duplicate }) => (duplicate ? `${mailId} (received before)` : mailId))
    .join(", ")}`

const envelopeOf = (session: SMTPServerSession) => {
  const user: unknown = session.user
  return {
    from: (session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address).slice(0, 320),
    remoteAddress: session.remoteAddress.slice(0, 64),
    helo: session.hostNameAppearsAs.slice(0, 255),
    secure: session.secure,
    authenticatedAs: typeof user === "string" ? user.slice(0, 320) : null,
  }
}

/** Calls back when a fiber ends. A defect is a bug of ours and answered as "try later". */
const settle = <A>(
  fiber: Fiber.Fiber<A, SmtpReply>,
  onFailure: (reply: SmtpReply) => void,
  onSuccess: (value: A) => void,
) =>
  fiber.addObserver((exit) => {
    if (Exit.isSuccess(exit)) return onSuccess(exit.value)
    const error = Cause.squash(exit.cause)
    onFailure(error instanceof SmtpReply ? error : tryLater("an internal error"))
  })
