import { execFile } from "node:child_process"
import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { expect } from "vitest"
import { endIfThere } from "../testing/endIfThere.ts"
import { eventually } from "./eventually.ts"
import { withEnvironment } from "../../src/container/paneEnvironment.ts"
import { reapChildren } from "../../src/pane/tmuxArguments.ts"

const run = promisify(execFile)

/** A program in a pane of a tmux server of the test's own, driven as a person would. */
export class AgentPane {
  private readonly tmux: string
  private readonly socket: string

  /** `folder` is the test's; the server's socket lies in it. */
  constructor(folder: string, tmux = process.env["MAILLM_TEST_TMUX"] ?? "tmux") {
    this.tmux = tmux
    this.socket = join(folder, "tmux.sock")
  }

  private async command(args: ReadonlyArray<string>): Promise<string> {
    // tmux itself must see nothing of ours either.
    const env = { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8", TERM: "xterm-256color" }
    const { stdout } = await run(this.tmux, ["-S", this.socket, "-f", "/dev/null", ...args], { env })
    return stdout
  }

  /** Starts the program; replaces one that was there. */
  async start(
    argv: ReadonlyArray<string>,
    options: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> },
  ): Promise<void> {
    mkdirSync(options.cwd, { recursive: true })
    await this.end()
    const program = withEnvironment({ ...options.environment, TERM: "xterm-256color" }, argv)
    // A first session keeps the server, and its setting that dead panes stay, whatever becomes of the program.
    const server = ["new-session", "-d", "-s", "keep", ";", "set-option", "-g", "remain-on-exit", "on"]
    const pane = [
      "new-session",
      "-d",
      "-s",
      "a",
      "-x",
      "120",
      "-y",
      "40",
      "-c",
      options.cwd,
      "--",
      ...program,
    ]
    await this.command([...server, ";", ...pane])
  }

  /** A bracketed paste, without Enter. */
  async paste(text: string): Promise<void> {
    const child = run(this.tmux, ["-S", this.socket, "load-buffer", "-b", "paste", "-"], {
      env: { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8" },
    })
    child.child.stdin?.end(text)
    await child
    await this.command(["paste-buffer", "-p", "-d", "-b", "paste", "-t", "a"])
  }

  async submit(text: string): Promise<void> {
    await this.paste(text)
    await this.keys("Enter")
  }

  keys(...names: ReadonlyArray<string>): Promise<string> {
    return this.command(["send-keys", "-t", "a", ...names])
  }

  screen(): Promise<string> {
    return this.command(["capture-pane", "-p", "-t", "a"])
  }

  /** The screen and what went off its top. */
  history(): Promise<string> {
    return this.command(["capture-pane", "-p", "-S", "-", "-t", "a"])
  }

  async shows(words: string | RegExp): Promise<void> {
    const wanted =
      typeof words === "string" ? new RegExp(words.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")) : words
    await eventually(async () => expect(await this.screen()).toMatch(wanted))
  }

  async pid(): Promise<number> {
    return Number(await this.command(["display-message", "-p", "-t", "a", "#{pane_pid}"]))
  }

  /** Whether its program has ended. */
  async isDead(): Promise<boolean> {
    await this.command(reapChildren)
    return (await this.command(["display-message", "-p", "-t", "a", "#{pane_dead}"])).trim() === "1"
  }

  /** The exit code, once it has ended. */
  async exitCode(): Promise<number> {
    const status = () =>
      this.command(["display-message", "-p", "-t", "a", "#{pane_dead} #{pane_dead_status}"])
    const words = await eventually(async () => {
      await this.command(reapChildren)
      const found = await status()
      expect(found).toMatch(/^1 \d/)
      return found
    })
    return Number(words.split(" ")[1])
  }

  /** Ends the server and, as a kill -9 would, whatever runs in the pane; returns when both are gone. */
  async end(): Promise<void> {
    const panes = await this.command(["list-panes", "-a", "-F", "#{pane_pid}"]).catch(() => "")
    const pids = panes.split("\n").filter((word) => word !== "" && existsSync(`/proc/${word}`))
    // Agents take seconds to go by themselves, and write on their way out into folders that are about to be removed.
    for (const pid of pids) endIfThere(Number(pid))
    await this.command(["kill-server"]).catch(() => undefined)
    // The socket is there until the server has ended; a new one under the same name would fail before.
    await eventually(() => expect(this.command(["list-sessions"])).rejects.toThrow())
    for (const pid of pids)
      await eventually(() => expect(existsSync(`/proc/${pid}`), `process ${pid}`).toBe(false))
  }
}
