import { spawn } from "node:child_process"

export interface CommandResult {
  /** Undefined when the command could not be started or was ended by a signal or the time limit. */
  readonly code: number | undefined
  /** What it printed on stdout and stderr, the last 64 KiB. */
  readonly output: string
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** After this the command is killed; 10 s unless told. */
  readonly timeoutMillis?: number
}

const keptOutputLength = 65_536

/** Runs a command to its end and keeps what it printed; a failure is a result, never an exception. */
export function runCommand(
  command: string,
  args: ReadonlyArray<string>,
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = ""
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-keptOutputLength))
    const child = spawn(command, args, {
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMillis ?? 10_000,
      killSignal: "SIGKILL",
    })
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    child.once("error", (error) => resolve({ code: undefined, output: error.message }))
    child.once("close", (code) => resolve({ code: code ?? undefined, output }))
  })
}
