import { commandSubject } from "@maillm/schema/Subjects"
import type { Answer } from "../../src/runtime/ActorStore.ts"
import type { Attempt, Final, Outcome } from "../../src/runtime/testing/History.ts"
import type { Cluster } from "./Cluster.ts"
import { kind } from "./countingActor.ts"
import type { CountingCommand } from "./countingActor.ts"
import type { Published } from "./ModelStream.ts"
import type { Wish } from "./scenario.ts"
import { SimulatedProcess } from "./SimulatedProcess.ts"
import { epochStartMillis, millis } from "./World.ts"

interface Sent {
  readonly wish: Wish
  readonly commandId: string
  readonly index: number
  readonly sentAtMillis: number
  answeredAtMillis: number | null
  outcome: Outcome
  sequence: number | null
  reply: number | null
}

const mailboxFull = 10_077

/** A source of commands: repeats what it is not sure of with the same id, one command after another. */
export class SimulatedClient {
  readonly #cluster: Cluster
  readonly #process: SimulatedProcess
  readonly #sent: Array<Sent> = []
  readonly #finals: Array<Final> = []
  #wishes: Array<Wish>
  #busy = false
  #final = false

  constructor(cluster: Cluster, name: string, wishes: ReadonlyArray<Wish>) {
    this.#cluster = cluster
    this.#process = new SimulatedProcess(cluster.world, name)
    this.#wishes = [...wishes]
    this.#next()
  }

  get name() {
    return this.#process.name
  }

  get done() {
    return !this.#busy && this.#wishes.length === 0
  }

  /** The last operations, after everything is healed. */
  finish(wishes: ReadonlyArray<Wish>): void {
    this.#final = true
    this.#wishes = [...wishes]
    this.#next()
  }

  get attempts(): ReadonlyArray<Attempt> {
    return this.#sent.map(({ wish, ...sent }) => ({
      ...sent,
      actor: `${kind}.${wish.actor}`,
      client: this.name,
    }))
  }

  get finals(): ReadonlyArray<Final> {
    return this.#finals
  }

  /** An answer that a host sent to this client. */
  hear(commandId: string, { reply }: Answer): void {
    const sent = this.#sent.find((candidate) => candidate.commandId === commandId)
    if (sent !== undefined && typeof reply === "number") sent.reply = reply
  }

  #next() {
    const wish = this.#wishes.shift()
    if (this.#busy || wish === undefined) return
    this.#busy = true
    this.#process.timer(wish.waitMicros, () => {
      const index = this.#sent.length + 1
      const sent: Sent = {
        wish,
        commandId: `${this.name}-${index}`,
        index,
        sentAtMillis: this.#nowMillis,
        answeredAtMillis: null,
        outcome: "refused",
        sequence: null,
        reply: null,
      }
      this.#sent.push(sent)
      this.#try(sent, wish.tries)
    })
  }

  #try(sent: Sent, triesLeft: number) {
    const { CMD } = this.#cluster.streams
    const { actor, tell } = sent.wish
    const { commandId, sentAtMillis } = sent
    const command: CountingCommand = { _tag: "Increment", tell }
    const message = {
      subject: commandSubject(kind, actor),
      data: JSON.stringify({ v: 1, commandId, sentAtMillis: Math.floor(sentAtMillis), command }),
      headers: [
        ["Nats-Msg-Id", `${kind}.${actor}/${commandId}`],
        ["Maillm-Reply", `${this.name} ${commandId}`],
      ],
    } as const
    this.#cluster.request<Published>(
      this.#process,
      CMD,
      `tell ${commandId}`,
      (answer) => CMD.publish(message, answer),
      (published) => this.#settle(sent, published, triesLeft - 1),
    )
  }

  #settle(sent: Sent, published: Published | null, triesLeft: number) {
    if (published !== null && "sequence" in published) {
      sent.outcome = "acked"
      sent.sequence = published.sequence
      sent.answeredAtMillis = this.#nowMillis
    } else if (published?.refused !== mailboxFull || this.#cluster.mayDouble) {
      // A second copy of what was refused may still be taken.
      sent.outcome = "unknown"
    }
    if (sent.outcome === "acked" || triesLeft === 0) {
      this.#busy = false
      if (this.#final) this.#finals.push({ client: this.name, outcome: sent.outcome })
      this.#next()
      return
    }
    const { random } = this.#cluster.world
    this.#process.timer(millis(random.between(50, 1_000)), () => this.#try(sent, triesLeft))
  }

  get #nowMillis() {
    return epochStartMillis + this.#cluster.world.now / 1_000
  }
}
