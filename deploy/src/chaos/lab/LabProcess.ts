import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { closeSync, openSync, readFileSync, writeSync } from "node:fs"
import { createInterface } from "node:readline"

export interface LabCommand {
  readonly program: string
  readonly args: ReadonlyArray<string>
}

/** A process in a network namespace. What it prints goes to `<log>.log`; its standard output is also read by lines. */
export class LabProcess {
  readonly ended: Promise<number | string>
  readonly #child: ChildProcess
  readonly #log: string
  readonly #listeners = new Set<(line: string) => void>()

  /** nsenter becomes the program itself, so signals reach it and nothing stands in between. */
  constructor(namespace: string, log: string, { program, args }: LabCommand) {
    this.#log = `${log}.log`
    const file = openSync(this.#log, "a", 0o600)
    const child = spawn("nsenter", [`--net=${namespace}`, program, ...args], {
      env: { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8" },
      // Standard input stays open as long as we live: a child that reads its end can end itself.
      stdio: ["pipe", "pipe", file],
      // Ctrl-C is for the run, which ends its children in order.
      detached: true,
    })
    child.stdin?.on("error", () => undefined)
    this.#child = child
    this.ended = new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message))
      child.once("exit", (code, signal) => resolve(code ?? signal ?? "gone"))
    })
    if (child.stdout !== null) {
      createInterface({ input: child.stdout })
        .on("line", (line) => {
          writeSync(file, `${line}\n`)
          for (const listener of this.#listeners) listener(line)
        })
        .once("close", () => closeSync(file))
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Sends the signal and waits for the end, which it forces after the time given. */
  async stop(signal: NodeJS.Signals, patienceMillis = 10_000): Promise<number | string> {
    this.signal(signal)
    const force = setTimeout(() => this.signal("SIGKILL"), patienceMillis)
    return this.ended.finally(() => clearTimeout(force))
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  onLine(listener: (line: string) => void): void {
    this.#listeners.add(listener)
  }

  /** The last lines of what it logged. */
  lastLines(count = 20): string {
    try {
      return readFileSync(this.#log, "utf8").trimEnd().split("\n").slice(-count).join("\n")
    } catch {
      return ""
    }
  }
}
