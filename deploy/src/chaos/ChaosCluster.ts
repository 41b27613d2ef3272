import { join } from "node:path"
import type { Fault, InjectedFault } from "./Fault.ts"
import { HostNode } from "./HostNode.ts"
import { NatsNode, serversOf } from "./NatsNode.ts"
import { NetworkLab, tmpfsUnavailable } from "./lab/NetworkLab.ts"
import type { Machine } from "./lab/NetworkLab.ts"
import type { Targets } from "./schedule.ts"
import { receivers } from "./counterActor.ts"

const machine = (name: string, last: number): Machine => ({ name, address: `10.77.0.${last}` })
const natsMachines = [machine("n1", 11), machine("n2", 12), machine("n3", 13)] as const
const hostMachines = [machine("h1", 21), machine("h2", 22), machine("h3", 23)] as const
const clientMachines = [machine("k1", 31), machine("k2", 32)] as const
const receiverMachines = receivers.map((name, i) => machine(name, 41 + i))
const journalMachine = machine("journal", 51)
/** Its store is a disk of its own, so that it can be full. */
const diskMachine = natsMachines[2]
const diskMebibytes = 512
/** A host that is told to end has this long before it is killed. */
const stopPatienceMillis = 15_000

/** What faults can be done to here. Where no disk of its own can be mounted, none can be filled. */
export const targetsHere = (): Targets => ({
  hosts: hostMachines.map(({ name }) => name),
  nats: natsMachines.map(({ name }) => name),
  receivers,
  disk: tmpfsUnavailable() === null ? diskMachine.name : null,
})

/** Three NATS servers, three actor hosts, two receivers of effects, and the machines of clients. */
export class ChaosCluster {
  readonly lab: NetworkLab
  readonly servers = serversOf(natsMachines)
  readonly nats: ReadonlyArray<NatsNode>
  readonly hosts: ReadonlyArray<HostNode>
  readonly receivers: ReadonlyArray<HostNode>
  readonly clients = clientMachines
  readonly journal = journalMachine

  constructor(natsServer: string) {
    this.lab = NetworkLab.create({
      machines: [...natsMachines, ...hostMachines, ...clientMachines, ...receiverMachines, journalMachine],
      tmpfs: tmpfsUnavailable() === null ? { [diskMachine.name]: diskMebibytes } : {},
    })
    this.nats = natsMachines.map((own) => new NatsNode(this.lab, own, natsMachines, natsServer))
    this.hosts = hostMachines.map(
      (own) => new HostNode(this.lab, own, "actorHost.ts", [this.servers, own.name]),
    )
    this.receivers = receiverMachines.map(
      (own) =>
        new HostNode(this.lab, own, "receiver.ts", [this.servers, own.name, this.effectsFile(own.name)]),
    )
  }

  effectsFile(receiver: string): string {
    return join(this.lab.folder, `effects-${receiver}.jsonl`)
  }

  async start(): Promise<void> {
    for (const node of this.nats) node.start()
    await Promise.all(this.nats.map((node) => node.ready()))
    const processes = [...this.hosts, ...this.receivers]
    for (const process of processes) process.start()
    await Promise.all(processes.map((process) => process.ready()))
  }

  /** Ends everything and removes it. */
  remove(): void {
    for (const process of [...this.hosts, ...this.receivers]) process.abandon()
    this.lab.remove()
  }

  /** Does the fault and heals it after its time. */
  async inject(fault: Fault): Promise<InjectedFault> {
    const beganAtMillis = Date.now()
    await this.#begin(fault)
    await new Promise((resolve) => setTimeout(resolve, fault.forMillis))
    const healedAtMillis = Date.now()
    await this.#heal(fault)
    return { ...fault, beganAtMillis, healedAtMillis }
  }

  async #begin({ kind, target }: Fault): Promise<void> {
    switch (kind) {
      case "killHost":
        return this.#host(target).stop("SIGKILL")
      case "killReceiver":
        return found(this.receivers, target).stop("SIGKILL")
      case "stopHost":
        return void this.#host(target).stop("SIGTERM", stopPatienceMillis)
      case "pauseHost":
        return this.#host(target).signal("SIGSTOP")
      case "partitionHost":
      case "partitionNats":
        return this.lab.cutOff(target)
      case "separateNats":
        for (const peer of this.#peers(target)) this.lab.separate(this.#node(target).machine, peer)
        return
      case "killNats":
        return this.#node(target).kill()
      case "killAllNats":
        for (const node of this.nats) node.kill()
        return
      case "fillDisk":
        return this.#node(target).fillDisk()
    }
  }

  async #heal({ kind, target }: Fault): Promise<void> {
    switch (kind) {
      case "killHost":
      case "stopHost":
        return this.#host(target).start()
      case "killReceiver":
        return found(this.receivers, target).start()
      case "pauseHost":
        return this.#host(target).signal("SIGCONT")
      case "partitionHost":
      case "partitionNats":
        return this.lab.rejoin(target)
      case "separateNats":
        for (const peer of this.#peers(target)) this.lab.reunite(this.#node(target).machine, peer)
        return
      case "killNats":
        return this.#node(target).start()
      case "killAllNats":
        for (const node of this.nats) node.start()
        return
      case "fillDisk":
        return this.#node(target).freeDisk()
    }
  }

  #host(name: string): HostNode {
    return found(this.hosts, name)
  }

  #node(name: string): NatsNode {
    return found(this.nats, name)
  }

  #peers(name: string): ReadonlyArray<Machine> {
    return natsMachines.filter((other) => other.name !== name)
  }
}

const found = <A extends { readonly machine: Machine }>(all: ReadonlyArray<A>, name: string): A => {
  const one = all.find(({ machine }) => machine.name === name)
  if (one === undefined) throw new Error(`no machine ${name}`)
  return one
}
