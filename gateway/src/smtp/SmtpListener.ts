import type { Socket } from "node:net"
import { SMTPServer } from "smtp-server"
import type { SMTPServerOptions } from "smtp-server"
import type { SMTPConnectionOptions } from "smtp-server/lib/smtp-connection.js"
import type { AddressList } from "./clientAddress.ts"
import type { ProxiedClient } from "./readProxyHeader.ts"
import { readProxyHeader } from "./readProxyHeader.ts"
import { SmtpConnection } from "./SmtpConnection.ts"
import type { ConnectionStart } from "./SmtpConnection.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import type { SmtpSessions } from "./SmtpSessions.ts"
import type { TlsFront } from "./TlsFront.ts"

export interface ListenerParts {
  readonly sessions: SmtpSessions
  readonly limits: SmtpLimits
  /** Who must begin with a PROXY header. From anyone else such a header is an unknown command. */
  readonly proxies: AddressList
  /** Does the handshake before the greeting; null for a listener that begins in clear. */
  readonly tls: TlsFront | null
}

/** One port. Each socket goes through proxy header, limits and TLS before smtp-server sees it. */
export class SmtpListener extends SMTPServer {
  readonly #parts: ListenerParts
  /** Not greeted yet. */
  readonly #waiting = new Set<Socket>()

  constructor(options: SMTPServerOptions, parts: ListenerParts) {
    // `secured`: smtp-server is to take it that the socket is in TLS, and to leave the handshake to others.
    super({ ...options, secure: parts.tls !== null, secured: parts.tls !== null })
    this.#parts = parts
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const { limits, proxies, sessions } = this.#parts
    const peer = { remoteAddress: socket.remoteAddress ?? "", remotePort: socket.remotePort ?? 0 }
    if (!proxies.has(peer.remoteAddress)) return this.#admit(socket, peer, options?.id)
    // A proxy is one network, so connections that wait for their header are bounded by their number alone.
    if (sessions.open + this.#waiting.size >= limits.connections) return this.#drop(socket)
    this.#waiting.add(socket)
    readProxyHeader(socket, limits.handshakeMillis)
      .finally(() => this.#waiting.delete(socket))
      .then(
        (client) => this.#admit(socket, client, options?.id),
        (error: Error) => {
          this.#drop(socket)
          this.emit(
            "error",
            new Error(`a connection of the proxy ${peer.remoteAddress} was refused: ${error.message}`),
          )
        },
      )
  }

  /** Also ends those that are not greeted yet, which have nothing to finish. */
  override close(callback?: (() => void) | null): void {
    for (const socket of this.#waiting) socket.destroy()
    super.close(callback)
  }

  #admit(socket: Socket, client: ProxiedClient, id: string | undefined): void {
    const { sessions, tls } = this.#parts
    // It may have gone while its header was read.
    if (socket.destroyed) return
    const admitted = sessions.admit(client.remoteAddress)
    const start = { ...client, id, limits: this.#parts.limits }
    if (tls === null) {
      const refusal = "leave" in admitted ? null : admitted
      return this.#serve(
        socket,
        { ...start, refusal },
        "leave" in admitted ? admitted.leave : () => undefined,
      )
    }
    if (!("leave" in admitted)) return this.#drop(socket)
    this.#waiting.add(socket)
    // The handshake may fail, and then there is never a connection to close.
    socket.once("close", () => {
      this.#waiting.delete(socket)
      admitted.leave()
    })
    tls.secure(socket, (secured) => {
      this.#waiting.delete(socket)
      this.#serve(secured, { ...start, refusal: null }, admitted.leave)
    })
  }

  /** `leave` is called at the connection's end; a listener on the socket would be gone after STARTTLS. */
  #serve(socket: Socket, start: ConnectionStart, leave: () => void): void {
    const connection = new SmtpConnection(this, socket, start)
    this.connections.add(connection)
    this.#parts.sessions.track(connection, leave)
    connection.on("error", (error: Error) => this.emit("error", error))
    connection.init()
  }

  #drop(socket: Socket): void {
    // Whatever it still says or breaks is of no interest.
    socket.on("error", () => undefined)
    socket.destroy()
  }
}
