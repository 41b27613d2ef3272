import * as Effect from "effect/Effect"
import { SessionProtocol, UserProtocol } from "@maillm/schema/ActorProtocol"
import type { ParsedLocalPart } from "@maillm/schema/Address"
import { MessageId } from "@maillm/schema/Ids"
import type { MessageId as MessageIdType } from "@maillm/schema/Ids"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import type { Nats } from "@maillm/actors/nats/Nats"
import { verifyBounce } from "../../identity/bounceAddress.ts"
import { SmtpReply, tryLater } from "../../smtp/SmtpReply.ts"
import { accountNote } from "../accountNote.ts"
import { SentMarks } from "../SentMarks.ts"
import type { SentAbout, SentMark } from "../SentMarks.ts"
import { saysAddressIsNone } from "./enhancedStatus.ts"
import { readDeliveryReport } from "./readDeliveryReport.ts"
import type { ReportedDelivery } from "./readDeliveryReport.ts"

/** A mail of ours that a report may come back about. */
export interface BounceTarget {
  readonly messageId: MessageIdType
  readonly about: SentAbout
  readonly mark: SentMark
}

/** Reports about our own mails, to the signed addresses that those left with. Nothing that comes here is answered. */
export class Bounces {
  readonly #secret: string
  readonly #marks: SentMarks

  constructor(nats: Nats["Service"], secret: string) {
    this.#secret = secret
    this.#marks = new SentMarks(nats, 0)
  }

  /** The mail that an address stands for; null when it is none of ours, or too old. */
  find(
    parsed: Extract<ParsedLocalPart, { readonly _tag: "Bounce" }>,
    nowMillis: number,
  ): Effect.Effect<BounceTarget | null, SmtpReply> {
    if (!verifyBounce(this.#secret, parsed, nowMillis)) return Effect.succeed(null)
    const messageId = MessageId.make(parsed.messageId)
    return this.#marks.find(messageId).pipe(
      Effect.mapError((error) => tryLater(error.message)),
      Effect.flatMap((mark) =>
        // It leaves before it is marked: a report may be quicker.
        mark === null
          ? Effect.fail(tryLater("the mail that this is about is still being sent"))
          : Effect.succeed(mark.about === undefined ? null : { messageId, about: mark.about, mark }),
      ),
    )
  }

  /**
   * Tells the mail's session, where it is a report that the mail failed, and keeps it, one for each mail. `raw` is its
   * beginning, as far as it may be kept. The words are for the SMTP client.
   */
  accept(
    { about, mark, messageId }: BounceTarget,
    raw: Uint8Array,
  ): Effect.Effect<string, SmtpReply, ActorClient | Blobs> {
    const failure = failureOf(readDeliveryReport(raw) ?? [], about.to)
    if (failure === null) {
      return Effect.logInfo(`mail about ${messageId} that is no report of a failure: dropped`).pipe(
        Effect.as("2.0.0 No report of a failure; not kept"),
      )
    }
    const taken = "2.0.0 The report is taken"
    if (mark.bounced === true) return Effect.succeed(taken)
    const { isNone, reason, status } = failure
    const { requestId, sentAtMillis, sessionId, to: address, userId } = about
    const command = {
      _tag: "MailBounced",
      messageId,
      requestId,
      status,
      reason,
      ...(isNone ? { unreachable: { userId, address, status, sentAtMillis } } : {}),
    } as const
    const commandId = `${messageId}/bounced`
    const marks = this.#marks
    return Effect.gen(function* () {
      const actors = yield* ActorClient
      // What comes back with a mail of the account may be the proof that only its receiver is to have: it is not kept.
      if (about.account === true) yield* actors.tell(UserProtocol, userId, commandId, accountNote(command))
      else {
        const report = yield* (yield* Blobs).put(raw)
        yield* actors.tell(SessionProtocol, sessionId, commandId, { ...command, report })
      }
      // Not before: until they know, the same report may come once more.
      yield* marks.noteBounced(messageId, mark)
    }).pipe(
      Effect.mapError((error) => tryLater(error.message)),
      Effect.as(taken),
    )
  }
}

/**
 * Only failures count: delays end in one or in a delivery. The address is taken for none where the report names it, and not
 * where it names another, to which its owner has the mail forwarded.
 */
const failureOf = (deliveries: ReadonlyArray<ReportedDelivery>, to: string) => {
  const failed = deliveries.filter(({ action }) => action === "failed")
  const own = failed.find(({ addresses }) => addresses.includes(to.toLowerCase()))
  const delivery = own ?? failed[0]
  if (delivery === undefined) return null
  const { addresses, diagnostic, status } = delivery
  const other = own === undefined && addresses.length > 0 ? ` (for ${addresses.join(", ")})` : ""
  const reason = `${diagnostic === "" ? `status ${status}` : diagnostic}${other}`.slice(0, 1_000)
  return { status, reason, isNone: own !== undefined && saysAddressIsNone(status) }
}
