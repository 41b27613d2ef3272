import { type ChildProcess, spawn } from "node:child_process"
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** A real nats-server child, for tests only. */
export interface TestNats {
  /** `nats://127.0.0.1:<port>`. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Where JetStream keeps its files; give it to another `startTestNats` to start again on the same data. */
  readonly storeDir: string
  /**
   * Ends the server with the signal (SIGTERM unless told; SIGKILL plays a crash) and resolves when its process is
   * gone. Removes the store, unless the caller chose it. Safe to call twice.
   */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>
}

export interface TestNatsOptions {
  /** Keep data here and leave it after `stop`; a temporary folder, removed by `stop`, unless given. */
  readonly storeDir?: string
  /** A fixed port, to come back at the address of a stopped server; any free one unless given. */
  readonly port?: number
  /** More lines for the server's configuration, for example `max_payload: 8MB`. */
  readonly config?: string
}

const startTimeoutMillis = 15_000
const pollMillis = 10

/**
 * Starts nats-server on loopback with JetStream, and with `sync_interval: always` as in production. Resolves when
 * it accepts connections; rejects with the server's own output when it ends first or is not ready in 15 s.
 */
export async function startTestNats(options: TestNatsOptions = {}): Promise<TestNats> {
  const folder = mkdtempSync(join(tmpdir(), "maillm-nats-"))
  const storeDir = options.storeDir ?? join(folder, "store")
  const configFile = join(folder, "nats.conf")
  writeFileSync(configFile, configText(folder, storeDir, options))

  const child = spawn(findNatsServer(), ["-c", configFile], { stdio: ["ignore", "pipe", "pipe"] })
  const output = keepTail(child)
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message))
    child.once("exit", (code, signal) => resolve(`exit ${code ?? signal}`))
  })
  const killWithParent = () => child.kill("SIGKILL")
  process.once("exit", killWithParent)
  const stop = async (signal: "SIGTERM" | "SIGKILL" = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
    process.off("exit", killWithParent)
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    const port = await waitForPort(child, folder, ended, output)
    return { url: `nats://127.0.0.1:${port}`, port, pid: child.pid!, storeDir, stop }
  } catch (error) {
    await stop("SIGKILL")
    throw error
  }
}

function configText(folder: string, storeDir: string, options: TestNatsOptions): string {
  return [
    `listen: "127.0.0.1:${options.port ?? -1}"`,
    `ports_file_dir: ${JSON.stringify(folder)}`,
    `jetstream { store_dir: ${JSON.stringify(storeDir)}, sync_interval: always }`,
    options.config ?? "",
    "",
  ].join("\n")
}

/** The server writes `nats-server_<pid>.ports` once it accepts connections. */
async function waitForPort(
  child: ChildProcess,
  folder: string,
  ended: Promise<string>,
  output: () => string,
) {
  const portsFile = join(folder, `nats-server_${child.pid}.ports`)
  const deadline = performance.now() + startTimeoutMillis
  let outcome: string | undefined
  void ended.then((how) => (outcome = how))
  while (performance.now() < deadline) {
    const port = readPort(portsFile)
    if (port !== undefined) return port
    if (outcome !== undefined)
      throw new Error(`nats-server ended before it was ready (${outcome}):\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, pollMillis))
  }
  throw new Error(`nats-server was not ready in ${startTimeoutMillis} ms:\n${output()}`)
}

/** Undefined while the file is absent or half written. */
function readPort(portsFile: string): number | undefined {
  try {
    const ports: { nats: [string] } = JSON.parse(readFileSync(portsFile, "utf8"))
    return Number(new URL(ports.nats[0]).port)
  } catch {
    return undefined
  }
}

/** The last 8 KiB of what the child prints. */
function keepTail(child: ChildProcess): () => string {
  let tail = ""
  const append = (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-8192))
  child.stdout?.on("data", append)
  child.stderr?.on("data", append)
  return () => tail
}

/** `npm test` names the binary; a test run by hand takes the one in PATH or the one that maillm has cached. */
function findNatsServer(): string {
  const named = process.env["MAILLM_TEST_NATS_SERVER"]
  if (named) return named
  const repository = join(dirname(fileURLToPath(import.meta.url)), "../../../..")
  const cache = process.env["MAILLM_CACHE_DIR"] ?? join(repository, ".cache")
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), join(cache, "bin")]
  const found = folders.map((folder) => join(folder, "nats-server")).find(isExecutable)
  if (found === undefined) {
    throw new Error(
      "nats-server was not found; run `npm test`, which gets one, or set MAILLM_TEST_NATS_SERVER",
    )
  }
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
