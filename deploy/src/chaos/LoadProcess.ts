import { join } from "node:path"
import * as Schema from "effect/Schema"
import type { Final } from "@maillm/actors/runtime/testing/History"
import { eventually } from "../testing/eventually.ts"
import { LoadLine } from "./historyFiles.ts"
import { nodeProgram, readyLine } from "./HostNode.ts"
import type { LabProcess } from "./lab/LabProcess.ts"
import type { Machine, NetworkLab } from "./lab/NetworkLab.ts"

const decode = Schema.decodeUnknownSync(LoadLine)
const readyMillis = 60_000
const finalsMillis = 120_000

/** The clients of one machine, in a process of their own that no fault is done to. */
export class LoadProcess {
  counts: (typeof LoadLine.Type)["counts"] = { commands: 0, acked: 0, unknown: 0, refused: 0, tries: 0 }
  readonly file: string
  readonly #process: LabProcess
  #finals: ReadonlyArray<Final> | null = null
  #ready = false

  constructor(lab: NetworkLab, { name }: Machine, servers: string, seed: number, half: 0 | 1) {
    this.file = join(lab.folder, `attempts-${name}.jsonl`)
    const args = [servers, name, String(seed), this.file, String(half)]
    this.#process = lab.start(name, name, nodeProgram("loadClient.ts", args))
    this.#process.onLine((line) => {
      if (line === readyLine) this.#ready = true
      if (!line.startsWith('{"counts"')) return
      const said = decode(line)
      this.counts = said.counts
      this.#finals = said.finals ?? null
    })
  }

  ready(): Promise<true> {
    return eventually("the clients are connected", () => this.#alive(this.#ready ? true : null), readyMillis)
  }

  /** Ends the load; answers each client's last operations. */
  finals(): Promise<ReadonlyArray<Final>> {
    this.#process.say("finals")
    return eventually("the last operations of the clients", () => this.#alive(this.#finals), finalsMillis)
  }

  #alive<A>(answer: A | null): A | null {
    if (answer === null && !this.#process.running) {
      throw new Error(`a client process ended by itself:\n${this.#process.lastLines()}`)
    }
    return answer
  }
}
