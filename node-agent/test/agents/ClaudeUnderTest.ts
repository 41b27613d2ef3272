import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { randomUUID } from "node:crypto"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "vitest"
import { type FakeModelApi, startFakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import { fields } from "../../src/model/testing/FakeReply.ts"
import { AgentPane } from "./AgentPane.ts"
import { eventually } from "./eventually.ts"
import { HookDesk } from "./HookDesk.ts"

export const claudePath = process.env["MAILLM_TEST_CLAUDE"]
export const claudeMissing = !claudePath || !process.env["MAILLM_TEST_TMUX"]
export const claudeNeeds = "(needs MAILLM_TEST_CLAUDE and MAILLM_TEST_TMUX)"

export const claudeEvents = [
  "SessionStart",
  "UserPromptSubmit",
  "PreToolUse",
  "PermissionRequest",
  "PostToolUse",
  "PostToolBatch",
  "Stop",
  "StopFailure",
  "SessionEnd",
]

/** The real Claude Code in a pane, with a stand-in for the model and its hooks in the test's hands. */
export class ClaudeUnderTest {
  readonly sessionId = randomUUID()
  readonly work: string
  readonly statusLine: string
  readonly pane: AgentPane
  /** Merged into the settings of the next start. */
  settings: Record<string, unknown> = {}

  readonly folder: string
  readonly desk: HookDesk
  readonly api: FakeModelApi

  private constructor(folder: string, desk: HookDesk, api: FakeModelApi) {
    this.folder = folder
    this.desk = desk
    this.api = api
    this.work = join(folder, "work")
    this.statusLine = join(folder, "status.jsonl")
    this.pane = new AgentPane(folder)
  }

  static async open(): Promise<ClaudeUnderTest> {
    // Short, for sockets lie in it.
    const folder = mkdtempSync(join(tmpdir(), "cl-"))
    const claude = new ClaudeUnderTest(folder, await HookDesk.open(folder), await startFakeModelApi())
    mkdirSync(join(folder, "config"))
    mkdirSync(claude.work)
    writeFileSync(join(folder, "config/.claude.json"), JSON.stringify({ hasCompletedOnboarding: true }))
    return claude
  }

  async close(): Promise<void> {
    await this.pane.end()
    await this.api.close()
    await this.desk.close()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  readonly environment = (): Record<string, string> => ({
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: join(this.folder, "home"),
    TMPDIR: this.folder,
    LANG: "C.UTF-8",
    CLAUDE_CONFIG_DIR: join(this.folder, "config"),
    ANTHROPIC_BASE_URL: this.api.url,
    ANTHROPIC_AUTH_TOKEN: "invented",
    CLAUDE_CODE_SANDBOXED: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: "1",
    // Ten, with pauses that grow, take minutes.
    CLAUDE_CODE_MAX_RETRIES: "1",
  })

  /** Starts it and waits until it is ready for a prompt. */
  async start(options: ClaudeStart = {}): Promise<void> {
    await this.launch(options)
    await this.isIn("idle")
  }

  /** Only starts it. */
  async launch(options: ClaudeStart = {}): Promise<void> {
    mkdirSync(this.environment()["HOME"] ?? "", { recursive: true })
    const settings = join(this.folder, "settings.json")
    const hooks = this.desk.hooks(claudeEvents)
    const statusLine = { type: "command", command: `cat >> ${this.statusLine}; echo >> ${this.statusLine}` }
    writeFileSync(settings, JSON.stringify({ hooks, statusLine, ...this.settings }))
    const session = options.resume === true ? ["--resume", this.sessionId] : ["--session-id", this.sessionId]
    const mode = ["--permission-mode", options.mode ?? "manual"]
    const sources = ["--settings", settings, "--setting-sources", "user"]
    const program = [claudePath ?? "claude", ...mode, ...(options.arguments ?? sources), ...session]
    await this.pane.start([...(options.wrapper ?? []), ...program], {
      cwd: options.cwd ?? this.work,
      environment: { ...this.environment(), ...options.environment },
    })
  }

  /** What the program says of itself; undefined while there is none alive, or a read was cut off. */
  state(): Readonly<Record<string, unknown>> | undefined {
    const folder = join(this.folder, "config/sessions")
    if (!existsSync(folder)) return undefined
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
      try {
        const state = fields(JSON.parse(readFileSync(join(folder, file), "utf8")))
        if (startOf(Number(state["pid"])) === state["procStart"]) return state
      } catch {
        // Written in place: the next look sees it whole.
      }
    }
    return undefined
  }

  async isIn(status: "idle" | "busy" | "waiting"): Promise<void> {
    await eventually(() => expect(this.state()?.["status"]).toBe(status))
  }

  transcript(): string {
    const folder = join(this.folder, "config/projects")
    if (!existsSync(folder)) return ""
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    return files
      .filter((name) => name.endsWith(`${this.sessionId}.jsonl`))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("")
  }
}

export interface ClaudeStart {
  readonly mode?: string
  readonly resume?: boolean
  readonly cwd?: string
  /** Instead of our settings. */
  readonly arguments?: ReadonlyArray<string>
  /** Runs the program: what stands before it. */
  readonly wrapper?: ReadonlyArray<string>
  readonly environment?: Readonly<Record<string, string>>
}

/** When the process started, as the kernel counts; undefined when there is none. */
const startOf = (pid: number): string | undefined => {
  try {
    // The name in parentheses may hold blanks.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19]
  } catch {
    return undefined
  }
}
