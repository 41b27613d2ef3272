import { AckPolicy, DeliverPolicy } from "@nats-io/jetstream"
import type { JetStreamManager } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Scope } from "effect/Scope"
import { closeMessages } from "../nats/closeMessages.ts"
import { consumeAudibly } from "../nats/consumeAudibly.ts"
import { Nats } from "../nats/Nats.ts"
import { GroupPublisher } from "../nats/GroupPublisher.ts"
import { commandSubject } from "@maillm/schema/Subjects"
import { Wake } from "./CoreEffect.ts"

const decodeWake = Schema.decodeUnknownResult(Wake)

/**
 * Turns fired schedules into `TimerFired` commands. Any number of hosts share one durable consumer: a wake is
 * acked and deleted only after the command is stored, and the command's id makes a repeat harmless.
 */
export const runWakeRelay: Effect.Effect<void, never, Nats | Scope> = Effect.gen(function* () {
  const { connection, js, jsm, onReconnect } = yield* Nats
  const mailboxes = new GroupPublisher(connection, { atomic: true })

  const follow = Effect.gen(function* () {
    yield* Effect.tryPromise(() => prepareConsumer(jsm))
    const consumer = yield* Effect.tryPromise(() => js.consumers.get("TIMER", durable))
    const messages = yield* Effect.acquireRelease(
      Effect.tryPromise(() => consumeAudibly(consumer, 64)),
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
      if (kind !== undefined && id !== undefined && Result.isSuccess(wake)) {
        const told = yield* Effect.result(
          Effect.tryPromise(() => tellWake(mailboxes, kind, id, wake.success)),
        )
        if (Result.isFailure(told)) {
          message.nak(Math.min(message.info.deliveryCount * 1_000, longestWaitMillis))
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

const durable = "wake-relay"
/** Wakes that wait for their actor's mailbox to have room stay pending; with more than these all others would wait too. */
const pendingLimit = 20_000
const longestWaitMillis = 30_000

/** Makes the consumer, or gives one that an older version made the settings of this one. */
const prepareConsumer = async ({ consumers }: JetStreamManager) => {
  const settings = { filter_subject: "wake.>", ack_wait: 10_000_000_000, max_ack_pending: pendingLimit }
  const fixed = {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
  }
  await consumers
    .add("TIMER", { ...settings, ...fixed })
    .catch(() => consumers.update("TIMER", durable, settings))
}

const utf8 = new TextEncoder()

/** The actor's command schema must know `TimerFired` if it sets timers. */
const tellWake = (
  mailboxes: GroupPublisher,
  kind: string,
  id: string,
  { timer, generation }: typeof Wake.Type,
) => {
  const commandId = `timer/${timer}/${generation}`
  const command = { _tag: "TimerFired", timer, generation }
  const envelope = JSON.stringify({ v: 1, commandId, sentAtMillis: Date.now(), command })
  return mailboxes.publish(commandSubject(kind, id), utf8.encode(envelope), [
    ["Nats-Msg-Id", `${kind}.${id}/${commandId}`],
  ])
}
