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

// An object of JSON has string keys and unknown values.
const fields = (value: unknown): Fields =>
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

export const Maillm = async ({ client, directory }: Input) => {
  /** Whether a session is one that a person sees, and not a part of another's work. */
  const roots = new Map<string, boolean>()
  const allowed = new Set<string>()
  /** What is being asked, by session. */
  const asking = new Map<ChildProcess, { readonly sessionId: string; readonly permissionId: string | null }>()
  let current = ""
  let prompt = ""
  let promptAtMillis = 0
  let open = false
  let gaveUp: Fields | null = null

  const setState = (state: "idle" | "busy" | "waiting") =>
    keep("status.json", { state, sessionId: current, atMillis: Date.now() })

  const isRoot = async (sessionId: string): Promise<boolean> => {
    const known = roots.get(sessionId)
    if (known !== undefined) return known
    const info = fields((await client.session.get({ path: { id: sessionId } })).data)
    const root = text(info["parentID"]) === ""
    if (info["id"] === sessionId) roots.set(sessionId, root)
    return root
  }

  const withdraw = (fits: (asked: { sessionId: string; permissionId: string | null }) => boolean) => {
    for (const [child, asked] of asking) if (fits(asked)) child.kill("SIGTERM")
  }

  const ask = async (
    event: string,
    mode: "gate" | "ask",
    call: { readonly sessionId: string; readonly permissionId: string | null },
    body: Fields,
  ) => {
    let asked: ChildProcess | null = null
    const said = await hook(event, mode, { session_id: current, cwd: directory, ...body }, (child) => {
      asked = child
      asking.set(child, call)
    })
    if (asked !== null) asking.delete(asked)
    return said
  }

  const reply = (id: string, body: Fields) =>
    client._client.post({
      url: `/permission/${encodeURIComponent(id)}/reply`,
      body,
      headers: { "content-type": "application/json" },
    })

  /** OpenCode's own question: one to what the gate has allowed is answered, any other goes to a person. */
  const permissionAsked = async (asked: Fields) => {
    const id = text(asked["id"])
    const sessionId = text(asked["sessionID"])
    const callId = text(fields(asked["tool"])["callID"])
    if (allowed.has(callId)) return void (await reply(id, { reply: "once" }))
    setState("waiting")
    const said = await ask(
      "PermissionRequest",
      "ask",
      { sessionId, permissionId: id },
      {
        tool_name: text(asked["permission"]),
        tool_input: { patterns: asked["patterns"], ...fields(asked["metadata"]) },
        tool_use_id: callId,
      },
    )
    if (open) setState("busy")
    if (said === null) return
    const { decision, reason } = fields(JSON.parse(said))
    if (decision === "allow") await reply(id, { reply: "once" })
    if (decision === "deny") await reply(id, { reply: "reject", message: text(reason) })
  }

  const retried = async (sessionId: string, status: Fields) => {
    const waitMillis = Number(status["next"] ?? 0) - Date.now()
    if (gaveUp !== null || (Number(status["attempt"] ?? 0) < retryLimit && waitMillis < retryWaitMillis))
      return
    gaveUp = { name: "APIError", message: text(status["message"]) }
    await client.session.abort({ path: { id: sessionId } })
  }

  /** The turn is over: reads what became of it. */
  const finish = async (sessionId: string) => {
    open = false
    withdraw((asked) => asked.sessionId === sessionId)
    const messages = list((await client.session.messages({ path: { id: sessionId } })).data).map(fields)
    const last = messages.at(-1) ?? {}
    const info = fields(last["info"])
    const error = fields(info["error"])
    const answered = info["role"] === "assistant" && info["finish"] !== "tool-calls"
    const isError = text(error["name"]) !== "" && error["name"] !== "MessageAbortedError"
    const fault = gaveUp ?? (isError ? { name: error["name"], ...fields(error["data"]) } : null)
    const answer = answered && info["error"] === undefined ? spoken(last["parts"]) : ""
    const ended = fault !== null || (answered && info["error"] === undefined && info["finish"] !== undefined)
    keep(`${sessionId}.messages.json`, messages)
    keep(`${sessionId}.turn.json`, {
      prompt,
      atMillis: promptAtMillis,
      end: ended ? "answered" : "interrupted",
      answer,
      fault,
    })
    setState("idle")
    if (fault !== null) await hook("StopFailure", "tell", { session_id: sessionId, fault })
    else if (ended) await hook("Stop", "tell", { session_id: sessionId, last_assistant_message: answer })
  }

  const seen = async (type: string, about: Fields) => {
    const sessionId = text(about["sessionID"])
    if (type === "session.created" || type === "session.updated") {
      const info = fields(about["info"])
      roots.set(text(info["id"]), text(info["parentID"]) === "")
    } else if (type === "permission.asked") await permissionAsked(about)
    else if (type === "permission.replied")
      withdraw(({ permissionId }) => permissionId === text(about["requestID"]))
    else if (type === "session.status" && sessionId === current) {
      const status = fields(about["status"])
      if (status["type"] === "retry") await retried(sessionId, status)
      else if (status["type"] === "busy" && open) setState("busy")
    } else if (type === "session.idle") {
      if (sessionId === current && open) await finish(sessionId)
      else withdraw((asked) => asked.sessionId === sessionId)
    }
  }

  setState("idle")
  return {
    event: async ({ event }: { readonly event: { readonly type: string; readonly properties: unknown } }) => {
      // What goes wrong here must not end OpenCode; what it was to tell is missed by who waits for it.
      await seen(event.type, fields(event.properties)).catch(() => undefined)
    },
    "chat.message": async (about: { readonly sessionID: string }, message: { readonly parts: unknown }) => {
      const { sessionID } = about
      if (!(await isRoot(sessionID).catch(() => false))) return
      if (current !== sessionID) {
        current = sessionID
        await hook("SessionStart", "tell", { session_id: sessionID })
      }
      prompt = spoken(message.parts)
      promptAtMillis = Date.now()
      open = true
      gaveUp = null
      keep(`${sessionID}.turn.json`, {
        prompt,
        atMillis: promptAtMillis,
        end: "open",
        answer: "",
        fault: null,
      })
      setState("busy")
      await hook("UserPromptSubmit", "tell", { session_id: sessionID, prompt })
    },
    "tool.execute.before": async (
      { tool, sessionID, callID }: Call,
      { args }: { readonly args: unknown },
    ) => {
      const call = { sessionId: sessionID, permissionId: null }
      const body = { tool_name: tool, tool_input: args, tool_use_id: callID }
      const refusal = refusalIn(await ask("PreToolUse", "gate", call, body))
      if (refusal !== null) throw new Error(refusal)
      allowed.add(callID)
      if (allowed.size > rememberedCalls)
        for (const oldest of [...allowed].slice(0, 1)) allowed.delete(oldest)
    },
    "tool.execute.after": async ({ tool, sessionID, callID, args }: Call & { readonly args?: unknown }) => {
      const body = { session_id: sessionID, tool_name: tool, tool_input: args, tool_use_id: callID }
      await hook("PostToolUse", "tell", { ...body, cwd: directory })
    },
    "experimental.session.compacting": async () => {
      await hook("PreCompact", "tell", { session_id: current })
    },
    /** Commands see the folders of their person, not those that OpenCode is given. */
    "shell.env": async (_: unknown, output: { readonly env: Record<string, string> }) => {
      const home = process.env["HOME"] ?? "/"
      const folders = { CONFIG: ".config", DATA: ".local/share", CACHE: ".cache", STATE: ".local/state" }
      for (const [name, folder] of Object.entries(folders))
        output.env[`XDG_${name}_HOME`] = join(home, folder)
    },
  }
}
