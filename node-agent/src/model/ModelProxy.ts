import { once } from "node:events"
import { createServer } from "node:http"
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import type { AgentOptions } from "@maillm/schema/AgentSettings"
import { SessionId } from "@maillm/schema/Ids"
import type { TurnId, UserId } from "@maillm/schema/Ids"
import { makePrivateFolder, readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { listenOnSocket } from "./listenOnSocket.ts"
import { closeIdleConnections, forwardCall, modelBounds, refuse } from "./modelCall.ts"
import type { CallEnd, ModelBounds } from "./modelCall.ts"
import type { ModelFault } from "./modelFault.ts"
import { errorBody, routeOf, speaker, tokenIn } from "./modelRoute.ts"
import type { ModelRoute, ProviderName } from "./modelRoute.ts"
import { costPicoUsd } from "./prices.ts"
import type { PriceList } from "./prices.ts"
import { SessionModel } from "./SessionModel.ts"
import type { TurnFacts } from "./SessionModel.ts"

export interface ModelProxyOptions extends Pick<AgentOptions, "anthropic" | "openai"> {
  readonly folder: NodeFolder
  readonly prices: PriceList
  /** Never given a credential, a token or anything of a request's content. */
  readonly log: (line: string) => void
  readonly bounds?: Partial<ModelBounds>
}

/** In the user's integration folder, which is `/run/maillm` in the container. */
export const modelSocketName = "model.sock"

const connectionLimit = 512
const connectionLimitPerUser = 128
const headerLimitBytes = 32_768
const isSessionId = Schema.is(SessionId)

/** What has to be set for a provider to answer. */
const settings: Readonly<Record<ProviderName, string>> = {
  anthropic: "MAILLM_ANTHROPIC_API_KEY (or MAILLM_ANTHROPIC_AUTH_TOKEN)",
  openai: "MAILLM_OPENAI_API_KEY",
}

/**
 * The way of every agent to its model: takes a session's own token, puts the real credential in, and counts what comes
 * back. On a port of the loopback for panes on the host, on a socket of each user's for containers without a network.
 */
export class ModelProxy {
  private readonly options: ModelProxyOptions
  private readonly bounds: ModelBounds
  private readonly loopback: Server
  private readonly sockets = new Map<string, Promise<Server>>()
  private readonly sessions = new Map<string, Promise<SessionModel | null>>()
  private readonly limited: Record<ProviderName, number | null> = { anthropic: null, openai: null }

  private constructor(options: ModelProxyOptions) {
    this.options = options
    this.bounds = { ...modelBounds, ...options.bounds }
    this.loopback = this.server(null, connectionLimit)
  }

  static async open(options: ModelProxyOptions): Promise<ModelProxy> {
    const proxy = new ModelProxy(options)
    await proxy.listen()
    return proxy
  }

  /** For panes on the host; `/anthropic` or `/openai/v1` goes behind it. */
  get baseUrl(): string {
    const address = this.loopback.address()
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
  }

  /** Serves the socket in the user's integration folder, for the user's sessions only. Once more is harmless. */
  async serveUser(userId: UserId): Promise<void> {
    const found = this.sockets.get(userId)
    if (found !== undefined) return void (await found)
    const server = this.server(userId, connectionLimitPerUser)
    const listening = listenOnSocket(server, this.options.folder.integration(userId), modelSocketName)
    const serving = listening.then(() => server)
    this.sockets.set(userId, serving)
    await serving.catch((error: unknown) => {
      this.sockets.delete(userId)
      throw error
    })
  }

  /** What the session's agent shows instead of a key; the same until it is revoked. */
  async tokenOf(sessionId: SessionId, userId: UserId): Promise<string> {
    const session = await this.session(sessionId, userId)
    if (session.userId !== userId) await session.renew(userId)
    return `${sessionId}.${session.token}`
  }

  /** The session's token is worth nothing from now on; `tokenOf` gives it another. */
  async revoke(sessionId: SessionId): Promise<void> {
    const session = await this.find(sessionId)
    if (session !== null) await session.renew(session.userId)
  }

  /** From now on the session's calls count for this turn; also those since the end of its last one. */
  async beginTurn(sessionId: SessionId, userId: UserId, turnId: TurnId): Promise<void> {
    await (await this.session(sessionId, userId)).begin(turnId)
  }

  /** The facts of the session's last turn; asked again, also by a restarted node agent, they are the same. */
  async endTurn(sessionId: SessionId): Promise<TurnFacts> {
    const session = await this.find(sessionId)
    return session === null ? { usage: null, fault: null } : session.end()
  }

  /** Until when a provider has said that it takes nothing; null when it does, as far as is known. */
  limits(nowMillis = Date.now()): Readonly<Record<ProviderName, number | null>> {
    const still = (millis: number | null) => (millis !== null && millis > nowMillis ? millis : null)
    return { anthropic: still(this.limited.anthropic), openai: still(this.limited.openai) }
  }

  /** Ends all calls; what was counted is on disk afterwards. */
  async close(): Promise<void> {
    const servers = [this.loopback, ...(await Promise.all(this.sockets.values()))]
    await Promise.all(
      servers.map(async (server) => {
        const closed = once(server, "close")
        server.close()
        server.closeAllConnections()
        await closed
      }),
    )
    closeIdleConnections()
    for (const session of await Promise.all(this.sessions.values())) await session?.close()
  }

  /** On the port of an earlier node agent, for panes that it started go on there; on any if another has that. */
  private async listen(): Promise<void> {
    const path = this.options.folder.modelPort
    const former = Number((await readFileIfThere(path)) ?? 0)
    for (const port of former > 0 && former < 65_536 ? [former, 0] : [0]) {
      try {
        this.loopback.listen(port, "127.0.0.1")
        await once(this.loopback, "listening")
        break
      } catch (error) {
        if (port === 0) throw error
        this.options.log(
          `model: port ${port} is taken; agents that were started with it must be started again`,
        )
      }
    }
    await makePrivateFolder(this.options.folder.root)
    const address = this.loopback.address()
    if (typeof address === "object" && address !== null) await writeFileAtomically(path, String(address.port))
  }

  private server(userId: UserId | null, connections: number): Server {
    const server = createServer(
      { maxHeaderSize: headerLimitBytes, headersTimeout: 30_000, requestTimeout: 300_000 },
      (request, response) => {
        this.answer(userId, request, response).catch((error: unknown) => {
          this.options.log(
            `model: a request failed: ${error instanceof Error ? error.message : String(error)}`,
          )
          response.destroy()
        })
      },
    )
    server.maxConnections = connections
    return server
  }

  private async answer(userId: UserId | null, request: IncomingMessage, response: ServerResponse) {
    const { method = "", url = "", headers } = request
    const say = (status: number, message: string, provider = speaker(url, headers)) =>
      refuse(request, response, {
        status,
        body: errorBody(provider, status, message),
        // Trying again would not help.
        headers: status === 429 ? { "retry-after": "1" } : { "x-should-retry": "false" },
      })
    const session = await this.authorized(userId, tokenIn(headers))
    if (session === null) return say(401, "This is no token of a session of maillm, or no longer one.")
    if (url === "/" || url === "/anthropic" || url === "/anthropic/") return void response.end()
    const route = routeOf(method, url, headers)
    if (route === null)
      return say(404, `maillm lets no agent call ${method} ${url.split("?")[0] ?? ""}`.slice(0, 300))
    const provider = this.options[route.provider]
    if (provider === null) {
      const message = `No key for this provider is set on this machine: set ${settings[route.provider]} and start maillm again.`
      if (route.answers) session.failed({ kind: "authentication", message, resetAtMillis: null })
      return say(503, message, route.provider)
    }
    if (Number(headers["content-length"] ?? 0) > this.bounds.bodyBytes)
      return say(413, `The request is larger than ${this.bounds.bodyBytes} bytes.`, route.provider)
    if (session.calls >= this.bounds.callsPerSession)
      return say(429, `This session has ${session.calls} calls under way, which is the most.`, route.provider)
    session.calls++
    forwardCall(
      request,
      response,
      { provider, route, bounds: this.bounds },
      (end) => {
        if (route.answers) this.ended(session, route, end)
      },
      () => session.calls--,
    )
  }

  private ended(
    session: SessionModel,
    { provider }: ModelRoute,
    { answered, fault, usage, status }: CallEnd,
  ) {
    const cost = usage === null ? null : costPicoUsd(this.options.prices, usage)
    if (answered) {
      session.answered(usage, cost)
      this.limited[provider] = null
    } else if (usage !== null) session.counted(usage, cost)
    if (fault === null) return
    session.failed(fault)
    if (fault.kind === "rate-limit") this.limited[provider] = fault.resetAtMillis
    this.options.log(`model: ${provider} ${status} ${fault.kind}: ${oneLine(fault)}`)
  }

  /** The session whose token it is, if the connection is one of its user's. */
  private async authorized(userId: UserId | null, shown: string): Promise<SessionModel | null> {
    const [, sessionId = "", token = ""] = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})$/.exec(shown) ?? []
    if (!isSessionId(sessionId)) return null
    const session = await this.find(sessionId)
    if (session === null || !session.fits(token)) return null
    if (userId === null || session.userId === userId) return session
    this.options.log(
      `model: user ${userId} came with the token of session ${sessionId}, which is another user's`,
    )
    return null
  }

  private async session(sessionId: SessionId, userId: UserId): Promise<SessionModel> {
    const found = await this.find(sessionId)
    if (found !== null) return found
    const again = this.sessions.get(sessionId)
    if (again !== undefined) return (await again) ?? this.session(sessionId, userId)
    const { folder } = this.options
    const making = makePrivateFolder(folder.session(sessionId)).then(() =>
      SessionModel.create(this.path(sessionId), userId),
    )
    return this.remember(sessionId, making)
  }

  /** Only those that there are stay in memory: anybody may ask for others. */
  private find(sessionId: SessionId): Promise<SessionModel | null> {
    return this.sessions.get(sessionId) ?? this.remember(sessionId, SessionModel.load(this.path(sessionId)))
  }

  private async remember<A extends SessionModel | null>(sessionId: string, coming: Promise<A>): Promise<A> {
    this.sessions.set(sessionId, coming)
    try {
      const session = await coming
      if (session === null) this.sessions.delete(sessionId)
      return session
    } catch (error) {
      this.sessions.delete(sessionId)
      throw error
    }
  }

  private path(sessionId: string) {
    return join(this.options.folder.session(sessionId), "model.json")
  }
}

const oneLine = (fault: ModelFault) => fault.message.replaceAll(/\s+/g, " ").slice(0, 300)
