import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import { StoreFailed } from "../../src/runtime/ActorStore.ts"
import type { CommandReader, Delivered } from "../../src/runtime/ActorStore.ts"
import type { Cluster } from "./Cluster.ts"
import type { StoredMessage } from "./ModelStream.ts"
import type { SimulatedProcess } from "./SimulatedProcess.ts"
import { seconds } from "./World.ts"

/** Messages that are on their way to a reader at most; what is purged meanwhile still comes. */
const batchLimit = 16
/** A reader that is cut off, or whose stream has no leader, looks again after this. */
const againMicros = seconds(1)

/** The partition of a mailbox in a world of so many: its subject is of one with 32. */
export const partitionIn = (subject: string, partitions: number): number =>
  Number.parseInt(subject.slice("cmd.".length)) % partitions

/** Commands of a partition by position, as an ordered consumer gives them: none twice, none out of order. */
export const followCommands = (
  cluster: Cluster,
  process: SimulatedProcess,
  { partitions, partition, leased }: { partitions: number; partition: number; leased: boolean },
): Effect.Effect<CommandReader, StoreFailed, Scope> =>
  Effect.gen(function* () {
    const { CMD } = cluster.streams
    const mine = ({ subject }: StoredMessage) => partitionIn(subject, partitions) === partition
    const newest = yield* Effect.callback<number, StoreFailed>((resume) => {
      const operation = "newestCommand"
      cluster.request<number>(
        process,
        CMD,
        operation,
        (answer) => answer(Math.max(0, ...[...CMD.messages].filter(mine).map(({ sequence }) => sequence))),
        (sequence) =>
          resume(
            sequence === null
              ? Effect.fail(new StoreFailed({ operation, reason: "no answer" }))
              : Effect.succeed(sequence),
          ),
      )
    })
    const leftoverThrough = leased ? newest : 0
    const reader = new Reader(cluster, process, mine)
    yield* Effect.acquireRelease(
      Effect.sync(() => CMD.onChange(() => reader.fetch())),
      (stop) => Effect.sync(stop),
    )
    return {
      next: Effect.callback<ReadonlyArray<Delivered>>((resume) => {
        reader.next((message) => resume(Effect.succeed([deliveredOf(message, leftoverThrough)])))
        return Effect.sync(() => reader.forgetWaiter())
      }),
    }
  })

class Reader {
  readonly #cluster: Cluster
  readonly #process: SimulatedProcess
  readonly #mine: (message: StoredMessage) => boolean
  #position = 0
  #fetching = false
  readonly #arrived: Array<StoredMessage> = []
  #waiter: ((message: StoredMessage) => void) | null = null

  constructor(cluster: Cluster, process: SimulatedProcess, mine: (message: StoredMessage) => boolean) {
    this.#cluster = cluster
    this.#process = process
    this.#mine = mine
  }

  next(waiter: (message: StoredMessage) => void): void {
    const message = this.#arrived.shift()
    if (message === undefined) {
      this.#waiter = waiter
      this.fetch()
    } else waiter(message)
  }

  forgetWaiter(): void {
    this.#waiter = null
  }

  /** Asks for what comes after the position; the answer leaves the server at one moment and arrives at another. */
  fetch(): void {
    if (this.#fetching || this.#waiter === null || !this.#process.alive) return
    this.#fetching = true
    const { world } = this.#cluster
    world.after(this.#cluster.delay(), () => {
      const { CMD } = this.#cluster.streams
      if (!CMD.led || !this.#cluster.reaches(this.#process)) {
        world.after(againMicros, () => this.#again())
        return
      }
      const batch: Array<StoredMessage> = []
      for (const message of CMD.messages) {
        if (message.sequence > this.#position && this.#mine(message)) batch.push(message)
        if (batch.length === batchLimit) break
      }
      if (batch.length === 0) this.#fetching = false
      else world.after(this.#cluster.delay(), () => this.#process.receive(() => this.#take(batch)))
    })
  }

  #again() {
    this.#fetching = false
    this.fetch()
  }

  #take(batch: ReadonlyArray<StoredMessage>) {
    this.#fetching = false
    // What was sent before the connection broke is asked for again.
    if (!this.#cluster.reaches(this.#process)) return this.fetch()
    this.#arrived.push(...batch)
    this.#position = batch.at(-1)?.sequence ?? this.#position
    const waiter = this.#waiter
    this.#waiter = null
    const message = this.#arrived.shift()
    if (waiter !== null && message !== undefined) waiter(message)
    else if (message !== undefined) this.#arrived.unshift(message)
  }
}

const deliveredOf = (
  { sequence, subject, data, headers }: StoredMessage,
  leftoverThrough: number,
): Delivered => {
  const [, , kind = "", id = ""] = subject.split(".")
  return {
    seq: sequence,
    kind,
    id,
    data,
    replyTo: headers.get("Maillm-Reply") ?? null,
    leftover: sequence <= leftoverThrough,
  }
}
