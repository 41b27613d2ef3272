import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { MessageId } from "@maillm/schema/Ids"
import type { Envelope } from "@maillm/schema/Message"
import type { MailOrigin } from "@maillm/schema/MailOrigin"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import type { Target } from "./recipients.ts"
import { tryLater } from "./SmtpReply.ts"

export interface ReceivedMail {
  readonly bytes: Uint8Array
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string
  readonly envelope: Omit<Envelope, "to">
  readonly origin: MailOrigin
  readonly targets: ReadonlyArray<Target>
}

/**
 * A mail's id comes from its bytes and the address it was sent to, so that a sender who repeats a mail because
 * our 250 was lost causes nothing new.
 */
export const mailIdentity = (rawSha256: string, address: string) => {
  const hash = createHash("sha256").update(`${rawSha256} ${address.toLowerCase()}`).digest("hex")
  return { mailId: MessageId.make(`m${hash.slice(0, 31)}`), commandId: `mail/${hash}` }
}

/**
 * Stores the raw mail, then tells every user named. When this succeeds the mail is durable and ours, and only
 * then may the client hear 250. When it fails, some of the users may have it already; the client's next try
 * gives it to the others and changes nothing for those.
 */
export const acceptMail = Effect.fnUntraced(function* (mail: ReceivedMail) {
  const blobs = yield* Blobs
  const actors = yield* ActorClient
  const raw = yield* blobs
    .put(mail.bytes, mail.sha256)
    .pipe(Effect.mapError((error) => tryLater(error.message)))
  // One moment for all: by it the copies of a mail to several addresses are known to have come together.
  const receivedAtMillis = Date.now()
  return yield* Effect.forEach(
    mail.targets,
    (target) => {
      const { mailId, commandId } = mailIdentity(mail.sha256, target.address)
      return actors
        .tell(UserProtocol, target.userId, commandId, {
          _tag: "ReceiveMail",
          mailId,
          raw,
          envelope: { ...mail.envelope, to: target.address },
          recipient: target.recipient,
          receivedAtMillis,
          origin: mail.origin,
        })
        .pipe(
          Effect.map(({ duplicate }) => ({ mailId, duplicate })),
          Effect.mapError((error) => tryLater(error.message)),
        )
    },
    // A fiber for each is for many; most mails have one.
    mail.targets.length > 1 ? { concurrency: 16 } : {},
  )
})
