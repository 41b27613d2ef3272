import { io } from "socket.io-client"
import type { Backend } from "./Backend.ts"

const ackTimeoutMillis = 10_000

/** The gateway that served this page. The cookie goes along by itself, to this origin only. */
export const gatewayBackend: Backend = {
  fetch: (path, init) => fetch(path, { ...init, credentials: "same-origin" }),
  connect: () => {
    const socket = io({
      path: "/socket.io",
      transports: ["websocket", "polling"],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    })
    return {
      on: (event, listener) => {
        socket.on(event, listener)
        return () => {
          socket.off(event, listener)
        }
      },
      ask: async (event, payload) => {
        if (!socket.connected) throw new Error("offline")
        const reply: unknown = await socket.timeout(ackTimeoutMillis).emitWithAck(event, payload)
        return reply
      },
      isConnected: () => socket.connected,
      retryNow: () => {
        if (!socket.connected) socket.connect()
      },
      close: () => {
        socket.close()
      },
    }
  },
}
