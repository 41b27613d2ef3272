import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { Resolver } from "node:dns/promises"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const usual = "/usr/sbin/nsd"
const program = process.env["MAILLM_TEST_NSD"] ?? (existsSync(usual) ? usual : null)

/** Whether tests with NSD can run. */
export const hasNsd = program !== null

const startMillis = 10_000

/**
 * The DNS server NSD (Debian's package of that name) on loopback, over UDP and TCP, for a root zone of one's own: what the
 * records do not name does not exist. It can be stopped and started again on the same port.
 */
export class Nsd {
  readonly #folder = mkdtempSync(join(tmpdir(), "maillm-nsd-"))
  readonly port: number
  #records: ReadonlyArray<string> = []
  #serial = 0
  #child: ChildProcess | null = null

  /** Nothing is answered until it is started. */
  constructor(port: number) {
    this.port = port
    writeFileSync(
      join(this.#folder, "nsd.conf"),
      [
        "server:",
        "  ip-address: 127.0.0.1",
        `  port: ${port}`,
        '  username: ""',
        '  chroot: ""',
        `  zonesdir: "${this.#folder}"`,
        ...["pidfile", "xfrdfile", "zonelistfile", "logfile"].map(
          (name) => `  ${name}: "${join(this.#folder, name)}"`,
        ),
        `  xfrdir: "${this.#folder}"`,
        "  server-count: 1",
        "remote-control:",
        "  control-enable: no",
        "zone:",
        '  name: "."',
        "  zonefile: zone",
        "",
      ].join("\n"),
    )
  }

  /** As settings name it. */
  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  /** Starts it, with these records from then on: lines of a master file with full names (RFC 1035 §5). */
  async start(records: ReadonlyArray<string> = this.#records): Promise<void> {
    await this.stop()
    this.#records = records
    // Who asks it for its serial knows that it answers by these records.
    this.#serial += 1
    const soa = `. 60 IN SOA ns.invalid. hostmaster.invalid. ${this.#serial} 3600 600 86400 60`
    writeFileSync(join(this.#folder, "zone"), [soa, ". 60 IN NS ns.invalid.", ...records, ""].join("\n"))
    const child = spawn(program ?? "nsd", ["-d", "-c", join(this.#folder, "nsd.conf")], { stdio: "ignore" })
    this.#child = child
    const resolver = new Resolver({ timeout: 200, tries: 1 })
    resolver.setServers([this.address])
    for (const deadline = performance.now() + startMillis; ;) {
      const serial = await resolver.resolveSoa(".").then(
        (answer) => answer.serial,
        () => null,
      )
      if (serial === this.#serial) return
      if (child.exitCode !== null || performance.now() > deadline)
        throw new Error(`nsd on port ${this.port} does not answer`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Nobody answers on its port any more. */
  async stop(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, "exit")
    // SIGTERM has it end its own children first.
    child.kill("SIGTERM")
    await gone
  }

  async dispose(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** A TXT record as a master file has it, in strings of at most 255 bytes (RFC 1035 §3.3). */
export const txtRecord = (name: string, text: string): string =>
  `${name}. 60 IN TXT ${(text.match(/[^]{1,255}/g) ?? [""]).map((part) => `"${part.replaceAll(/["\\]/g, "\\$&")}"`).join(" ")}`
