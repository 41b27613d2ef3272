import { AckPolicy } from "@nats-io/jetstream"
import type { JsMsg } from "@nats-io/jetstream"
import { headers as newHeaders } from "@nats-io/transport-node"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Result from "effect/Result"
import type { StreamName } from "@maillm/schema/Streams"
import { deadMessage } from "./deadMessage.ts"
import { originOf } from "./EpochFence.ts"
import type { ItemOrigin } from "./EpochFence.ts"
import { fenceStore } from "./FenceStore.ts"
import type { FenceStore } from "./FenceStore.ts"
import { minimumPayloadBytes, Nats } from "./Nats.ts"
import { SharedPulls } from "./SharedPulls.ts"
import type { Waiter } from "./SharedPulls.ts"

/** One message of a work-queue stream. */
export interface WorkItem {
  readonly subject: string
  readonly data: Uint8Array
  /** 1 for the first delivery. */
  readonly attempt: number
  /** Its place in the stream. */
  readonly sequence: number
  /** The actor whose effect it is, with the epoch of the record; null when no header says so. */
  readonly origin: ItemOrigin | null
}

/** What becomes of an item: taken off the queue, delivered again after a while, or put aside in DEAD. */
export type Verdict = "done" | { readonly againAfterMillis: number } | { readonly deadBecause: string }

export interface WorkOptions<R> {
  readonly stream: StreamName
  /** Name of the durable consumer; all processes that share it share the work. */
  readonly durable: string
  readonly filter: string
  /** After this long without a sign of life the item goes to another; renewed while the handler runs. */
  readonly ackWaitMillis: number
  /** Items handled at the same time by this process. */
  readonly concurrency: number
  /**
   * Takes items off the queue unseen that an owner hands on after it was succeeded (EpochFence.ts); the name of the
   * consumer names its fences. Items without origin pass.
   */
  readonly fenced?: true
  /** May be interrupted at any point, and then sees the item again. A defect in it counts as "again". */
  readonly handle: (item: WorkItem) => Effect.Effect<Verdict, never, R>
}

const refusedItems = Metric.counter("maillm_refused_items_total", {
  description: "Work items of owners that were succeeded, by the consumer that refused them",
  incremental: true,
})

const retryMillis = 500
/** Items that wait for their next attempt stay pending; with more than these the consumer stalls. */
const pendingLimit = 20_000

/**
 * Works on a stream until interrupted: at least once, oldest first, over every loss of connection. Stops for good when
 * a stream was lost (StreamGuard.ts).
 */
export const consumeWork = <R>(options: WorkOptions<R>): Effect.Effect<never, never, Nats | R> =>
  Effect.gen(function* () {
    const nats = yield* Nats
    const fence = options.fenced === true ? fenceStore(nats, options.durable) : null
    const pulls = new SharedPulls(() => open(nats, options))
    const stopListening = nats.onReconnect(() => pulls.reset())
    const inHand = new Set<JsMsg>()
    const signs = setInterval(() => inHand.forEach(giveSign), options.ackWaitMillis / 3)
    const parts = { nats, pulls, fence, inHand }
    return yield* Effect.all(
      Array.from({ length: options.concurrency }, () => work(parts, options)),
      { concurrency: "unbounded" },
    ).pipe(
      Effect.raceFirst(nats.guard.refused),
      Effect.ensuring(
        Effect.sync(() => {
          stopListening()
          clearInterval(signs)
        }),
      ),
      Effect.andThen(Effect.never),
    )
  })

interface Parts {
  readonly nats: Nats["Service"]
  readonly pulls: SharedPulls
  readonly fence: FenceStore | null
  /** What is being handled. */
  readonly inHand: Set<JsMsg>
}

/** A sign of life. One that cannot be given is no loss: the item goes to another, as after a crash. */
const giveSign = (message: JsMsg) => {
  try {
    message.working()
  } catch {
    // The connection is closed.
  }
}

