import * as Layer from "effect/Layer"
import { DeadLetters } from "@maillm/actors/nats/DeadLetters"
import { PartitionReport } from "@maillm/actors/nats/PartitionReport"
import { Authenticator } from "../identity/Authenticator.ts"
import { SignInLinks } from "../identity/SignInLinks.ts"
import { WebSessions } from "../identity/WebSessions.ts"
import { LiveFeed } from "../live/LiveFeed.ts"
import { PaneFeeds } from "../live/PaneFeeds.ts"
import { SocketCount } from "../live/SocketCount.ts"
import { SocketServerLayer } from "../live/SocketServer.ts"
import { PartitionsProbeLayer } from "./PartitionsProbe.ts"
import { ConsoleFiles } from "./ConsoleFiles.ts"
import { Health } from "./Health.ts"
import { HttpServerLayer } from "./HttpServerLayer.ts"
import { Nodes } from "./Nodes.ts"
import { NodeServer } from "./NodeServer.ts"
import { StreamReports } from "./StreamReports.ts"

export interface HttpOptions {
  /** Folder of the built console (`ui/dist`), absolute. It may be missing: then a page says how to build it. */
  readonly consoleFolder: string
}

const Parts = Layer.mergeAll(
  Authenticator.layer,
  Health.layer,
  Nodes.layer,
  DeadLetters.layer,
  PartitionsProbeLayer.pipe(Layer.provideMerge(PartitionReport.layer)),
  LiveFeed.layer,
  PaneFeeds.layer,
  SocketCount.layer,
).pipe(Layer.provideMerge(Layer.mergeAll(SignInLinks.layer, WebSessions.layer, StreamReports.layer)))

/**
 * HTTP API, console, probes and sockets on one port.
 *
 * - Needs `Settings`, `Nats`, `ReadModel`, `ActorClient`, `Blobs`, `Credentials`, `HealthProbes` (in which the
 *   SMTP server registers `smtp`; `/ready` is 503 until it has). `SettingsReport` is shown where provided.
 * - Provides `HttpAddress` (with the port in use), `SignInLinks` (for the link printed at start), `SocketCount`.
 * - Fails with `HttpCannotListen`, one line with the remedy.
 */
export const HttpLayer = (options: HttpOptions) =>
  SocketServerLayer.pipe(
    // After the server serves, never before: socket.io takes over its upgrades.
    Layer.provideMerge(HttpServerLayer),
    Layer.provideMerge(Parts),
    Layer.provide([NodeServer.layer, ConsoleFiles.layer(options.consoleFolder)]),
  )
