import * as Effect from "effect/Effect"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { Attempt, Final, Outcome } from "@maillm/actors/runtime/testing/History"
import { Counter, increment, kind } from "./counterActor.ts"

/** A command is sent so often at most; two minutes and more. */
const triesLimit = 100
const againMillis = 100
const againAtMostMillis = 2_000
const finalOperations = 3
/** Shares of deliberate abuse: unknown outcomes that are given up, and acked commands that are sent again. */
const givenUp = 0.05
const sentAgain = 0.03

interface Told {
  readonly outcome: Outcome
  readonly sequence: number | null
  readonly reply: number | null
}
const unknown: Told = { outcome: "unknown", sequence: null, reply: null }

/** How a client sends a command. */
export interface Manner {
  /** Waits for the commit and learns the count; else only for the mailbox's ack. */
  readonly asks: boolean
  /** Never gives up before its tries are used up. */
  readonly stubborn: boolean
}

const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis))

/** One client, which does one thing after another and tells of every command what became of it. */
export class CounterClient {
  readonly name: string
  /** Commands sent, with all repeats. */
  tries = 0
  readonly #client: ActorClient["Service"]
  readonly #random: () => number
  readonly #tell: (attempt: Attempt) => void
  #index = 0
  #ending = false
  #load: Promise<void> = Promise.resolve()

  constructor(
    name: string,
    client: ActorClient["Service"],
    random: () => number,
    tell: (attempt: Attempt) => void,
  ) {
    this.name = name
    this.#client = client
    this.#random = random
    this.#tell = tell
  }

  /** Sends to an actor of the choice given, over and over, with pauses of the length given. */
  run(choose: () => string, manner: Manner, pauseMillis: () => number): void {
    this.#load = (async () => {
      while (!this.#ending) {
        await pause(pauseMillis())
        await this.#send(choose(), manner)
      }
    })()
  }

  /** Ends the load; then some last commands, of which each must be committed. */
  async end(actor: string): Promise<ReadonlyArray<Final>> {
    this.#ending = true
    await this.#load
    const finals: Array<Final> = []
    for (let i = 0; i < finalOperations; i++) {
      finals.push({ client: this.name, outcome: await this.#send(actor, { asks: true, stubborn: true }) })
    }
    return finals
  }

  /** Sends a command until its outcome is known, with the same id each time. */
  async #send(actor: string, manner: Manner): Promise<Outcome> {
    const index = ++this.#index
    const commandId = `${this.name}-${index}`
    const sentAtMillis = Date.now()
    const told = await this.#sendOften(actor, commandId, manner)
    const { outcome } = told
    const answeredAtMillis = outcome === "acked" ? Date.now() : null
    this.#tell({
      ...told,
      commandId,
      actor: `${kind}.${actor}`,
      client: this.name,
      index,
      sentAtMillis,
      answeredAtMillis,
    })
    if (outcome === "acked" && this.#random() < sentAgain) await this.#sendOnce(actor, commandId, false)
    return outcome
  }

  /** What was refused once and unknown before is unknown: the first may be stored. */
  async #sendOften(actor: string, commandId: string, { asks, stubborn }: Manner): Promise<Told> {
    let stored = false
    let wait = againMillis
    for (let tries = 0; tries < triesLimit; tries++) {
      const told = await this.#sendOnce(actor, commandId, asks)
      if (told.outcome === "acked") return told
      if (told.outcome === "unknown") stored = true
      const tired = told.outcome === "refused" || this.#random() < givenUp
      if (tired && !stubborn) return stored ? unknown : told
      await pause(wait)
      wait = Math.min(2 * wait, againAtMostMillis)
    }
    return unknown
  }

  #sendOnce(actor: string, commandId: string, asks: boolean): Promise<Told> {
    this.tries++
    const told = asks
      ? Effect.map(this.#client.ask(Counter, actor, commandId, increment), ({ reply }) => acked(null, reply))
      : Effect.map(this.#client.tell(Counter, actor, commandId, increment), ({ sequence }) =>
          acked(sequence, null),
        )
    return Effect.runPromise(
      Effect.catch(told, (error) =>
        Effect.succeed<Told>(
          error._tag === "MailboxFull" ? { outcome: "refused", sequence: null, reply: null } : unknown,
        ),
      ),
    )
  }
}

const acked = (sequence: number | null, reply: number | null): Told => ({ outcome: "acked", sequence, reply })
