import type { Cluster } from "./Cluster.ts"
import type { Fault, PlannedFault } from "./scenario.ts"
import type { SimulatedHost } from "./SimulatedHost.ts"
import type { SimulatedProcess } from "./SimulatedProcess.ts"

/** Brings the planned faults about, and heals all of them. */
export class Faults {
  readonly #cluster: Cluster
  readonly #hosts: ReadonlyArray<SimulatedHost>
  readonly #asleep = new Set<SimulatedProcess>()
  #healed = false

  constructor(cluster: Cluster, hosts: ReadonlyArray<SimulatedHost>, planned: ReadonlyArray<PlannedFault>) {
    this.#cluster = cluster
    this.#hosts = hosts
    const counted: Array<{ operation: string; left: number; fault: Fault }> = []
    for (const { trigger, host, fault } of planned) {
      if ("atMicros" in trigger) {
        cluster.world.after(trigger.atMicros, () => this.#strike(hosts[host % hosts.length], fault))
      } else counted.push({ operation: trigger.operation, left: trigger.count, fault })
    }
    cluster.onDone = (process, operation) => {
      for (const entry of counted) {
        if (entry.operation !== operation || --entry.left !== 0) continue
        this.#strike(this.#hostOf(process), entry.fault)
      }
    }
  }

  /** Ends every fault: all hosts run, are connected, and every stream gets a leader in its time. */
  heal(): void {
    this.#healed = true
    for (const host of this.#hosts) {
      if (!this.#asleep.has(host.process)) host.process.resume()
      this.#cluster.reconnect(host.process)
      host.start()
    }
  }

  #hostOf(process: SimulatedProcess) {
    return this.#hosts.find((host) => host.process === process)
  }

  #strike(host: SimulatedHost | undefined, fault: Fault) {
    if (fault._tag === "CorruptSnapshots") this.#cluster.corruptSnapshots()
    if (this.#healed || host === undefined || fault._tag === "CorruptSnapshots") return
    const { world } = this.#cluster
    const { process } = host
    switch (fault._tag) {
      case "Kill":
        host.kill()
        world.after(fault.downMicros, () => host.start())
        return
      case "Stop":
        host.stop()
        world.after(fault.downMicros, () => {
          if (host.process !== process) return
          host.kill()
          host.start()
        })
        return
      case "Pause":
        process.pause()
        world.after(fault.forMicros, () => process.resume())
        return
      case "Oversleep":
        this.#asleep.add(process)
        process.pause()
        world.after(fault.untilMicros - world.now, () => process.resume())
        return
      case "CutOff":
        this.#cluster.cutOff(process, fault.buffered)
        world.after(fault.forMicros, () => this.#cluster.reconnect(process))
        return
      case "LoseLeader":
        this.#cluster.services[fault.service % this.#cluster.services.length]?.loseLeader(fault.forMicros)
        return
      case "StepClock":
        world.note(() => `${host.name}: the wall clock steps by ${fault.byMillis} ms`)
        process.wallOffsetMillis += fault.byMillis
    }
  }
}