const work = <R>(parts: Parts, options: WorkOptions<R>) =>
  Effect.gen(function* () {
    while (true) {
      const message = yield* next(parts.pulls)
      if (message === null) continue
      parts.inHand.add(message)
      yield* handleOne(parts, message, options).pipe(
        Effect.ensuring(Effect.sync(() => parts.inHand.delete(message))),
      )
    }
  }).pipe(
    Effect.catch((error) =>
      Effect.logDebug(`${options.durable}: ${words(error.cause)}`).pipe(
        Effect.andThen(Effect.sleep(retryMillis)),
      ),
    ),
    Effect.forever,
  )

/** Makes the consumer, or gives one that an older version made the settings of this one. */
const open = async <R>(nats: Nats["Service"], options: WorkOptions<R>) => {
  const settings = {
    filter_subject: options.filter,
    ack_wait: options.ackWaitMillis * 1_000_000,
    max_deliver: -1,
    max_ack_pending: pendingLimit,
  }
  const { consumers } = nats.jsm
  await consumers
    .add(options.stream, { ...settings, durable_name: options.durable, ack_policy: AckPolicy.Explicit })
    .catch(() => consumers.update(options.stream, options.durable, settings))
  return nats.js.consumers.get(options.stream, options.durable)
}

/** The next item, or null when there is none for a while. */
const next = (pulls: SharedPulls) =>
  Effect.callback<JsMsg | null, Cause.UnknownError>((resume) => {
    const waiter: Waiter = {
      message: (message) => resume(Effect.succeed(message)),
      failed: (error) => resume(Effect.fail(new Cause.UnknownError(error))),
    }
    pulls.wait(waiter)
    return Effect.sync(() => pulls.leave(waiter))
  })

const handleOne = <R>({ fence, nats }: Parts, message: JsMsg, options: WorkOptions<R>) =>
  Effect.gen(function* () {
    const item: WorkItem = {
      subject: message.subject,
      data: message.data,
      attempt: message.info.deliveryCount,
      sequence: message.seq,
      origin: originOf((name) => message.headers?.get(name)),
    }
    const verdict = yield* behindFence(fence, item, options).pipe(
      Effect.catchCause((cause): Effect.Effect<Verdict> =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.interrupt
          : Effect.logError(`${options.durable}: ${message.subject} failed`, cause).pipe(
              Effect.as({ againAfterMillis: 5_000 }),
            ),
      ),
    )
    if (verdict === "done") message.ack()
    else if ("againAfterMillis" in verdict) message.nak(verdict.againAfterMillis)
    else {
      yield* Effect.logError(`${options.durable}: ${message.subject} put aside: ${verdict.deadBecause}`)
      yield* Effect.tryPromise(() => putAside(nats, message, options.stream, verdict.deadBecause))
      message.ack()
    }
  })

const behindFence = <R>(fence: FenceStore | null, item: WorkItem, options: WorkOptions<R>) =>
  Effect.gen(function* () {
    const { origin, sequence } = item
    if (fence === null || origin === null) return yield* options.handle(item)
    const over = yield* Effect.result(fence.admit(origin, sequence))
    if (Result.isFailure(over)) {
      yield* Effect.logWarning(`${options.durable}: ${item.subject} waits: ${over.failure.message}`)
      return { againAfterMillis: 1_000 } satisfies Verdict
    }
    if (over.success === null) return yield* options.handle(item)
    yield* Effect.logWarning(
      `${options.durable}: ${item.subject} at ${sequence} is refused: epoch ${origin.epoch} of ${origin.actor} was over, ${over.success} stands before it`,
    )
    yield* Metric.update(Metric.withAttributes(refusedItems, { consumer: options.durable }), 1)
    return "done" as const
  })

/** Its copy in DEAD. An item of a stream that was made anew has the number of an older one, and not its time. */
const putAside = (nats: Nats["Service"], message: JsMsg, stream: StreamName, reason: string) => {
  const { subject, seq: sequence, data, time: storedAt } = message
  const room = nats.connection.info?.max_payload ?? minimumPayloadBytes
  const letter = deadMessage({ stream, subject, sequence, data, reason, storedAt }, room)
  const headers = newHeaders()
  for (const [name, value] of letter.headers) headers.set(name, value)
  return nats.js.publish(letter.subject, letter.data, { headers })
}

const words = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
