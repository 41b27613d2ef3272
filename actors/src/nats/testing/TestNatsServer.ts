import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { freePorts } from "./freePorts.ts"
import { startTestProcess } from "./TestProcess.ts"

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
  /** More lines for the server's configuration. */
  readonly config?: string
  /** False leaves the server its default, by which an ack comes up to two minutes before the fsync. */
  readonly syncAlways?: boolean
  /** A command that runs the server as its own child or in its place, such as a tracer with its arguments. */
  readonly runBy?: ReadonlyArray<string>
  /** `4MB` unless given, as in production. */
  readonly maxPayload?: string
}

/**
 * Starts nats-server on loopback with JetStream, and with `sync_interval: always` as in production. Resolves when
 * it accepts connections; rejects with the server's own output when it ends first or is not ready in 15 s.
 */
export async function startTestNats(options: TestNatsOptions = {}): Promise<TestNats> {
  const binary = findNatsServer()
  const folder = mkdtempSync(join(tmpdir(), "maillm-nats-"))
  const storeDir = options.storeDir ?? join(folder, "store")
  const configFile = join(folder, "nats.conf")
  const [free = -1] = options.port === undefined ? await freePorts(1) : [options.port]
  writeFileSync(configFile, configText(folder, storeDir, { ...options, port: free }))

  const [tracer, ...tracerArgs] = options.runBy ?? []
  const args = ["-c", configFile]
  const server =
    tracer === undefined
      ? startTestProcess(binary, args)
      : startTestProcess(tracer, [...tracerArgs, binary, ...args])
  const stop = async (signal: "SIGTERM" | "SIGKILL" = "SIGTERM") => {
    await server.stop(signal)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
  try {
    // Written once the server accepts connections.
    const port = await server.waitFor(() => readPort(join(folder, `nats-server_${server.pid}.ports`)))
    return { url: `nats://127.0.0.1:${port}`, port, pid: server.pid, storeDir, stop }
  } catch (error) {
    await stop("SIGKILL")
    throw error
  }
}

function configText(folder: string, storeDir: string, options: TestNatsOptions): string {
  return [
    `listen: "127.0.0.1:${options.port ?? -1}"`,
    `ports_file_dir: ${JSON.stringify(folder)}`,
    `max_payload: ${options.maxPayload ?? "4MB"}`,
    `jetstream { store_dir: ${JSON.stringify(storeDir)}${options.syncAlways === false ? "" : ", sync_interval: always"} }`,
    options.config ?? "",
    "",
  ].join("\n")
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

/** `npm test` names the binary; a test run by hand takes the one in PATH or the one that maillm has cached. */
function findNatsServer(): string {
  const named = process.env["MAILLM_TEST_NATS_SERVER"]
  if (named) return named
  const cache = process.env["MAILLM_CACHE_DIR"] ?? join(import.meta.dirname, "../../../../.cache")
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), join(cache, "bin")]
  const found = folders.map((folder) => join(folder, "nats-server")).find(isExecutable)
  if (found === undefined) {
    throw new Error("nats-server was not found: run `npm test`, which gets one")
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
