import { NoRespondersError, RequestError } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import { hostPresence } from "@maillm/schema/Subjects"
import type { Nats } from "../nats/Nats.ts"

const token = /^[A-Za-z0-9_-]{1,64}$/
const answerMillis = 1_000

/** Answers others that ask whether this process lives, until the scope closes. */
export const answerPresence = (nats: Nats["Service"], host: string, incarnation: string) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      nats.connection.subscribe(hostPresence(host, incarnation), {
        callback: (error, message) => {
          if (error === null) message.respond()
        },
      }),
    ),
    (subscription) => Effect.sync(() => subscription.unsubscribe()),
  ).pipe(Effect.asVoid)

/**
 * Whether a process is known to be gone: NATS says at once when nobody is there to answer, for the kernel closes the
 * connections of a process that ends, however it ends. No answer at all says nothing: it may be frozen, or its machine
 * cut off. A process that is only about to reconnect looks gone too; it finds at its next beat that it was succeeded.
 */
export const isGone =
  (nats: Nats["Service"], host: string) =>
  (incarnation: string): Effect.Effect<boolean> =>
    token.test(incarnation)
      ? Effect.promise(() =>
          nats.connection.request(hostPresence(host, incarnation), "", { timeout: answerMillis }).then(
            () => false,
            (error: unknown) => hasNoResponders(error),
          ),
        )
      : Effect.succeed(false)

const hasNoResponders = (error: unknown) =>
  error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders())
