import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type { SMTPServerOptions, SMTPServerSession } from "smtp-server"
import { parseLocalPart } from "@maillm/schema/Address"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import type { Bounces, BounceTarget } from "../mail/bounce/Bounces.ts"
import { SmtpReply, tryLater } from "./SmtpReply.ts"

type Callback<Name extends keyof SMTPServerOptions> = NonNullable<SMTPServerOptions[Name]>
interface Handlers {
  readonly onMailFrom: Callback<"onMailFrom">
  readonly onRcptTo: Callback<"onRcptTo">
  readonly onData: Callback<"onData">
}
type Fork = <A, E>(effect: Effect.Effect<A, E, ActorClient | Blobs>) => Fiber.Fiber<A, E>

/** A report begins with what counts; a server that returns the whole mail with it may. More of it is not kept. */
const keptBytes = 262_144

export interface ReportParts {
  readonly bounces: Bounces
  readonly domain: string
  /** Counts guesses. */
  readonly refuse: (session: SMTPServerSession, reply: SmtpReply) => SmtpReply
  /** A mail begins; it has to come fast enough until what this gives is called. */
  readonly receive: (session: SMTPServerSession, stream: Parameters<Handlers["onData"]>[0]) => () => void
}

/**
 * The handlers given, and before them the addresses that reports about our own mails come back to. Such an address takes
 * one mail at a time, with an empty MAIL FROM as RFC 3464 §2 wants it of reports, and nothing that it takes is answered.
 */
export const withBounces = <H extends Handlers>(
  handlers: H,
  { bounces, domain, receive, refuse }: ReportParts,
  fork: Fork,
): H => {
  /** The mail that the transaction at hand is about. */
  const targets = new WeakMap<SMTPServerSession, BounceTarget>()

  const onMailFrom: Handlers["onMailFrom"] = (address, session, callback) => {
    targets.delete(session)
    handlers.onMailFrom(address, session, callback)
  }

  const onRcptTo: Handlers["onRcptTo"] = (recipient, session, callback) => {
    const { address } = recipient
    const at = address.lastIndexOf("@")
    const parsed =
      address.slice(at + 1).toLowerCase() === domain.toLowerCase()
        ? parseLocalPart(address.slice(0, at))
        : null
    if (targets.has(session)) return callback(oneAtATime())
    if (parsed?._tag !== "Bounce") return handlers.onRcptTo(recipient, session, callback)
    if (session.envelope.rcptTo.length > 0) return callback(oneAtATime())
    settle(fork(bounces.find(parsed, Date.now())), callback, (target) => {
      if (target === null) return callback(refuse(session, unknown()))
      if (senderOf(session) !== "") return callback(refuse(session, reportsOnly()))
      targets.set(session, target)
      callback()
    })
  }

  const onData: Handlers["onData"] = (stream, session, callback) => {
    const target = targets.get(session)
    if (target === undefined) return handlers.onData(stream, session, callback)
    targets.delete(session)
    const received = receive(session, stream)
    const chunks: Array<Buffer> = []
    let size = 0
    stream.on("data", (chunk: Buffer) => {
      if (size < keptBytes) chunks.push(chunk)
      size += chunk.length
    })
    stream.once("end", () => {
      received()
      const kept = Buffer.concat(chunks).subarray(0, keptBytes)
      settle(fork(bounces.accept(target, kept)), callback, (words) => callback(null, words))
    })
  }

  return { ...handlers, onMailFrom, onRcptTo, onData }
}

const senderOf = ({ envelope }: SMTPServerSession) =>
  envelope.mailFrom === false ? "" : envelope.mailFrom.address

const unknown = () => new SmtpReply(550, "5.1.1 No such recipient here")
const reportsOnly = () =>
  new SmtpReply(550, "5.7.1 This address takes delivery reports only: their MAIL FROM is empty")
const oneAtATime = () =>
  new SmtpReply(452, "4.5.3 A delivery report has one recipient here, send the others apart")

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
