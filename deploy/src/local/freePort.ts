import { createServer } from "node:net"
import { StartFailure } from "./StartFailure.ts"

/**
 * A TCP port that was free a moment ago on the address given: the preferred one if it is. Fails when this machine has
 * no such address.
 */
export const freePort = (host: string, preferred = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", (error) => {
      const code = "code" in error ? String(error.code) : error.message
      if (code === "EADDRINUSE" && preferred !== 0) return resolve(freePort(host))
      reject(
        new StartFailure(
          `no port can be opened on ${host} (${code}): correct MAILLM_BIND, which must be an address of this machine`,
        ),
      )
    })
    server.listen(preferred, host, () => {
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
