import type { IncomingMessage } from "node:http"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { Server } from "socket.io"
import type { Socket } from "socket.io"
import { cookieName } from "@maillm/schema/api/Authorization"
import { Settings } from "@maillm/schema/Settings"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { HealthProbes } from "../http/HealthProbes.ts"
import { NodeServer } from "../http/NodeServer.ts"
import { isForeign, isOwnHost } from "../http/origin.ts"
import { Authenticator } from "../identity/Authenticator.ts"
import type { Identity } from "../identity/Authenticator.ts"
import { WebSessions } from "../identity/WebSessions.ts"
import { attachSocketServer } from "./attachSocketServer.ts"
import { ConsoleSocket } from "./ConsoleSocket.ts"
import { LiveFeed } from "./LiveFeed.ts"
import { PaneFeeds } from "./PaneFeeds.ts"
import { SocketCount } from "./SocketCount.ts"

/** Largest message of a client, bytes; keys and sizes are far below. */
const messageLimitBytes = 256 * 1024
const socketLimit = 1_000
const socketLimitPerUser = 100

const decodeToken = Schema.decodeUnknownOption(Schema.Struct({ token: Schema.String }))

/**
 * The sockets of consoles, on the HTTP server of the API. Needs the server to be serving already: build this
 * layer after it. A socket is one user's, proven by cookie or by `auth: {token}`, and gets that user's changes.
 */
export const SocketServerLayer = Layer.effectDiscard(
  Effect.gen(function* () {
    const http = yield* NodeServer
    const { bind, publicUrl } = yield* Settings
    const io = new Server({ serveClient: false })
    attachSocketServer(io, http, {
      transports: ["websocket", "polling"],
      maxHttpBufferSize: messageLimitBytes,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      connectTimeout: 10_000,
      allowRequest: (request, answer) => {
        const ours = isOwnHost(request.headers.host, { bind, publicUrl }) && !isForeign(headersOf(request))
        answer(ours ? null : "a page of another site sent this", ours)
      },
    })
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        io.disconnectSockets(true)
        io.engine.close()
      }),
    )
    yield* serveSockets(io)
  }),
)

const headersOf = (request: IncomingMessage) => ({
  host: request.headers.host,
  origin: request.headers.origin,
  fetchSite: headerText(request.headers["sec-fetch-site"]),
})

const headerText = (value: string | Array<string> | undefined) => (Array.isArray(value) ? value[0] : value)

const serveSockets = Effect.fnUntraced(function* (io: Server) {
  const authenticator = yield* Authenticator
  const readModel = yield* ReadModel
  const feeds = yield* PaneFeeds
  const live = yield* LiveFeed
  const count = yield* SocketCount
  const probes = yield* HealthProbes
  const services = yield* Effect.context()
  const run = Effect.runPromiseWith(services)
  const runExit = Effect.runPromiseExitWith(services)
  const sockets = new Set<ConsoleSocket>()
  const identities = new WeakMap<Socket, Identity>()

  io.use((socket, next) => {
    if (io.engine.clientsCount > socketLimit)
      return next(refusal("this server has no room for more consoles"))
    void runExit(identify(authenticator, socket)).then((exit) => {
      if (Exit.isFailure(exit)) return next(refusal("sign in first", "NotSignedIn"))
      const identity = exit.value
      const already = [...sockets].filter((other) => other.identity.userId === identity.userId).length
      if (already >= socketLimitPerUser) return next(refusal("too many consoles of yours are open"))
      identities.set(socket, identity)
      return next()
    })
  })

  io.on("connection", (socket) => {
    const identity = identities.get(socket)
    if (identity === undefined) return void socket.disconnect(true)
    const console = new ConsoleSocket(socket, identity, { feeds, readModel, run })
    const leave = live.join(identity.userId, console)
    sockets.add(console)
    count.add(1)
    socket.once("disconnect", () => {
      leave()
      sockets.delete(console)
      count.add(-1)
    })
  })

  yield* endWithCredential(sockets)
  yield* probes.register(
    "sockets",
    Effect.sync(() => ({
      state: "ok" as const,
      detail: `${count.now()} connected, ${feeds.watched()} panes watched`,
    })),
  )
})

const refusal = (message: string, tag = "Unavailable") =>
  Object.assign(new Error(message), { data: { _tag: tag, message } })

/** A token in `auth` first, or as a header for programs; then the cookie. */
const identify = (authenticator: Authenticator["Service"], socket: Socket) => {
  const { headers, address } = socket.handshake
  const given = decodeToken(socket.handshake.auth)
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1]
  const token = given._tag === "Some" ? given.value.token : bearer
  return token === undefined
    ? authenticator.byCookie(cookieOf(headers.cookie ?? ""), address)
    : authenticator.byToken(token, address)
}

const cookieOf = (header: string) =>
  header
    .split(";")
    .map((pair) => pair.trim().split("="))
    .find(([name]) => name === cookieName)?.[1] ?? ""

/** Sockets end when their cookie does: at once on sign-out, wherever that happened; within a minute else. */
const endWithCredential = Effect.fnUntraced(function* (sockets: Set<ConsoleSocket>) {
  const sessions = yield* WebSessions
  const signOut = (hash: string) => {
    for (const socket of sockets) if (socket.identity.cookie?.hash === hash) socket.signOut()
  }
  const stop = sessions.onEnded(signOut)
  yield* Effect.addFinalizer(() => Effect.sync(stop))
  const check = Effect.suspend(() =>
    Effect.forEach(
      new Set([...sockets].flatMap(({ identity }) => identity.cookie?.hash ?? [])),
      (hash) =>
        sessions.renew(hash).pipe(
          Effect.map((session) => {
            if (session === null) return signOut(hash)
            for (const socket of sockets) {
              if (socket.identity.cookie?.hash === hash) socket.renewed(session.expiresAtMillis)
            }
          }),
          Effect.ignore,
        ),
      { discard: true },
    ),
  )
  yield* check.pipe(Effect.repeat(Schedule.spaced("1 minute")), Effect.forkScoped)
})
