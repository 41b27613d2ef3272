import { connect } from "node:net"
import type { Socket } from "node:net"

const crlf = "\r\n"

/**
 * The NATS protocol on a bare socket, without the client library: what the server itself can do is the limit that
 * maillm is held against. Knows no reconnect; an error of the server ends the process.
 */
export class RawNats {
  readonly #socket: Socket
  readonly #onMessage: (subject: string, replyTo: string, data: string) => void
  #rest = ""
  #out = ""

  private constructor(socket: Socket, onMessage: (subject: string, replyTo: string, data: string) => void) {
    this.#socket = socket
    this.#onMessage = onMessage
    // Everything sent here is ASCII, so characters are bytes.
    socket.setEncoding("latin1")
    socket.on("data", (chunk: string) => this.#read(chunk))
  }

  /** Connects and subscribes; `onMessage` hears everything on the subject. */
  static async connect(
    url: string,
    subject: string,
    onMessage: (subject: string, replyTo: string, data: string) => void,
  ): Promise<RawNats> {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject))
    const nats = new RawNats(socket, onMessage)
    nats.#send(`CONNECT {"verbose":false,"headers":true,"no_responders":true}${crlf}SUB ${subject} 1${crlf}`)
    return nats
  }

  publish(subject: string, replyTo: string, data: string): void {
    this.#send(`PUB ${subject}${replyTo === "" ? "" : ` ${replyTo}`} ${data.length}${crlf}${data}${crlf}`)
  }

  /** `headers` are lines that each end with CR LF. */
  publishWithHeaders(subject: string, replyTo: string, headers: string, data: string): void {
    const head = `NATS/1.0${crlf}${headers}${crlf}`
    const sizes = `${head.length} ${head.length + data.length}`
    this.#send(`HPUB ${subject}${replyTo === "" ? "" : ` ${replyTo}`} ${sizes}${crlf}${head}${data}${crlf}`)
  }

  /** What is sent in one turn of the event loop goes out as one write. */
  #send(text: string) {
    if (this.#out === "") {
      setImmediate(() => {
        this.#socket.write(this.#out, "latin1")
        this.#out = ""
      })
    }
    this.#out += text
  }

  #read(chunk: string) {
    const text = this.#rest + chunk
    let at = 0
    for (;;) {
      const end = text.indexOf(crlf, at)
      if (end < 0) break
      const line = text.slice(at, end)
      if (line.startsWith("MSG ") || line.startsWith("HMSG ")) {
        const words = line.split(" ")
        const size = Number(words.at(-1))
        if (text.length < end + 2 + size + 2) break
        const hasHeaders = words[0] === "HMSG"
        const headerSize = hasHeaders ? Number(words.at(-2)) : 0
        const replyTo = words.length === (hasHeaders ? 6 : 5) ? (words[3] ?? "") : ""
        this.#onMessage(words[1] ?? "", replyTo, text.slice(end + 2 + headerSize, end + 2 + size))
        at = end + 2 + size + 2
        continue
      }
      if (line === "PING") this.#send(`PONG${crlf}`)
      if (line.startsWith("-ERR")) throw new Error(`nats-server: ${line}`)
      at = end + 2
    }
    this.#rest = text.slice(at)
  }
}
