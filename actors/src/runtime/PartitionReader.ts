import { DeliverPolicy } from "@nats-io/jetstream"
import type { ConsumerMessages, JsMsg } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import type { ActorKind } from "@maillm/schema/Ids"
import { partitionCommands } from "@maillm/schema/Subjects"
import { replyHeader } from "../client/JetStreamActorClient.ts"
import { closeMessages } from "../nats/closeMessages.ts"
import { consumeAudibly } from "../nats/consumeAudibly.ts"
import type { Nats } from "../nats/Nats.ts"
import { StoreFailed } from "./ActorStore.ts"
import type { CommandReader, Delivered } from "./ActorStore.ts"

/** How often a silent reader is compared with the stream. */
const watchMillis = 10_000
/** Commands handed over at once at most. */
const chunkLimit = 64

/**
 * Commands of a partition by position: an ordered consumer that starts at the oldest command still stored and is
 * made anew whenever it ends or is found behind the stream. Nothing is acked; handled commands are purged.
 */
export const followPartition = (
  nats: Nats["Service"],
  partition: number,
): Effect.Effect<CommandReader, StoreFailed, Scope> =>
  Effect.gen(function* () {
    const filter = partitionCommands(partition)
    const failed = (error: unknown) =>
      new StoreFailed({
        operation: `read ${filter}`,
        reason: error instanceof Error ? error.message : String(error),
      })
    const newest = () =>
      nats.jsm.streams.getMessage("CMD", { last_by_subj: filter }).then((message) => message?.seq ?? 0)

    const leftoverThrough = yield* Effect.tryPromise({ try: newest, catch: failed })
    let position = 0
    let messages: ConsumerMessages | null = null
    let iterator: AsyncIterator<JsMsg> | null = null
    let closed = false
    let waiting = false

    const open = async () => {
      const consumer = await nats.js.consumers.get("CMD", {
        filter_subjects: filter,
        // Unique: a former reader of the same partition may still stand on the server.
        name_prefix: `partition-${partition}-${crypto.randomUUID().slice(0, 8)}`,
        ...(position === 0
          ? { deliver_policy: DeliverPolicy.All }
          : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: position + 1 }),
      })
      messages = await consumeAudibly(consumer, 256)
      return messages[Symbol.asyncIterator]()
    }

    let seenAtLastWatch = 0
    const watch = setInterval(() => {
      const before = position
      const quiet = before === seenAtLastWatch
      seenAtLastWatch = before
      if (!quiet || messages === null) return
      newest().then(
        (seq) => (seq > before && position === before && waiting ? messages?.stop() : undefined),
        () => undefined,
      )
    }, watchMillis)
    // A server that was started again knows nothing of the consumer, and the library finds out late or never.
    const stopListening = nats.onReconnect(() => messages?.stop())
    yield* Effect.addFinalizer(() => {
      closed = true
      clearInterval(watch)
      stopListening()
      return closeMessages(messages)
    })

    let coming: Promise<IteratorResult<JsMsg>> | null = null
    /** The next message, or null when `turn` is over before it is there. */
    const arrived = async (turn: Promise<null> | null): Promise<JsMsg | null> => {
      for (;;) {
        if (closed) throw new Error("closed")
        iterator ??= await open()
        coming ??= iterator.next()
        waiting = true
        const result = await (turn === null ? coming : Promise.race([coming, turn])).finally(
          () => (waiting = false),
        )
        if (result === null) return null
        coming = null
        if (result.done === true) iterator = null
        else if (result.value.seq > position) return result.value
      }
    }
    const pull = async (): Promise<ReadonlyArray<Delivered>> => {
      const chunk: Array<Delivered> = []
      let turn: Promise<null> | null = null
      while (chunk.length < chunkLimit) {
        const message: JsMsg | null = await arrived(turn).catch((error: unknown) => {
          coming = null
          iterator = null
          // What is read counts as read.
          if (chunk.length > 0) return null
          throw error
        })
        if (message === null) break
        position = message.seq
        const delivered = deliveredOf(message, leftoverThrough)
        if (delivered === null) continue
        chunk.push(delivered)
        turn ??= new Promise((resolve) => setImmediate(() => resolve(null)))
      }
      return chunk
    }
    return { next: Effect.tryPromise({ try: pull, catch: failed }) }
  })

/** The actor that a mailbox subject `cmd.<partition>.<kind>.<id>` belongs to, or null for anything else. */
const mailboxOwner = (subject: string): { kind: ActorKind; id: string } | null => {
  const [, , kind, id] = subject.split(".")
  return kind !== undefined && id !== undefined ? { kind, id } : null
}

const deliveredOf = (message: JsMsg, leftoverThrough: number): Delivered | null => {
  const owner = mailboxOwner(message.subject)
  if (owner === null) return null
  return {
    seq: message.seq,
    ...owner,
    data: message.string(),
    replyTo: message.headers?.get(replyHeader) || null,
    leftover: message.seq <= leftoverThrough,
  }
}
