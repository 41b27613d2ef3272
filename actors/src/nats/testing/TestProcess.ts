import { spawn } from "node:child_process"

/** A server child of a test. It is killed with the test's process at the latest. */
export interface TestProcess {
  readonly pid: number
  /** The last 8 KiB of what it printed, stdout and stderr. */
  readonly output: () => string
  /** Resolves to the fact once `read` gives one; rejects with the output when the process ends first or after 15 s. */
  readonly waitFor: <A>(read: () => A | undefined) => Promise<A>
  /** Sends the signal and resolves when the process is gone. Safe to call twice. */
  readonly stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void>
}

const readyTimeoutMillis = 15_000
const pollMillis = 10
const keptOutputLength = 8_192

export function startTestProcess(command: string, args: ReadonlyArray<string>): TestProcess {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-keptOutputLength))
  child.stdout.on("data", keep)
  child.stderr.on("data", keep)

  let outcome: string | undefined
  const killWithParent = () => child.kill("SIGKILL")
  process.once("exit", killWithParent)
  const ended = new Promise<void>((resolve) => {
    const end = (how: string) => {
      outcome = how
      process.off("exit", killWithParent)
      resolve()
    }
    child.once("error", (error) => end(error.message))
    child.once("close", (code, signal) => end(`exit ${code ?? signal}`))
  })

  return {
    pid: child.pid ?? 0,
    output: () => output,
    waitFor: async (read) => {
      const deadline = performance.now() + readyTimeoutMillis
      while (performance.now() < deadline) {
        const fact = read()
        if (fact !== undefined) return fact
        if (outcome !== undefined)
          throw new Error(`${command} ended before it was ready (${outcome}):\n${output}`)
        await new Promise((resolve) => setTimeout(resolve, pollMillis))
      }
      throw new Error(`${command} was not ready in ${readyTimeoutMillis} ms:\n${output}`)
    },
    stop: async (signal) => {
      if (outcome === undefined) child.kill(signal)
      await ended
    },
  }
}
