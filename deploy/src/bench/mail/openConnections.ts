import { connect } from "node:net"
import type { Socket } from "node:net"

/** Connections that are kept open beside the load. */
export interface OpenConnections {
  readonly count: number
  readonly close: () => void
}

const batch = 100

/** So many connections that have said EHLO and then nothing. */
export const openIdle = (port: number, count: number) => openMany(port, count, ["EHLO idle.example"])

/** So many senders in the middle of a mail, each of which sends one byte a second from then on. */
export const openSlow = async (port: number, count: number, to: string): Promise<OpenConnections> => {
  const lines = ["EHLO slow.example", "MAIL FROM:<slow@example.org>", `RCPT TO:<${to}>`, "DATA"]
  const opened = await openMany(port, count, lines)
  const drip = setInterval(() => {
    for (const socket of opened.sockets) socket.write("x")
  }, 1_000)
  return {
    ...opened,
    close: () => {
      clearInterval(drip)
      opened.close()
    },
  }
}

const openMany = async (port: number, count: number, lines: ReadonlyArray<string>) => {
  const sockets: Array<Socket> = []
  while (sockets.length < count) {
    const more = Array.from({ length: Math.min(batch, count - sockets.length) }, () => say(port, lines))
    sockets.push(...(await Promise.all(more)))
  }
  return { sockets, count, close: () => sockets.forEach((socket) => socket.destroy()) }
}

/** Says each line when the one before it is answered. */
const say = (port: number, lines: ReadonlyArray<string>): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1")
    let buffer = ""
    let next = 0
    const onData = (data: Buffer) => {
      buffer += data.toString("latin1")
      if (!/^\d{3} .*\r\n$/m.test(buffer)) return
      if (!/^[23]/.test(buffer))
        return reject(new Error(`a connection kept beside the load was refused: ${buffer}`))
      buffer = ""
      const line = lines[next++]
      if (line !== undefined) return void socket.write(`${line}\r\n`)
      socket.off("data", onData).resume()
      resolve(socket)
    }
    socket.on("data", onData)
    socket.once("error", reject)
  })
