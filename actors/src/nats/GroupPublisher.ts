import { headers as newHeaders } from "@nats-io/transport-node"
import type { MsgHdrs, NatsConnection } from "@nats-io/transport-node"

/** The server refused the message: it is not stored. `code` is JetStream's `err_code`. */
export class PublishRefused extends Error {
  readonly _tag = "PublishRefused"
  readonly code: number
  constructor(code: number, description: string) {
    super(description)
    this.code = code
  }
}

/** No answer came: the message may or may not be stored. The caller resolves it by reading back or by its id. */
export class PublishUnknown extends Error {
  readonly _tag = "PublishUnknown"
}

/** JetStream error codes that callers act on (nats-server `errors.json`). */
export const jetStreamCodes = {
  wrongLastSequence: 10071,
  wrongLastSequenceInFlight: 10164,
  mailboxFull: 10077,
  duplicateInFlight: 10158,
} as const

export interface Stored {
  readonly sequence: number
  readonly duplicate: boolean
}

interface Pending {
  readonly subject: string
  readonly data: Uint8Array
  readonly headers: ReadonlyArray<readonly [string, string]>
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: PublishRefused | PublishUnknown) => void
}

/** Members of one atomic batch at most; the server's own bound is 1,000. */
const batchLimit = 256
/**
 * A batch costs the server some 3 ms whatever its size, a single publish one fsync (0.2 ms): fewer than this many go
 * out singly, all at once.
 */
const worthABatch = 16
/** Batches of one publisher on their way at the same time. */
const batchesInFlight = 2
const answerMillis = 5_000
let batchCounter = 0

/**
 * Group commit for one stream: what waits while a write is in flight goes out together as one atomic batch,
 * which costs the server a single fsync (`sync_interval: always`). A batch that the server refuses as a whole
 * (one stale expectation, one duplicate, one full mailbox) is repeated member by member, so that every caller
 * gets its own answer. Members of a batch take consecutive sequences, the last one is in the answer.
 */
export class GroupPublisher {
  readonly #connection: NatsConnection
  readonly #atomic: boolean
  #waiting: Array<Pending> = []
  #singles = 0
  #batches = 0
  #sending = false

  /** `atomic`: whether the stream takes atomic batches; without them everything goes out singly, at once. */
  constructor(connection: NatsConnection, { atomic }: { readonly atomic: boolean } = { atomic: true }) {
    this.#connection = connection
    this.#atomic = atomic
  }

  /** Rejects with `PublishRefused` or `PublishUnknown`. Messages of one subject must not be in flight together. */
  publish(
    subject: string,
    data: Uint8Array,
    headers: ReadonlyArray<readonly [string, string]>,
  ): Promise<Stored> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ subject, data, headers, resolve, reject })
      if (this.#sending) return
      this.#sending = true
      // One tick, so that callers woken together share a batch.
      queueMicrotask(() => {
        this.#sending = false
        this.#send()
      })
    })
  }

  /** Sends what may go now; the rest gathers until something of what is in flight is answered. */
  #send(): void {
    while (this.#waiting.length > 0) {
      const asBatch = this.#atomic && this.#waiting.length >= worthABatch
      if (asBatch && this.#batches < batchesInFlight) {
        this.#batches++
        void this.#batch(this.#take()).then(() => {
          this.#batches--
          this.#send()
        })
      } else if (!this.#atomic || (!asBatch && this.#batches === 0 && this.#singles < worthABatch)) {
        this.#sendSingly()
      } else return
    }
  }

  #sendSingly(): void {
    const members = this.#waiting
    this.#waiting = []
    this.#singles += members.length
    for (const member of members) {
      void this.#single(member).then(() => {
        this.#singles--
        this.#send()
      })
    }
  }

  /** As many as a batch may hold, at most 4 MiB of payload. */
  #take(): Array<Pending> {
    let bytes = 0
    let count = 0
    for (const member of this.#waiting) {
      bytes += member.data.length
      if (count > 0 && (count >= batchLimit || bytes > 4 * 1024 * 1024)) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #single(member: Pending): Promise<void> {
    try {
      const ack = await this.#request(member.subject, member.data, withHeaders(member.headers))
      member.resolve({ sequence: ack.seq, duplicate: ack.duplicate })
    } catch (error) {
      member.reject(error instanceof PublishRefused ? error : unknownOutcome(error))
    }
  }

  async #batch(members: ReadonlyArray<Pending>): Promise<void> {
    const id = `${process.pid}-${Date.now()}-${++batchCounter}`
    const last = members.length - 1
    try {
      for (let i = 0; i < last; i++) {
        const member = members[i]
        if (member !== undefined) {
          this.#connection.publish(member.subject, member.data, {
            headers: batchHeaders(member.headers, id, i + 1, false),
          })
        }
      }
      const final = members[last]
      if (final === undefined) return
      const ack = await this.#request(
        final.subject,
        final.data,
        batchHeaders(final.headers, id, last + 1, true),
      )
      members.forEach((member, i) => member.resolve({ sequence: ack.seq - last + i, duplicate: false }))
    } catch (error) {
      if (!(error instanceof PublishRefused)) {
        for (const member of members) member.reject(unknownOutcome(error))
        return
      }
      await Promise.all(members.map((member) => this.#single(member)))
    }
  }

  async #request(
    subject: string,
    data: Uint8Array,
    headers: MsgHdrs,
  ): Promise<{ seq: number; duplicate: boolean }> {
    const reply = await this.#connection.request(subject, data, { headers, timeout: answerMillis })
    const answer: unknown = reply.json()
    if (typeof answer !== "object" || answer === null)
      throw new PublishUnknown("the answer is no JSON object")
    if ("error" in answer && typeof answer.error === "object" && answer.error !== null) {
      const { error } = answer
      const code = "err_code" in error && typeof error.err_code === "number" ? error.err_code : 0
      const description =
        "description" in error && typeof error.description === "string" ? error.description : "refused"
      throw new PublishRefused(code, description)
    }
    if (!("seq" in answer) || typeof answer.seq !== "number")
      throw new PublishUnknown("the answer has no sequence")
    return { seq: answer.seq, duplicate: "duplicate" in answer && answer.duplicate === true }
  }
}

const unknownOutcome = (error: unknown) =>
  error instanceof PublishUnknown
    ? error
    : new PublishUnknown(error instanceof Error ? error.message : String(error))

const withHeaders = (entries: ReadonlyArray<readonly [string, string]>) => {
  const result = newHeaders()
  for (const [name, value] of entries) result.set(name, value)
  return result
}

const batchHeaders = (entries: Pending["headers"], id: string, sequence: number, commit: boolean) => {
  const result = withHeaders(entries)
  result.set("Nats-Batch-Id", id)
  result.set("Nats-Batch-Sequence", String(sequence))
  if (commit) result.set("Nats-Batch-Commit", "1")
  return result
}
