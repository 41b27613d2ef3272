import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { lstat, mkdir, writeFile } from "node:fs/promises"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { makePrivateFolder, readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { outputSink } from "./outputSink.ts"
import { killSession, listPanes, parsePanes, reapChildren, tmuxConfig } from "./tmuxArguments.ts"
import type { PaneRow } from "./tmuxArguments.ts"

/** A tmux command failed, or tmux cannot be used at all; the message says which and what to do. */
export class TmuxFailed extends Error {
  override readonly name = "TmuxFailed"
}

/** Longest path of a unix socket on Linux is 107 bytes, on macOS 103. */
const socketPathLimitBytes = 103
const commandTimeoutMillis = 10_000
/** How long tmux may take to learn the exit code of a dead pane. */
const statusMillis = 2_000
const answerLimitBytes = 4 * 1024 * 1024

type PaneName = Pick<PaneRow, "sessionId" | "generation">

/**
 * Our own tmux server: one for each data folder, with its own socket and configuration. It is started by the first
 * pane and outlives the agent on purpose.
 */
export class TmuxServer {
  private readonly folder: string
  private readonly socket: string
  private readonly environment: Readonly<Record<string, string>>

  private constructor(folder: string, socket: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder
    this.socket = socket
    this.environment = environment
  }

  /** Checks that tmux can be used and writes what the server needs. Starts nothing. */
  static async open(folder: NodeFolder, environment: Readonly<Record<string, string>>): Promise<TmuxServer> {
    await makePrivateFolder(folder.tmux)
    await makePrivateFolder(folder.sessions)
    await writeFile(join(folder.tmux, "tmux.conf"), tmuxConfig, { mode: 0o600 })
    await writeFile(join(folder.root, "sink.sh"), outputSink, { mode: 0o600 })
    const server = new TmuxServer(folder.root, await socketPath(folder), environment)
    const version = await server.run(["-V"])
    const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? []
    if (Number(major) < 3 || (Number(major) === 3 && Number(minor) < 2)) {
      throw new TmuxFailed(`${version.trim()} is too old; maillm needs tmux 3.2 or newer. Upgrade it.`)
    }
    return server
  }

  /** Every pane of ours; none when the server does not run. */
  async panes(): Promise<Array<PaneRow>> {
    try {
      return parsePanes(await this.run(listPanes))
    } catch (error) {
      if (error instanceof TmuxFailed && isNoServer(error.message)) return []
      throw error
    }
  }

  /** A pane of ours, if it is that of the generation. */
  async row({ sessionId, generation }: PaneName): Promise<PaneRow | undefined> {
    const rows = await this.panes()
    return rows.find((row) => row.sessionId === sessionId && row.generation === generation)
  }

  /** Removes a session's pane, which hangs up on its program; nothing when there is none. */
  async kill(sessionId: string): Promise<void> {
    try {
      await this.run(killSession(sessionId))
    } catch (error) {
      if (!(error instanceof TmuxFailed)) throw error
    }
  }

  /** How the program of a dead pane ended, as far as tmux comes to know it. */
  async exitStatus(row: PaneRow): Promise<Pick<PaneRow, "exitCode" | "signal">> {
    const deadline = performance.now() + statusMillis
    let found: PaneRow | undefined = row
    while (found !== undefined && found.exitCode === null && found.signal === null) {
      if (performance.now() > deadline) break
      await this.run(reapChildren)
      found = (await this.panes()).find((pane) => pane.sessionId === row.sessionId)
    }
    return { exitCode: found?.exitCode ?? null, signal: found?.signal ?? null }
  }

  /** Runs tmux commands and answers what they print. */
  run(commands: ReadonlyArray<string>, input?: Uint8Array | string): Promise<string> {
    const child = spawn("tmux", ["-S", this.socket, "-f", join(this.folder, "tmux/tmux.conf"), ...commands], {
      // The sink's command names its files relative to the server's folder, which is that of its first client.
      cwd: this.folder,
      env: this.environment,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: commandTimeoutMillis,
      killSignal: "SIGKILL",
    })
    return new Promise((resolve, reject) => {
      const out: Array<Buffer> = []
      let size = 0
      let problem = ""
      child.stdout.on("data", (chunk: Buffer) => {
        size += chunk.length
        if (size <= answerLimitBytes) out.push(chunk)
      })
      child.stderr.on("data", (chunk: Buffer) => (problem = (problem + chunk.toString()).slice(-2_000)))
      child.stdin.on("error", () => undefined)
      child.once("error", (error) =>
        reject(
          new TmuxFailed(
            "code" in error && error.code === "ENOENT"
              ? "tmux is not installed (not found in PATH). Install it, for example with: apt-get install tmux"
              : `tmux could not be run: ${error.message}`,
          ),
        ),
      )
      child.once("close", (code, signal) => {
        if (code === 0) resolve(Buffer.concat(out).toString())
        else
          reject(
            new TmuxFailed(`tmux ${commands[0] ?? ""}: ${problem.trim() || `ended with ${code ?? signal}`}`),
          )
      })
      child.stdin.end(input)
    })
  }
}

const isNoServer = (message: string) =>
  /no server running|error connecting to|server exited|no current target/.test(message)

/**
 * The socket lies in the data folder. A path too long for a socket is replaced by a folder of ours under the
 * system's run or temporary folder; the choice is recorded, so that the server is found again.
 */
const socketPath = async (folder: NodeFolder): Promise<string> => {
  const wanted = join(folder.tmux, "t.sock")
  if (Buffer.byteLength(wanted) <= socketPathLimitBytes) return wanted
  const record = join(folder.tmux, "socket")
  const hash = createHash("sha256").update(folder.root).digest("hex").slice(0, 16)
  const place =
    (await readFileIfThere(record))?.trim() ??
    join(process.env["XDG_RUNTIME_DIR"] ?? tmpdir(), `maillm-${userInfo().uid}-${hash}`)
  await mkdir(place, { recursive: true, mode: 0o700 })
  const status = await lstat(place)
  if (!status.isDirectory() || status.uid !== userInfo().uid || (status.mode & 0o077) !== 0) {
    throw new TmuxFailed(
      `${place} must be a folder that only you can enter, for it holds the socket of your terminals. Remove it, or choose a data folder with a shorter path (MAILLM_DATA_DIR).`,
    )
  }
  await writeFileAtomically(record, place)
  return join(place, "t.sock")
}
