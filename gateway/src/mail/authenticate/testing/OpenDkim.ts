import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { createPrivateKey } from "node:crypto"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import type { Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { SigningKey } from "./signedMail.ts"

const usual = "/usr/sbin/opendkim"
const program = process.env["MAILLM_TEST_OPENDKIM"] ?? (existsSync(usual) ? usual : null)

/** Whether tests with OpenDKIM can run. */
export const hasOpenDkim = program !== null

export interface OpenDkimChoices {
  /** What it signs with. Without, it verifies, and says what it found in Authentication-Results. */
  readonly key?: SigningKey
  /** Where mail servers reach it, on loopback; a socket in its folder unless given. */
  readonly port?: number
  /** Port of the DNS server on loopback that it asks for keys. */
  readonly dnsPort?: number
}

/** The signer and verifier that many mail servers run: a milter, spoken to as a mail server speaks to it. */
export class OpenDkim {
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #at: number | string

  private constructor(child: ChildProcess, folder: string, at: number | string) {
    this.#child = child
    this.#folder = folder
    this.#at = at
  }

  static async start({ dnsPort, key, port }: OpenDkimChoices): Promise<OpenDkim> {
    const folder = mkdtempSync(join(tmpdir(), "maillm-opendkim-"))
    const at = (name: string) => join(folder, name)
    writeFileSync(
      at("opendkim.conf"),
      [
        `Socket ${port === undefined ? `local:${at("socket")}` : `inet:${port}@127.0.0.1`}`,
        "Syslog no",
        ...(key === undefined ? ["Mode v", "AlwaysAddARHeader yes"] : signing(key, at("key.pem"))),
        ...(dnsPort === undefined ? [] : asking(dnsPort, at("unbound.conf"))),
        "",
      ].join("\n"),
    )
    const child = spawn(program ?? "opendkim", ["-f", "-x", at("opendkim.conf")], { stdio: "ignore" })
    const made = new OpenDkim(child, folder, port ?? at("socket"))
    const deadline = performance.now() + 10_000
    for (;;) {
      const socket = await made.#connect()
      if (socket !== null) {
        socket.destroy()
        return made
      }
      if (child.exitCode !== null || performance.now() > deadline) throw new Error("opendkim does not start")
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** The mail with OpenDKIM's signature before it. Lines end in CRLF. */
  async sign(raw: string): Promise<string> {
    const socket = await this.#connect()
    if (socket === null) throw new Error("opendkim does not answer")
    const milter = new Milter(socket)
    try {
      return `DKIM-Signature: ${await milter.signatureOf(raw)}\r\n${raw}`
    } finally {
      socket.destroy()
    }
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGKILL")
    if (this.#child.exitCode === null) await once(this.#child, "exit")
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #connect(): Promise<Socket | null> {
    const socket = typeof this.#at === "number" ? connect(this.#at, "127.0.0.1") : connect(this.#at)
    const opened = await Promise.race([
      once(socket, "connect").then(() => true),
      new Promise<false>((resolve) => socket.once("error", () => resolve(false))),
    ]).catch(() => false)
    return opened ? socket : null
  }
}

const signing = (key: SigningKey, keyFile: string) => {
  // It reads no PKCS#8, and no key that others may read.
  const pem = createPrivateKey(key.privateKey).export({ type: "pkcs1", format: "pem" })
  writeFileSync(keyFile, pem, { mode: 0o600 })
  return [
    "Mode s",
    `Domain ${key.domain}`,
    `Selector ${key.selector}`,
    `KeyFile ${keyFile}`,
    "Canonicalization relaxed/relaxed",
    // By default it leaves out Message-ID, Content-Type and others that RFC 6376 §5.4.1 does not name.
    "SignHeaders From,Reply-To,Subject,Date,To,Cc,Message-ID,MIME-Version,Content-Type,Content-Transfer-Encoding,In-Reply-To,References",
    "OversignHeaders From",
    // Else it wants no folder above the key to be writable by others, as /tmp is.
    "RequireSafeKeys no",
  ]
}

/** Debian's asks by libunbound, which has to be told that the server is one to ask, for everything, unsigned. */
const asking = (dnsPort: number, file: string) => {
  writeFileSync(
    file,
    [
      "server:",
      "  do-not-query-localhost: no",
      // By default it says itself that nothing is under test, as RFC 6761 has it.
      '  local-zone: "test." nodefault',
      '  module-config: "iterator"',
      "stub-zone:",
      '  name: "."',
      `  stub-addr: 127.0.0.1@${dnsPort}`,
      "  stub-prime: no",
      "",
    ].join("\n"),
  )
  return [`ResolverConfiguration ${file}`]
}

/** MILTER_CHUNK_SIZE: more of the text at a time it does not take. */
const chunkBytes = 65_535
/** Host name, IPv4, port 10, address. */
const connection = Buffer.concat([
  Buffer.from("localhost\0"),
  Buffer.from("4"),
  Buffer.of(0, 10),
  Buffer.from("127.0.0.1\0"),
])

/** The side of the mail server in Sendmail's milter protocol, version 6 (libmilter's mfdef.h), for one mail. */
class Milter {
  readonly #socket: Socket
  #buffer = Buffer.alloc(0)
  #wake: () => void = () => undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on("data", (bytes: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, bytes])
      this.#wake()
    })
  }

  async signatureOf(raw: string): Promise<string> {
    const end = raw.indexOf("\r\n\r\n")
    const fields = raw.slice(0, end).split(/\r\n(?![ \t])/)
    const options = Buffer.alloc(12)
    options.writeUInt32BE(6, 0)
    // It may add and change headers; every step is to be told it.
    options.writeUInt32BE(0x1ff, 4)
    await this.#ask("O", options)
    await this.#ask("C", connection)
    await this.#ask("H", Buffer.from("localhost\0"))
    await this.#ask("M", Buffer.from("<ada@example.org>\0"))
    await this.#ask("R", Buffer.from("<x@maillm.test>\0"))
    for (const field of fields) {
      const colon = field.indexOf(":")
      const value = field
        .slice(colon + 1)
        .replace(/^ /, "")
        .replaceAll("\r\n", "\n")
      await this.#ask("L", Buffer.from(`${field.slice(0, colon)}\0${value}\0`, "latin1"))
    }
    await this.#ask("N", Buffer.alloc(0))
    const text = raw.slice(end + 4)
    for (let at = 0; at < text.length; at += chunkBytes)
      await this.#ask("B", Buffer.from(text.slice(at, at + chunkBytes), "latin1"))
    this.#say("E", Buffer.alloc(0))
    let found: string | null = null
    for (;;) {
      const { data, command } = await this.#hear()
      // Insert a header: an index of four bytes, name, value.
      if (command === "i" || command === "h") {
        const [name, value] = data
          .subarray(command === "i" ? 4 : 0)
          .toString("latin1")
          .split("\0")
        if (name === "DKIM-Signature") found = (value ?? "").replaceAll(/\r?\n/g, "\r\n")
      }
      if (command === "a" || command === "c") break
      if (command === "r" || command === "t" || command === "d") throw new Error(`opendkim says ${command}`)
    }
    if (found === null) throw new Error("opendkim has not signed it")
    return found.trimStart()
  }

  #say(command: string, data: Buffer): void {
    const head = Buffer.alloc(5)
    head.writeUInt32BE(data.length + 1)
    head.write(command, 4, "latin1")
    this.#socket.write(Buffer.concat([head, data]))
  }

  async #ask(command: string, data: Buffer): Promise<void> {
    this.#say(command, data)
    await this.#hear()
  }

  async #hear(): Promise<{ readonly command: string; readonly data: Buffer }> {
    while (this.#buffer.length < 5 || this.#buffer.length < 4 + this.#buffer.readUInt32BE(0))
      await new Promise<void>((resolve) => (this.#wake = resolve))
    const length = this.#buffer.readUInt32BE(0)
    const packet = this.#buffer.subarray(4, 4 + length)
    this.#buffer = this.#buffer.subarray(4 + length)
    return { command: packet.toString("latin1", 0, 1), data: packet.subarray(1) }
  }
}
