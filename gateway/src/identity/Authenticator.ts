import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { NotSignedIn, TooManyAttempts, Unavailable } from "@maillm/schema/api/ApiErrors"
import type { CurrentUser } from "@maillm/schema/api/Authorization"
import { UserId } from "@maillm/schema/Ids"
import type { NatsUnavailable } from "@maillm/actors/nats/Nats"
import { Credentials } from "./Credentials.ts"
import { makeFailureLimiter } from "./FailureLimiter.ts"
import { hashOfToken } from "./opaqueToken.ts"
import { SignInLinks } from "./SignInLinks.ts"
import { WebSessions } from "./WebSessions.ts"

export type Identity = CurrentUser["Service"]
export type SignInError = NotSignedIn | TooManyAttempts | Unavailable

/** Credentials that were right before; they are checked again even while their address is locked. */
const knownLimit = 1_000

/**
 * Who a credential stands for. Failures are counted by network address; a locked address may go on with
 * credentials that were right before, but can try no new ones.
 */
export class Authenticator extends Context.Service<
  Authenticator,
  {
    readonly byToken: (token: string, address: string) => Effect.Effect<Identity, SignInError>
    readonly byCookie: (id: string, address: string) => Effect.Effect<Identity, SignInError>
    /** Uses up a one-time link's token. */
    readonly byLink: (token: string, address: string) => Effect.Effect<UserId, SignInError>
  }
>()("@maillm/gateway/identity/Authenticator") {
  static readonly layer = Layer.effect(
    Authenticator,
    Effect.gen(function* () {
      const credentials = yield* Credentials
      const sessions = yield* WebSessions
      const links = yield* SignInLinks
      const limiter = makeFailureLimiter(() => performance.now())
      const known = new Set<string>()

      const check = Effect.fnUntraced(function* <A>(
        secret: string,
        address: string,
        verify: Effect.Effect<A | null, NatsUnavailable>,
        wrong: NotSignedIn,
      ) {
        if (secret === "") return yield* signInFirst()
        const hash = hashOfToken(secret)
        const wait = limiter.lockedSeconds(address)
        if (wait > 0 && !known.has(hash)) return yield* locked(wait)
        const found = yield* Effect.mapError(verify, away)
        if (found === null) {
          known.delete(hash)
          limiter.failed(address, hash)
          return yield* wrong
        }
        known.delete(hash)
        known.add(hash)
        const oldest = known.size > knownLimit ? known.values().next() : undefined
        if (oldest?.done === false) known.delete(oldest.value)
        return found
      })

      return {
        byToken: Effect.fn("Authenticator.byToken")(function* (token, address) {
          const found = yield* check(token, address, credentials.verifyToken(token), wrongToken())
          return { userId: UserId.make(found.userId), cookie: null }
        }),
        byCookie: Effect.fn("Authenticator.byCookie")(function* (id, address) {
          const found = yield* check(id, address, sessions.verify(id), signInFirst())
          const { userId, hash, expiresAtMillis } = found
          return { userId, cookie: { hash, expiresAtMillis } }
        }),
        byLink: (token, address) => check(token, address, links.use(token), usedLink()),
      }
    }),
  )
}

const signInFirst = () =>
  new NotSignedIn({
    message: "you are not signed in",
    remedy:
      "Send an API token as `Authorization: Bearer <token>`, or open a sign-in link (`npm start` prints one).",
  })

const wrongToken = () =>
  new NotSignedIn({
    message: "this API token is not right",
    remedy: "The owner's token is in owner.json in the data folder.",
  })

const usedLink = () =>
  new NotSignedIn({
    message: "this sign-in link has been used or has expired",
    remedy: "A link works once, for 15 minutes. `npm start` prints a new one each time.",
  })

const locked = (seconds: number) =>
  new TooManyAttempts({
    message: "too many failed sign-ins from this network address",
    remedy: `Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  })

const away = (error: NatsUnavailable) =>
  new Unavailable({
    message: `sign-ins cannot be checked now: ${error.reason}`,
    remedy: "Try again in a few seconds; you stay signed in.",
    retryAfterSeconds: 5,
  })
