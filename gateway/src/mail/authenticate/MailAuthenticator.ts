import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Semaphore from "effect/Semaphore"
import type { MailOrigin } from "@maillm/schema/MailOrigin"
import type { Envelope } from "@maillm/schema/Message"
import { Dns } from "../../dns/Dns.ts"
import { AuthenticationFailed, AuthenticationWorker } from "./AuthenticationWorker.ts"
import type { Verdict } from "./judgeMail.ts"
import { cameFromThisMachine, submissionWay } from "./submissionWay.ts"

export interface AuthenticatorOptions {
  /** Our own domain. */
  readonly domain: string
  /** Headers, lower case, that a signature has to cover where the mail has them. */
  readonly signedHeaders: ReadonlyArray<string>
  /** Whether a signature may leave out what its domain's mail service always leaves out. */
  readonly excuseServices: boolean
  /** Domains whose ARC seals are believed, lower case. */
  readonly trustedForwarders: ReadonlyArray<string>
  /** False where a proxy or port forward of this machine brings in mail from outside. */
  readonly trustThisMachine: boolean
  readonly workers: number
  /** Mails that are looked at at a time; others wait, their senders with them. */
  readonly concurrency: number
  /** How long the DNS is waited for, for one mail. */
  readonly dnsMillis: number
  /** How long one mail may take in all; then its worker is ended. */
  readonly timeMillis: number
}

export const defaultSignedHeaders: ReadonlyArray<string> = [
  "from",
  "to",
  "subject",
  "date",
  "message-id",
  "content-type",
]

export const authenticatorOptions: Omit<AuthenticatorOptions, "domain"> = {
  signedHeaders: defaultSignedHeaders,
  excuseServices: true,
  trustedForwarders: [],
  trustThisMachine: true,
  workers: 2,
  concurrency: 64,
  dnsMillis: 10_000,
  timeMillis: 30_000,
}

export interface KnownOrigin {
  readonly verdict: Verdict
  readonly origin: MailOrigin
}

/** Finds out, when a mail comes, who vouches for its sender. */
export class MailAuthenticator extends Context.Service<
  MailAuthenticator,
  {
    /** Fails when the mail could not be looked at; that, like the verdict `retry`, says nothing of its sender. */
    readonly originOf: (
      raw: Uint8Array,
      envelope: Pick<Envelope, "authenticatedAs" | "from" | "helo" | "remoteAddress">,
    ) => Effect.Effect<KnownOrigin, AuthenticationFailed>
  }
>()("@maillm/gateway/mail/authenticate/MailAuthenticator") {
  static readonly layer = (given: Partial<AuthenticatorOptions> & Pick<AuthenticatorOptions, "domain">) =>
    Layer.effect(
      MailAuthenticator,
      Effect.gen(function* () {
        const options = { ...authenticatorOptions, ...given }
        const dns = yield* Dns
        const ask = (...question: Parameters<typeof dns.resolve>) =>
          Effect.runPromise(dns.resolve(...question))
        const workers = Array.from({ length: options.workers }, () => new AuthenticationWorker(ask))
        yield* Effect.addFinalizer(() =>
          Effect.promise(() => Promise.all(workers.map((worker) => worker.end("maillm is stopping")))),
        )
        const places = yield* Semaphore.make(options.concurrency)
        return {
          originOf: (raw, envelope) => {
            const way = submissionWay(raw, envelope, options.trustThisMachine)
            return way === null
              ? places.withPermits(1)(relayed(raw, envelope, workers, options))
              : Effect.succeed({ verdict: "command", origin: { _tag: "Submitted", way } })
          },
        }
      }),
    )
}

const relayed = (
  raw: Uint8Array,
  envelope: Pick<Envelope, "from" | "helo" | "remoteAddress">,
  workers: ReadonlyArray<AuthenticationWorker>,
  options: AuthenticatorOptions,
): Effect.Effect<KnownOrigin, AuthenticationFailed> =>
  Effect.gen(function* () {
    const [worker] = workers.toSorted((a, b) => a.pending - b.pending)
    if (worker === undefined) return yield* Effect.fail(new AuthenticationFailed("there is no worker"))
    const { dnsMillis, domain, excuseServices, signedHeaders, timeMillis, trustedForwarders } = options
    const nowMillis = yield* Clock.currentTimeMillis
    // Whom a server of this machine had it from only that server knows.
    const unknownServer = cameFromThisMachine(envelope)
    const sender = {
      remoteAddress: unknownServer ? null : envelope.remoteAddress,
      helo: envelope.helo,
      envelopeFrom: envelope.from,
    }
    const rules = { domain, excuseServices, signedHeaders, trustedForwarders, dnsMillis, nowMillis }
    const found = yield* Effect.tryPromise({
      try: () => worker.authenticate(raw, sender, rules),
      catch: (error) =>
        error instanceof AuthenticationFailed ? error : new AuthenticationFailed(String(error)),
    }).pipe(
      Effect.timeoutOrElse({
        duration: timeMillis,
        orElse: () => {
          const late = `it took longer than ${timeMillis / 1_000} s`
          return Effect.promise(() => worker.end(late)).pipe(
            Effect.andThen(Effect.fail(new AuthenticationFailed(late))),
          )
        },
      }),
    )
    // By SPF, which only that server could ask, it may have been right.
    const refused = found.verdict === "reject" && unknownServer
    return refused ? { ...found, verdict: "quarantine" as const } : found
  })
