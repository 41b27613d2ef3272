import { existsSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { freePort } from "../../local/freePort.ts"
import { waitForFact } from "./BenchRun.ts"
import type { BenchRun } from "./BenchRun.ts"
import type { TurnSystem } from "./TurnSystem.ts"

const loopback = "127.0.0.1"
const moduleOf = (name: string) => new URL(name, import.meta.url).href

/** BullMQ on a Redis of its own: a queue, one worker process, a caller that waits for each job's result. */
export const startBullmq = async (
  run: BenchRun,
  peers: string,
  redis: string,
  appendfsync: "always" | "everysec",
): Promise<TurnSystem> => {
  const name = `bullmq-${appendfsync}`
  const port = await freePort(loopback)
  const settings = {
    bind: loopback,
    port: String(port),
    dir: run.dataFolder(name),
    appendonly: "yes",
    appendfsync,
    // No other writing to the disk than the log.
    save: "",
    "auto-aof-rewrite-percentage": "0",
  }
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value])
  const store = run.spawn(`${name} redis`, redis, args)
  await waitForFact(store, "its port", () => accepts(port))
  const worker = await run.node(`${name} worker`, join(peers, "bullmqWorker.mjs"), [
    moduleOf("serveQuestions.ts"),
    String(port),
  ])
  const caller = await run.node(`${name} caller`, join(peers, "bullmqCaller.mjs"), [
    moduleOf("serveLoad.ts"),
    String(port),
  ])
  return { name, caller, store, others: [worker] }
}

/** Restate: the server with its log synced, as is its default, a service process, a caller of its ingress. */
export const startRestate = async (run: BenchRun, peers: string): Promise<TurnSystem> => {
  const name = "restate"
  const [node, ingress, admin] = [
    await freePort(loopback),
    await freePort(loopback),
    await freePort(loopback),
  ]
  const service = await run.node(`${name} service`, join(peers, "restateService.mjs"), [
    moduleOf("serveQuestions.ts"),
  ])
  const store = run.spawn(
    name,
    restateBinary(peers),
    [
      "--no-logo",
      "--listen-mode=tcp",
      `--bind-ip=${loopback}`,
      `--advertised-host=${loopback}`,
      `--bind-port=${node}`,
      "--node-name=bench",
      `--base-dir=${run.dataFolder(name)}`,
      "--log-filter=warn",
    ],
    {
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_DISABLE_TELEMETRY: "true",
      // Cheaper a turn on few cores than its own 24 partitions and a day of finished journals.
      RESTATE_DEFAULT_NUM_PARTITIONS: "4",
      RESTATE_DEFAULT_JOURNAL_RETENTION: "0s",
    },
  )
  await waitForFact(store, "its health", async () => {
    const response = await fetch(`http://${loopback}:${admin}/health`)
    return response.ok
  })
  await register(admin, await portOf(service.ask({ do: "port" })))
  const caller = await run.node(`${name} caller`, "restateCaller.ts", [String(ingress)])
  return { name, caller, store, others: [service] }
}

const register = async (admin: number, service: number) => {
  const response = await fetch(`http://${loopback}:${admin}/deployments`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ uri: `http://${loopback}:${service}` }),
  })
  if (!response.ok) throw new Error(`Restate did not take the service: ${await response.text()}`)
}

const portOf = async (asked: Promise<unknown>): Promise<number> => {
  const answer = await asked
  return typeof answer === "object" && answer !== null && "port" in answer ? Number(answer.port) : 0
}

/** The server itself, of the platform's own package, without the launcher around it. */
const restateBinary = (peers: string) => {
  const path = join(
    peers,
    `node_modules/@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
  )
  if (!existsSync(path)) throw new Error(`Restate has no server for ${process.platform}-${process.arch}`)
  return path
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, loopback)
    const say = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", () => say(true)).once("error", () => say(false))
  })
