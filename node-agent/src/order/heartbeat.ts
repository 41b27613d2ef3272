import { availableParallelism, freemem, hostname, loadavg, totalmem } from "node:os"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Nats } from "@maillm/actors/nats/Nats"
import type { NodeId } from "@maillm/schema/Ids"
import { NodeInfo } from "@maillm/schema/Turn"
import type { AgentInfo, RuntimeName } from "@maillm/schema/Turn"

/** A node that has not been heard of for three of these is taken for dead by who reads NODES. */
export const beatEvery = "3 seconds"

export interface NodeFacts {
  readonly nodeId: NodeId
  readonly runtime: RuntimeName
  readonly runtimeReason: string
  readonly version: string
  readonly startedAtMillis: number
  readonly paneCount: () => number
  readonly turnsRunning: () => number
  /** The agents that this node knows of. */
  readonly agents: () => ReadonlyArray<AgentInfo>
}

const encode = Schema.encodeSync(Schema.fromJsonString(NodeInfo))

/** What this node says of itself now. */
export const nodeInfo = (facts: NodeFacts): Effect.Effect<NodeInfo> =>
  Effect.map(Clock.currentTimeMillis, (beatAtMillis) => ({
    nodeId: facts.nodeId,
    hostname: hostname().slice(0, 255),
    runtime: facts.runtime,
    runtimeReason: facts.runtimeReason.slice(0, 500),
    drivers: ["shell", ...usable(facts.agents())],
    agents: facts.agents(),
    version: facts.version.slice(0, 64),
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    memoryFreeBytes: freemem(),
    loadAverage: loadavg()[0] ?? 0,
    paneCount: facts.paneCount(),
    turnsRunning: facts.turnsRunning(),
    startedAtMillis: facts.startedAtMillis,
    beatAtMillis,
  }))

const usable = (agents: ReadonlyArray<AgentInfo>) =>
  agents.flatMap(({ driver, problem }) => (problem === "" ? [driver] : []))

/** Writes it into NODES, again and again; a beat that fails is left out. */
export const beat = (facts: NodeFacts): Effect.Effect<never, never, Nats> =>
  Effect.gen(function* () {
    const nats = yield* Nats
    const info = yield* nodeInfo(facts)
    yield* Effect.tryPromise(() => nats.bucket("NODES").put(facts.nodeId, encode(info))).pipe(
      Effect.timeout(beatEvery),
      Effect.catch((error) => Effect.logWarning("heartbeat was not stored", error)),
    )
    yield* Effect.sleep(beatEvery)
  }).pipe(Effect.forever)
