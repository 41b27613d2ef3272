import { execFile } from "node:child_process"
import { randomUUID } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { eventually } from "../../testing/eventually.ts"

const run = promisify(execFile)

/**
 * Claude Code by itself, in a tmux of its own: without hooks, proxy or anything else of ours. What it takes from its
 * start until it says that it is idle is what no driver can be quicker than.
 */
export class BareClaude {
  readonly #folder = mkdtempSync(join(tmpdir(), "maillm-bare-"))
  readonly #program: string
  readonly #baseUrl: string
  readonly #socket = join(this.#folder, "tmux")
  readonly #config = join(this.#folder, "config")

  constructor(program: string, baseUrl: string) {
    this.#program = program
    this.#baseUrl = baseUrl
    mkdirSync(this.#config)
    writeFileSync(join(this.#config, ".claude.json"), JSON.stringify({ hasCompletedOnboarding: true }))
  }

  /** Milliseconds from the start of the program until it is idle; it is ended then. Answers its conversation too. */
  async start(resume: string | null): Promise<{ readonly millis: number; readonly conversation: string }> {
    const conversation = resume ?? randomUUID()
    const before = new Set(this.#files())
    const began = performance.now()
    await this.#tmux([
      "new-session",
      "-d",
      "-s",
      "bare",
      "-x",
      "120",
      "-y",
      "40",
      "-c",
      this.#folder,
      "--",
      ...this.#command(conversation, resume !== null),
    ])
    await eventually("Claude Code is idle", () => (this.#isIdle(before) ? true : null), 30_000)
    const millis = performance.now() - began
    if (resume === null) await this.#haveTurn(conversation)
    await this.#tmux(["kill-server"])
    await eventually("it has ended", () => (this.#files().every((file) => before.has(file)) ? true : null))
    return { millis, conversation }
  }

  dispose() {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  #command(conversation: string, resumed: boolean): ReadonlyArray<string> {
    const environment = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.#folder,
      LANG: "C.UTF-8",
      TERM: "xterm-256color",
      CLAUDE_CONFIG_DIR: this.#config,
      CLAUDE_CODE_SANDBOXED: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: "1",
      DISABLE_AUTOUPDATER: "1",
      ANTHROPIC_BASE_URL: this.#baseUrl,
      ANTHROPIC_AUTH_TOKEN: "invented-for-the-benchmark",
    }
    return [
      "env",
      "-i",
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      this.#program,
      "--permission-mode",
      "manual",
      resumed ? "--resume" : "--session-id",
      conversation,
    ]
  }

  /** Without a turn there is nothing to resume. */
  async #haveTurn(conversation: string) {
    await this.#tmux(["send-keys", "-t", "bare", "-l", "Say hello"])
    await this.#tmux(["send-keys", "-t", "bare", "Enter"])
    const projects = join(this.#config, "projects")
    await eventually("the turn is in the transcript", () => {
      const [project] = existsSync(projects) ? readdirSync(projects) : []
      const path = join(projects, project ?? "", `${conversation}.jsonl`)
      return readText(path).includes('"type":"assistant"') ? true : null
    })
  }

  #files(): ReadonlyArray<string> {
    try {
      return readdirSync(join(this.#config, "sessions")).filter((name) => name.endsWith(".json"))
    } catch {
      return []
    }
  }

  #isIdle(before: ReadonlySet<string>): boolean {
    return this.#files().some(
      (file) =>
        !before.has(file) && /"status":\s*"idle"/.test(readText(join(this.#config, "sessions", file))),
    )
  }

  #tmux(args: ReadonlyArray<string>) {
    const env = { PATH: process.env["PATH"] ?? "", HOME: this.#folder, LANG: "C.UTF-8" }
    return run("tmux", ["-S", this.#socket, "-f", "/dev/null", ...args], { env })
  }
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}
