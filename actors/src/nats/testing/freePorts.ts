import { randomInt } from "node:crypto"
import { createServer } from "node:net"

/**
 * TCP ports of loopback that were free a moment ago. Below the range from which Linux takes those of outgoing connections
 * and of listeners that want any, so that none of these takes one before its server does, or while that is restarted.
 */
export const freePorts = async (count: number): Promise<ReadonlyArray<number>> => {
  const found = new Set<number>()
  for (let tries = 0; found.size < count && tries < 100; tries++) {
    const port = randomInt(15_000, 32_000)
    if (await isFree(port)) found.add(port)
  }
  if (found.size < count) throw new Error(`fewer than ${count} free ports were found`)
  return [...found]
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)))
  })
