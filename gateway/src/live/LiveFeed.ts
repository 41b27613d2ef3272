import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { LiveChange } from "@maillm/schema/LiveEvents"
import { liveAll } from "@maillm/schema/Subjects"
import { Nats } from "@maillm/actors/nats/Nats"

export interface LiveListener {
  readonly live: (change: unknown, bytes: number) => void
}

/**
 * Changes of the read model as the projector publishes them: one subscription for the whole gateway, handed to
 * the listeners of the change's own user.
 */
export class LiveFeed extends Context.Service<
  LiveFeed,
  { readonly join: (userId: string, listener: LiveListener) => () => void }
>()("@maillm/gateway/live/LiveFeed") {
  static readonly layer = Layer.effect(
    LiveFeed,
    Effect.gen(function* () {
      const { connection } = yield* Nats
      const byUser = new Map<string, Set<LiveListener>>()
      const subscription = connection.subscribe(liveAll, {
        callback: (error, message) => {
          if (error !== null) return
          const listeners = byUser.get(message.subject.slice("live.".length))
          if (listeners === undefined) return
          const change = decode(message.string())
          if (change._tag === "None" || !message.subject.endsWith(`.${change.value.userId}`)) return
          for (const listener of listeners) listener.live(change.value, message.data.length)
        },
      })
      yield* Effect.addFinalizer(() => Effect.sync(() => subscription.unsubscribe()))
      // Until the server has the subscription, changes could be missed by a socket that connects now.
      yield* Effect.ignore(Effect.tryPromise(() => connection.flush()))
      return {
        join: (userId, listener) => {
          const listeners = byUser.get(userId) ?? new Set()
          byUser.set(userId, listeners.add(listener))
          return () => {
            listeners.delete(listener)
            if (listeners.size === 0 && byUser.get(userId) === listeners) byUser.delete(userId)
          }
        },
      }
    }),
  )
}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(LiveChange))
