import { once } from "node:events"
import { constants } from "node:fs"
import { chmod, mkdir, open, rename, unlink } from "node:fs/promises"
import type { Server } from "node:net"
import { join } from "node:path"
import { isMissing } from "../files/atomicFile.ts"

/** Longest path of a unix socket on Linux is 107 bytes, on macOS 103. */
const socketPathLimitBytes = 103

/**
 * Has a server listen on a unix socket in a folder that is mounted into a container, where anybody may connect to it;
 * on the host the folders above keep others out. It takes the place of what an earlier node agent has left there.
 */
export const listenOnSocket = async (server: Server, folder: string, name: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
  const temporary = `${name}.new`
  await unlink(join(folder, temporary)).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
  const long = Buffer.byteLength(join(folder, temporary)) > socketPathLimitBytes
  const handle = long ? await open(folder, constants.O_RDONLY | constants.O_DIRECTORY) : null
  try {
    // Linux reaches a folder with a long path by its descriptor.
    server.listen(join(handle === null ? folder : `/proc/self/fd/${handle.fd}`, temporary))
    await once(server, "listening")
    await chmod(join(folder, temporary), 0o666)
    await rename(join(folder, temporary), join(folder, name))
  } finally {
    await handle?.close()
  }
}
