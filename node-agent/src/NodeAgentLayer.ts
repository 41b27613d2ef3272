import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { NodeId } from "@maillm/schema/Ids"
import { AgentSettings } from "@maillm/schema/AgentSettings"
import { Settings } from "@maillm/schema/Settings"
import type { NodeInfo } from "@maillm/schema/Turn"
import { agentDrivers } from "./agent/agentDrivers.ts"
import { agentInfos } from "./agent/agentInfos.ts"
import { findPrograms } from "./agent/AgentPrograms.ts"
import { AgentSessions } from "./agent/AgentSessions.ts"
import type { AgentKit } from "./agent/AgentSessions.ts"
import { proxiedModel } from "./agent/proxiedModel.ts"
import { AgentTurnBounds } from "./agent/TurnBounds.ts"
import { chooseRuntime } from "./container/chooseRuntime.ts"
import { DockerEngine } from "./container/DockerEngine.ts"
import { dockerRuntime } from "./container/DockerRuntime.ts"
import { hostRuntime } from "./container/HostRuntime.ts"
import { childEnvironment } from "./container/paneEnvironment.ts"
import type { PaneRuntime } from "./container/PaneRuntime.ts"
import { makePrivateFolder } from "./files/atomicFile.ts"
import { nodeFolder } from "./files/NodeFolder.ts"
import type { NodeFolder } from "./files/NodeFolder.ts"
import { makePaneTraffic, publishAgentState } from "./live/PaneTraffic.ts"
import { fetchFiles } from "./order/fetchFiles.ts"
import { beat, nodeInfo } from "./order/heartbeat.ts"
import { consumeOrders } from "./order/orderConsumer.ts"
import { SessionPlaces } from "./order/SessionPlaces.ts"
import { SessionImage } from "./container/SessionImage.ts"
import { PaneLimit } from "./pane/PaneLimit.ts"
import { PanePlaces } from "./pane/PanePlaces.ts"
import { Panes } from "./pane/Panes.ts"
import { TmuxServer } from "./pane/TmuxServer.ts"
import { AgentWorkspace } from "./agent/AgentWorkspace.ts"
import { egressWay } from "./agent/egressWay.ts"
import { EgressProxy } from "./model/EgressProxy.ts"
import { ModelProxy } from "./model/ModelProxy.ts"
import { readPrices } from "./model/prices.ts"
import { makeSessions } from "./turn/Sessions.ts"

