import { raise, succeededBy } from "../../src/nats/EpochFence.ts"
import type { Fence } from "../../src/nats/EpochFence.ts"
import type { CarriedOut } from "../../src/runtime/testing/History.ts"
import { actorHeader, epochHeader } from "../../src/runtime/EffectMessage.ts"
import type { Cluster } from "./Cluster.ts"
import type { ModelStream, StoredMessage } from "./ModelStream.ts"
import { millis, seconds } from "./World.ts"

interface Options {
  readonly name: string
  /** Items it works on at the same time. */
  readonly concurrency: number
  /** It knows for so long what it has done; about as long as its stream drops repeats. */
  readonly memoryMicros: number
}

const ackWaitMicros = seconds(3)

/**
 * A receiver of effects behind a work-queue stream: refuses what its fence calls stale, drops what it has done, and
 * gets again what it could not ack. What it remembers is on its disk.
 */
export class SimulatedReceiver {
  readonly #cluster: Cluster
  readonly #stream: ModelStream
  readonly #options: Options
  readonly #carriedOut: Array<CarriedOut>
  readonly #fences = new Map<string, Fence>()
  readonly #done = new Map<string, number>()
  readonly #working = new Set<number>()

  constructor(cluster: Cluster, stream: ModelStream, options: Options, carriedOut: Array<CarriedOut>) {
    this.#cluster = cluster
    this.#stream = stream
    this.#options = options
    this.#carriedOut = carriedOut
    stream.onChange(() => this.#take())
  }

  get idle() {
    return this.#stream.size === 0 && this.#working.size === 0
  }

  #take() {
    if (!this.#stream.led) return
    for (const message of this.#stream.messages) {
      if (this.#working.size >= this.#options.concurrency) return
      if (this.#working.has(message.sequence)) continue
      this.#working.add(message.sequence)
      const { random } = this.#cluster.world
      const delay = random.chance(0.05) ? seconds(2) : random.between(100, millis(5))
      this.#cluster.world.after(delay, () => this.#handle(message))
    }
  }

  #handle(message: StoredMessage) {
    const { world, noise } = this.#cluster
    this.#carryOut(message)
    if (world.random.chance(noise.answerLost) || !this.#stream.led) {
      world.after(ackWaitMicros, () => this.#free(message.sequence))
    } else {
      this.#stream.remove(message.sequence)
      this.#free(message.sequence)
    }
  }

  #free(sequence: number) {
    this.#working.delete(sequence)
    this.#take()
  }

  #carryOut({ sequence, headers }: StoredMessage) {
    const { world } = this.#cluster
    const { name, memoryMicros } = this.#options
    const actor = headers.get(actorHeader) ?? ""
    const epoch = Number(headers.get(epochHeader))
    const effectId = headers.get("Nats-Msg-Id") ?? ""
    const fence = this.#fences.get(actor) ?? []
    const successor = succeededBy(fence, { epoch, sequence })
    if (successor !== null) {
      world.saw("effect refused as stale")
      world.note(() => `${name} refuses ${effectId} of epoch ${epoch}: it knows ${successor}`)
      return
    }
    this.#fences.set(actor, raise(fence, { epoch, sequence }))
    if (world.now - (this.#done.get(effectId) ?? Number.NEGATIVE_INFINITY) < memoryMicros) {
      world.saw("effect dropped as a repeat")
      return
    }
    this.#done.set(effectId, world.now)
    this.#carriedOut.push({ receiver: name, effectId, actor, epoch, order: sequence })
    world.note(() => `${name} carries out ${effectId} of epoch ${epoch}`)
  }
}
