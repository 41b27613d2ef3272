import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { UserId } from "@maillm/schema/Ids"
import { Nats } from "@maillm/actors/nats/Nats"
import type { NatsUnavailable } from "@maillm/actors/nats/Nats"
import { makeMarks } from "./Marks.ts"
import { hashOfToken, isOpaqueToken, newOpaqueToken } from "./opaqueToken.ts"

export const linkLifetimeMillis = 15 * 60_000

/**
 * One-time links to sign in to the console. A link works once, for 15 minutes, on any gateway, and survives a
 * restart; only the token's hash is stored.
 */
export class SignInLinks extends Context.Service<
  SignInLinks,
  {
    /** `<baseUrl>/sign-in#token=…`: the fragment reaches no server log and no Referer. */
    readonly make: (userId: UserId, baseUrl: string) => Effect.Effect<string, NatsUnavailable>
    /** Whose link this was, once; null when it is not, no longer, or already used. */
    readonly use: (token: string) => Effect.Effect<UserId | null, NatsUnavailable>
  }
>()("@maillm/gateway/identity/SignInLinks") {
  static readonly layer = Layer.effect(
    SignInLinks,
    Effect.gen(function* () {
      const marks = makeMarks(yield* Nats, "signin")
      yield* marks.sweep().pipe(Effect.ignore, Effect.repeat(Schedule.spaced("6 hours")), Effect.forkScoped)
      return {
        make: Effect.fn("SignInLinks.make")(function* (userId, baseUrl) {
          const token = newOpaqueToken()
          const now = yield* Clock.currentTimeMillis
          yield* marks.put(hashOfToken(token), {
            v: 1,
            userId,
            createdAtMillis: now,
            expiresAtMillis: now + linkLifetimeMillis,
          })
          return `${baseUrl}/sign-in#token=${token}`
        }),
        use: Effect.fn("SignInLinks.use")(function* (token) {
          if (!isOpaqueToken(token)) return null
          const hash = hashOfToken(token)
          const stored = yield* marks.get(hash)
          if (stored === null) return null
          const first = yield* marks.remove(hash, stored.revision)
          return first ? stored.mark.userId : null
        }),
      }
    }),
  )
}
