import nodemailer from "nodemailer"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Settings } from "@maillm/schema/Settings"
import { smtpFailure } from "./delivery/smtpFailure.ts"

/**
 * The mail was not taken. `permanent`: it will not be, ever, so it is no use to try again. `deadStatus`: the server of the
 * address said with this status that the address is none.
 */
export class RelayFailed extends Schema.TaggedError<RelayFailed>()("RelayFailed", {
  permanent: Schema.Boolean,
  reason: Schema.String,
  deadStatus: Schema.NullOr(Schema.String),
}) {
  override get message() {
    return this.reason
  }
}

/** Not now, and nothing is wrong: where it goes has enough for the moment. */
export class RelayBusy extends Schema.TaggedError<RelayBusy>()("RelayBusy", { reason: Schema.String }) {
  override get message() {
    return this.reason
  }
}

export interface RelayMail {
  readonly raw: Uint8Array
  readonly to: string
  /** MAIL FROM: where reports go to. Empty for none. */
  readonly bounceAddress: string
  /** Used as MAIL FROM where the relay refuses that. */
  readonly fromAddress: string
}

/**
 * Where mail leaves for the world; null when none is set. The answer is the server's own last line. `layer` is the relay of
 * MAILLM_SMTP_RELAY; delivery/MxDelivery.ts does without one.
 *
 * MAIL FROM is an address that takes reports about this mail only and answers nothing, which RFC 3834 §3.3 allows an
 * automatic reply besides the empty one. Submission services that insist on a sender they know get the session's own
 * address, where what comes back with an empty sender is never acted on.
 */
export class Relay extends Context.Service<
  Relay,
  {
    /** By a relay, or straight to the receivers' servers. */
    readonly via: "relay" | "mx"
    readonly send: (mail: RelayMail) => Effect.Effect<string, RelayFailed | RelayBusy>
  } | null
>()("@maillm/gateway/mail/Relay") {
  static readonly layer = Layer.effect(
    Relay,
    Effect.gen(function* () {
      const { smtpRelay, domain } = yield* Settings
      if (smtpRelay === null) return null
      const transport = yield* Effect.acquireRelease(
        Effect.sync(() =>
          nodemailer.createTransport({
            url: Redacted.value(smtpRelay),
            name: domain,
            connectionTimeout: 30_000,
            greetingTimeout: 30_000,
            socketTimeout: 120_000,
            dnsTimeout: 30_000,
            disableFileAccess: true,
            disableUrlAccess: true,
          }),
        ),
        (opened) => Effect.sync(() => opened.close()),
      )
      const attempt = (mail: RelayMail, from: string) =>
        Effect.tryPromise({
          try: () => transport.sendMail({ raw: Buffer.from(mail.raw), envelope: { from, to: [mail.to] } }),
          catch: (error) => smtpFailure(error),
        }).pipe(Effect.map(({ response }) => response))
      return {
        via: "relay",
        send: (mail) =>
          attempt(mail, mail.bounceAddress).pipe(
            Effect.catchIf(
              (failed) => failed.refusedSender,
              () => attempt(mail, mail.fromAddress),
            ),
            Effect.mapError(
              ({ deadStatus, permanent, reason }) => new RelayFailed({ permanent, reason, deadStatus }),
            ),
          ),
      }
    }),
  )
}
