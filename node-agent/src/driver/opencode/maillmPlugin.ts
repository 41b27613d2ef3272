import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { mkdirSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/**
 * Runs inside OpenCode, as its plugin: the file is copied as it is into OpenCode's configuration, so it imports
 * nothing of ours. It asks the node agent about each tool call before it is made, by the same forwarder that other
 * agents run as their hook; no answer is a refusal. It tells what happens, and writes down the state and the last
 * turn in MAILLM_OPENCODE_STATE.
 */

interface Reply {
  readonly data?: unknown
}
interface Input {
  readonly directory: string
  readonly client: {
    readonly session: {
      readonly get: (options: { readonly path: { readonly id: string } }) => Promise<Reply>
      readonly messages: (options: { readonly path: { readonly id: string } }) => Promise<Reply>
      readonly abort: (options: { readonly path: { readonly id: string } }) => Promise<Reply>
    }
    readonly _client: {
      readonly post: (options: {
        readonly url: string
        readonly body: unknown
        readonly headers: Readonly<Record<string, string>>
      }) => Promise<Reply>
    }
  }
}
interface Call {
  readonly tool: string
  readonly sessionID: string
  readonly callID: string
}
type Fields = Readonly<Record<string, unknown>>

const hookProgram = process.env["MAILLM_HOOK"] ?? "/nowhere/maillm-hook"
const stateFolder = process.env["MAILLM_OPENCODE_STATE"] ?? ""
/** Longer than an approval may take, seconds. */
const askSeconds = 86_000
const tellSeconds = 5
/** OpenCode tries a refused request again without end. */
const retryLimit = 3
const retryWaitMillis = 15_000
const rememberedCalls = 1_000

const fields = (value: unknown): Fields =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object of JSON has string keys and unknown values
  typeof value === "object" && value !== null ? (value as Fields) : {}
const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === "string" ? value : "")

