import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { UserId } from "@maillm/schema/Ids"
import { Nats } from "@maillm/actors/nats/Nats"
import type { NatsUnavailable } from "@maillm/actors/nats/Nats"
import { makeMarks } from "./Marks.ts"
import type { Marks } from "./Marks.ts"
import { hashOfToken, isOpaqueToken, newOpaqueToken } from "./opaqueToken.ts"

/** Unused this long, a console sign-in ends. */
export const webSessionMillis = 30 * 86_400_000
/** Use moves the end at most this often, so that reading does not write. */
const renewEveryMillis = 3_600_000

export interface WebSession {
  readonly userId: UserId
  readonly hash: string
  readonly expiresAtMillis: number
}

/**
 * Sign-ins of the console: an opaque 256-bit id in a cookie, its hash in MARKS. Good on every gateway, ended at
 * once by `end`.
 */
export class WebSessions extends Context.Service<
  WebSessions,
  {
    readonly begin: (
      userId: UserId,
    ) => Effect.Effect<{ readonly id: string; readonly session: WebSession }, NatsUnavailable>
    /** The session of this cookie, its end moved on; null when there is none or it has ended. */
    readonly verify: (id: string) => Effect.Effect<WebSession | null, NatsUnavailable>
    /** The same for an open socket, which keeps the hash only. */
    readonly renew: (hash: string) => Effect.Effect<WebSession | null, NatsUnavailable>
    readonly end: (hash: string) => Effect.Effect<void, NatsUnavailable>
    /** Calls back with the hash of each session that ends from now on, on whichever gateway. */
    readonly onEnded: (listener: (hash: string) => void) => () => void
  }
>()("@maillm/gateway/identity/WebSessions") {
  static readonly layer = Layer.effect(
    WebSessions,
    Effect.gen(function* () {
      const marks = makeMarks(yield* Nats, "web")
      const listeners = yield* watchEnded(marks)
      yield* marks.sweep().pipe(Effect.ignore, Effect.repeat(Schedule.spaced("6 hours")), Effect.forkScoped)

      const renew = Effect.fn("WebSessions.renew")(function* (hash: string) {
        const stored = yield* marks.get(hash)
        if (stored === null) return null
        const { mark } = stored
        const moved = (yield* Clock.currentTimeMillis) + webSessionMillis
        if (moved - mark.expiresAtMillis < renewEveryMillis) {
          return { userId: mark.userId, hash, expiresAtMillis: mark.expiresAtMillis }
        }
        // Losing the race to another renewal is fine; losing it to a sign-out must not bring the session back.
        const renewed = yield* marks.update(hash, { ...mark, expiresAtMillis: moved }, stored.revision)
        return { userId: mark.userId, hash, expiresAtMillis: renewed ? moved : mark.expiresAtMillis }
      })

      return {
        begin: Effect.fn("WebSessions.begin")(function* (userId) {
          const id = newOpaqueToken()
          const hash = hashOfToken(id)
          const now = yield* Clock.currentTimeMillis
          const expiresAtMillis = now + webSessionMillis
          yield* marks.put(hash, { v: 1, userId, createdAtMillis: now, expiresAtMillis })
          return { id, session: { userId, hash, expiresAtMillis } }
        }),
        verify: (id) => (isOpaqueToken(id) ? renew(hashOfToken(id)) : Effect.succeed(null)),
        renew,
        end: (hash) => Effect.asVoid(marks.remove(hash)),
        onEnded: (listener) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      }
    }),
  )
}

const watchEnded = Effect.fnUntraced(function* (marks: Marks) {
  const listeners = new Set<(hash: string) => void>()
  const watch = yield* Effect.acquireRelease(marks.watchRemoved, (iterator) =>
    Effect.sync(() => iterator.stop()),
  )
  const tell = async () => {
    for await (const entry of watch) {
      if (entry.operation === "PUT") continue
      for (const listener of listeners) listener(marks.hashOfKey(entry.key))
    }
  }
  // It ends with the connection, when the process does; until then it outlives every reconnect.
  tell().catch(() => undefined)
  return listeners
})
