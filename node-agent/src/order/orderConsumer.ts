import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { Nats } from "@maillm/actors/nats/Nats"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import { NodeItem } from "@maillm/schema/Record"
import { nodeOrders } from "@maillm/schema/Subjects"
import type { Sessions } from "../turn/Sessions.ts"

const decodeItem = Schema.decodeUnknownEffect(Schema.fromJsonString(NodeItem))

/** Takes the orders to this node off NODE: an order is acknowledged once it is in the local journal, never before. */
export const consumeOrders = (nodeId: string, sessions: Sessions) =>
  startAfresh(`node-${nodeId}`).pipe(Effect.andThen(consume(nodeId, sessions)))

const consume = (nodeId: string, sessions: Sessions) =>
  consumeWork({
    stream: "NODE",
    durable: `node-${nodeId}`,
    filter: nodeOrders(nodeId),
    ackWaitMillis: 30_000,
    // One at a time keeps the order in which a session's orders were given.
    concurrency: 1,
    handle: (item) =>
      Effect.gen(function* () {
        const decoded = yield* Effect.exit(decodeItem(Buffer.from(item.data).toString()))
        if (Exit.isFailure(decoded)) {
          yield* Effect.logError(`an order on ${item.subject} cannot be read; it is kept in DEAD`)
          return { deadBecause: `not an order: ${String(decoded.cause)}`.slice(0, 2_000) }
        }
        const { order } = decoded.value
        const verdict = yield* sessions.take(order, item.sequence)
        if (verdict === "later") return { againAfterMillis: 2_000 }
        if (verdict === "elsewhere") {
          yield* Effect.logWarning(
            `order ${order.orderId} at ${item.sequence} is refused: session ${order.sessionId} has been placed at another node since`,
          )
        }
        if (typeof verdict === "object") {
          yield* Effect.logWarning(
            `order ${order.orderId} at ${item.sequence} is refused: epoch ${order.epoch} was over, ${verdict.over} stands before it`,
          )
        }
        return "done" as const
      }),
  })

/**
 * Removes the consumer of an earlier agent: a new one sees everything that was not acknowledged, at once and in order,
 * instead of after the old one's ack wait and behind later orders.
 */
const startAfresh = (durable: string) =>
  Effect.gen(function* () {
    const nats = yield* Nats
    yield* Effect.tryPromise(() => nats.jsm.consumers.delete("NODE", durable)).pipe(Effect.ignore)
  })
