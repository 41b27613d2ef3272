import { fileURLToPath } from "node:url"
import { eventually } from "../testing/eventually.ts"
import type { LabProcess } from "./lab/LabProcess.ts"
import type { Machine, NetworkLab } from "./lab/NetworkLab.ts"

const superviseMillis = 1_000
const readyMillis = 60_000
/** What a process prints once it is up. */
export const readyLine = "ready"

/** Runs a TypeScript file of this folder. */
export const nodeProgram = (file: string, args: ReadonlyArray<string>) => ({
  program: process.execPath,
  args: ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL(file, import.meta.url)), ...args],
})

/** A process of ours on a machine of the lab, which is started again when it ends by itself. */
export class HostNode {
  readonly machine: Machine
  /** How often it ended without being told to. */
  crashes = 0
  readonly #lab: NetworkLab
  readonly #file: string
  readonly #args: ReadonlyArray<string>
  #process: LabProcess | null = null
  #wanted = false
  #ready = false

  constructor(lab: NetworkLab, machine: Machine, file: string, args: ReadonlyArray<string>) {
    this.#lab = lab
    this.machine = machine
    this.#file = file
    this.#args = args
  }

  start(): void {
    this.#wanted = true
    const child = this.#lab.start(this.machine.name, this.machine.name, nodeProgram(this.#file, this.#args))
    this.#process = child
    child.onLine((line) => {
      if (line === readyLine) this.#ready = true
    })
    void child.ended.then(() => {
      if (!this.#wanted || this.#process !== child) return
      this.crashes++
      setTimeout(() => this.#wanted && this.start(), superviseMillis)
    })
  }

  /** Until the process says so. */
  async ready(): Promise<void> {
    await eventually(
      `${this.machine.name} is ready; it says:\n${this.#process?.lastLines() ?? "nothing"}`,
      () => (this.#ready ? true : null),
      readyMillis,
    )
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.signal(signal)
  }

  /** Whatever ends it, it is not started again. */
  abandon(): void {
    this.#wanted = false
  }

  /** Ends it and leaves it down. */
  async stop(signal: "SIGTERM" | "SIGKILL", patienceMillis?: number): Promise<void> {
    this.#wanted = false
    await this.#process?.stop(signal, patienceMillis)
  }
}
