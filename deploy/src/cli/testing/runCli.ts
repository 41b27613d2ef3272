import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { repository } from "../../../bin/launch/paths.mjs"

const killMillis = 60_000

export interface CliResult {
  /** Null when it did not end by itself and was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliRun {
  /** The working folder, and the data folder unless `env` names another. */
  readonly folder: string
  /** Added to an environment of nothing but what programs need, last. */
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; empty unless given. */
  readonly input?: string | Buffer
}

/** Runs the real command line in a process of its own. */
export const runCli = async (
  args: ReadonlyArray<string>,
  { folder, env = {}, input = "" }: CliRun,
): Promise<CliResult> => {
  const child = spawn(process.execPath, [...cliArguments, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, LANG: "C.UTF-8", MAILLM_DATA_DIR: folder, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: killMillis,
  })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (bytes: Buffer) => (stdout += bytes.toString("utf8")))
  child.stderr.on("data", (bytes: Buffer) => (stderr += bytes.toString("utf8")))
  // It may end without having read all of it.
  child.stdin.on("error", () => undefined)
  child.stdin.end(input)
  await once(child, "close")
  return { code: child.exitCode, stdout, stderr }
}

/** What Node is given to run it, as `npx maillm` does. */
export const cliArguments = [
  "--disable-warning=ExperimentalWarning",
  "--import",
  join(repository, "deploy/bin/launch/preload.mjs"),
  join(repository, "deploy/src/cli/maillm.ts"),
]
