import { once } from "node:events"
import { spawn } from "node:child_process"

/**
 * How often a process and its threads called fsync or fdatasync while `work` ran, by strace; null where strace is
 * not installed or may not attach.
 */
export const countSyncs = async (pid: number, work: () => Promise<unknown>): Promise<number | null> => {
  const strace = spawn(
    "strace",
    ["-f", "-q", "-e", "trace=fsync,fdatasync,sync_file_range,msync", "-c", "-p", String(pid)],
    {
      env: { PATH: process.env["PATH"] ?? "" },
      stdio: ["ignore", "ignore", "pipe"],
    },
  )
  let output = ""
  strace.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(strace, "close").catch(() => null)
  // It says nothing once it is attached.
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 500))])
  await work()
  strace.kill("SIGINT")
  if ((await ended) === null) return null
  // % time, seconds, usecs/call, calls, errors if any, name; below them their total.
  const rows = output.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*\b(?!total)\w+$/gm)
  const calls = Array.from(rows, (row) => Number(row[1]))
  return output.includes("ptrace(") ? null : calls.reduce((sum, count) => sum + count, 0)
}
