import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import type { ServeError } from "effect/http/HttpServerError"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Api } from "@maillm/schema/Api"
import { Settings } from "@maillm/schema/Settings"
import { ApproveRoutes } from "../approval/ApproveRoutes.ts"
import { AuthorizationLayer, InputCheckLayer } from "./AuthorizationLayer.ts"
import { ConsoleRoutes } from "./ConsoleRoutes.ts"
import { DocsRoute } from "./DocsRoute.ts"
import { Downloads } from "./Downloads.ts"
import { EdgeLayer } from "./edge.ts"
import { ActorsHandlers } from "./handlers/ActorsHandlers.ts"
import { AddressesHandlers } from "./handlers/AddressesHandlers.ts"
import { ApprovalsHandlers } from "./handlers/ApprovalsHandlers.ts"
import { AuthHandlers } from "./handlers/AuthHandlers.ts"
import { BlobsHandlers } from "./handlers/BlobsHandlers.ts"
import { DeadHandlers } from "./handlers/DeadHandlers.ts"
import { MessagesHandlers } from "./handlers/MessagesHandlers.ts"
import { RequestsHandlers } from "./handlers/RequestsHandlers.ts"
import { SessionsHandlers } from "./handlers/SessionsHandlers.ts"
import { AuditHandlers, NodesHandlers, SystemHandlers } from "./handlers/SystemHandlers.ts"
import { HttpAddress, NodeServer } from "./NodeServer.ts"
import { ProbeRoutes } from "./ProbeRoutes.ts"

/** The HTTP server cannot listen where it is told to. */
export class HttpCannotListen extends Schema.TaggedError<HttpCannotListen>()("HttpCannotListen", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

const Handlers = Layer.mergeAll(
  RequestsHandlers,
  SessionsHandlers,
  ApprovalsHandlers,
  MessagesHandlers,
  BlobsHandlers,
  NodesHandlers,
  AuditHandlers,
  SystemHandlers,
  AddressesHandlers,
  ActorsHandlers,
  DeadHandlers,
  AuthHandlers,
).pipe(Layer.provide([AuthorizationLayer, InputCheckLayer, Downloads.layer]))

const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(Api, { openapiPath: "/api/openapi.json" }).pipe(Layer.provide(Handlers)),
  DocsRoute,
  ProbeRoutes,
  ApproveRoutes,
  ConsoleRoutes,
  EdgeLayer,
)

/** Listens on the address of the settings, and says so in one line where it cannot. */
const ListenLayer = Layer.unwrap(
  Effect.gen(function* () {
    const server = yield* NodeServer
    const { bind, httpPort } = yield* Settings
    return NodeHttpServer.layerServer(() => server, {
      host: bind,
      port: httpPort,
      gracefulShutdownTimeout: "3 seconds",
    }).pipe(
      Layer.catch((error) =>
        Layer.effect(HttpServer.HttpServer, Effect.fail(cannotListen(error, bind, httpPort))),
      ),
    )
  }),
).pipe(Layer.merge(NodeHttpServer.layerHttpServices))

const cannotListen = ({ cause }: ServeError, bind: string, port: number) => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  const words = cause instanceof Error ? cause.message : String(cause)
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${bind} is in use: stop what uses it, or set MAILLM_HTTP_PORT to another port (0 for any free one)`,
    EACCES: `port ${port} may not be opened by this user: set MAILLM_HTTP_PORT to 1024 or above`,
    EADDRNOTAVAIL: `this machine has no address ${bind}: correct MAILLM_BIND`,
  }
  return new HttpCannotListen({
    reason: (typeof code === "string" && reasons[code]) || `cannot listen on ${bind}:${port}: ${words}`,
  })
}

const AddressLayer = Layer.effect(
  HttpAddress,
  Effect.gen(function* () {
    yield* HttpServer.HttpServer
    const server = yield* NodeServer
    const { publicUrl } = yield* Settings
    const bound = server.address()
    if (bound === null || typeof bound === "string") return yield* Effect.die("no address after listening")
    const host = bound.address === "0.0.0.0" ? "127.0.0.1" : bound.address === "::" ? "::1" : bound.address
    const name = host.includes(":") ? `[${host}]` : host
    return { host: bound.address, port: bound.port, url: publicUrl ?? `http://${name}:${bound.port}` }
  }),
)

/** Listens and serves: API, its documents, probes, console. Provides the address once it does. */
export const HttpServerLayer = HttpRouter.serve(Routes, { disableLogger: true, disableListenLog: true }).pipe(
  Layer.provideMerge(AddressLayer),
  Layer.provide(ListenLayer),
)
