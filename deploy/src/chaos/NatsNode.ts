import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { eventually } from "../testing/eventually.ts"
import type { LabProcess } from "./lab/LabProcess.ts"
import type { Machine, NetworkLab } from "./lab/NetworkLab.ts"

const clientPort = 4222
const clusterPort = 6222
const readyMillis = 30_000
const fillBytes = 4 * 1024 * 1024
const pageBytes = 4_096
const refillMillis = 250

/** Addresses of a cluster as a client is given them. */
export const serversOf = (nodes: ReadonlyArray<Machine>): string =>
  nodes.map(({ address }) => `nats://${address}:${clientPort}`).join(",")

/** One nats-server of a cluster of three, on a machine of the lab. It is started again on what it had stored. */
export class NatsNode {
  readonly machine: Machine
  readonly #lab: NetworkLab
  readonly #binary: string
  readonly #folder: string
  #process: LabProcess | null = null
  #full = false
  #filling: Promise<void> = Promise.resolve()

  /** Its store lies in `<lab folder>/<name>`, which may be a disk of its own. */
  constructor(lab: NetworkLab, machine: Machine, all: ReadonlyArray<Machine>, binary: string) {
    this.#lab = lab
    this.machine = machine
    this.#binary = binary
    this.#folder = join(lab.folder, machine.name)
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(this.#configuration, configurationText(machine, all, join(this.#folder, "store")))
  }

  get #configuration() {
    return join(this.#lab.folder, `${this.machine.name}.conf`)
  }

  get running(): boolean {
    return this.#process?.running === true
  }

  start(): void {
    const { name } = this.machine
    this.#process = this.#lab.start(name, `${name}-server`, {
      program: this.#binary,
      args: ["-c", this.#configuration],
    })
  }

  kill(): void {
    this.#process?.signal("SIGKILL")
  }

  /** Until its log says so: it knows who leads the cluster. */
  async ready(): Promise<void> {
    await eventually(
      `${this.machine.name} is part of the cluster; it says:\n${this.lastLines()}`,
      () => {
        if (!this.running) throw new Error(`${this.machine.name} ended:\n${this.lastLines()}`)
        return /JetStream cluster new metadata leader|Self is new JetStream/.test(this.lastLines(200))
          ? true
          : null
      },
      readyMillis,
    )
  }

  lastLines(count = 20): string {
    return this.#process?.lastLines(count) ?? ""
  }

  /** Takes every free page of its disk, and what becomes free until `freeDisk`. */
  fillDisk(): void {
    this.#full = true
    this.#filling = (async () => {
      while (this.#full) {
        await fill(this.#ballast)
        await new Promise((resolve) => setTimeout(resolve, refillMillis))
      }
    })()
  }

  /** Also starts the server again: one whose disk was full switches its JetStream off for good. */
  async freeDisk(): Promise<void> {
    this.#full = false
    await this.#filling
    rmSync(this.#ballast, { force: true })
    await this.#process?.stop("SIGTERM")
    this.start()
  }

  get #ballast() {
    return join(this.#folder, "ballast")
  }
}

/** Appends until not one page more is taken. */
const fill = async (file: string): Promise<void> => {
  const ballast = await open(file, "a")
  try {
    let size = fillBytes
    while (size >= pageBytes) {
      const taken = await ballast.write(Buffer.alloc(size, 0x2e)).then(
        () => true,
        () => false,
      )
      if (!taken) size = Math.floor(size / 4)
    }
  } finally {
    await ballast.close()
  }
}

const configurationText = (machine: Machine, all: ReadonlyArray<Machine>, store: string) =>
  [
    `server_name: ${machine.name}`,
    `listen: "${machine.address}:${clientPort}"`,
    "max_payload: 4MB",
    // More than the disk: its end is to be found out by writing.
    `jetstream { store_dir: ${JSON.stringify(store)}, sync_interval: always, max_file_store: 64GB }`,
    "cluster {",
    "  name: chaos",
    `  listen: "${machine.address}:${clusterPort}"`,
    // A server that was cut off is back within seconds: its old routes would stand silent for a minute.
    '  ping_interval: "2s"',
    "  ping_max: 2",
    `  routes: [${all.map(({ address }) => `"nats://${address}:${clusterPort}"`).join(", ")}]`,
    "}",
    "",
  ].join("\n")
