import type { Socket } from "node:net"
import { SMTPServer } from "smtp-server"
import type { SMTPServerOptions } from "smtp-server"
import type { AddressList } from "./clientAddress.ts"
import type { ProxiedClient } from "./readProxyHeader.ts"
import { readProxyHeader } from "./readProxyHeader.ts"
import { SmtpConnection } from "./SmtpConnection.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import type { SmtpReply } from "./SmtpReply.ts"
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

  override connect(socket: Socket): void {
    const { limits, proxies, sessions } = this.#parts
    const peer = { remoteAddress: socket.remoteAddress ?? "", remotePort: socket.remotePort ?? 0 }
    if (!proxies.has(peer.remoteAddress)) return this.#admit(socket, peer)
    // A proxy is one network, so connections that wait for their header are bounded by their number alone.
    if (sessions.open + this.#waiting.size >= limits.connections) return this.#drop(socket)
    this.#waiting.add(socket)
    readProxyHeader(socket, limits.handshakeMillis)
      .finally(() => this.#waiting.delete(socket))
      .then(
        (client) => this.#admit(socket, client),
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

  #admit(socket: Socket, client: ProxiedClient): void {
    const { sessions, tls } = this.#parts
    // It may have gone while its header was read.
    if (socket.destroyed) return
    const refusal = sessions.admit(client.remoteAddress)
    if (refusal === null) socket.once("close", () => sessions.leave(client.remoteAddress))
    if (tls === null) return this.#serve(socket, client, refusal)
    if (refusal !== null) return this.#drop(socket)
    this.#waiting.add(socket)
    socket.once("close", () => this.#waiting.delete(socket))
    tls.secure(socket, (secured) => {
      this.#waiting.delete(socket)
      this.#serve(secured, client, null)
    })
  }

  #serve(socket: Socket, client: ProxiedClient, refusal: SmtpReply | null): void {
    const connection = new SmtpConnection(this, socket, { ...client, refusal, limits: this.#parts.limits })
    this.connections.add(connection)
    this.#parts.sessions.track(connection)
    connection.on("error", (error: Error) => this.emit("error", error))
    connection.init()
  }

  #drop(socket: Socket): void {
    // Whatever it still says or breaks is of no interest.
    socket.on("error", () => undefined)
    socket.destroy()
  }
}
