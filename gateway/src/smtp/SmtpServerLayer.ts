import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SMTPServer } from "smtp-server"
import type { SMTPServerOptions } from "smtp-server"
import { Settings } from "@maillm/schema/Settings"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { Credentials } from "../identity/Credentials.ts"
import { Directory } from "../identity/Directory.ts"
import type { MailAuthenticator } from "../mail/authenticate/MailAuthenticator.ts"
import { makeMailBacklog } from "../mail/MailBacklog.ts"
import { SmtpAddress } from "./SmtpAddress.ts"
import { smtpLimits } from "./SmtpLimits.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import { smtpHandlers } from "./smtpHandlers.ts"
import { SmtpSessions } from "./SmtpSessions.ts"

export interface SmtpServerOptions {
  readonly limits?: Partial<SmtpLimits>
  /** Offers STARTTLS, and AUTH after it. Without, AUTH is offered on loopback only. PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Mails of one user that may wait to be read, `waitingMailLimit` unless given. */
  readonly waitingMailLimit?: number
}

/** The listener could not be opened; says what to do. */
export class SmtpNotListening extends Schema.TaggedError<SmtpNotListening>()("SmtpNotListening", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

const closeMillis = 5_000

/** Inbound mail. A mail is answered with 250 when it is stored and its users' mailboxes hold it, not before. */
export const SmtpServerLayer = (options: SmtpServerOptions = {}) =>
  Layer.effect(
    SmtpAddress,
    Effect.gen(function* () {
      const settings = yield* Settings
      const context = yield* Effect.context<
        Blobs | ActorClient | Credentials | Directory | MailAuthenticator
      >()
      const limits = { ...smtpLimits, ...options.limits }
      const sessions = new SmtpSessions(limits)
      const fork = Effect.runForkWith(context)
      const handlers = smtpHandlers(
        {
          sessions,
          budget: { limitBytes: limits.inFlightBytes, usedBytes: 0 },
          mailLimitBytes: settings.mailSizeLimitBytes,
          offersTls: options.tls !== undefined,
          backlog: makeMailBacklog(yield* Nats, options.waitingMailLimit),
          book: {
            domain: settings.domain,
            secret: Redacted.value(settings.secret),
            directory: Context.get(context, Directory),
          },
        },
        fork,
      )
      const server = yield* Effect.acquireRelease(
        Effect.sync(() => {
          const smtp = new SMTPServer({ ...serverOptions(settings, limits), ...handlers, ...options.tls })
          sessions.attach(smtp)
          // A client's broken connection is reported here too; unheard it would end the process.
          smtp.on("error", (error: Error) => {
            fork(Effect.logDebug(`smtp: ${error.message}`))
          })
          return smtp
        }),
        (smtp) =>
          Effect.callback<void>((resume) => {
            sessions.dismiss()
            smtp.close(() => resume(Effect.void))
          }),
      )
      const port = yield* listen(server, settings.smtpPort, settings.bind)
      yield* Effect.logInfo(`inbound mail on ${settings.bind}:${port} for ${settings.domain}`)
      return { port }
    }),
  )

const serverOptions = (settings: Settings["Service"], limits: SmtpLimits): SMTPServerOptions => ({
  name: settings.domain,
  banner: "maillm",
  size: settings.mailSizeLimitBytes,
  maxClients: limits.connections,
  maxRecipients: limits.recipients,
  socketTimeout: limits.idleMillis,
  closeTimeout: closeMillis,
  authMethods: ["PLAIN", "LOGIN"],
  authOptional: true,
  // Whether AUTH is offered is decided for each connection in `onConnect`.
  allowInsecureAuth: true,
  disableReverseLookup: true,
  logger: false,
})

const listen = (server: SMTPServer, port: number, bind: string) =>
  Effect.callback<number, SmtpNotListening>((resume) => {
    const failed = (error: NodeJS.ErrnoException) =>
      resume(
        Effect.fail(
          new SmtpNotListening({
            reason:
              error.code === "EADDRINUSE"
                ? `port ${port} on ${bind} is in use. Stop what uses it, or set MAILLM_SMTP_PORT to another (0 for any).`
                : error.code === "EACCES"
                  ? `port ${port} on ${bind} needs more rights than this user has. Set MAILLM_SMTP_PORT to one above 1023.`
                  : `inbound mail cannot listen on ${bind}:${port}: ${error.message}. Check MAILLM_BIND and MAILLM_SMTP_PORT.`,
          }),
        ),
      )
    server.server.once("error", failed)
    server.listen(port, bind, () => {
      server.server.off("error", failed)
      const address = server.server.address()
      resume(Effect.succeed(address !== null && typeof address === "object" ? address.port : port))
    })
  })
