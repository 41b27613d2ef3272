import { connect } from "node:net"
import type { Socket } from "node:net"
import { connect as connectTls, TLSSocket } from "node:tls"
import type { ConnectionOptions } from "node:tls"

/** An SMTP client that sends exactly the bytes it is told to. */
export class RawSmtp {
  readonly socket: Socket
  #buffer = ""
  #closed = false
  #waiting: (() => void) | null = null

  constructor(over: number | Socket) {
    this.socket = typeof over === "number" ? connect(over, "127.0.0.1") : over
    this.socket.setNoDelay(true)
    this.socket.on("data", (data) => {
      this.#buffer += data.toString("latin1")
      this.#waiting?.()
    })
    this.socket.on("close", () => {
      this.#closed = true
      this.#waiting?.()
    })
    this.socket.on("error", () => undefined)
  }

  static async open(port: number, hello = true): Promise<RawSmtp> {
    const client = new RawSmtp(port)
    await client.reply()
    if (hello) await client.command("EHLO test.example")
    return client
  }

  /** Over TLS from the first byte on; the greeting is not read yet. */
  static secure(port: number, options: ConnectionOptions = {}): RawSmtp {
    return new RawSmtp(connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options }))
  }

  /** Does the handshake on the connection as it is, after STARTTLS; nothing is read or sent yet. */
  inTls(): RawSmtp {
    this.socket.removeAllListeners("data")
    return new RawSmtp(connectTls({ socket: this.socket, rejectUnauthorized: false }))
  }

  /** The name that the server's certificate is for, and the version of TLS; fails when there is no handshake. */
  async peer(): Promise<{ readonly name: string; readonly version: string | null }> {
    const { socket } = this
    if (!(socket instanceof TLSSocket)) throw new Error("not in TLS")
    if (socket.getPeerCertificate().subject === undefined)
      await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject))
    return { name: String(socket.getPeerCertificate().subject.CN), version: socket.getProtocol() }
  }

  /** The next whole reply, such as `250-…\n250 …`; `closed` when the server has hung up. */
  async reply(millis = 15_000): Promise<string> {
    const deadline = performance.now() + millis
    while (true) {
      const match = /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/.exec(this.#buffer)
      if (match !== null) {
        this.#buffer = this.#buffer.slice(match[0].length)
        return match[0].trimEnd()
      }
      if (this.#closed) return "closed"
      const left = deadline - performance.now()
      if (left <= 0) throw new Error(`no reply in ${millis} ms; have ${JSON.stringify(this.#buffer)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiting = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  send(text: string | Uint8Array): void {
    this.socket.write(typeof text === "string" ? Buffer.from(text, "latin1") : text)
  }

  command(line: string): Promise<string> {
    this.send(`${line}\r\n`)
    return this.reply()
  }

  /** MAIL, RCPT for each, DATA; answers the reply to DATA, or the first refusal after an RSET. */
  async start(to: ReadonlyArray<string>, from = "ada@example.org"): Promise<string> {
    const lines = [`MAIL FROM:<${from}>`, ...to.map((address) => `RCPT TO:<${address}>`), "DATA"]
    let reply = ""
    for (const line of lines) {
      reply = await this.command(line)
      if (/^[23]/.test(reply)) continue
      await this.command("RSET")
      break
    }
    return reply
  }

  async mail(to: ReadonlyArray<string>, content: string, from?: string): Promise<string> {
    const started = await this.start(to, from)
    if (!started.startsWith("354")) return started
    this.send(`${content}\r\n.\r\n`)
    return this.reply()
  }

  close(): void {
    this.socket.destroy()
  }
}
