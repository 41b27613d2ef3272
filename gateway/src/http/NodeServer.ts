import { createServer } from "node:http"
import type { Server } from "node:http"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"

/** The one HTTP server of the process: Effect serves the API on it, socket.io is attached beside. */
export class NodeServer extends Context.Service<NodeServer, Server>()("@maillm/gateway/http/NodeServer") {
  static readonly layer = Layer.sync(NodeServer, () => {
    const server = createServer({
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 10_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
    })
    server.maxConnections = 2_000
    return server
  })
}

/** Where the server listens, once it does. */
export class HttpAddress extends Context.Service<
  HttpAddress,
  {
    readonly host: string
    readonly port: number
    /** Base of links, without a trailing slash: `MAILLM_PUBLIC_URL` where set, else the address bound. */
    readonly url: string
  }
>()("@maillm/gateway/http/HttpAddress") {}
