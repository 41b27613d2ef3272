import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { MessageRow, RequestRow } from "@maillm/schema/ReadModel"
import { removeInstallation } from "../local/removeInstallation.ts"
import { eventually } from "./eventually.ts"
import { localCommand } from "./localCommand.ts"

const Ports = Schema.fromJsonString(
  Schema.Struct({
    http: Schema.Int,
    smtp: Schema.Int,
    smtps: Schema.optionalKey(Schema.Int),
    nats: Schema.Int,
  }),
)
const Owner = Schema.fromJsonString(
  Schema.Struct({ address: Schema.String, email: Schema.String, token: Schema.String }),
)
const decodePorts = Schema.decodeUnknownSync(Ports)
const decodeOwner = Schema.decodeUnknownSync(Owner)
const decodeRequests = Schema.decodeUnknownSync(Schema.Array(RequestRow))
const decodeMessages = Schema.decodeUnknownSync(Schema.Array(MessageRow))

const readyMillis = 60_000

/** A maillm of its own process and data folder, started as `npm start` starts it. For tests and benchmarks. */
export class LocalProcess {
  readonly dataDir: string
  readonly #extra: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  #output = ""

  constructor(extra: Readonly<Record<string, string>> = {}) {
    this.dataDir = mkdtempSync(join(tmpdir(), "maillm-e2e-"))
    this.#extra = extra
  }

  /** Starts it and answers when it says it is ready; the time that took, in milliseconds. */
  async start(): Promise<number> {
    const startedAt = performance.now()
    rmSync(join(this.dataDir, "ports.json"), { force: true })
    const { command, args, cwd, env } = localCommand(this.dataDir, this.#extra)
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] })
    this.#child = child
    const keep = (bytes: Buffer) => (this.#output = (this.#output + bytes.toString("utf8")).slice(-20_000))
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    await eventually(
      "maillm is ready",
      () => {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`maillm ended:\n${this.#output}`)
        return this.#readPorts() === null ? null : true
      },
      readyMillis,
    )
    return performance.now() - startedAt
  }

  /** What it printed, the last 20,000 characters. */
  get output() {
    return this.#output
  }

  /** The one-time link that it prints once it is ready. */
  signInLink(): Promise<string> {
    return eventually(
      "the sign-in link",
      () => /https?:\/\/\S+\/sign-in#token=\S+/.exec(this.#output)?.[0] ?? null,
    )
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get natsPid(): number {
    return Number(readFileSync(join(this.dataDir, "nats/pid"), "utf8"))
  }

  get ports() {
    const ports = this.#readPorts()
    if (ports === null) throw new Error("maillm is not ready")
    return ports
  }

  get owner() {
    return decodeOwner(readFileSync(join(this.dataDir, "owner.json"), "utf8"))
  }

  /** A port file that is there; null while it is not ready. */
  #readPorts() {
    try {
      return decodePorts(readFileSync(join(this.dataDir, "ports.json"), "utf8"))
    } catch {
      return null
    }
  }

  /** Sends the signal to the process and waits for its end; answers its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)))
    child.kill(signal)
    return gone
  }

  /** Ends everything of it, panes and containers too, and removes its folder. */
  async dispose(): Promise<void> {
    await this.end("SIGTERM")
    try {
      process.kill(this.natsPid, "SIGKILL")
    } catch {
      // Ended with it.
    }
    await removeInstallation(this.dataDir)
  }

  async api(
    path: string,
    init: Omit<RequestInit, "headers"> & { readonly headers?: Record<string, string> } = {},
  ): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.ports.http}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${this.owner.token}`,
        "content-type": "application/json",
        ...init.headers,
      },
      signal: AbortSignal.timeout(30_000),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }

  /** Newest first. */
  async requests(query = "limit=200") {
    return decodeRequests(await this.api(`/api/requests?${query}`))
  }

  /** Newest first. */
  async messages(query = "limit=200") {
    return decodeMessages(await this.api(`/api/messages?${query}`))
  }
}
