import { createInbox } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import * as Schema from "effect/Schema"

/** What an actor host says a command came to; also the part of its record that says it. */
export const Answer = Schema.Struct({
  sequence: Schema.Int,
  reply: Schema.optionalKey(Schema.Unknown),
  failed: Schema.optionalKey(Schema.String),
})
export type Answer = typeof Answer.Type
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Answer))

/** Receives the answers of one process over one subscription; each waits under a token of its own. */
export class AnswerInbox {
  readonly #inbox = createInbox()
  readonly #waiting = new Map<string, (answer: Answer) => void>()
  #counter = 0

  constructor(connection: NatsConnection) {
    connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error !== null) return
        const answer = decode(message.string())
        if (answer._tag === "Some") this.#waiting.get(message.subject)?.(answer.value)
      },
    })
  }

  /** A subject to answer to, until `close` is called. Calls back at most once. */
  open(listener: (answer: Answer) => void): { readonly subject: string; readonly close: () => void } {
    const subject = `${this.#inbox}.${++this.#counter}`
    const close = () => void this.#waiting.delete(subject)
    this.#waiting.set(subject, (answer) => {
      close()
      listener(answer)
    })
    return { subject, close }
  }
}
