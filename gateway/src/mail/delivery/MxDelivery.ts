import nodemailer from "nodemailer"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Settings } from "@maillm/schema/Settings"
import { Dns } from "../../dns/Dns.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { saysAddressIsNone } from "../bounce/enhancedStatus.ts"
import { Relay, RelayBusy, RelayFailed } from "../Relay.ts"
import type { RelayMail } from "../Relay.ts"
import { DomainLimits } from "./DomainLimits.ts"
import { mailServers } from "./mailServers.ts"
import type { MailServer } from "./mailServers.ts"
import { smtpFailure } from "./smtpFailure.ts"
import type { SmtpFailure } from "./smtpFailure.ts"
import { StsPolicies } from "./StsPolicies.ts"
import type { StsPolicy } from "./StsPolicies.ts"

export interface MxOptions {
  /** Where others take mail. */
  readonly port: number
  readonly connectMillis: number
  readonly greetingMillis: number
  /** Without a word from the server. RFC 5321 §4.5.3.2 has up to ten minutes after the final dot. */
  readonly idleMillis: number
  /** For one server, all in all. */
  readonly serverMillis: number
  readonly limits: DomainLimits
  /** Null: as the DNS has them. */
  readonly policies: StsPolicies | null
}

export const mxOptions = (): MxOptions => ({
  port: 25,
  connectMillis: 30_000,
  greetingMillis: 60_000,
  idleMillis: 300_000,
  serverMillis: 900_000,
  limits: new DomainLimits(),
  policies: null,
})

/**
 * Mail straight to the servers of its receiver (MAILLM_SMTP_RELAY=mx): MX by preference, STARTTLS where it is offered, and
 * TLS with a right certificate or not at all where the domain's MTA-STS policy says so. DANE is not looked at.
 */
export const MxDeliveryLayer = (given: Partial<MxOptions> = {}) =>
  Layer.effect(
    Relay,
    Effect.gen(function* () {
      const { domain } = yield* Settings
      const { resolve } = yield* Dns
      const ask: Ask = (name, type) => Effect.runPromise(resolve(name, type))
      const options = { ...mxOptions(), ...given }
      const policies = options.policies ?? StsPolicies.of(ask)
      return { via: "mx", send: (mail) => deliver(mail, { ...options, policies, ask, name: domain }) }
    }),
  )

interface Way extends Omit<MxOptions, "policies"> {
  readonly policies: StsPolicies
  readonly ask: Ask
  /** How we introduce ourselves. */
  readonly name: string
}

const failed = (permanent: boolean, reason: string, status = "") =>
  new RelayFailed({ permanent, reason, deadStatus: saysAddressIsNone(status) ? status : null })

const deliver = (mail: RelayMail, way: Way): Effect.Effect<string, RelayFailed | RelayBusy> => {
  const domain = mail.to.slice(mail.to.lastIndexOf("@") + 1).toLowerCase()
  return Effect.acquireUseRelease(
    Effect.sync(() => way.limits.enter(domain)),
    (leave): Effect.Effect<string, RelayFailed | RelayBusy> =>
      leave === null
        ? Effect.fail(new RelayBusy({ reason: `enough goes to ${domain} right now` }))
        : toDomain(mail, domain, way),
    (leave) => Effect.sync(() => leave?.()),
  )
}

const toDomain = (mail: RelayMail, domain: string, way: Way): Effect.Effect<string, RelayFailed> =>
  Effect.gen(function* () {
    const found = yield* Effect.promise(() => mailServers(way.ask, domain))
    if (found._tag === "NoMail") return yield* failed(true, `${found.status} ${found.reason}`, found.status)
    if (found._tag === "Unknown") return yield* failed(false, found.reason)
    const policy = yield* Effect.promise(() => way.policies.of(domain))
    const servers = found.servers.filter(({ host }) => policy.allows(host))
    if (servers.length === 0)
      return yield* failed(false, `the MTA-STS policy of ${domain} allows none of its mail servers`)
    return yield* toServers(mail, servers, policy, way)
  })

/** One after the other: a "no" is one of the domain, anything else may be of that server alone. */
const toServers = (mail: RelayMail, servers: ReadonlyArray<MailServer>, policy: StsPolicy, way: Way) =>
  Effect.gen(function* () {
    const reasons: Array<string> = []
    for (const server of servers) {
      const outcome = yield* Effect.result(toServer(mail, server, policy, way))
      if (outcome._tag === "Success") return `${outcome.success} (${server.host})`
      const { deadStatus, permanent, reason } = outcome.failure
      reasons.push(`${server.host} [${server.address}]: ${reason}`)
      if (permanent) {
        return yield* new RelayFailed({ permanent: true, reason: reasons.at(-1) ?? reason, deadStatus })
      }
    }
    return yield* failed(false, reasons.join("; ").slice(0, 900))
  })

/** Encrypted where it can be; in clear where nobody asks for more and TLS does not work (RFC 7435). */
const toServer = (mail: RelayMail, server: MailServer, { enforced }: StsPolicy, way: Way) =>
  attempt(mail, server, enforced ? "enforced" : "offered", way).pipe(
    Effect.catchIf(
      ({ tlsFailed }) => tlsFailed && !enforced,
      () => attempt(mail, server, "none", way),
    ),
  )

const attempt = (
  { bounceAddress, raw, to }: RelayMail,
  { address, host }: MailServer,
  tls: "enforced" | "offered" | "none",
  { connectMillis, greetingMillis, idleMillis, name, port, serverMillis }: Way,
): Effect.Effect<string, SmtpFailure> =>
  Effect.acquireUseRelease(
    Effect.sync(() =>
      nodemailer.createTransport({
        host: address,
        port,
        name,
        secure: false,
        requireTLS: tls === "enforced",
        ignoreTLS: tls === "none",
        tls: { servername: host, rejectUnauthorized: tls === "enforced", minVersion: "TLSv1.2" },
        connectionTimeout: connectMillis,
        greetingTimeout: greetingMillis,
        socketTimeout: idleMillis,
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    ),
    (transport) =>
      Effect.tryPromise({
        try: () => transport.sendMail({ raw: Buffer.from(raw), envelope: { from: bounceAddress, to: [to] } }),
        catch: (error) => smtpFailure(error),
      }).pipe(
        Effect.map(({ response }) => response),
        Effect.timeoutOrElse({
          duration: serverMillis,
          orElse: () => Effect.fail(smtpFailure(new Error(`no end after ${serverMillis / 1_000} s`))),
        }),
      ),
    (transport) => Effect.sync(() => transport.close()),
  )
