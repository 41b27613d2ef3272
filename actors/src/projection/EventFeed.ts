import { AckPolicy, DeliverPolicy } from "@nats-io/jetstream"
import type { Consumer, JetStreamClient, JetStreamManager, JsMsg } from "@nats-io/jetstream"
import { randomUUID } from "node:crypto"
import { streams } from "@maillm/schema/Streams"

/** EVT as it is now. */
export interface StreamFacts {
  /** Creation time: its identity. */
  readonly created: string
  readonly firstSequence: number
  /** 0 when nothing was ever stored. */
  readonly lastSequence: number
}

/** Records fetched at a time, fewer when they are large. */
const fetchMax = 128
/**
 * About so many bytes are fetched at a time, judged by the largest record of the last batch: SQLite writes a batch
 * while the whole process waits.
 */
const fetchBytes = 8 * 1024 * 1024
/** After so long without a record the caller looks whether one is missing. */
export const idleMillis = 5_000
/** The library can wait for ever when the server goes away; this ends it. */
const hungMillis = 3 * idleMillis
/** The server forgets a consumer that nobody asks for so long. */
const forgottenMillis = 60_000

export const streamFacts = async (jsm: JetStreamManager): Promise<StreamFacts> => {
  const { created, state } = await jsm.streams.info(streams.EVT.name)
  return { created, firstSequence: state.first_seq, lastSequence: state.last_seq }
}

/** Every record of EVT behind a sequence, in order and without a gap, by a consumer of its own. */
export class EventFeed {
  private readonly consumer: Consumer
  private delivered = 0
  private pending: number
  private largestBytes = 1

  private constructor(consumer: Consumer, pending: number) {
    this.consumer = consumer
    this.pending = pending
  }

  /** Starts behind `sequence`. */
  static async open(js: JetStreamClient, jsm: JetStreamManager, sequence: number): Promise<EventFeed> {
    const { name, num_pending } = await jsm.consumers.add(streams.EVT.name, {
      name: `projector-${randomUUID()}`,
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: sequence + 1,
      inactive_threshold: forgottenMillis * 1_000_000,
      mem_storage: true,
      num_replicas: 1,
    })
    return new EventFeed(await js.consumers.get(streams.EVT.name, name), num_pending)
  }

  /**
   * The next records: all that wait, up to a bound, or the next one to come; none when none came for `idleMillis`.
   * Rejects when one was lost on the way or nothing can be known: open another feed then.
   */
  async next(signal: AbortSignal): Promise<ReadonlyArray<JsMsg>> {
    const messages = await this.consumer.fetch({
      max_messages: Math.max(1, Math.min(fetchMax, this.pending, Math.floor(fetchBytes / this.largestBytes))),
      expires: idleMillis,
    })
    const stop = () => messages.stop()
    const hung = setTimeout(() => messages.stop(new Error("NATS does not answer")), hungMillis)
    signal.addEventListener("abort", stop)
    try {
      const batch: Array<JsMsg> = []
      for await (const message of messages) {
        const { deliverySequence, pending } = message.info
        if (deliverySequence !== this.delivered + 1) throw new Error("a record was lost on the way")
        this.delivered = deliverySequence
        this.pending = pending
        batch.push(message)
      }
      this.largestBytes = Math.max(1, ...batch.map((message) => message.data.length))
      return batch
    } finally {
      clearTimeout(hung)
      signal.removeEventListener("abort", stop)
    }
  }

  /** Records that wait behind the last one given. */
  get waiting(): number {
    return this.pending
  }

  async close() {
    await this.consumer.delete().catch(() => undefined)
  }
}
