import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { jetstreamManager } from "@nats-io/jetstream"
import { connect } from "@nats-io/transport-node"
import { freePorts } from "./freePorts.ts"
import { startTestNats } from "./TestNatsServer.ts"
import type { TestNats } from "./TestNatsServer.ts"

/** One server of a cluster. It keeps its addresses and its store over `kill` and `start`. */
export interface TestNatsNode {
  /** As JetStream names it, such as the leader of a stream. */
  readonly name: string
  readonly url: string
  /** Ends it with SIGKILL; resolves when its process is gone. */
  kill(): Promise<void>
  /** Starts it again; resolves when it takes connections. */
  start(): Promise<void>
}

/** Three real nats-servers on loopback in one JetStream cluster, for tests only. */
export interface TestNatsCluster {
  /** Addresses of all three, for `Nats.layer`. */
  readonly url: string
  readonly replicas: 3
  readonly nodes: ReadonlyArray<TestNatsNode>
  /** Ends all and removes their stores. */
  stop(): Promise<void>
}

const size = 3
const readyMillis = 30_000

/** Resolves when all three hold streams together, some five seconds; every one syncs always, as in production. */
export const startTestNatsCluster = async (): Promise<TestNatsCluster> => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-cluster-"))
  const ports = await freePorts(2 * size)
  const routes = ports.slice(0, size).map((port) => `"nats://127.0.0.1:${port}"`)
  const nodes = routes.map((_, i) => {
    const name = `n${i + 1}`
    const cluster = `cluster { name: test, listen: "127.0.0.1:${ports[i]}", routes: [${routes.join(", ")}] }`
    return node(name, {
      storeDir: join(folder, name),
      port: ports[size + i] ?? 0,
      config: `server_name: ${name}\n${cluster}`,
    })
  })
  const url = nodes.map((one) => one.url).join(",")
  const stop = async () => {
    await Promise.all(nodes.map((one) => one.kill()))
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
  try {
    await Promise.all(nodes.map((one) => one.start()))
    await holdsStreams(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, replicas: size, nodes, stop }
}

const node = (
  name: string,
  options: { readonly storeDir: string; readonly port: number; readonly config: string },
): TestNatsNode => {
  let running: TestNats | null = null
  return {
    name,
    url: `nats://127.0.0.1:${options.port}`,
    kill: async () => {
      await running?.stop("SIGKILL")
      running = null
    },
    start: async () => {
      running ??= await startTestNats(options)
    },
  }
}

/** A stream with a copy on each server can be made: they have found each other and elected a leader. */
const holdsStreams = async (url: string) => {
  const connection = await connect({ servers: url.split(",") })
  try {
    const deadline = performance.now() + readyMillis
    for (;;) {
      try {
        const jsm = await jetstreamManager(connection, { checkAPI: false, timeout: 2_000 })
        await jsm.streams.add({ name: "READY", subjects: ["ready"], num_replicas: size })
        await jsm.streams.delete("READY")
        return
      } catch (error) {
        if (performance.now() > deadline)
          throw new Error(`no JetStream cluster in ${readyMillis} ms`, { cause: error })
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  } finally {
    await connection.close()
  }
}
