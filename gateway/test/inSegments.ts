import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { Socket } from "node:net"
import { setImmediate } from "node:timers/promises"
import type { RawSmtp } from "./rawSmtp.ts"

/** Sees the sockets that servers of this process accept, and so when they have read what was sent. */
export class ServerSockets {
  readonly #sockets = new Map<number, Socket>()
  readonly #onSocket = (message: unknown) => {
    if (typeof message !== "object" || message === null || !("socket" in message)) return
    const { socket } = message
    if (!(socket instanceof Socket) || socket.remotePort === undefined) return
    const { remotePort } = socket
    this.#sockets.set(remotePort, socket)
    socket.once("close", () => this.#sockets.delete(remotePort))
  }

  constructor() {
    subscribe("net.server.socket", this.#onSocket)
  }

  stop(): void {
    unsubscribe("net.server.socket", this.#onSocket)
  }

  /** Sends each part only when the server has read all before it, so that the parts are its segments. */
  async send(client: RawSmtp, parts: ReadonlyArray<string>): Promise<void> {
    const server = this.#sockets.get(client.socket.localPort ?? 0)
    if (server === undefined) throw new Error("the server's socket was not seen")
    const deadline = performance.now() + 10_000
    for (const part of parts) {
      client.send(part)
      const sent = client.socket.bytesWritten
      while (server.bytesRead < sent && !server.destroyed) {
        if (performance.now() > deadline)
          throw new Error(`the server read ${server.bytesRead} of ${sent} bytes`)
        await setImmediate()
      }
    }
  }
}
