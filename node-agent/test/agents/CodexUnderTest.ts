import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { type FakeModelApi, startFakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import { fields } from "../../src/model/testing/FakeReply.ts"
import { AgentPane } from "./AgentPane.ts"
import { HookDesk } from "./HookDesk.ts"

export const codexPath = process.env["MAILLM_TEST_CODEX"]
export const codexMissing = !codexPath || !process.env["MAILLM_TEST_TMUX"]
export const codexNeeds = "(needs MAILLM_TEST_CODEX and MAILLM_TEST_TMUX)"

export const codexEvents = [
  "SessionStart",
  "UserPromptSubmit",
  "PreToolUse",
  "PermissionRequest",
  "PostToolUse",
  "PostModelRequest",
  "Stop",
  "Interrupt",
  "SessionEnd",
]

/** The real Codex in a pane, with a stand-in for the model and its hooks in the test's hands. */
export class CodexUnderTest {
  readonly folder: string
  readonly desk: HookDesk
  readonly api: FakeModelApi
  readonly work: string
  readonly pane: AgentPane

  private constructor(folder: string, desk: HookDesk, api: FakeModelApi) {
    this.folder = folder
    this.desk = desk
    this.api = api
    this.work = join(folder, "work")
    this.pane = new AgentPane(folder)
  }

  static async open(): Promise<CodexUnderTest> {
    const folder = mkdtempSync(join(homedir(), "cx-"))
    const codex = new CodexUnderTest(folder, await HookDesk.open(folder), await startFakeModelApi())
    mkdirSync(join(folder, "home"))
    mkdirSync(codex.work)
    writeFileSync(
      join(folder, "home/config.toml"),
      `model = "fake-model"
model_provider = "maillm"
check_for_update_on_startup = false
approval_policy = "on-request"
[model_providers.maillm]
name = "maillm"
base_url = "${codex.api.url}/v1"
env_key = "MAILLM_MODEL_TOKEN"
wire_api = "responses"
request_max_retries = 1
stream_max_retries = 1
[projects."${codex.work}"]
trust_level = "trusted"
[analytics]
enabled = false
`,
    )
    codex.writeHooks(codex.desk.hooks(codexEvents))
    return codex
  }

  writeHooks(hooks: Readonly<Record<string, unknown>>): void {
    writeFileSync(join(this.folder, "home/hooks.json"), JSON.stringify({ hooks }))
  }

  async close(): Promise<void> {
    await this.pane.end()
    await this.api.close()
    await this.desk.close()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  /** Starts it and waits until it is ready for a prompt, which only the screen says. */
  async start(options: CodexStart = {}): Promise<void> {
    const program = [codexPath ?? "codex", "--no-daemon", "-s", options.sandbox ?? "danger-full-access"]
    const trust = options.trustHooks === false ? [] : ["--dangerously-bypass-hook-trust"]
    const argv = [...(options.wrapper ?? []), ...program, ...trust, ...(options.arguments ?? [])]
    await this.pane.start(argv, {
      cwd: this.work,
      environment: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        HOME: join(this.folder, "home"),
        CODEX_HOME: join(this.folder, "home"),
        TMPDIR: this.folder,
        LANG: "C.UTF-8",
        MAILLM_MODEL_TOKEN: "invented",
      },
    })
    await this.pane.shows("Ask Codex to do anything")
  }

  /** Rows of the newest session's own record. */
  rollout(): ReadonlyArray<Readonly<Record<string, unknown>>> {
    const folder = join(this.folder, "home/sessions")
    if (!existsSync(folder)) return []
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".jsonl"))
      .toSorted()
    const newest = files.at(-1)
    if (newest === undefined) return []
    const lines = readFileSync(join(folder, newest), "utf8").split("\n")
    // The last line may be half written.
    return lines.slice(0, -1).map((line) => fields(fields(JSON.parse(line))["payload"]))
  }

  rolloutHas(type: string): Readonly<Record<string, unknown>> | undefined {
    return this.rollout().findLast((row) => row["type"] === type)
  }
}

export interface CodexStart {
  readonly sandbox?: string
  readonly trustHooks?: boolean
  readonly arguments?: ReadonlyArray<string>
  readonly wrapper?: ReadonlyArray<string>
}
