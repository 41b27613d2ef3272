import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream"
import type { Consumer, ConsumerMessages, JetStreamClient, JsMsg } from "@nats-io/jetstream"
import { headers as newHeaders } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import type { ActorKind } from "@maillm/schema/Ids"
import { partitionCommands, partitionOf } from "@maillm/schema/Subjects"
import { replyHeader } from "../client/JetStreamActorClient.ts"
import { closeMessages } from "../nats/closeMessages.ts"
import { consumeAudibly } from "../nats/consumeAudibly.ts"
import { deadMessage } from "../nats/deadMessage.ts"
import { minimumPayloadBytes } from "../nats/Nats.ts"
import type { Nats } from "../nats/Nats.ts"
import { StoreFailed } from "./ActorStore.ts"
import type { CommandReader, Delivered } from "./ActorStore.ts"

/** How often a silent reader is compared with the stream. */
const watchMillis = 10_000
/** What is asked of a stream that has no leader has no answer, also when it has one soon: it is asked again then. */
const answerMillis = 2_000
/** The server forgets a consumer that nobody asks for so long, such as those of hosts that were killed. */
const forgottenMillis = 60_000
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
    const leftoverThrough = yield* Effect.tryPromise({
      try: () => newestOf(nats, filter),
      catch: failed,
    }).pipe(Effect.retry({ times: 1 }))
    const reader = yield* Effect.acquireRelease(
      Effect.sync(() => new PartitionReader(nats, partition, leftoverThrough)),
      (opened) => opened.close(),
    )
    return { next: Effect.tryPromise({ try: () => reader.pull(), catch: failed }) }
  })

/** Position of the newest command that the filter matches, 0 for none. */
const newestOf = async ({ connection }: Nats["Service"], filter: string): Promise<number> => {
  const jsm = await jetstreamManager(connection, { timeout: answerMillis, checkAPI: false })
  return (await jsm.streams.getMessage("CMD", { last_by_subj: filter }))?.seq ?? 0
}

class PartitionReader {
  readonly #nats: Nats["Service"]
  readonly #js: JetStreamClient
  readonly #partition: number
  readonly #filter: string
  readonly #leftoverThrough: number
  readonly #watch: NodeJS.Timeout
  readonly #stopListening: () => void
  #position = 0
  #consumer: Consumer | null = null
  #messages: ConsumerMessages | null = null
  #iterator: AsyncIterator<JsMsg> | null = null
  #coming: Promise<IteratorResult<JsMsg>> | null = null
  #waiting = false
  #closed = false
  #seenAtLastWatch = 0

  constructor(nats: Nats["Service"], partition: number, leftoverThrough: number) {
    this.#nats = nats
    this.#js = jetstream(nats.connection, { timeout: answerMillis })
    this.#partition = partition
    this.#filter = partitionCommands(partition)
    this.#leftoverThrough = leftoverThrough
    this.#watch = setInterval(() => this.#look(), watchMillis)
    // A server that was started again knows nothing of the consumer, and the library finds out late or never.
    this.#stopListening = nats.onReconnect(() => this.#messages?.stop())
  }

