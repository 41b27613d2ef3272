import type { Socket } from "node:net"
import { isLoopback } from "./clientAddress.ts"
import { parseProxyHeader } from "./ProxyHeader.ts"

/** For whom a proxy connects. */
export interface ProxiedClient {
  readonly remoteAddress: string
  readonly remotePort: number
}

/**
 * The address of a client that the proxy does not name. It is nobody's (RFC 1122 §3.2.1.3), so that such a connection
 * is greeted, as health checks ask for, and is never taken for one of this machine.
 */
const nobody = "0.0.0.0"

/**
 * Takes the PROXY header from the front of a connection and leaves what follows it unread. The error says why there is
 * none. A client on loopback is refused: mail from this machine is trusted, and no proxy is to speak for it.
 */
export const readProxyHeader = (socket: Socket, timeoutMillis: number): Promise<ProxiedClient> =>
  new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0)
    const end = (result: ProxiedClient | Error) => {
      clearTimeout(timer)
      socket.off("readable", onReadable).off("end", onEnd).off("close", onEnd).off("error", onEnd)
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    const onEnd = () => end(new Error("it ended before its PROXY header"))
    const onReadable = () => {
      for (let chunk: unknown = socket.read(); Buffer.isBuffer(chunk); chunk = socket.read()) {
        bytes = Buffer.concat([bytes, chunk])
        const header = parseProxyHeader(bytes)
        if (header._tag === "Incomplete") continue
        if (header._tag === "Wrong") return end(new Error(header.reason))
        if (header.length < bytes.length) socket.unshift(bytes.subarray(header.length))
        if (header._tag === "Unknown") return end({ remoteAddress: nobody, remotePort: 0 })
        if (isLoopback(header.address))
          return end(
            new Error(`its PROXY header names ${header.address}, and no proxy speaks for this machine`),
          )
        return end({ remoteAddress: header.address, remotePort: header.port })
      }
    }
    const timer = setTimeout(
      () => end(new Error(`it sent no PROXY header in ${timeoutMillis / 1_000} s`)),
      timeoutMillis,
    )
    socket.on("readable", onReadable).once("end", onEnd).once("close", onEnd).once("error", onEnd)
  })
