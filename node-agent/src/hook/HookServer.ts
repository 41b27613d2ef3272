import { createServer } from "node:http"
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises"
import { once } from "node:events"
import { join } from "node:path"
import { hookFiles, hookHeaders, hookScript } from "./hookScript.ts"

/** Longest JSON of a hook, bytes: a tool's whole output may be in it. */
export const hookBodyLimitBytes = 32 * 1024 * 1024
/** Hooks of one user that are served at the same time. */
const connectionLimit = 256
/** What their JSON may come to together, bytes: each is held until it is answered. */
export const hookBudgetBytes = 4 * hookBodyLimitBytes

/** Bytes that are left for a user's hooks. */
interface Budget {
  left: number
}

export interface HookCall {
  readonly userId: string
  /** As the pane's environment says, so as hostile as the pane. */
  readonly sessionId: string
  readonly generation: string
  readonly event: string
  /** Parsed JSON; undefined when it was none, longer than `hookBodyLimitBytes`, or there is no room for it. */
  readonly body: unknown
  /** Aborted when the asking side has gone. */
  readonly signal: AbortSignal
}

/** Answers what the script is to print; null when it can only be answered later, so it is asked again. */
export type HookHandler = (call: HookCall) => Promise<string | null>

/**
 * The node agent's side of the hooks: a socket in each user's folder, so that whose hook it is follows from where it
 * came in, not from what it says.
 */
export class HookServer {
  private readonly servers = new Map<string, Promise<Server>>()
  private readonly handle: HookHandler
  private readonly folder: (userId: string) => Promise<string>
  private readonly mode: { readonly folder: number; readonly socket: number }

  /** `folder` is where a user's socket is to be. Others may only reach it in containers, where the user is another. */
  constructor(folder: (userId: string) => Promise<string>, shared: boolean, handle: HookHandler) {
    this.folder = folder
    this.handle = handle
    this.mode = shared ? { folder: 0o755, socket: 0o666 } : { folder: 0o700, socket: 0o600 }
  }

  /** Listens for a user's hooks from now on. */
  async open(userId: string): Promise<void> {
    const found = this.servers.get(userId)
    if (found !== undefined) return void (await found)
    const opening = this.listen(userId)
    this.servers.set(userId, opening)
    try {
      await opening
    } catch (error) {
      this.servers.delete(userId)
      throw error
    }
  }

  async close(): Promise<void> {
    for (const opening of this.servers.values()) {
      const server = await opening.catch(() => null)
      server?.close()
      server?.closeAllConnections()
    }
    this.servers.clear()
  }

  private async listen(userId: string): Promise<Server> {
    const folder = await this.folder(userId)
    await mkdir(folder, { recursive: true })
    await chmod(folder, this.mode.folder)
    // By renaming, for an agent may be running the old one.
    const script = join(folder, hookFiles.script)
    await writeFile(`${script}.new`, hookScript, { mode: 0o755 })
    await chmod(`${script}.new`, 0o755)
    await rename(`${script}.new`, script)
    const socket = join(folder, hookFiles.socket)
    await rm(socket, { force: true })
    const budget: Budget = { left: hookBudgetBytes }
    const server = createServer((request, response) => {
      this.serve(userId, request, response, budget).catch(() => response.destroy())
    })
    server.maxConnections = connectionLimit
    // Answers may take as long as an approval; what is asked comes at once.
    server.requestTimeout = 30_000
    server.listen(socket)
    await once(server, "listening")
    await chmod(socket, this.mode.socket)
    return server
  }

  private async serve(userId: string, request: IncomingMessage, response: ServerResponse, budget: Budget) {
    const gone = new AbortController()
    response.once("close", () => {
      if (!response.writableFinished) gone.abort()
    })
    const taken = { bytes: 0 }
    try {
      const answer = await this.handle({
        userId,
        sessionId: header(request, hookHeaders.session),
        generation: header(request, hookHeaders.pane),
        event: header(request, hookHeaders.event),
        body: await readJson(request, budget, taken),
        signal: gone.signal,
      })
      if (response.destroyed) return
      if (answer === null) response.writeHead(503).end()
      else response.writeHead(200, { "content-type": "application/json" }).end(answer)
    } finally {
      budget.left += taken.bytes
    }
  }
}

const header = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name]
  return typeof value === "string" ? value.slice(0, 200) : ""
}

/** What it holds is moved from `budget` to `taken`. */
const readJson = async (
  request: IncomingMessage,
  budget: Budget,
  taken: { bytes: number },
): Promise<unknown> => {
  const parts: Array<Buffer> = []
  let fits = true
  const chunks: AsyncIterable<Buffer> = request
  for await (const bytes of chunks) {
    fits &&= taken.bytes + bytes.length <= hookBodyLimitBytes && bytes.length <= budget.left
    // Read to its end all the same, so that it can be answered.
    if (!fits) continue
    parts.push(bytes)
    taken.bytes += bytes.length
    budget.left -= bytes.length
  }
  if (!fits) return undefined
  try {
    return JSON.parse(Buffer.concat(parts).toString())
  } catch {
    return undefined
  }
}
