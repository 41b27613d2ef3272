import { type ChildProcess, execFile, fork } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { connect, headers } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { PaneInput, PaneRequest } from "@maillm/schema/Pane"
import { PaneReply } from "@maillm/schema/Pane"
import { SessionCommandEnvelope } from "@maillm/schema/Record"
import { commandSubject, nodeSubject, paneInput, paneSnapshot } from "@maillm/schema/Subjects"
import type { DriverName, RuntimeName, StartTurn, TurnResult } from "@maillm/schema/Turn"
import { NodeAgent } from "../../src/NodeAgentLayer.ts"
import { endIfThere } from "./endIfThere.ts"
import { testAgentLayer, testNodeId } from "./runAgent.ts"
import type { TestAgents } from "./runAgent.ts"

type Envelope = typeof SessionCommandEnvelope.Type
const decodeEnvelope = Schema.decodeUnknownSync(Schema.fromJsonString(SessionCommandEnvelope))
const decodeReply = Schema.decodeUnknownSync(Schema.fromJsonString(PaneReply))

export interface Order {
  readonly sessionId: string
  readonly turnId: string
  readonly text?: string
  readonly epoch?: number
  readonly userId?: string
  readonly orderId?: string
  readonly interrupt?: boolean
  readonly driver?: DriverName
  /** More of `StartTurn`. */
  readonly more?: Partial<StartTurn>
}

/** An answer to an approval, as the session actor orders it. */
export interface Resolution {
  readonly sessionId: string
  readonly turnId: string
  readonly approvalId: string
  readonly decision: "allow" | "deny"
  readonly note?: string
  readonly userId?: string
}

/** A node for tests: real NATS, real tmux, an agent in this process or in one of its own. */
export class TestNode {
  readonly dataDir: string
  readonly nats: TestNats
  readonly nodeId: string
  /** For agents started from now on. */
  paneLimit = 200
  agents: TestAgents | null = null
  readonly connection: NatsConnection
  /** Commands that session actors would get, in the order in which they were stored. */
  readonly commands: Array<Envelope & { readonly sessionId: string }> = []
  private agent: { readonly dispose: () => Promise<void> } | null = null
  private child: ChildProcess | null = null
  private changed = Promise.withResolvers<void>()

  private constructor(dataDir: string, nats: TestNats, connection: NatsConnection, nodeId: string) {
    this.dataDir = dataDir
    this.nodeId = nodeId
    this.nats = nats
    this.connection = connection
    // Commands go by plain publishes in atomic batches: a core subscription sees each one as it is stored.
    connection.subscribe("cmd.*.session.*", {
      callback: (_, message) => {
        const sessionId = message.subject.split(".")[3] ?? ""
        this.commands.push({ ...decodeEnvelope(message.string()), sessionId })
        this.changed.resolve()
        this.changed = Promise.withResolvers()
      },
    })
  }

  static async start(prefix = "maillm-node-"): Promise<TestNode> {
    const dataDir = await mkdtemp(join(tmpdir(), prefix))
    const nats = await startTestNats()
    return new TestNode(dataDir, nats, await connect({ servers: nats.url }), testNodeId)
  }

  /** Another node at the same NATS, to be stopped before this one. */
  async another(nodeId: string): Promise<TestNode> {
    const dataDir = await mkdtemp(join(tmpdir(), "maillm-node-"))
    const nats = { ...this.nats, stop: () => Promise.resolve() }
    return new TestNode(dataDir, nats, await connect({ servers: nats.url }), nodeId)
  }

  async startAgent(runtime: RuntimeName | null = "host") {
    const agent = ManagedRuntime.make(
      testAgentLayer({
        dataDir: this.dataDir,
        natsUrl: this.nats.url,
        runtime,
        paneLimit: this.paneLimit,
        nodeId: this.nodeId,
        agents: this.agents,
      }),
    )
    this.agent = agent
    const service = await agent.runPromise(NodeAgent)
    return agent.runPromise(service.info)
  }

  async stopAgent() {
    await this.agent?.dispose()
    this.agent = null
  }

  /** An agent as a process of its own; the one that runs, if one does. */
  async forkAgent(): Promise<void> {
    if (this.child !== null) return
    const child = fork(
      join(import.meta.dirname, "agentProcess.ts"),
      [this.dataDir, this.nats.url, String(this.paneLimit), this.nodeId, JSON.stringify(this.agents)],
      {
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      },
    )
    this.child = child
    await once(child, "message")
  }

  /** SIGSTOP: as a machine that was suspended, until `resumeAgent`. */
  pauseAgent() {
    this.child?.kill("SIGSTOP")
  }

  resumeAgent() {
    this.child?.kill("SIGCONT")
  }

