import { defaultPolicy } from "@maillm/schema/Policy"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import { AgentSettings } from "@maillm/schema/AgentSettings"
import { Settings } from "@maillm/schema/Settings"
import type { RuntimeName } from "@maillm/schema/Turn"
import { AgentTurnBounds, turnBounds } from "../../src/agent/TurnBounds.ts"
import type { TurnBounds } from "../../src/agent/TurnBounds.ts"
import { NodeAgentLayer } from "../../src/NodeAgentLayer.ts"
import { PaneLimit } from "../../src/pane/PaneLimit.ts"

export const testNodeId = "test-node"

export interface TestAgentOptions {
  readonly dataDir: string
  readonly natsUrl: string
  readonly runtime: RuntimeName | null
  readonly paneLimit: number
  readonly nodeId?: string
  readonly agents?: TestAgents | null
}

/** Where the agents are, and the stand-in for their models; as JSON for a process of its own. */
export interface TestAgents {
  readonly cliFolder: string
  readonly modelUrl: string
  /** The invented one unless given. */
  readonly key?: string
  /** Others than a node has. */
  readonly bounds?: Partial<TurnBounds>
}

/** The invented key that only the proxy may see. */
export const testModelKey = "sk-ant-invented-for-tests"

const provider = ({ key = testModelKey, modelUrl }: TestAgents) => ({
  baseUrl: modelUrl,
  key: Redacted.make(key),
})

const agentOptions = (agents: TestAgents | null) => ({
  defaultDriver: null,
  failover: [],
  policy: defaultPolicy,
  pricesFile: null,
  egressHosts: [],
  localRepositories: true,
  approvalMillis: 3_600_000,
  reminderMillis: 0,
  spendingCapMicroUsd: null,
  anthropic: agents === null ? null : provider(agents),
  openai: agents === null ? null : provider(agents),
  cliFolder: agents?.cliFolder ?? null,
  models: {},
})

/** The agent with everything it needs, as a process would put it together. */
export const testAgentLayer = (options: TestAgentOptions) =>
  NodeAgentLayer.pipe(
    Layer.provide(Layer.succeed(PaneLimit, options.paneLimit)),
    Layer.provide(Layer.succeed(AgentTurnBounds, { ...turnBounds, ...options.agents?.bounds })),
    Layer.provide(Layer.succeed(AgentSettings, agentOptions(options.agents ?? null))),
    Layer.provideMerge(Layer.mergeAll(JetStreamActorClientLayer, ObjectStoreBlobsLayer())),
    Layer.provideMerge(Nats.layer({ servers: options.natsUrl, name: "node-agent-test" })),
    Layer.provide(
      Layer.succeed(Settings, {
        dataDir: options.dataDir,
        bind: "127.0.0.1",
        httpPort: 0,
        smtpPort: 0,
        domain: "maillm.localhost",
        mongodbUrl: null,
        smtpRelay: null,
        runtime: options.runtime,
        secret: Redacted.make("x".repeat(43)),
        publicUrl: null,
        replyDays: 90,
        mailSizeLimitBytes: 1,
        hostId: "test-host",
        nodeId: options.nodeId ?? testNodeId,
        version: "0.0.0-test",
      }),
    ),
  )
