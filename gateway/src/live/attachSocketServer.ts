import type { Server as HttpServer } from "node:http"
import type { Server, ServerOptions } from "socket.io"

export const socketPath = "/socket.io"

/**
 * Puts socket.io on an HTTP server that already serves with Effect. Both want every upgrade: Effect answers 404
 * to socket.io's, socket.io ends the others. So each gets its own by path. Must be called after Effect's serve,
 * or its listeners are not there yet to be guarded.
 */
export const attachSocketServer = (io: Server, http: HttpServer, options: Partial<ServerOptions>) => {
  const effectUpgrades = http.listeners("upgrade")
  http.removeAllListeners("upgrade")
  io.attach(http, { ...options, path: socketPath, destroyUpgrade: false })
  http.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith(`${socketPath}/`)) return
    for (const listener of effectUpgrades) listener.call(http, request, socket, head)
  })
}
