import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { type Socket, createServer } from "node:net"
import { join } from "node:path"
import { expect } from "vitest"
import { eventually } from "./eventually.ts"
import { fields } from "../../src/model/testing/FakeReply.ts"

export interface HookCall {
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
  /** Its process ended, or was ended, before it was answered. */
  abandoned: boolean
  /** Its process still waits for an answer. */
  waiting: boolean
}

/** What the hook's process prints and exits with. */
export interface HookAnswer {
  readonly output?: unknown
  readonly stderr?: string
  readonly exitCode?: number
}

type Decide = (payload: Readonly<Record<string, unknown>>) => HookAnswer | Promise<HookAnswer>

/** Run by the agent for each hook: sends what it reads to the test, prints what the test answers. */
const forwarder = `import { connect } from "node:net"
const [socketPath, event] = process.argv.slice(2)
const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const socket = connect(socketPath)
// Not ended: its closing tells the test that this process is gone.
socket.write(JSON.stringify({ event, payload: JSON.parse(Buffer.concat(chunks).toString()) }) + "\\n")
let answer = ""
for await (const chunk of socket) answer += chunk
const { output, stderr, exitCode } = JSON.parse(answer)
if (stderr !== undefined) process.stderr.write(stderr)
if (output !== undefined) process.stdout.write(typeof output === "string" ? output : JSON.stringify(output))
process.exitCode = exitCode ?? 0
`

/** Where the hooks of an agent under test end: it keeps every call and answers as the test says. */
export class HookDesk {
  readonly calls: Array<HookCall> = []
  private readonly decide = new Map<string, Decide>()
  private readonly sockets = new Set<Socket>()
  private readonly script: string
  private readonly socketPath: string
  private readonly server = createServer((socket) => void this.receive(socket))

  private constructor(folder: string) {
    this.script = join(folder, "hook.mjs")
    this.socketPath = join(folder, "hooks.sock")
  }

  static async open(folder: string): Promise<HookDesk> {
    const desk = new HookDesk(folder)
    writeFileSync(desk.script, forwarder)
    desk.server.listen(desk.socketPath)
    await once(desk.server, "listening")
    return desk
  }

  /** For the shell of an agent; no path of a test's folder needs quotes. */
  command(event: string): string {
    return `${process.execPath} ${this.script} ${this.socketPath} ${event}`
  }

  /** Claude's format, which Codex reads too. */
  hooks(
    events: ReadonlyArray<string>,
    more: Readonly<Record<string, unknown>> = {},
  ): Record<string, unknown> {
    const entry = (event: string) => ({
      type: "command",
      command: this.command(event),
      timeout: 3_600,
      ...more,
    })
    return Object.fromEntries(events.map((event) => [event, [{ hooks: [entry(event)] }]]))
  }

  /** From now on hooks of that event get this answer; until then nothing, with exit code 0. */
  answer(event: string, decide: Decide | HookAnswer): void {
    this.decide.set(event, typeof decide === "function" ? decide : () => decide)
  }

  /** PreToolUse answers this decision. */
  gate(permissionDecision: "allow" | "deny" | "ask", permissionDecisionReason: string): void {
    const decision = { hookEventName: "PreToolUse", permissionDecision, permissionDecisionReason }
    this.answer("PreToolUse", { output: { hookSpecificOutput: decision } })
  }

  /** PermissionRequest waits until the returned function is called with the answer. */
  holdPermission(): (decision: { readonly behavior: "allow" | "deny"; readonly message?: string }) => void {
    const { promise, resolve } = Promise.withResolvers<HookAnswer>()
    this.answer("PermissionRequest", () => promise)
    return (decision) =>
      resolve({ output: { hookSpecificOutput: { hookEventName: "PermissionRequest", decision } } })
  }

  /** Forgets calls and answers. */
  reset(): void {
    this.calls.length = 0
    this.decide.clear()
  }

  of(event: string): ReadonlyArray<HookCall> {
    return this.calls.filter((call) => call.event === event)
  }

  /** The newest call of the event, once there are so many. */
  async next(event: string, count = 1): Promise<HookCall> {
    await eventually(() => expect(this.of(event).length, event).toBeGreaterThanOrEqual(count))
    const call = this.of(event).at(-1)
    if (call === undefined) throw new Error(`no ${event}`)
    return call
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close")
    this.server.close()
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private async receive(socket: Socket): Promise<void> {
    this.sockets.add(socket)
    let words = ""
    const whole = new Promise<void>((resolve) => {
      socket.setEncoding("utf8").on("data", (chunk: string) => {
        words += chunk
        // JSON holds no line end of its own.
        if (words.endsWith("\n")) resolve()
      })
    })
    const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()))
    socket.on("error", () => undefined)
    await whole
    const message = fields(JSON.parse(words))
    const event = String(message["event"])
    const call: HookCall = { event, payload: fields(message["payload"]), abandoned: false, waiting: true }
    this.calls.push(call)
    void gone.then(() => {
      call.abandoned ||= call.waiting
      call.waiting = false
      this.sockets.delete(socket)
    })
    const answer = await (this.decide.get(event)?.(call.payload) ?? {})
    if (call.abandoned) return
    call.waiting = false
    socket.end(JSON.stringify(answer))
  }
}
