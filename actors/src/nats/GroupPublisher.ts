import type { NatsConnection } from "@nats-io/transport-node"
import { AckInbox, notSent, PublishUnknown } from "./AckInbox.ts"
import type { PublishRefused, Stored } from "./AckInbox.ts"
import { WireHeaders } from "./WireHeaders.ts"
import type { Header } from "./WireHeaders.ts"

/** JetStream error codes that callers act on (nats-server `errors.json`). */
export const jetStreamCodes = {
  wrongLastSequence: 10071,
  wrongLastSequenceInFlight: 10164,
  mailboxFull: 10077,
  duplicateInFlight: 10158,
} as const

interface Pending {
  readonly subject: string
  readonly data: Uint8Array
  readonly headers: ReadonlyArray<Header>
  readonly since: number
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: PublishRefused | PublishUnknown) => void
}

/** Members of one atomic batch at most; the server's own bound is 1,000. */
const batchLimit = 256
/** Batches of one publisher on their way at the same time: the server works on one after another anyway. */
const batchesInFlight = 1
/** Single publishes on their way at the same time. */
const singlesInFlight = 256
/** What could not be sent by then is refused: while NATS says nothing, those before it take 5 s for every 256. */
const waitMillis = 10_000
/**
 * A batch costs the server some 3 ms whatever its size, for it is staged in files of its own; a single publish costs an
 * fsync (0.2 ms), or next to nothing without one. Fewer than this many go out singly, all at once.
 */
const worthABatch = 16
/** No other process may ever have the same batch ids at the same moment: the server would mix the two batches. */
const batchPrefix = crypto.randomUUID().replaceAll("-", "")
let batchCounter = 0

/**
 * Group commit for one stream: what waits while a write is in flight goes out together as one atomic batch,
 * which costs the server a single fsync (`sync_interval: always`). A batch that the server refuses as a whole
 * (one stale expectation, one duplicate, one full mailbox), or that has a member which cannot be sent, is repeated
 * member by member, so that every caller gets its own answer. Members of a batch take consecutive sequences, the
 * last one is in the answer.
 */
export class GroupPublisher {
  readonly #connection: NatsConnection
  readonly #acks: AckInbox
  readonly #atomic: boolean
  readonly #syncs: boolean
  #waiting: Array<Pending> = []
  #singles = 0
  #batches = 0
  #sending = false

  /**
   * `atomic`: whether the stream takes atomic batches; `syncs`: whether the server syncs every write (measureSync).
   * Without both a batch never pays, and everything goes out singly, at once.
   */
  constructor(
    connection: NatsConnection,
    { atomic = true, syncs = true }: { readonly atomic?: boolean; readonly syncs?: boolean } = {},
  ) {
    this.#connection = connection
    this.#acks = new AckInbox(connection)
    this.#atomic = atomic
    this.#syncs = syncs
  }

  /** Rejects with `PublishRefused` or `PublishUnknown`. Messages of one subject must not be in flight together. */
  publish(subject: string, data: Uint8Array, headers: ReadonlyArray<Header>): Promise<Stored> {
    return new Promise((resolve, reject) => {
      const room = this.#connection.info?.max_payload
      if (room !== undefined && data.length > room) {
        return reject(
          notSent(new Error(`it has ${data.length} bytes, and NATS takes ${room}; raise max_payload`)),
        )
      }
      this.#waiting.push({ subject, data, headers, since: performance.now(), resolve, reject })
      this.#sendSoon()
    })
  }

  /** What one read of the socket brings about goes out together: into the same batch, and with one write. */
  #sendSoon(): void {
    if (this.#sending) return
    this.#sending = true
    setImmediate(() => {
      this.#sending = false
      this.#send()
    })
  }

  /** Sends what may go now; the rest gathers until something of what is in flight is answered. */
  #send(): void {
    this.#refuseLate()
    const batches = this.#atomic && this.#syncs
    while (this.#waiting.length > 0) {
      if (batches && this.#batches >= batchesInFlight) return
      if (batches && this.#waiting.length >= worthABatch) {
        this.#sendBatch()
      } else {
        if (this.#singles >= (batches ? worthABatch : singlesInFlight)) return
        this.#sendSingly(singlesInFlight - this.#singles)
      }
    }
  }

  #refuseLate(): void {
    const late = performance.now() - waitMillis
    let count = 0
    while ((this.#waiting[count]?.since ?? Number.POSITIVE_INFINITY) <= late) count++
    if (count === 0) return
    const refusal = notSent(new Error(`it could not be sent within ${waitMillis / 1_000} s`))
    for (const { reject } of this.#waiting.splice(0, count)) reject(refusal)
  }

  #sendBatch(): void {
    const members = this.#take()
    if (members.length === 0) return
    this.#batches++
    void this.#batch(members).then(() => {
      this.#batches--
      this.#sendSoon()
    })
  }

  #sendSingly(atMost: number): void {
    const members = this.#waiting.splice(0, atMost)
    this.#singles += members.length
    for (const member of members) {
      void this.#single(member).then(() => {
        this.#singles--
        if (this.#waiting.length > 0) this.#sendSoon()
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

  async #single({ subject, data, headers, resolve, reject }: Pending): Promise<void> {
    let own
    try {
      own = new WireHeaders(headers)
    } catch (error) {
      return reject(notSent(error))
    }
    await this.#acks.publish(subject, data, own).then(resolve, reject)
  }

  /** Answers whether all of it is stored. */
  async #batch(members: ReadonlyArray<Pending>): Promise<boolean> {
    const id = `${batchPrefix}-${++batchCounter}`
    try {
      // All of them before the first is sent: one that cannot be is nobody else's trouble.
      const ready = members.map(({ subject, data, headers }, i) => {
        const place = [["Nats-Batch-Id", id] as const, ["Nats-Batch-Sequence", String(i + 1)] as const]
        const commit = i + 1 < members.length ? [] : [["Nats-Batch-Commit", "1"] as const]
        return { subject, data, headers: new WireHeaders([...headers, ...place, ...commit]) }
      })
      const final = ready.pop()
      for (const { subject, data, headers } of ready) this.#connection.publish(subject, data, { headers })
      const last = final && (await this.#acks.publish(final.subject, final.data, final.headers))
      const first = (last?.sequence ?? 0) - members.length + 1
      members.forEach((member, i) => member.resolve({ sequence: first + i, duplicate: false }))
      return true
    } catch (error) {
      if (error instanceof PublishUnknown) {
        for (const member of members) member.reject(error)
      } else {
        // Refused, or never committed because one of them could not be sent.
        await Promise.all(members.map((member) => this.#single(member)))
      }
      return false
    }
  }
}
