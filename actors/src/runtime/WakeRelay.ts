import { AckPolicy, DeliverPolicy } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Scope } from "effect/Scope"
import { ActorClient } from "../client/ActorClient.ts"
import { closeMessages } from "../nats/closeMessages.ts"
import { Nats } from "../nats/Nats.ts"
import { Wake } from "./effectMessage.ts"

const decodeWake = Schema.decodeUnknownResult(Wake)

/**
 * Turns fired schedules into `TimerFired` commands. Any number of hosts share one durable consumer: a wake is
 * acked and deleted only after the command is stored, and the command's id makes a repeat harmless.
 */
export const runWakeRelay: Effect.Effect<void, never, Nats | ActorClient | Scope> = Effect.gen(function* () {
  const { js, jsm, onReconnect } = yield* Nats
  const client = yield* ActorClient

  const follow = Effect.gen(function* () {
    yield* Effect.tryPromise(() =>
      jsm.consumers.add("TIMER", {
        durable_name: "wake-relay",
        filter_subject: "wake.>",
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ack_wait: 10_000_000_000,
        max_ack_pending: 256,
      }),
    )
    const consumer = yield* Effect.tryPromise(() => js.consumers.get("TIMER", "wake-relay"))
    const messages = yield* Effect.acquireRelease(
      Effect.tryPromise(() => consumer.consume({ max_messages: 64, expires: 30_000 })),
      closeMessages,
    )
    yield* Effect.acquireRelease(
      Effect.sync(() => onReconnect(() => messages.stop())),
      (stopListening) => Effect.sync(stopListening),
    )
    const iterator = messages[Symbol.asyncIterator]()
    for (;;) {
      const next = yield* Effect.tryPromise(() => iterator.next())
      if (next.done === true) return
      const message = next.value
      const [, , kind, id] = message.subject.split(".")
      const wake = decodeWake(message.string())
      if (kind === "session" && id !== undefined && Result.isSuccess(wake)) {
        const { timer, generation } = wake.success
        const told = yield* Effect.result(
          client.tellSession(id, `timer/${timer}/${generation}`, { _tag: "TimerFired", timer, generation }),
        )
        if (Result.isFailure(told)) {
          message.nak(1_000)
          continue
        }
      }
      message.ack()
      yield* Effect.tryPromise(() => jsm.streams.deleteMessage("TIMER", message.seq, false)).pipe(
        Effect.ignore,
      )
    }
  }).pipe(Effect.scoped)

  yield* follow.pipe(
    Effect.catch((error) => Effect.logWarning(`timers wait: ${String(error)}`)),
    Effect.andThen(Effect.sleep("1 second")),
    Effect.forever,
    Effect.forkScoped,
  )
})