  close(): Effect.Effect<void> {
    this.#closed = true
    clearInterval(this.#watch)
    this.#stopListening()
    return closeMessages(this.#messages).pipe(Effect.andThen(Effect.sync(() => this.#forget())))
  }

  /** At least one command, and those that are there already. */
  async pull(): Promise<ReadonlyArray<Delivered>> {
    const chunk: Array<Delivered> = []
    let turn: Promise<null> | null = null
    while (chunk.length < chunkLimit) {
      const message: JsMsg | null = await this.#arrived(turn).catch((error: unknown) => {
        this.#coming = null
        this.#iterator = null
        // What is read counts as read.
        if (chunk.length > 0) return null
        throw error
      })
      if (message === null) break
      const delivered = deliveredOf(message, this.#leftoverThrough)
      if (delivered === null) {
        const put = await this.#putAside(message).catch((error: unknown) => {
          this.#iterator = null
          if (chunk.length === 0) throw error
          return false
        })
        if (!put) break
      }
      this.#position = message.seq
      if (delivered === null) continue
      chunk.push(delivered)
      turn ??= new Promise((resolve) => setImmediate(() => resolve(null)))
    }
    return chunk
  }

  /** The next message, or null when `turn` is over before it is there. */
  async #arrived(turn: Promise<null> | null): Promise<JsMsg | null> {
    for (;;) {
      if (this.#closed) throw new Error("closed")
      this.#iterator ??= await this.#open()
      this.#coming ??= this.#iterator.next()
      this.#waiting = true
      const result = await (turn === null ? this.#coming : Promise.race([this.#coming, turn])).finally(
        () => (this.#waiting = false),
      )
      if (result === null) return null
      this.#coming = null
      if (result.done === true) this.#iterator = null
      else if (result.value.seq > this.#position) return result.value
    }
  }

  /** What names no actor of this partition came from no client of ours. It goes to DEAD, and out of the way. */
  async #putAside({ subject, seq: sequence, data }: JsMsg): Promise<true> {
    const reason = "its subject names no actor of this partition"
    const room = this.#nats.connection.info?.max_payload ?? minimumPayloadBytes
    const letter = deadMessage({ stream: "CMD", subject, sequence, data, reason }, room)
    const headers = newHeaders()
    for (const [name, value] of letter.headers) headers.set(name, value)
    await this.#js.publish(letter.subject, letter.data, { headers })
    await this.#nats.jsm.streams.deleteMessage("CMD", sequence, false)
    return true
  }

  /** The library leaves the consumer on the server. */
  #forget(): void {
    const consumer = this.#consumer
    this.#consumer = null
    consumer?.delete().catch(() => false)
  }

  async #open(): Promise<AsyncIterator<JsMsg>> {
    this.#forget()
    const consumer = await this.#js.consumers.get("CMD", {
      filter_subjects: this.#filter,
      // Unique: a former reader of the same partition may still stand on the server.
      name_prefix: `partition-${this.#partition}-${crypto.randomUUID().slice(0, 8)}`,
      inactive_threshold: forgottenMillis,
      ...(this.#position === 0
        ? { deliver_policy: DeliverPolicy.All }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.#position + 1 }),
    })
    this.#consumer = consumer
    this.#messages = await consumeAudibly(consumer, 256)
    if (this.#closed) {
      this.#messages.stop()
      this.#forget()
    }
    return this.#messages[Symbol.asyncIterator]()
  }

  #look(): void {
    const before = this.#position
    const quiet = before === this.#seenAtLastWatch
    this.#seenAtLastWatch = before
    if (!quiet || this.#messages === null) return
    newestOf(this.#nats, this.#filter).then(
      (seq) =>
        seq > before && this.#position === before && this.#waiting ? this.#messages?.stop() : undefined,
      () => undefined,
    )
  }
}

const mailbox = /^cmd\.(\d+)\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})$/

/** The actor that a mailbox subject `cmd.<partition>.<kind>.<id>` belongs to, or null for anything else. */
const mailboxOwner = (subject: string): { kind: ActorKind; id: string } | null => {
  const [, partition, kind, id] = mailbox.exec(subject) ?? []
  if (kind === undefined || id === undefined) return null
  return partition === String(partitionOf(kind, id)) ? { kind, id } : null
}

/** Whoever may store commands must not have this host publish to any other subject. */
const inboxOf = (subject: string | undefined) =>
  subject !== undefined && /^_INBOX\.[A-Za-z0-9_.-]{1,200}$/.test(subject) ? subject : null

const deliveredOf = (message: JsMsg, leftoverThrough: number): Delivered | null => {
  const owner = mailboxOwner(message.subject)
  if (owner === null) return null
  return {
    seq: message.seq,
    ...owner,
    data: message.string(),
    replyTo: inboxOf(message.headers?.get(replyHeader)),
    leftover: message.seq <= leftoverThrough,
  }
}
