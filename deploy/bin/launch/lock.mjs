import { createHash } from "node:crypto"
import { createServer } from "node:net"
import { setTimeout as delay } from "node:timers/promises"

const pollMillis = 200

/**
 * Runs the action while no other process of this machine runs one under the same name, so that two commands started
 * at once do not install over each other. Held as an abstract Unix socket, which the kernel drops with its process:
 * no lock is ever left behind. Other systems than Linux have none, and no lock.
 */
export async function withLock(name, action) {
  if (process.platform !== "linux") return action()
  const address = `\0maillm-${createHash("sha256").update(name).digest("hex")}`
  let told = false
  let server = await take(address)
  while (server === undefined) {
    if (!told) console.error(`Another maillm command is working on ${name}; waiting for it`)
    told = true
    await delay(pollMillis)
    server = await take(address)
  }
  try {
    return await action()
  } finally {
    server.close()
  }
}

/** The listening server that is the lock; undefined when another process has it. */
function take(address) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)))
    server.listen(address, () => resolve(server))
  })
}
