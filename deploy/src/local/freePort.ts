import { randomInt } from "node:crypto"
import { createServer } from "node:net"
import { StartFailure } from "./StartFailure.ts"

/**
 * Where a free port is looked for: below the range from which systems take the ports of outgoing connections (Linux
 * from 32768, others from 49152), so that none of our own takes it before its listener does.
 */
const lowest = 15_000
const highest = 32_000
const tries = 100

/**
 * A TCP port that was free a moment ago on the address given: the preferred one if it is. Fails when this machine has
 * no such address.
 */
export const freePort = async (host: string, preferred = 0): Promise<number> => {
  if (preferred !== 0 && (await isFree(host, preferred))) return preferred
  for (let i = 0; i < tries; i++) {
    const port = randomInt(lowest, highest)
    if (await isFree(host, port)) return port
  }
  throw new StartFailure(`no free port was found on ${host} from ${lowest} to ${highest} in ${tries} tries`)
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", (error) => {
      const code = "code" in error ? String(error.code) : error.message
      if (code === "EADDRINUSE" || code === "EACCES") return resolve(false)
      reject(
        new StartFailure(
          `no port can be opened on ${host} (${code}): correct MAILLM_BIND, which must be an address of this machine`,
        ),
      )
    })
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
