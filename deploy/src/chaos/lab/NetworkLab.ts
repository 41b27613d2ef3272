import { mkdirSync, mkdtempSync, rmdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { endNamespace, ip, mountTmpfs, run, unmount } from "./labCommands.ts"
import { LabProcess } from "./LabProcess.ts"
import type { LabCommand } from "./LabProcess.ts"
import { removeRecorded, startTicksOf, sweepLeftovers, writeRecord } from "./LabRecord.ts"
import type { LabRecord } from "./LabRecord.ts"

/** One machine of the lab: a network namespace with an address of its own. */
export interface Machine {
  readonly name: string
  readonly address: string
}

/**
 * Machines on one switch. The switch is a bridge in a namespace too, so nothing of this machine's own network is
 * touched. A machine is cut off by taking its port out of the bridge: its link stays up and its packets vanish,
 * which is what a partition looks like from inside.
 */
export class NetworkLab {
  /** Everything that the run writes. */
  readonly folder: string
  readonly #prefix: string
  readonly #record: LabRecord
  readonly #processes = new Set<LabProcess>()

  private constructor(prefix: string, record: LabRecord) {
    this.#prefix = prefix
    this.#record = record
    this.folder = record.folder
  }

  /** Sweeps what killed runs left, then makes the machines named. `tmpfs`: folders that get a disk of their own. */
  static create(options: {
    readonly machines: ReadonlyArray<Machine>
    readonly tmpfs: Readonly<Record<string, number>>
  }): NetworkLab {
    sweepLeftovers()
    const prefix = `mlc${process.pid}`
    const folder = mkdtempSync(join(tmpdir(), "maillm-chaos-"))
    const record = {
      pid: process.pid,
      startTicks: startTicksOf(process.pid),
      namespaces: [prefix, ...options.machines.map(({ name }) => `${prefix}-${name}`)],
      mounts: Object.keys(options.tmpfs).map((name) => join(folder, name)),
      folder,
    }
    writeRecord(record)
    const lab = new NetworkLab(prefix, record)
    try {
      lab.#connect(options.machines)
      for (const [name, mebibytes] of Object.entries(options.tmpfs)) {
        mkdirSync(join(folder, name))
        mountTmpfs(join(folder, name), mebibytes)
      }
    } catch (error) {
      lab.remove()
      throw error
    }
    return lab
  }

  #connect(machines: ReadonlyArray<Machine>) {
    ip("netns", "add", this.#prefix)
    ip("-n", this.#prefix, "link", "add", "name", "switch", "type", "bridge")
    ip("-n", this.#prefix, "link", "set", "dev", "switch", "up")
    for (const { name, address } of machines) {
      const namespace = this.#namespaceOf(name)
      ip("netns", "add", namespace)
      ip(
        "-n",
        this.#prefix,
        "link",
        "add",
        "name",
        name,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        namespace,
      )
      ip("-n", this.#prefix, "link", "set", "dev", name, "master", "switch", "up")
      ip("-n", namespace, "address", "add", `${address}/24`, "dev", "eth0")
      ip("-n", namespace, "link", "set", "dev", "lo", "up")
      ip("-n", namespace, "link", "set", "dev", "eth0", "up")
    }
  }

  /** Nothing reaches this machine and nothing leaves it, until `rejoin`. */
  cutOff(machine: string): void {
    ip("-n", this.#prefix, "link", "set", "dev", machine, "nomaster")
  }

  rejoin(machine: string): void {
    ip("-n", this.#prefix, "link", "set", "dev", machine, "master", "switch")
  }

  /** The two cannot reach each other, but everyone else. */
  separate(one: Machine, other: Machine): void {
    this.#blackhole("replace", one, other)
    this.#blackhole("replace", other, one)
  }

  reunite(one: Machine, other: Machine): void {
    this.#blackhole("delete", one, other)
    this.#blackhole("delete", other, one)
  }

  #blackhole(action: "replace" | "delete", from: Machine, to: Machine) {
    ip("-n", this.#namespaceOf(from.name), "route", action, "blackhole", `${to.address}/32`)
  }

  /** Runs a program on a machine, in a fresh environment and a folder of its own. */
  start(machine: string, name: string, command: LabCommand): LabProcess {
    const child = new LabProcess(`/run/netns/${this.#namespaceOf(machine)}`, join(this.folder, name), command)
    this.#processes.add(child)
    void child.ended.then(() => this.#processes.delete(child))
    return child
  }

  /** Ends everything and removes it. Safe to call twice. */
  remove(): void {
    for (const child of this.#processes) child.signal("SIGKILL")
    removeRecorded(this.#record)
  }

  #namespaceOf(machine: string) {
    return `${this.#prefix}-${machine}`
  }
}

/** Why no lab can be made on this machine, or null. Tries what a lab needs, for there is no other way to know. */
export const labUnavailable = (): string | null => {
  if (process.getuid?.() !== 0) return "not root"
  const name = `mlt${process.pid}`
  try {
    ip("netns", "add", name)
    ip("-n", name, "link", "add", "name", "switch", "type", "bridge")
    ip("-n", name, "link", "add", "name", "port", "type", "veth", "peer", "name", "other")
    ip("-n", name, "link", "set", "dev", "port", "master", "switch")
    run("nsenter", [`--net=/run/netns/${name}`, "true"])
    return null
  } catch (error) {
    return `no network namespaces: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    try {
      endNamespace(name)
    } catch {
      // It was not made.
    }
  }
}

/** Why no disk of its own can be made for a machine, or null. */
export const tmpfsUnavailable = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-tmpfs-"))
  try {
    mountTmpfs(folder, 1)
    unmount(folder)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmdirSync(folder)
  }
}