const keep = (name: string, content: unknown) => {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
  const path = join(stateFolder, name)
  writeFileSync(`${path}.new`, JSON.stringify(content), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** What the forwarder printed, or null when it failed or was ended. */
const hook = (
  event: string,
  mode: "gate" | "ask" | "tell",
  body: Fields,
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<string | null> =>
  new Promise((resolve) => {
    const seconds = mode === "tell" ? tellSeconds : askSeconds
    const child = spawn(hookProgram, [event, mode, String(seconds)], { stdio: ["pipe", "pipe", "ignore"] })
    const parts: Array<Buffer> = []
    child.stdout.on("data", (part: Buffer) => parts.push(part))
    child.once("error", () => resolve(null))
    child.once("close", (code) => resolve(code === 0 ? Buffer.concat(parts).toString() : null))
    child.stdin.on("error", () => undefined)
    child.stdin.end(JSON.stringify(body))
    onStart(child)
  })

/** Null when it is allowed, else why not. */
const refusalIn = (said: string | null): string | null => {
  if (said === null) return "maillm could not be asked about this, so it was not done."
  try {
    const { decision, reason } = fields(JSON.parse(said))
    if (decision === "allow") return null
    return text(reason) || "maillm does not allow this."
  } catch {
    return "maillm's answer could not be read, so this was not done."
  }
}

const spoken = (parts: unknown): string =>
  list(parts)
    .map(fields)
    .filter((part) => part["type"] === "text" && part["synthetic"] !== true && part["ignored"] !== true)
    .map((part) => text(part["text"]))
    .join("\n")

interface Asked {
  readonly sessionId: string
  readonly permissionId: string | null
}

/** What goes on in one OpenCode. */
class Watch {
  private readonly input: Input
  /** Whether a session is one that a person sees, and not a part of another's work. */
  private readonly roots = new Map<string, boolean>()
  private readonly allowed = new Set<string>()
  private readonly asking = new Map<ChildProcess, Asked>()
  private current = ""
  private prompt = ""
  private promptAtMillis = 0
  private open = false
  private gaveUp: Fields | null = null

  constructor(input: Input) {
    this.input = input
  }

  setState(state: "idle" | "busy" | "waiting") {
    keep("status.json", { state, sessionId: this.current, atMillis: Date.now() })
  }

  async event(type: string, about: Fields): Promise<void> {
    const sessionId = text(about["sessionID"])
    const own = sessionId === this.current
    switch (type) {
      case "session.created":
      case "session.updated": {
        const info = fields(about["info"])
        this.roots.set(text(info["id"]), text(info["parentID"]) === "")
        break
      }
      case "permission.asked":
        return this.permissionAsked(about)
      case "permission.replied":
        return this.withdraw(({ permissionId }) => permissionId === text(about["requestID"]))
      case "session.status": {
        const status = fields(about["status"])
        if (own && status["type"] === "retry") return this.retried(status)
        if (own && status["type"] === "busy" && this.open) this.setState("busy")
        break
      }
      case "session.idle":
        if (own && this.open) return this.finish()
        this.withdraw((asked) => asked.sessionId === sessionId)
        break
      default:
    }
  }

  async promptTaken(sessionId: string, parts: unknown): Promise<void> {
    if (!(await this.isRoot(sessionId).catch(() => false))) return
    if (this.current !== sessionId) {
      this.current = sessionId
      await hook("SessionStart", "tell", { session_id: sessionId })
    }
    this.prompt = spoken(parts)
    this.promptAtMillis = Date.now()
    this.open = true
    this.gaveUp = null
    this.keepTurn({ end: "open", answer: "", fault: null })
    this.setState("busy")
    await hook("UserPromptSubmit", "tell", { session_id: sessionId, prompt: this.prompt })
  }

  /** Returns only when the call may be made. */
  async beforeTool({ tool, sessionID, callID }: Call, args: unknown): Promise<void> {
    const call = { sessionId: sessionID, permissionId: null }
    const body = { tool_name: tool, tool_input: args, tool_use_id: callID }
    const refusal = refusalIn(await this.ask("PreToolUse", "gate", call, body))
    if (refusal !== null) throw new Error(refusal)
    this.allowed.add(callID)
    const [oldest] = this.allowed
    if (this.allowed.size > rememberedCalls && oldest !== undefined) this.allowed.delete(oldest)
  }

  async afterTool({ tool, sessionID, callID }: Call, args: unknown): Promise<void> {
    const body = { session_id: sessionID, tool_name: tool, tool_input: args, tool_use_id: callID }
    await hook("PostToolUse", "tell", { ...body, cwd: this.input.directory })
  }

  async compacting(): Promise<void> {
    await hook("PreCompact", "tell", { session_id: this.current })
  }

  private async isRoot(sessionId: string): Promise<boolean> {
    const known = this.roots.get(sessionId)
    if (known !== undefined) return known
    const info = fields((await this.input.client.session.get({ path: { id: sessionId } })).data)
    const root = text(info["parentID"]) === ""
    if (info["id"] === sessionId) this.roots.set(sessionId, root)
    return root
  }

  private withdraw(fits: (asked: Asked) => boolean) {
    for (const [child, asked] of this.asking) if (fits(asked)) child.kill("SIGTERM")
  }

  private async ask(event: string, mode: "gate" | "ask", asked: Asked, body: Fields): Promise<string | null> {
    const started: Array<ChildProcess> = []
    const all = { session_id: asked.sessionId, cwd: this.input.directory, ...body }
    const said = await hook(event, mode, all, (child) => {
      started.push(child)
      this.asking.set(child, asked)
    })
    for (const child of started) this.asking.delete(child)
    return said
  }

  /** OpenCode's own question: one to what the gate has allowed is answered, any other goes to a person. */
  private async permissionAsked(asked: Fields): Promise<void> {
    const id = text(asked["id"])
    const callId = text(fields(asked["tool"])["callID"])
    if (this.allowed.has(callId)) return this.reply(id, { reply: "once" })
    this.setState("waiting")
    const call = { sessionId: text(asked["sessionID"]), permissionId: id }
    const said = await this.ask("PermissionRequest", "ask", call, {
      tool_name: text(asked["permission"]),
      tool_input: { patterns: asked["patterns"], ...fields(asked["metadata"]) },
      tool_use_id: callId,
    })
    if (this.open) this.setState("busy")
    if (said === null) return
    const { decision, reason } = fields(JSON.parse(said))
    if (decision === "allow") await this.reply(id, { reply: "once" })
    if (decision === "deny") await this.reply(id, { reply: "reject", message: text(reason) })
  }

  private async reply(id: string, body: Fields): Promise<void> {
    await this.input.client._client.post({
      url: `/permission/${encodeURIComponent(id)}/reply`,
      body,
      headers: { "content-type": "application/json" },
    })
  }

  private async retried(status: Fields): Promise<void> {
    const waitMillis = Number(status["next"] ?? 0) - Date.now()
    const few = Number(status["attempt"] ?? 0) < retryLimit
    if (this.gaveUp !== null || (few && waitMillis < retryWaitMillis)) return
    this.gaveUp = { name: "APIError", message: text(status["message"]) }
    await this.input.client.session.abort({ path: { id: this.current } })
  }

  /** The turn is over: reads what became of it. */
  private async finish(): Promise<void> {
    this.open = false
    const id = this.current
    this.withdraw((asked) => asked.sessionId === id)
    const messages = list((await this.input.client.session.messages({ path: { id } })).data).map(fields)
    const last = messages.at(-1) ?? {}
    const info = fields(last["info"])
    const error = fields(info["error"])
    const failed = text(error["name"]) !== ""
    const said = failed && error["name"] !== "MessageAbortedError" ? error : null
    const fault = this.gaveUp ?? (said === null ? null : { name: said["name"], ...fields(said["data"]) })
    const answered =
      info["role"] === "assistant" && !failed && !["tool-calls", ""].includes(text(info["finish"]))
    const answer = answered ? spoken(last["parts"]) : ""
    keep(`${id}.messages.json`, messages)
    this.keepTurn({ end: fault !== null || answered ? "answered" : "interrupted", answer, fault })
    this.setState("idle")
    if (fault !== null) await hook("StopFailure", "tell", { session_id: id, fault })
    else if (answered) await hook("Stop", "tell", { session_id: id, last_assistant_message: answer })
  }

  private keepTurn(turn: Fields) {
    keep(`${this.current}.turn.json`, { prompt: this.prompt, atMillis: this.promptAtMillis, ...turn })
  }
}

const userFolders = { CONFIG: ".config", DATA: ".local/share", CACHE: ".cache", STATE: ".local/state" }

export const Maillm = async (input: Input) => {
  const watch = new Watch(input)
  watch.setState("idle")
  return {
    event: async ({ event }: { readonly event: { readonly type: string; readonly properties: unknown } }) => {
      // What goes wrong here must not end OpenCode; what it was to tell is missed by who waits for it.
      await watch.event(event.type, fields(event.properties)).catch(() => undefined)
    },
    "chat.message": (about: { readonly sessionID: string }, message: { readonly parts: unknown }) =>
      watch.promptTaken(about.sessionID, message.parts),
    "tool.execute.before": (call: Call, { args }: { readonly args: unknown }) => watch.beforeTool(call, args),
    "tool.execute.after": (call: Call & { readonly args?: unknown }) => watch.afterTool(call, call.args),
    "experimental.session.compacting": () => watch.compacting(),
    /** Commands see the folders of their person, not those that OpenCode is given. */
    "shell.env": async (_: unknown, output: { readonly env: Record<string, string> }) => {
      const home = process.env["HOME"] ?? "/"
      for (const [name, folder] of Object.entries(userFolders))
        output.env[`XDG_${name}_HOME`] = join(home, folder)
    },
  }
}
