import { spawn } from "node:child_process"
import { RuntimeFailed } from "./PaneRuntime.ts"
import type { ProgramOptions, ProgramResult } from "./PaneRuntime.ts"

export const programMillis = 30_000
export const programOutputLimitBytes = 1024 * 1024
/** Of the error output the last so many characters are kept. */
const stderrLimit = 16_384

/** What a program prints, up to a bound; more of it fails, for half an answer is none. */
export class ProgramOutput {
  private readonly parts: Array<Buffer> = []
  private size = 0
  private problems = ""
  private readonly limitBytes: number

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get tooLong() {
    return this.size > this.limitBytes
  }

  out(chunk: Buffer) {
    this.size += chunk.length
    if (!this.tooLong) this.parts.push(chunk)
  }

  error(chunk: Buffer) {
    this.problems = (this.problems + chunk.toString()).slice(-stderrLimit)
  }

  result(exitCode: number): ProgramResult {
    return { exitCode, stdout: Buffer.concat(this.parts), stderr: this.problems.toWellFormed() }
  }
}

/**
 * Runs a program on the host with exactly `environment`, and waits for it. Its whole process group is killed when it
 * takes too long or prints too much, which rejects with `RuntimeFailed`. A
 * signal is exit code 255.
 */
export const runOnHost = (
  argv: ReadonlyArray<string>,
  cwd: string,
  environment: Readonly<Record<string, string>>,
  options: ProgramOptions,
): Promise<ProgramResult> =>
  new Promise((resolve, reject) => {
    const [program = "", ...words] = argv
    const timeoutMillis = options.timeoutMillis ?? programMillis
    const output = new ProgramOutput(options.outputLimitBytes ?? programOutputLimitBytes)
    const child = spawn(program, words, { cwd, env: { ...environment }, stdio: "pipe", detached: true })
    const kill = (why: string) => {
      reject(new RuntimeFailed(`${program} ${why}`))
      if (child.pid !== undefined) killGroup(child.pid)
    }
    const timer = setTimeout(() => kill(tookLongerThan(timeoutMillis)), timeoutMillis)
    child.stdout.on("data", (chunk: Buffer) => {
      output.out(chunk)
      if (output.tooLong) kill(printedTooMuch)
    })
    child.stderr.on("data", (chunk: Buffer) => output.error(chunk))
    // A program may end without reading what it was given.
    child.stdin.on("error", () => undefined)
    child.stdin.end(options.stdin)
    child.once("error", (cause) => {
      clearTimeout(timer)
      reject(new RuntimeFailed(`${program} could not be started: ${cause.message}`, { cause }))
    })
    child.once("close", (code) => {
      clearTimeout(timer)
      resolve(output.result(code ?? 255))
    })
  })

export const printedTooMuch = "printed more than is taken from it"
export const tookLongerThan = (millis: number) => `took longer than ${millis} ms and was stopped`

const killGroup = (pid: number) => {
  try {
    process.kill(-pid, "SIGKILL")
  } catch {
    // It has ended by itself.
  }
}
