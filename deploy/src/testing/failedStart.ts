import { spawn } from "node:child_process"
import { once } from "node:events"
import { localCommand } from "./localCommand.ts"

const killMillis = 60_000

export interface FailedStart {
  /** Null when it did not end by itself and was killed. */
  readonly code: number | null
  /** Standard output and standard error as they came. */
  readonly output: string
  readonly seconds: number
}

/** Runs a start that is to fail, in the folder given, until it has ended. */
export const failedStart = async (
  dataDir: string,
  extra: Readonly<Record<string, string>>,
): Promise<FailedStart> => {
  const startedAt = performance.now()
  const { command, args, cwd, env } = localCommand(dataDir, extra)
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: killMillis })
  let output = ""
  child.stdout.on("data", (bytes: Buffer) => (output += bytes.toString("utf8")))
  child.stderr.on("data", (bytes: Buffer) => (output += bytes.toString("utf8")))
  await once(child, "close")
  return { code: child.exitCode, output, seconds: (performance.now() - startedAt) / 1_000 }
}
