import { createInbox } from "@nats-io/transport-node"
import type { Msg, MsgHdrs, NatsConnection } from "@nats-io/transport-node"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** The message is not stored: the server refused it, with JetStream's `err_code`, or it could not be sent (code 0). */
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

/** What the library throws: the message is too large, a header is none, the connection is closed. */
export const notSent = (error: unknown) =>
  new PublishRefused(0, error instanceof Error ? error.message : String(error))

export interface Stored {
  readonly sequence: number
  readonly duplicate: boolean
}

const answerMillis = 5_000
const sweepMillis = 500

/** ADR-1 and `ApiError`; a refusal has no sequence. */
const PubAck = Schema.Struct({
  seq: Schema.optionalKey(Schema.Int),
  duplicate: Schema.optionalKey(Schema.Boolean),
  error: Schema.optionalKey(
    Schema.Struct({
      err_code: Schema.optionalKey(Schema.Int),
      description: Schema.optionalKey(Schema.String),
    }),
  ),
})
const decodeAck = Schema.decodeUnknownOption(Schema.fromJsonString(PubAck))
/** The usual answer: `{"stream":"EVT","seq":12}`, in a cluster or domain with more behind. */
const plainAck = /^\{"stream":"[A-Za-z0-9_-]+", ?"seq": ?(\d+)\}$/

interface Waiting {
  readonly deadline: number
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: PublishRefused | PublishUnknown) => void
}

/**
 * Publishes whose acks come to one subscription, each under a token of its own. The library's `request` does the same
 * with an error object, a timer and a promise race for every message, which is most of what a publish costs.
 */
export class AckInbox {
  readonly #connection: NatsConnection
  readonly #inbox = createInbox()
  /** In the order sent, so that the oldest is first. */
  readonly #waiting = new Map<string, Waiting>()
  #subscribed = false
  #connected = true
  #sweeping = false
  #counter = 0

  constructor(connection: NatsConnection) {
    this.#connection = connection
  }

  /** Rejects with `PublishRefused`, or with `PublishUnknown` when no answer came within 5 s. */
  publish(subject: string, data: Uint8Array, headers: MsgHdrs): Promise<Stored> {
    return new Promise((resolve, reject) => {
      if (!this.#connected) {
        reject(new PublishUnknown("NATS is not reachable at the moment"))
        return
      }
      const reply = `${this.#inbox}.${++this.#counter}`
      try {
        this.#listen()
        this.#connection.publish(subject, data, { headers, reply })
      } catch (error) {
        reject(notSent(error))
        return
      }
      this.#waiting.set(reply, { deadline: performance.now() + answerMillis, resolve, reject })
      if (this.#sweeping) return
      this.#sweeping = true
      setTimeout(this.#sweep, sweepMillis)
    })
  }

  #listen() {
    if (this.#subscribed) return
    this.#connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.#answer(message)
      },
    })
    this.#subscribed = true
    void this.#followLink()
  }

  /**
   * What was sent before the connection was lost has no answer any more, and what is given to the library until it is
   * back is mostly thrown away.
   */
  async #followLink() {
    for await (const { type } of this.#connection.status()) {
      if (type === "reconnect") this.#connected = true
      if (type !== "disconnect") continue
      this.#connected = false
      const sent = [...this.#waiting.values()]
      this.#waiting.clear()
      for (const { reject } of sent) reject(new PublishUnknown("the connection was lost on the way"))
    }
  }

  #answer(message: Msg) {
    const waiting = this.#waiting.get(message.subject)
    if (waiting === undefined) return
    this.#waiting.delete(message.subject)
    if (message.headers?.code === 503) {
      waiting.reject(new PublishUnknown("no stream takes this subject now"))
      return
    }
    const text = message.string()
    const plain = plainAck.exec(text)?.[1]
    if (plain !== undefined) {
      waiting.resolve({ sequence: Number(plain), duplicate: false })
      return
    }
    const ack = Option.getOrNull(decodeAck(text))
    if (ack?.error !== undefined) {
      const { err_code: code = 0, description = "refused" } = ack.error
      waiting.reject(new PublishRefused(code, description))
    } else if (ack?.seq === undefined) {
      waiting.reject(new PublishUnknown("the answer has no sequence"))
    } else {
      waiting.resolve({ sequence: ack.seq, duplicate: ack.duplicate === true })
    }
  }

  readonly #sweep = () => {
    const now = performance.now()
    for (const [reply, { deadline, reject }] of this.#waiting) {
      if (deadline > now) break
      this.#waiting.delete(reply)
      reject(new PublishUnknown(`no answer within ${answerMillis / 1_000} s`))
    }
    this.#sweeping = this.#waiting.size > 0
    if (this.#sweeping) setTimeout(this.#sweep, sweepMillis)
  }
}
