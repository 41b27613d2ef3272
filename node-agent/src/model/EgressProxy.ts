import { lookup } from "node:dns/promises"
import { once } from "node:events"
import { createServer } from "node:http"
import type { IncomingMessage, Server } from "node:http"
import { connect } from "node:net"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import type { UserId } from "@maillm/schema/Ids"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { listenOnSocket } from "./listenOnSocket.ts"
import { hostName, isPublicAddress } from "./publicAddress.ts"

/** In the user's integration folder, beside the model's. */
export const egressSocketName = "egress.sock"

const ports: ReadonlySet<number> = new Set([443, 80, 22])
const connectionLimit = 64
const connectMillis = 10_000
const idleMillis = 600_000
const headerLimitBytes = 8_192

export interface EgressOptions {
  readonly folder: NodeFolder
  /** `MAILLM_EGRESS_HOSTS`, by `egressHosts`. Nobody is served when it is empty. */
  readonly hosts: ReadonlyArray<string>
  /** One line for each connection, allowed or not: who, where to, how much. */
  readonly log: (line: string) => void
  /** Addresses of a name; the system's resolver unless given. */
  readonly resolve?: (host: string) => Promise<ReadonlyArray<string>>
  /** What may be connected to; `isPublicAddress` unless given. */
  readonly allowed?: (address: string) => boolean
}

/** A list of hosts as it is set: names or `*.name`, separated by commas or blanks. `wrong` are those that are neither. */
export const egressHosts = (setting: string) => {
  const words = setting.split(/[\s,]+/).filter((word) => word !== "")
  const hosts: Array<string> = []
  const wrong: Array<string> = []
  for (const word of words) {
    const star = word.startsWith("*.")
    const name = hostName(star ? word.slice(2) : word)
    if (name === null || (star && !name.includes("."))) wrong.push(word)
    else hosts.push(star ? `*.${name}` : name)
  }
  return { hosts, wrong }
}

/** `*.example.org` is every name below `example.org`, not that itself. */
export const hostAllowed = (hosts: ReadonlyArray<string>, name: string): boolean =>
  hosts.some((host) => (host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host))

/**
 * The way of containers without a network to chosen hosts: an HTTP CONNECT proxy on a socket of each user's. It connects to
 * the very address that it has checked, so that a name cannot lead to this machine or its network.
 *
 * Most programs know proxies by address only, so one program for each container stands between:
 *
 *     socat TCP-LISTEN:3128,bind=127.0.0.1,fork,reuseaddr UNIX-CONNECT:/run/maillm/egress.sock
 *
 * and `https_proxy=http://127.0.0.1:3128` is set in its panes.
 */
export class EgressProxy {
  private readonly options: EgressOptions
  private readonly serving = new Map<string, Promise<Server>>()
  private readonly open = new Set<Duplex>()

  constructor(options: EgressOptions) {
    this.options = options
  }

  get enabled(): boolean {
    return this.options.hosts.length > 0
  }

  /** Serves the socket in the user's integration folder; nothing when no host is allowed. Once more is harmless. */
  async serveUser(userId: UserId): Promise<void> {
    if (!this.enabled) return
    const found = this.serving.get(userId)
    if (found !== undefined) return void (await found)
    const server = this.server(userId)
    const serving = listenOnSocket(server, this.options.folder.integration(userId), egressSocketName).then(
      () => server,
    )
    this.serving.set(userId, serving)
    await serving.catch((error: unknown) => {
      this.serving.delete(userId)
      throw error
    })
  }

  async close(): Promise<void> {
    for (const server of await Promise.all(this.serving.values())) {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      for (const socket of this.open) socket.destroy()
      await closed
    }
  }

  private server(userId: UserId): Server {
    const server = createServer(
      { maxHeaderSize: headerLimitBytes, headersTimeout: 30_000 },
      (request, response) => {
        response.writeHead(405, { "content-type": "text/plain", connection: "close" })
        response.end(`Only CONNECT is served here, not ${(request.method ?? "").slice(0, 20)}.\n`)
      },
    )
    server.maxConnections = connectionLimit
    server.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.open.add(socket)
      socket.once("close", () => this.open.delete(socket))
      socket.on("error", () => socket.destroy())
      this.tunnel(userId, request.url ?? "", socket, head).catch((error: unknown) => {
        this.options.log(`egress: ${userId} ${error instanceof Error ? error.message : String(error)}`)
        socket.destroy()
      })
    })
    return server
  }

  private async tunnel(userId: UserId, target: string, socket: Duplex, head: Buffer) {
    const where = printable(target)
    const refuse = (status: string, reason: string) => {
      this.options.log(`egress: ${userId} ${where} refused: ${reason}`)
      const body = `maillm: ${reason}\n`
      socket.end(
        `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    }
    const [, host = "", port = ""] = /^(.{1,255}):(\d{1,5})$/.exec(target) ?? []
    const name = hostName(host)
    if (name === null) return refuse("403 Forbidden", "only host names are connected to, no addresses")
    if (!ports.has(Number(port))) return refuse("403 Forbidden", "only ports 443, 80 and 22 are connected to")
    if (!hostAllowed(this.options.hosts, name))
      return refuse("403 Forbidden", `${name} is not in MAILLM_EGRESS_HOSTS`)
    const addresses = await this.resolve(name)
    if (addresses === null) return refuse("502 Bad Gateway", `${name} has no address that could be found`)
    const address = addresses.find(this.options.allowed ?? isPublicAddress)
    if (address === undefined)
      return refuse(
        "403 Forbidden",
        `${name} has no public address, only ${addresses.slice(0, 4).join(", ")}`,
      )
    const upstream = await dial(address, Number(port)).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    )
    if (upstream instanceof Error)
      return refuse("502 Bad Gateway", `${name} (${address}) was not reached: ${upstream.message}`)
    if (socket.destroyed) return void upstream.destroy()
    const startedAt = performance.now()
    upstream.once("close", () => {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
      const bytes = `${upstream.bytesWritten} bytes out, ${upstream.bytesRead} in`
      this.options.log(`egress: ${userId} ${where} (${address}) allowed: ${bytes}, ${seconds} s`)
    })
    join(socket, upstream, head)
  }

  private async resolve(name: string): Promise<ReadonlyArray<string> | null> {
    const resolve = this.options.resolve ?? systemResolver
    const found = await within(connectMillis, resolve(name)).catch(() => [])
    return found.length === 0 ? null : found
  }
}

const join = (socket: Duplex, upstream: Socket, head: Buffer) => {
  socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
  if (head.length > 0) upstream.write(head)
  // Each end is passed on by itself, for a client may have said all and still wait for the answer.
  socket.pipe(upstream)
  upstream.pipe(socket)
  socket.once("close", () => upstream.destroy())
  upstream.once("close", () => socket.destroy())
  upstream.on("error", () => upstream.destroy())
  upstream.setTimeout(idleMillis, () => upstream.destroy())
}

const systemResolver = async (host: string) =>
  (await lookup(host, { all: true, order: "ipv4first" })).map(({ address }) => address)

const dial = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true })
    socket.setTimeout(connectMillis, () =>
      socket.destroy(new Error(`no answer within ${connectMillis / 1_000} s`)),
    )
    socket.once("error", reject)
    socket.once("connect", () => {
      socket.off("error", reject)
      socket.setTimeout(0)
      resolve(socket)
    })
  })

const within = <A>(millis: number, work: Promise<A>): Promise<A> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error("late")), millis)
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}

/** For a log: what an agent sends may hold anything. */
const printable = (target: string) => target.slice(0, 300).replaceAll(/[^\x21-\x7e]/g, "?")
