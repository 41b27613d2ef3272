import type { ConsumerMessages } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"

/**
 * Ends a consumer's message iterator. On a connection that is gone `close` never settles (nats.js 3.4.0), so it is
 * waited for one second at most.
 */
export const closeMessages = (messages: ConsumerMessages | null): Effect.Effect<void> =>
  messages === null
    ? Effect.void
    : Effect.tryPromise(() => messages.close()).pipe(Effect.timeout("1 second"), Effect.ignore)
