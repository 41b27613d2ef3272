import { io } from "socket.io-client"
import type { Backend } from "./Backend.ts"

const ackTimeoutMillis = 10_000
/** After the server has ended or refused the connection, socket.io does not try again by itself: we do. */
const refusedRetryMillis = 3_000

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
    let timer: ReturnType<typeof setTimeout> | undefined
    const retryIfGivenUp = () => {
      clearTimeout(timer)
      if (!socket.active) timer = setTimeout(() => socket.connect(), refusedRetryMillis)
    }
    socket.on("connect_error", retryIfGivenUp)
    socket.on("disconnect", retryIfGivenUp)
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
        socket.off("disconnect", retryIfGivenUp)
        socket.off("connect_error", retryIfGivenUp)
        clearTimeout(timer)
        socket.close()
      },
    }
  },
}