  async killAgent() {
    const child = this.child
    this.child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, "exit")
    child.kill("SIGKILL")
    await gone
  }

  /** Stores an order as a session actor's host would. */
  async order(order: Order): Promise<void> {
    const common = {
      orderId: order.orderId ?? `${order.turnId}-order${order.interrupt === true ? "-interrupt" : ""}`,
      epoch: order.epoch ?? 1,
      userId: order.userId ?? "user1",
      sessionId: order.sessionId,
      turnId: order.turnId,
    }
    const item = {
      v: 1,
      effectId: common.orderId,
      order:
        order.interrupt === true
          ? { _tag: "InterruptTurn", ...common }
          : {
              _tag: "StartTurn",
              ...common,
              requestId: `r-${order.turnId}`,
              driver: order.driver ?? "shell",
              text: order.text ?? "",
              attachments: [],
              ...order.more,
            },
    }
    await this.publishRaw(nodeSubject(this.nodeId, "turn"), JSON.stringify(item))
  }

  async resolve(answer: Resolution): Promise<void> {
    const orderId = `${answer.approvalId}-${answer.decision}`
    const order = {
      _tag: "ResolveApproval",
      orderId,
      epoch: 1,
      userId: answer.userId ?? "user1",
      sessionId: answer.sessionId,
      turnId: answer.turnId,
      approvalId: answer.approvalId,
      decision: answer.decision,
      by: "ada@example.org",
      via: "email",
      note: answer.note ?? "",
    }
    await this.publishRaw(
      nodeSubject(this.nodeId, "turn"),
      JSON.stringify({ v: 1, effectId: orderId, order }),
    )
  }

  async publishRaw(subject: string, data: string) {
    const reply = await this.connection.request(subject, data, { timeout: 5_000, headers: headers() })
    const answer = JSON.parse(reply.string()) as { error?: { description: string } }
    if (answer.error !== undefined) throw new Error(answer.error.description)
  }

  /** The turn's result, once it is told. */
  async ended(turnId: string, withinMillis = 50_000): Promise<TurnResult> {
    const found = await this.until(`end of ${turnId}`, withinMillis, () =>
      this.commands.find(({ command }) => command._tag === "TurnEnded" && command.turnId === turnId),
    )
    if (found.command._tag !== "TurnEnded") throw new Error("unreachable")
    return found.command.result
  }

  async taken(turnId: string, withinMillis = 40_000): Promise<void> {
    await this.until(`begin of ${turnId}`, withinMillis, () =>
      this.commands.find(({ command }) => command._tag === "TurnTaken" && command.turnId === turnId),
    )
  }

  async run(sessionId: string, turnId: string, text: string, withinMillis = 40_000): Promise<TurnResult> {
    await this.order({ sessionId, turnId, text })
    return this.ended(turnId, withinMillis)
  }

  /** Waits for a fact that commands bring about. */
  async until<A>(what: string, withinMillis: number, find: () => A | undefined): Promise<A> {
    const deadline = performance.now() + withinMillis
    while (true) {
      const found = find()
      if (found !== undefined) return found
      const left = deadline - performance.now()
      if (left <= 0) {
        const seen = this.commands.map(
          ({ commandId, command }) => `${commandId} ${JSON.stringify(command).slice(0, 300)}`,
        )
        throw new Error(`${what} was not told in ${withinMillis} ms; told so far:\n${seen.join("\n")}`)
      }
      await Promise.race([
        this.changed.promise,
        new Promise((resolve) => setTimeout(resolve, Math.min(left, 250))),
      ])
    }
  }

  async snapshot(sessionId: string, request: PaneRequest): Promise<PaneReply> {
    const reply = await this.connection.request(paneSnapshot(sessionId), JSON.stringify(request), {
      timeout: 5_000,
    })
    return decodeReply(reply.string())
  }

  async shot(sessionId: string, watchSeconds = 30) {
    const reply = await this.snapshot(sessionId, { watchSeconds, wantScreen: true })
    if (reply._tag !== "Snapshot") throw new Error(reply.reason)
    return reply
  }

  input(sessionId: string, input: PaneInput) {
    this.connection.publish(paneInput(sessionId), JSON.stringify(input))
  }

  /** Commands stored for a session, as the stream has them: what a test of "exactly once" counts. */
  async storedCommands(sessionId: string): Promise<Array<Envelope>> {
    const found: Array<Envelope> = []
    for (let sequence = 1; ;) {
      const reply = await this.connection.request(
        "$JS.API.STREAM.MSG.GET.CMD",
        JSON.stringify({ seq: sequence, next_by_subj: commandSubject("session", sessionId) }),
      )
      const { message } = JSON.parse(reply.string()) as { message?: { seq: number; data: string } }
      if (message === undefined) return found
      found.push(decodeEnvelope(Buffer.from(message.data, "base64").toString()))
      sequence = message.seq + 1
    }
  }

  /** The node's own tmux server, asked directly. */
  async tmux(...argv: ReadonlyArray<string>): Promise<string> {
    const folder = join(this.dataDir, "node/tmux")
    const recorded = await readFile(join(folder, "socket"), "utf8").catch(() => folder)
    const { stdout } = await promisify(execFile)("tmux", ["-S", join(recorded, "t.sock"), ...argv])
    return stdout
  }

  async stop() {
    await this.stopAgent()
    await this.killAgent()
    const panes = await this.tmux("list-panes", "-a", "-F", "#{pane_pid}").catch(() => "")
    // Agents take seconds to go by themselves.
    for (const pid of panes.split("\n").filter((word) => word !== "")) endIfThere(Number(pid))
    await this.tmux("kill-server").catch(() => undefined)
    await untilNoneRuns(this.dataDir)
    await this.connection.close()
    await this.nats.stop()
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/**
 * Ends what the agents have left behind, such as hooks that wait and commands in the background. Returns when nothing runs
 * in the node's folder any more: it would bring back what is being removed.
 */
const untilNoneRuns = async (dataDir: string): Promise<void> => {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline) {
    const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name))
    const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => "")))
    const left = pids.filter((_, i) => places[i]?.startsWith(`${dataDir}/`))
    if (left.length === 0) return
    for (const pid of left) endIfThere(Number(pid))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
