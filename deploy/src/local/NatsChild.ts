import { spawn } from "node:child_process"
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { natsServerTool } from "../tools/NatsServer.ts"
import { obtainTool } from "../tools/obtainTool.ts"
import { writePrivate } from "./DataFolder.ts"
import { freePort } from "./freePort.ts"
import { StartFailure } from "./StartFailure.ts"

/** The NATS that this machine uses. */
export interface LocalNats {
  readonly url: string
  readonly port: number
  readonly token: string | null
  /** How it came here, in words. */
  readonly description: string
  readonly stop: () => Promise<void>
}

const readyMillis = 20_000
const stopMillis = 10_000

/**
 * Starts nats-server as a child of its own process group with its store in the data folder, or goes on with the one
 * that a killed maillm left behind. It is started again when it dies. Every ack of it follows an fsync.
 */
export const startNats = async (dataDir: string, token: string): Promise<LocalNats> => {
  const folder = join(dataDir, "nats")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const left = leftBehind(folder)
  if (left !== null && (await answers(left.port))) {
    return {
      ...watched(folder, left.pid),
      port: left.port,
      url: `nats://127.0.0.1:${left.port}`,
      token,
      description: "the nats-server that the last run left behind",
    }
  }
  if (left !== null) await end(left.pid)

  const outcome = await obtainTool(natsServerTool)
  if (outcome.kind === "unavailable") {
    throw new StartFailure([`nats-server cannot be had. ${outcome.remedy}.`, ...outcome.tried].join("\n  "))
  }
  const port = await freePort("127.0.0.1")
  writePrivate(folder, "nats.conf", configuration(folder, port, token))
  writePrivate(folder, "port", String(port))
  writePrivate(folder, "program", outcome.path)
  const pid = launch(outcome.path, folder)
  try {
    await untilReady(folder, pid, port)
  } catch (error) {
    await end(pid)
    throw error
  }
  return {
    ...watched(folder, pid),
    port,
    url: `nats://127.0.0.1:${port}`,
    token,
    description: `nats-server ${outcome.version} (${outcome.source})`,
  }
}

const configuration = (folder: string, port: number, token: string) => `# Written by maillm at every start.
listen: "127.0.0.1:${port}"
server_name: maillm
max_payload: 4MB
log_file: ${JSON.stringify(join(folder, "nats.log"))}
logfile_size_limit: 16MB
authorization { token: ${JSON.stringify(token)} }
jetstream {
  store_dir: ${JSON.stringify(join(folder, "store"))}
  # An ack means that the message is on the disk.
  sync_interval: always
}
`

/** Its own process group, so that Ctrl-C in the terminal does not reach it before we have let go of it. */
const launch = (binary: string, folder: string): number => {
  const output = openSync(join(folder, "nats.out"), "a", 0o600)
  const child = spawn(binary, ["-c", join(folder, "nats.conf")], {
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: "/usr/bin:/bin" },
  })
  closeSync(output)
  child.unref()
  if (child.pid === undefined) throw new StartFailure(`${binary} cannot be started`)
  writePrivate(folder, "pid", String(child.pid))
  return child.pid
}

/** Starts it again when it dies; looked at once a second. */
const watched = (folder: string, firstPid: number): { stop: () => Promise<void> } => {
  let pid = firstPid
  let stopping = false
  const timer = setInterval(() => {
    if (stopping || alive(pid)) return
    const program = programOf(folder)
    if (program === null) return
    console.error("nats-server has ended by itself; starting it again")
    pid = launch(program, folder)
  }, 1_000)
  timer.unref()
  return {
    stop: async () => {
      stopping = true
      clearInterval(timer)
      await end(pid)
    },
  }
}

const programOf = (folder: string) => {
  const file = join(folder, "program")
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null
}

/** A server that a killed maillm left behind: its pid is noted and its command line names our configuration. */
const leftBehind = (folder: string): { pid: number; port: number } | null => {
  try {
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"))
    const port = Number(readFileSync(join(folder, "port"), "utf8"))
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")
    return command.includes(join(folder, "nats.conf")) && port > 0 ? { pid, port } : null
  } catch {
    return null
  }
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const end = async (pid: number) => {
  if (!alive(pid)) return
  process.kill(pid, "SIGTERM")
  const deadline = Date.now() + stopMillis
  while (alive(pid)) {
    if (Date.now() > deadline) {
      process.kill(pid, "SIGKILL")
      return
    }
    await pause(25)
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 1_000 })
    const done = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once("data", (bytes) => done(bytes.toString("latin1").startsWith("INFO ")))
    socket.once("error", () => done(false))
    socket.once("timeout", () => done(false))
  })

const untilReady = async (folder: string, pid: number, port: number) => {
  const deadline = Date.now() + readyMillis
  while (!(await answers(port))) {
    if (!alive(pid) || Date.now() > deadline) {
      throw new StartFailure(
        `nats-server did not start: ${lastLines(join(folder, "nats.log")) || lastLines(join(folder, "nats.out"))}`,
      )
    }
    await pause(25)
  }
}

const lastLines = (file: string) =>
  existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(-3).join("\n  ") : ""

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))
