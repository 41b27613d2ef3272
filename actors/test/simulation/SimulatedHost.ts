import * as Effect from "effect/Effect"
import { actorCells } from "../../src/runtime/actorCells.ts"
import type { Answer } from "../../src/runtime/ActorStore.ts"
import { runOwnership } from "../../src/runtime/Ownership.ts"
import { PartitionServers } from "../../src/runtime/PartitionServers.ts"
import type { Cluster } from "./Cluster.ts"
import { CountingActor } from "./countingActor.ts"
import { modelActorStore } from "./ModelActorStore.ts"
import { modelLeaseStore } from "./ModelLeaseStore.ts"
import { SimulatedProcess } from "./SimulatedProcess.ts"
import { seconds } from "./World.ts"

/** What all hosts of a run share. */
export interface Fleet {
  readonly cluster: Cluster
  readonly partitions: number
  /** Hosts take partitions by themselves, whoever else has them: no lease is asked. */
  readonly forced: boolean
  readonly nextEpoch: () => number
  readonly answerSender: (replyTo: string, answer: Answer) => void
  /** Whether the process of this incarnation can be seen to be gone. */
  readonly isGone: (incarnation: string) => boolean
}

const kinds = [actorCells(CountingActor)]
/** A host that cannot begin is begun again by whoever watches over it. */
const beginAgainMicros = seconds(1)

/** An actor host: the real runtime in a simulated process, which can be killed, paused and started again. */
export class SimulatedHost {
  readonly name: string
  readonly #fleet: Fleet
  #process: SimulatedProcess
  #incarnations = 0
  #endInOrder: () => void = () => undefined

  constructor(fleet: Fleet, name: string) {
    this.#fleet = fleet
    this.name = name
    this.#process = new SimulatedProcess(fleet.cluster.world, name)
    this.#run()
  }

  get process() {
    return this.#process
  }

  /** As SIGTERM does it. */
  stop(): void {
    this.#fleet.cluster.world.note(() => `${this.name} is told to end`)
    this.#fleet.cluster.world.saw("ended in order")
    this.#endInOrder()
  }

  kill(): void {
    this.#fleet.cluster.reconnect(this.#process)
    this.#process.kill()
  }

  start(): void {
    if (this.#process.alive) return
    const { world } = this.#fleet.cluster
    this.#process = new SimulatedProcess(world, this.name)
    world.note(() => `${this.name} starts`)
    this.#run()
  }

  get incarnation() {
    return `${this.name}-${this.#incarnations}`
  }

  #run() {
    this.#incarnations++
    const { cluster, partitions, answerSender, forced } = this.#fleet
    const store = modelActorStore(cluster, this.#process, { partitions, leased: !forced, answerSender })
    const servers = new PartitionServers(this.name, kinds, store)
    this.#endInOrder = this.#process.fork(forced ? this.#takeAll(servers) : this.#own(servers))
  }

  /** As ActorHost does it. */
  #own(servers: PartitionServers): Effect.Effect<void> {
    const { cluster, isGone, partitions } = this.#fleet
    const process = this.#process
    const identity = {
      host: this.name,
      incarnation: this.incarnation,
      formerIsGone: (former: string) => Effect.sync(() => isGone(former)),
    }
    return Effect.gen({ self: this }, function* () {
      const leases = modelLeaseStore(cluster, process)
      const view = yield* runOwnership(leases, identity, servers, partitions)
      servers.onLost = (partition) => view.lost(partition)
      yield* Effect.raceFirst(servers.passivating, view.ended)
    }).pipe(
      Effect.scoped,
      Effect.catch((error) =>
        Effect.sync(() => {
          cluster.world.note(() => `${this.name} ends: ${error.message}`)
          this.#beginAgain(process)
        }),
      ),
    )
  }

  #beginAgain(process: SimulatedProcess) {
    this.#fleet.cluster.world.after(beginAgainMicros, () => {
      if (this.#process !== process || !process.alive) return
      this.kill()
      this.start()
    })
  }

  #takeAll(servers: PartitionServers): Effect.Effect<void> {
    const { cluster, nextEpoch, partitions } = this.#fleet
    const { random } = cluster.world
    const take = (partition: number): Effect.Effect<void> =>
      Effect.suspend(() => {
        const epoch = nextEpoch()
        cluster.world.note(() => `${this.name} takes partition ${partition}, epoch ${epoch}`)
        return servers.start(partition, epoch)
      })
    servers.onLost = (partition) =>
      Effect.suspend(() => Effect.delay(take(partition), random.between(50, 2_000)))
    const begin = Array.from({ length: partitions }, (_, partition) =>
      Effect.delay(take(partition), random.between(0, 500)),
    )
    return Effect.all([...begin, servers.passivating], { concurrency: "unbounded", discard: true })
  }
}
