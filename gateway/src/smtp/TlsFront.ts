import type { Socket } from "node:net"
import { createServer } from "node:tls"
import type { Server, TLSSocket } from "node:tls"

/** Certificate chain and its key, both PEM. */
export interface CertificatePair {
  readonly cert: string
  readonly key: string
}

/** RFC 8996 ended the versions below. */
export const minVersion = "TLSv1.2" as const

/** TLS from the first byte on (RFC 8314), for sockets that another server has accepted. */
export class TlsFront {
  readonly #server: Server
  /** By the client's address and port, which no two open sockets of one listener share. */
  readonly #waiting = new Map<string, (secured: TLSSocket) => void>()

  constructor(pair: CertificatePair, handshakeMillis: number) {
    this.#server = createServer({ ...pair, minVersion, handshakeTimeout: handshakeMillis })
    this.#server.on("secureConnection", (secured) => {
      const take = this.#waiting.get(peerOf(secured))
      if (take === undefined) secured.destroy()
      else take(secured)
    })
    this.#server.on("tlsClientError", (_error, socket) => socket.destroy())
  }

  /** From the next handshake on. Throws, and changes nothing, if it is no pair. */
  use(pair: CertificatePair): void {
    this.#server.setSecureContext({ ...pair, minVersion })
  }

  /** Calls back when the handshake is done; when it fails or takes too long, the socket is closed. */
  secure(socket: Socket, onSecure: (secured: TLSSocket) => void): void {
    const peer = peerOf(socket)
    this.#waiting.set(peer, (secured) => {
      this.#waiting.delete(peer)
      onSecure(secured)
    })
    socket.once("close", () => this.#waiting.delete(peer))
    this.#server.emit("connection", socket)
  }
}

const peerOf = (socket: Socket) => `${socket.remoteAddress} ${socket.remotePort}`
