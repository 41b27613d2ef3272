import { readdirSync, readFileSync, readlinkSync } from "node:fs"

/** The process that listens on a TCP port of this machine, in words; null when it cannot be known. Linux only. */
export const portHolder = (port: number): string | null => {
  const inodes = listeners(port)
  if (inodes.size === 0) return null
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
  const pid = pids.find((candidate) => holdsAny(candidate, inodes))
  if (pid === undefined) return "a process of another user"
  return `${readText(`/proc/${pid}/comm`).trim()} (pid ${pid})`
}

/** Inodes of the sockets that listen on a port: proc_pid_net(5), `local_address` and `inode` of state 0A. */
const listeners = (port: number): ReadonlySet<string> => {
  const hex = port.toString(16).toUpperCase().padStart(4, "0")
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => readText(file).split("\n").slice(1))
  return new Set(
    rows.flatMap((row) => {
      const fields = row.trim().split(/\s+/)
      const inode = fields[9]
      return fields[3] === "0A" && fields[1]?.endsWith(`:${hex}`) && inode !== undefined ? [inode] : []
    }),
  )
}

const holdsAny = (pid: string, inodes: ReadonlySet<string>): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1]
      return inode !== undefined && inodes.has(inode)
    })
  } catch {
    // Ended meanwhile, or not ours to see.
    return false
  }
}

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return ""
  }
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}
