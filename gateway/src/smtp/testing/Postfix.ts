import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { freePorts } from "@maillm/actors/nats/testing/freePorts"
import { layOutPostfix } from "./postfixFolder.ts"
import type { PostfixChoices, PostfixFolder } from "./postfixFolder.ts"

const startMillis = 15_000

/** Debian's Postfix, running with a configuration, a queue and mailboxes of its own. For tests. */
export class Postfix {
  readonly port: number
  readonly #folder: string
  readonly #laidOut: PostfixFolder
  readonly #master: ChildProcess

  private constructor(port: number, folder: string, laidOut: PostfixFolder, master: ChildProcess) {
    this.port = port
    this.#folder = folder
    this.#laidOut = laidOut
    this.#master = master
  }

  /** Starts it and answers when it greets. */
  static async start(choices: PostfixChoices): Promise<Postfix> {
    // The temporary folder of a test run is closed to other users, as which Postfix runs.
    const folder = mkdtempSync("/tmp/maillm-postfix-")
    try {
      const laidOut = layOutPostfix(join(folder, "postfix"), choices)
      const master = spawn(laidOut.command, [...laidOut.args], { stdio: "ignore" })
      const made = new Postfix(choices.port, folder, laidOut, master)
      for (const deadline = performance.now() + startMillis; !(await greets(choices.port));) {
        if (master.exitCode !== null || performance.now() > deadline) {
          const said = made.log()
          await made.stop()
          throw new Error(`Postfix does not start: ${said}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return made
    } catch (error) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
      throw error
    }
  }

  /** Mails in the mailbox of an address, as they were stored. */
  mails(address: string): ReadonlyArray<string> {
    const box = join(this.#laidOut.mail, address, "new")
    return existsSync(box) ? readdirSync(box).map((file) => readFileSync(join(box, file), "latin1")) : []
  }

  log(): string {
    const { log } = this.#laidOut
    return existsSync(log) ? readFileSync(log, "utf8") : ""
  }

  /** Ends all its processes and removes its folder. */
  async stop(): Promise<void> {
    if (this.#master.exitCode === null && this.#master.signalCode === null) {
      const gone = once(this.#master, "exit")
      this.#master.kill("SIGTERM")
      await gone
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** A port on loopback that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const [port = 0] = await freePorts(1)
  return port
}

const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("data", (bytes) => {
      socket.end("QUIT\r\n")
      resolve(bytes.toString("latin1").startsWith("220"))
    })
    socket.once("error", () => resolve(false))
    socket.once("close", () => resolve(false))
  })
