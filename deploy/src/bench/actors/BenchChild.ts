import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"

/** Longest wait for a child's answer, unless its caller says more. */
const answerMillis = 60_000
const keptOutputLength = 8_192
/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const ticksPerSecond = 100

type Waiting = { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }

/**
 * A process of the benchmark with an environment of its own, ended by its pid. Our own ones speak JSON lines: a
 * line in is a question, a line out that begins with `{` is the answer to the oldest one. Everything else that is
 * printed is log.
 */
export class BenchChild {
  readonly name: string
  readonly pid: number
  readonly #process: ChildProcess
  readonly #waiting: Array<Waiting> = []
  #output = ""
  #over: string | null = null
  readonly ended: Promise<void>

  constructor(
    name: string,
    command: string,
    args: ReadonlyArray<string>,
    cwd: string,
    env: NodeJS.ProcessEnv,
  ) {
    this.name = name
    this.#process = spawn(command, args, {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", HOME: cwd, LANG: "C.UTF-8", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    })
    this.pid = this.#process.pid ?? 0
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.#over = how
        for (const { reject } of this.#waiting.splice(0)) reject(this.#failure())
        resolve()
      }
      this.#process.once("error", (error) => end(error.message))
      this.#process.once("close", (code, signal) => end(`exit ${code ?? signal}`))
    })
    const { stdin, stdout, stderr } = this.#process
    // A child that is gone says so by its end.
    stdin?.on("error", () => undefined)
    stderr?.on("data", (chunk: Buffer) => this.#keep(chunk.toString()))
    if (stdout !== null) createInterface({ input: stdout }).on("line", (line) => this.#read(line))
  }

  get output() {
    return this.#output
  }

  /** What ended it, or null while it runs. */
  get over() {
    return this.#over
  }

  /** Sends a question and resolves to its answer; rejects with the child's own output when it fails or ends. */
  ask(question: object, timeoutMillis = answerMillis): Promise<unknown> {
    this.#process.stdin?.write(`${JSON.stringify(question)}\n`)
    return this.answer(timeoutMillis)
  }

  /** The next answer. */
  answer(timeoutMillis = answerMillis): Promise<unknown> {
    if (this.#over !== null) return Promise.reject(this.#failure())
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.name} gave no answer in ${timeoutMillis} ms:\n${this.#output}`)),
        timeoutMillis,
      )
      this.#waiting.push({
        resolve: (answer) => {
          clearTimeout(timer)
          resolve(answer)
        },
        reject: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      })
    })
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#over === null) this.#process.kill(signal)
  }

  /** Sends the signal and resolves when the process is gone; after 10 s it is killed. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.kill(signal)
    const late = setTimeout(() => this.kill("SIGKILL"), 10_000)
    await this.ended
    clearTimeout(late)
  }

  /** User and system time spent so far. */
  cpuSeconds(): number {
    // The name in parentheses may hold blanks; fields are counted behind it (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${this.pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  }

  residentBytes(): number {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"))
    return Number(line?.[1] ?? Number.NaN) * 1024
  }

  #failure() {
    return new Error(`${this.name} ended (${this.#over}):\n${this.#output}`)
  }

  #keep(text: string) {
    this.#output = (this.#output + text).slice(-keptOutputLength)
  }

  #read(line: string) {
    if (!line.startsWith("{")) return this.#keep(`${line}\n`)
    const waiting = this.#waiting.shift()
    const answer: unknown = JSON.parse(line)
    if (waiting === undefined) return this.#keep(`${line}\n`)
    if (typeof answer === "object" && answer !== null && "error" in answer) {
      waiting.reject(new Error(`${this.name}: ${String(answer.error)}\n${this.#output}`))
    } else waiting.resolve(answer)
  }
}
