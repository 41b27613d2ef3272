import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { SMTPServerOptions } from "smtp-server"
import { Settings } from "@maillm/schema/Settings"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { Credentials } from "../identity/Credentials.ts"
import { Directory } from "../identity/Directory.ts"
import type { MailAuthenticator } from "../mail/authenticate/MailAuthenticator.ts"
import { Bounces } from "../mail/bounce/Bounces.ts"
import { makeMailBacklog } from "../mail/MailBacklog.ts"
import { certificateFiles } from "./certificate.ts"
import { noAddresses } from "./clientAddress.ts"
import type { AddressList } from "./clientAddress.ts"
import { CurrentCertificate } from "./CurrentCertificate.ts"
import { listen, SmtpNotListening } from "./listen.ts"
import { withBounces } from "./withBounces.ts"
import type { ReportParts } from "./withBounces.ts"
import { SmtpAddress } from "./SmtpAddress.ts"
import { smtpLimits } from "./SmtpLimits.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import { smtpHandlers } from "./smtpHandlers.ts"
import { SmtpListener } from "./SmtpListener.ts"
import type { ListenerParts } from "./SmtpListener.ts"
import { SmtpSessions } from "./SmtpSessions.ts"
import { minVersion, TlsFront } from "./TlsFront.ts"

export interface SmtpServerOptions {
  readonly limits?: Partial<SmtpLimits>
  /** PEM files, both or none. With them STARTTLS is offered, and AUTH after it; without, AUTH on loopback only. */
  readonly certFile?: string | null
  readonly keyFile?: string | null
  /** Port of TLS from the first byte on, 0 for any; null or unset for none. Needs a certificate. */
  readonly smtpsPort?: number | null
  /** Who must begin with a PROXY header, and whose word on the client's address counts. */
  readonly proxies?: AddressList
  /** Mails of one user that may wait to be read, `waitingMailLimit` unless given. */
  readonly waitingMailLimit?: number
  /** How often the certificate's files are looked at. */
  readonly certificateMillis?: number
}

const closeMillis = 5_000
const certificateMillis = 5_000

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
      const certificate = yield* certificateOf(options)
      const handlers = smtpHandlers(
        {
          sessions,
          budget: { limitBytes: limits.inFlightBytes, usedBytes: 0 },
          body: { mailBytes: settings.mailSizeLimitBytes, lines: limits.lines },
          offersTls: certificate !== null,
          backlog: makeMailBacklog(yield* Nats, options.waitingMailLimit),
          book: {
            domain: settings.domain,
            secret: Redacted.value(settings.secret),
            directory: Context.get(context, Directory),
          },
        },
        fork,
      )
      const bounces = new Bounces(yield* Nats, Redacted.value(settings.secret))
      const withReports = withBounces(handlers, reportParts(bounces, settings.domain, sessions), fork)
      const parts = { sessions, limits, proxies: options.proxies ?? noAddresses }
      const ofServer = {
        ...serverOptions(settings, limits),
        ...withReports,
        ...certificate?.pair,
        minVersion,
      }
      const open = (tls: TlsFront | null) => openListener(ofServer, { ...parts, tls }, fork)
      const plain = yield* open(null)
      const port = yield* listen(plain, settings.smtpPort, settings.bind, "MAILLM_SMTP_PORT")
      const front = certificate === null ? null : new TlsFront(certificate.pair, limits.handshakeMillis)
      const wanted = options.smtpsPort ?? null
      const smtpsPort =
        wanted === null || front === null
          ? null
          : yield* listen(yield* open(front), wanted, settings.bind, "MAILLM_SMTPS_PORT")
      const reloadCertificate = () =>
        certificate?.reload({
          use: (pair) => {
            plain.updateSecureContext({ ...pair })
            front?.use(pair)
          },
          info: (line) => fork(Effect.logInfo(line)),
          warn: (line) => fork(Effect.logWarning(line)),
        })
      yield* every(limits.sweepMillis, () => sessions.sweep())
      if (certificate !== null) {
        yield* every(options.certificateMillis ?? certificateMillis, reloadCertificate)
        const { state, detail } = certificate.state(Date.now())
        if (state !== "ok") yield* Effect.logWarning(`SMTP: ${detail}`)
      }
      yield* Effect.logInfo(`inbound mail on ${settings.bind}:${port} for ${settings.domain}`)
      return {
        port,
        smtpsPort,
        proxied: parts.proxies.hasLoopback,
        certificate: () => certificate?.state(Date.now()) ?? null,
        reloadCertificate,
      }
    }),
  )

const reportParts = (bounces: Bounces, domain: string, sessions: SmtpSessions): ReportParts => ({
  bounces,
  domain,
  refuse: (session, reply) => sessions.refuse(session, reply),
  receive: (session, stream) => {
    sessions.receive(session, stream)
    return () => {
      sessions.of(session).receiving = null
    }
  },
})

const openListener = (
  server: SMTPServerOptions,
  parts: ListenerParts,
  fork: (log: Effect.Effect<void>) => unknown,
) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      // smtp-server keeps and changes the object that it is given.
      const listener = new SmtpListener({ ...server }, parts)
      // A client's broken connection is reported here too; unheard it would end the process.
      listener.on("error", (error: Error) => fork(Effect.logDebug(`smtp: ${error.message}`)))
      return listener
    }),
    (listener) =>
      Effect.callback<void>((resume) => {
        parts.sessions.dismiss()
        listener.close(() => resume(Effect.void))
      }),
  )

const serverOptions = (settings: Settings["Service"], limits: SmtpLimits): SMTPServerOptions => ({
  name: settings.domain,
  banner: "maillm",
  size: settings.mailSizeLimitBytes,
  maxRecipients: limits.recipients,
  maxCommandLength: limits.commandBytes,
  socketTimeout: limits.idleMillis,
  closeTimeout: closeMillis,
  authMethods: ["PLAIN", "LOGIN"],
  authOptional: true,
  // Whether AUTH is offered is decided for each connection in `onConnect`.
  allowInsecureAuth: true,
  disableReverseLookup: true,
  logger: false,
})

const certificateOf = ({ certFile = null, keyFile = null, smtpsPort = null }: SmtpServerOptions) =>
  Effect.try({
    try: () => {
      const files = certificateFiles({ certFile, keyFile, smtpsPort })
      return files === null ? null : new CurrentCertificate(files)
    },
    catch: (error) =>
      new SmtpNotListening({ reason: error instanceof Error ? error.message : String(error) }),
  })

const every = (millis: number, run: () => void) =>
  Effect.acquireRelease(
    Effect.sync(() => setInterval(run, millis).unref()),
    (timer) => Effect.sync(() => clearInterval(timer)),
  )