/** The node agent cannot work here; `reason` names what is missing and the remedy. */
export class NodeAgentUnavailable extends Schema.TaggedError<NodeAgentUnavailable>()("NodeAgentUnavailable", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

/** This machine's node agent, at work while its layer lives. Panes outlive it on purpose. */
export class NodeAgent extends Context.Service<
  NodeAgent,
  {
    /** What it says of itself in its heartbeat. */
    readonly info: Effect.Effect<NodeInfo>
  }
>()("@maillm/node-agent/NodeAgent") {}

/**
 * Serves the orders of `Settings.nodeId`: finds again what an earlier agent left running, then takes orders, shows
 * panes to viewers and says that it lives.
 */
export const NodeAgentLayer = Layer.effect(
  NodeAgent,
  Effect.gen(function* () {
    const settings = yield* Settings
    const nats = yield* Nats
    const folder = nodeFolder(settings.dataDir)
    const nodeId = yield* Schema.decodeUnknownEffect(NodeId)(settings.nodeId).pipe(
      Effect.mapError(
        () =>
          new NodeAgentUnavailable({
            reason: `${settings.nodeId} is no node id: letters, digits, _ and - only.`,
          }),
      ),
    )
    yield* attempt(() => makePrivateFolder(folder.root))
    const runtime = yield* chosenRuntime(folder)
    const tmux = yield* attempt(() => TmuxServer.open(folder, childEnvironment()))
    const limit = yield* PaneLimit
    const places = yield* attempt(() => PanePlaces.open(folder, limit))
    const context = yield* Effect.context()
    const report = (message: string, error: unknown) => {
      Effect.runForkWith(context)(Effect.logError(message, error))
    }
    const panes = yield* Effect.acquireRelease(
      Effect.sync(() => new Panes(places, tmux, folder, runtime, report)),
      (opened) => Effect.promise(() => opened.close()),
    )
    const sessionPlaces = new SessionPlaces(nats, nodeId)
    const agents = yield* nodeAgents(runtime, folder, panes, sessionPlaces, report)
    const traffic = yield* makePaneTraffic(nats, panes, sessionPlaces)
    const sessions = yield* makeSessions(
      panes,
      agents,
      {
        folder,
        nodeId,
        runtime: runtime.name,
        actors: yield* ActorClient,
        blobs: yield* Blobs,
      },
      sessionPlaces,
      traffic.serve,
    )
    const facts = {
      nodeId,
      runtime: runtime.name,
      runtimeReason: runtime.reason,
      version: settings.version,
      startedAtMillis: yield* Clock.currentTimeMillis,
      paneCount: () => panes.count,
      turnsRunning: sessions.turnsRunning,
      agents: () => agentInfos(agents.kit),
    }
    yield* beat(facts).pipe(Effect.forkScoped)
    yield* consumeOrders(nodeId, sessions).pipe(
      Effect.tapCause((cause) => Effect.logError("orders are not taken any more", cause)),
      Effect.forkScoped,
    )
    yield* fetchFiles(nodeId, runtime, sessions).pipe(
      Effect.tapCause((cause) => Effect.logError("files that messages ask for are not read any more", cause)),
      Effect.forkScoped,
    )
    yield* Effect.logInfo(`node agent ${nodeId}: runtime ${runtime.reason}`)
    return { info: nodeInfo(facts) }
  }),
)

const chosenRuntime = (folder: NodeFolder): Effect.Effect<PaneRuntime, NodeAgentUnavailable, Settings> =>
  Effect.gen(function* () {
    const settings = yield* Settings
    const image = yield* SessionImage
    const engine = new DockerEngine()
    const state =
      settings.runtime === "host"
        ? ({ _tag: "NoEngine", reason: "not asked for" } as const)
        : yield* Effect.promise(() => engine.state(image))
    const choice = chooseRuntime(settings.runtime, state)
    if (choice._tag === "Impossible") return yield* new NodeAgentUnavailable({ reason: choice.reason })
    return choice.runtime === "docker"
      ? yield* attempt(() => dockerRuntime(folder, engine, image, choice.reason))
      : hostRuntime(folder, choice.reason, (yield* AgentSettings).cliFolder)
  })

/** The coding agents of this node, with their way to the model and their hooks. */
const nodeAgents = (
  runtime: PaneRuntime,
  folder: NodeFolder,
  panes: Panes,
  places: SessionPlaces,
  report: (message: string, error: unknown) => void,
) =>
  Effect.gen(function* () {
    const options = yield* AgentSettings
    const nats = yield* Nats
    const prices = yield* attempt(() => readPrices(options.pricesFile))
    const context = yield* Effect.context()
    const log = (line: string) => {
      Effect.runForkWith(context)(Effect.logInfo(line))
    }
    const proxy = yield* Effect.acquireRelease(
      attempt(() =>
        ModelProxy.open({
          folder,
          prices,
          anthropic: options.anthropic,
          openai: options.openai,
          log,
        }),
      ),
      (opened) => Effect.promise(() => opened.close()),
    )
    const egress = yield* Effect.acquireRelease(
      Effect.sync(() => new EgressProxy({ folder, hosts: options.egressHosts, log })),
      (opened) => Effect.promise(() => opened.close()),
    )
    let sessions: AgentSessions | null = null
    const kit: AgentKit = {
      runtime,
      folder,
      programs: yield* attempt(() => findPrograms(runtime, agentDrivers)),
      model: proxiedModel(proxy, options, runtime),
      policy: options.policy,
      approvalMillis: options.approvalMillis,
      bounds: yield* AgentTurnBounds,
      workspace: new AgentWorkspace({
        runtime,
        blobs: yield* Blobs,
        egress: egressWay(runtime, egress),
        localRepositories: options.localRepositories,
        report,
      }),
      showState: (sessionId) => {
        Effect.runForkWith(context)(
          publishAgentState(nats, places, sessionId, () => sessions?.get(sessionId)?.state),
        )
      },
      report,
    }
    const opened = yield* Effect.acquireRelease(
      Effect.sync(() => new AgentSessions(kit, panes)),
      (agents) => Effect.promise(() => agents.close()),
    )
    sessions = opened
    return opened
  })

const attempt = <A>(run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (cause) =>
      new NodeAgentUnavailable({ reason: cause instanceof Error ? cause.message : String(cause) }),
  })
