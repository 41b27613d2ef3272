import { connect as natsConnect } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import { io } from "socket.io-client"
import type { Socket } from "socket.io-client"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { PaneReply } from "@maillm/schema/Pane"
import { paneSnapshot, paneState } from "@maillm/schema/Subjects"
import type { AgentState } from "@maillm/schema/Turn"
import { fold, sessionRow, startHttpStack, until, userRow } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner } from "./testStack.ts"

let stack: StartedHttp
let agent: NatsConnection
const open: Array<Socket> = []

beforeAll(async () => {
  stack = await startHttpStack()
  agent = await natsConnect({ servers: stack.nats.url })
  await fold(stack, { users: [userRow()], sessions: [sessionRow("s6")] })
})
afterAll(async () => {
  for (const socket of open) socket.disconnect()
  await agent.close()
  await stack.stop()
})

const connected = async () => {
  const socket = io(stack.url, {
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    auth: { token: owner.token },
  })
  open.push(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve)
    socket.once("connect_error", reject)
  })
  return socket
}
const ask = (socket: Socket, event: string, message: unknown) =>
  socket.timeout(5_000).emitWithAck(event, message) as Promise<unknown>
const collect = (socket: Socket, event: string) => {
  const got: Array<ReadonlyArray<unknown>> = []
  socket.on(event, (...values: Array<unknown>) => got.push(values))
  return got
}
/** Plays the node agent of one pane. */
const servePane = async (sessionId: string, state: AgentState) => {
  const reply: PaneReply = {
    _tag: "Snapshot",
    generation: "g1",
    offset: 0,
    columns: 80,
    rows: 24,
    state: state.state,
    screen: "",
    agent: state,
  }
  const subscription = agent.subscribe(paneSnapshot(sessionId), {
    callback: (_, message) => void message.respond(JSON.stringify(reply)),
  })
  await agent.flush()
  return { stop: () => subscription.unsubscribe() }
}

test("panes tell the agent's state to who has them open: with the snapshot, and when it changes", async () => {
  const agentState = (state: AgentState["state"], seenAtMillis: number): AgentState => ({
    driver: "claude",
    state,
    source: "session file",
    sinceMillis: 1_000,
    seenAtMillis,
    waitingFor: state === "waiting" ? "your answer" : "",
    conflict: "",
  })
  const publish = (state: unknown) => agent.publish(paneState("s6"), JSON.stringify(state))
  const pane = await servePane("s6", agentState("busy", 1_000))
  const [viewer, bystander] = [await connected(), await connected()]
  const [seen, unseen] = [collect(viewer, "pane:state"), collect(bystander, "pane:state")]
  await ask(viewer, "pane:open", { sessionId: "s6" })
  await until("the snapshot's state", () => seen.length > 0)
  publish("not a state")
  publish({ ...agentState("busy", 1_000), state: "dancing" })
  publish(agentState("waiting", 2_000))
  publish(agentState("waiting", 2_000))
  publish(agentState("idle", 3_000))
  await until("the last one", () =>
    seen.some(([message]) => (message as { agent: AgentState }).agent.state === "idle"),
  )
  const states = seen.map(([message]) => (message as { agent: AgentState }).agent.state)
  expect(states.filter((state, i) => state !== states[i - 1])).toEqual(["busy", "waiting", "idle"])
  expect(seen.at(-1)).toEqual([{ sessionId: "s6", agent: agentState("idle", 3_000) }])
  expect(unseen).toEqual([])
  await ask(viewer, "pane:close", { sessionId: "s6" })
  const before = seen.length
  publish(agentState("busy", 4_000))
  await agent.flush()
  await ask(viewer, "pane:close", { sessionId: "s6" })
  expect(seen).toHaveLength(before)
  pane.stop()
})
