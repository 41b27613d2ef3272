import { once } from "node:events"
import { connect } from "node:net"
import { headers as natsHeaders, connect as natsConnect } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import { io } from "socket.io-client"
import type { ManagerOptions, Socket, SocketOptions } from "socket.io-client"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { UserId } from "@maillm/schema/Ids"
import type { LiveChange } from "@maillm/schema/LiveEvents"
import { paneHeaders } from "@maillm/schema/Pane"
import type { PaneReply } from "@maillm/schema/Pane"
import { liveSubject, paneInput, paneOutput, paneSnapshot } from "@maillm/schema/Subjects"
import { PaneFeeds } from "../src/live/PaneFeeds.ts"
import { SocketCount } from "../src/live/SocketCount.ts"
import { outgoingLimitBytes } from "../src/live/Outgoing.ts"
import {
  approvalRow,
  fold,
  requestRow,
  sessionRow,
  signIn,
  startHttpStack,
  until,
  userRow,
} from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner } from "./testStack.ts"

let stack: StartedHttp
let agent: NatsConnection
const open: Array<Socket> = []

beforeAll(async () => {
  stack = await startHttpStack()
  agent = await natsConnect({ servers: stack.nats.url })
  await fold(stack, {
    users: [userRow()],
    sessions: [
      ...["s1", "s2", "s3", "s4", "s5"].map((id) => sessionRow(id)),
      sessionRow("s-other", { userId: UserId.make("u2") }),
    ],
  })
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
afterAll(async () => {
  await agent.close()
  await stack.stop()
})

const byToken = { auth: { token: owner.token } }

const dial = (options: Partial<ManagerOptions & SocketOptions>, url = stack.url) => {
  const socket = io(url, { transports: ["websocket"], reconnection: false, forceNew: true, ...options })
  open.push(socket)
  return socket
}
const connected = async (options: Partial<ManagerOptions & SocketOptions> = byToken) => {
  const socket = dial(options)
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve)
    socket.once("connect_error", reject)
  })
  return socket
}
const refusal = (options: Partial<ManagerOptions & SocketOptions>) =>
  new Promise<Error>((resolve, reject) => {
    const socket = dial(options)
    socket.once("connect_error", resolve)
    socket.once("connect", () => reject(new Error("it was let in")))
  })
const ask = <A>(socket: Socket, event: string, message: unknown): Promise<A> =>
  socket.timeout(5_000).emitWithAck(event, message) as Promise<A>

/** All that the socket gets of one event, as it comes. */
const collect = <A extends ReadonlyArray<unknown>>(socket: Socket, event: string) => {
  const got: Array<A> = []
  socket.on(event, (...values: Array<unknown>) => got.push(values as unknown as A))
  return got
}
type Output = readonly [{ sessionId: string; generation: string; offset: number }, Uint8Array]

const publishOutput = (sessionId: string, offset: number, bytes: Uint8Array | string, generation = "g1") => {
  const headers = natsHeaders()
  headers.set(paneHeaders.offset, String(offset))
  headers.set(paneHeaders.generation, generation)
  agent.publish(paneOutput(sessionId), bytes, { headers })
}

/** Plays the node agent of one pane: answers snapshots, keeps what was asked. */
const servePane = async (sessionId: string, reply: () => PaneReply | Promise<PaneReply>) => {
  const asked: Array<unknown> = []
  const subscription = agent.subscribe(paneSnapshot(sessionId), {
    callback: (_, message) => {
      asked.push(message.json())
      void (async () => message.respond(JSON.stringify(await reply())))()
    },
  })
  await agent.flush()
  return { asked, stop: () => subscription.unsubscribe() }
}
const snapshot = (offset: number, screen = "", generation = "g1"): PaneReply => ({
  _tag: "Snapshot",
  generation,
  offset,
  columns: 80,
  rows: 24,
  state: "idle",
  screen,
})

describe("one port for Effect and socket.io", () => {
  test.each([
    ["polling", ["polling"]],
    ["websocket", ["websocket"]],
  ])("%s connects", async (name, transports) => {
    const socket = await connected({ ...byToken, transports })
    expect(socket.io.engine.transport.name).toBe(name)
  })

  test("polling is upgraded to a websocket", async () => {
    const socket = await connected({ ...byToken, transports: ["polling", "websocket"] })
    await until("the upgrade", () => socket.io.engine.transport.name === "websocket")
  })

  test("an upgrade of another path is answered by Effect and not left hanging", async () => {
    const raw = connect(stack.port, "127.0.0.1")
    raw.write(
      "GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    )
    const [bytes] = (await once(raw, "data")) as [Buffer]
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 (404|503)/)
    raw.destroy()
    expect((await fetch(`${stack.url}/health`)).status).toBe(200)
  })

  test("the server closes cleanly with sockets of both kinds open", async () => {
    const own = await startHttpStack()
    const sockets = ["websocket", "polling"].map((transport) =>
      dial({ ...byToken, transports: [transport] }, own.url),
    )
    await until("both are connected", () => sockets.every((socket) => socket.connected))
    const before = performance.now()
    await own.runtime.dispose()
    expect(performance.now() - before).toBeLessThan(3_000)
    await until("both know", () => sockets.every((socket) => !socket.connected))
    await expect(fetch(`${own.url}/health`)).rejects.toThrow()
    await own.stop()
  })
})

describe("who is let in", () => {
  test.each([
    ["no credential", {}],
    ["a wrong token", { auth: { token: "wrong" } }],
    ["a token that is no text", { auth: { token: { $ne: "" } } }],
    ["an unknown cookie", { extraHeaders: { cookie: `maillm_session=${"b".repeat(43)}` } }],
  ])("not %s", async (_, options) => {
    expect(await refusal(options)).toMatchObject({ data: { _tag: "NotSignedIn" } })
  })

  test.each(["websocket", "polling"])("not a page of another site, by %s", async (transport) => {
    const cookie = await signIn(stack)
    for (const origin of ["https://evil.example", "null"]) {
      await refusal({ transports: [transport], extraHeaders: { cookie, origin } })
      await refusal({ ...byToken, transports: [transport], extraHeaders: { origin } })
    }
  })

  test("not by a host name that is not ours", async () => {
    await refusal({ ...byToken, extraHeaders: { host: "evil.example" } })
  })

  test("a page of ours with the cookie, until it signs out", async () => {
    const cookie = await signIn(stack)
    const socket = await connected({ extraHeaders: { cookie, origin: stack.url } })
    const stays = await connected()
    const told = collect(socket, "signed-out")
    await fetch(`${stack.url}/api/auth/sign-out`, { method: "POST", headers: { cookie, origin: stack.url } })
    await until("the socket is closed", () => !socket.connected)
    expect(told).toHaveLength(1)
    expect(stays.connected).toBe(true)
    expect(await refusal({ extraHeaders: { cookie, origin: stack.url } })).toMatchObject({
      data: { _tag: "NotSignedIn" },
    })
  })

  test("they are counted while they are connected", async () => {
    const count = () => stack.runtime.runPromise(Effect.map(SocketCount, (sockets) => sockets.now()))
    await until("none is left", async () => (await count()) === 0)
    const socket = await connected()
    expect(await count()).toBe(1)
    socket.disconnect()
    await until("none is left", async () => (await count()) === 0)
  })

  test("a message over 256 KiB closes its socket and harms no other", async () => {
    const [large, other] = [await connected(), await connected()]
    large.emit("pane:input", { sessionId: "s1", input: { _tag: "Keys", data: "x".repeat(300_000) } })
    await until("it is closed", () => !large.connected)
    expect(other.connected).toBe(true)
  })
})

describe("live changes", () => {
  const change = (userId: string, sequence: number): LiveChange => ({
    userId: UserId.make(userId),
    sequence,
    previous: sequence - 1,
    requests: [requestRow("r1")],
    sessions: [],
    messages: [],
    timeline: [],
    approvals: [approvalRow("a1", { expiresAtMillis: 9_000 })],
  })

  test("reach every socket of their user, as they are, and no other user's", async () => {
    const sockets = [await connected(), await connected()]
    const got = sockets.map((socket) => collect<[LiveChange]>(socket, "live"))
    agent.publish(liveSubject("u2"), JSON.stringify(change("u2", 1)))
    agent.publish(liveSubject(owner.userId), "not JSON")
    agent.publish(liveSubject(owner.userId), JSON.stringify(change("u2", 2)))
    agent.publish(liveSubject(owner.userId), JSON.stringify(change(owner.userId, 3)))
    await until("both have it", () => got.every((changes) => changes.length > 0))
    for (const changes of got) expect(changes).toEqual([[change(owner.userId, 3)]])
  })
})

describe("panes", () => {
  test("open gives the snapshot first, then what it does not include, in order", async () => {
    const socket = await connected()
    const order: Array<string> = []
    socket.on("pane:output", (meta: { offset: number }, bytes: Uint8Array) =>
      order.push(`${meta.offset}:${Buffer.from(bytes).toString()}`),
    )
    const pane = await servePane("s1", async () => {
      publishOutput("s1", 0, "old")
      publishOutput("s1", 3, "new")
      await agent.flush()
      return snapshot(3, "old")
    })
    const reply = await ask<PaneReply>(socket, "pane:open", { sessionId: "s1" })
    order.unshift("snapshot")
    expect(reply).toEqual(snapshot(3, "old"))
    publishOutput("s1", 6, Buffer.from([0xff, 0x00, 0x1b]))
    await until("all output is there", () => order.length === 3)
    expect(order).toEqual(["snapshot", "3:new", "6:\ufffd\0\u001b"])
    expect(pane.asked).toEqual([{ watchSeconds: 60, wantScreen: true }])
    pane.stop()
  })

  test("one subscription serves all viewers of a pane, and ends with the last", async () => {
    const pane = await servePane("s2", () => snapshot(0))
    const [first, second] = [await connected(), await connected()]
    await ask(first, "pane:open", { sessionId: "s2" })
    await ask(second, "pane:open", { sessionId: "s2" })
    const [a, b] = [collect<Output>(first, "pane:output"), collect<Output>(second, "pane:output")]
    publishOutput("s2", 0, "x")
    await until("both have it", () => a.length === 1 && b.length === 1)
    expect(await ask(first, "pane:close", { sessionId: "s2" })).toEqual({ ok: true, reason: "" })
    publishOutput("s2", 1, "y")
    await until("the other has it", () => b.length === 2)
    expect(a).toHaveLength(1)
    expect(await watchedPanes()).toBe(1)
    second.disconnect()
    await until("nobody watches", async () => (await watchedPanes()) === 0)
    pane.stop()
  })

  test("are only those of the user's own sessions, and of ids", async () => {
    const pane = await servePane("s-other", () => snapshot(0, "secret"))
    const socket = await connected()
    for (const sessionId of ["s-other", "none", "*", "s1.out.>", ">", "", 5, null]) {
      expect(await ask(socket, "pane:open", { sessionId })).toMatchObject({ _tag: "NoPane" })
    }
    expect(await ask(socket, "pane:open", "s1")).toMatchObject({ _tag: "NoPane" })
    expect(pane.asked).toEqual([])
    expect(await watchedPanes()).toBe(0)
    pane.stop()
  })

  test("without a node that has it there is a reason, and the pane is watched for", async () => {
    const socket = await connected()
    expect(await ask(socket, "pane:open", { sessionId: "s3" })).toMatchObject({
      _tag: "NoPane",
      reason: expect.stringContaining("next request"),
    })
    const output = collect<Output>(socket, "pane:output")
    publishOutput("s3", 0, "born", "g2")
    await until("the new pane's output is there", () => output.length === 1)
    expect(output[0]?.[0]).toEqual({ sessionId: "s3", generation: "g2", offset: 0 })
  })

  test("take keys and sizes of who has them open, within bounds", async () => {
    const pane = await servePane("s4", () => snapshot(0))
    const inputs: Array<unknown> = []
    agent.subscribe(paneInput("*"), { callback: (_, message) => void inputs.push(message.json()) })
    await agent.flush()
    const socket = await connected()
    const keys = { sessionId: "s4", input: { _tag: "Keys", data: "ls\r" } }
    expect(await ask(socket, "pane:input", keys)).toMatchObject({ ok: false })
    await ask(socket, "pane:open", { sessionId: "s4" })
    expect(await ask(socket, "pane:input", keys)).toEqual({ ok: true, reason: "" })
    const size = { _tag: "Resize", columns: 120, rows: 40 }
    expect(await ask(socket, "pane:input", { sessionId: "s4", input: size })).toMatchObject({ ok: true })
    for (const input of [
      { _tag: "Keys", data: "x".repeat(16_385) },
      { _tag: "Keys", data: 5 },
      { _tag: "Resize", columns: 1e9, rows: 40 },
      { _tag: "Resize", columns: 20.5, rows: 40 },
      { _tag: "Shell", data: "rm" },
      null,
    ]) {
      expect(await ask(socket, "pane:input", { sessionId: "s4", input })).toMatchObject({ ok: false })
    }
    await until("the keys arrived", () => inputs.length === 2)
    expect(inputs).toEqual([{ _tag: "Keys", data: "ls\r" }, size])
    pane.stop()
  })

  test("drop keys that come too fast, and say so", async () => {
    const pane = await servePane("s4", () => snapshot(0))
    const socket = await connected()
    await ask(socket, "pane:open", { sessionId: "s4" })
    const keys = { sessionId: "s4", input: { _tag: "Keys", data: "x" } }
    const replies = await Promise.all(
      Array.from({ length: 1_000 }, () => ask<{ ok: boolean }>(socket, "pane:input", keys)),
    )
    expect(replies.filter((reply) => !reply.ok).length).toBeGreaterThan(100)
    expect(replies.filter((reply) => reply.ok).length).toBeGreaterThanOrEqual(400)
    pane.stop()
  })

  test("a viewer that reads too slowly costs bounded memory, and is told to open again", async () => {
    const pane = await servePane("s5", () => snapshot(0))
    const [slow, quick] = [await connected(), await connected()]
    await ask(slow, "pane:open", { sessionId: "s5" })
    await ask(quick, "pane:open", { sessionId: "s5" })
    const resyncs = collect(slow, "pane:resync")
    const [slowly, quickly] = [collect<Output>(slow, "pane:output"), collect<Output>(quick, "pane:output")]
    const stalled = pauseReading(slow)
    const chunk = new Uint8Array(65_536)
    const chunks = 250
    for (let i = 0; i < chunks; i++) {
      publishOutput("s5", i * chunk.length, chunk)
      await agent.flush()
      await until("the quick one keeps up", () => quickly.length === i + 1)
    }
    stalled.resume()
    await until("the slow one is told", () => resyncs.length === 1)
    // What the kernel's buffers and ours held came in order and without a hole; then nothing until it opens again.
    expect(slowly.length * chunk.length).toBeLessThan(chunks * chunk.length - outgoingLimitBytes)
    expect(slowly.map(([meta]) => meta.offset)).toEqual(slowly.map((_, i) => i * chunk.length))
    await ask(slow, "pane:open", { sessionId: "s5" })
    const before = slowly.length
    publishOutput("s5", chunks * chunk.length, "more")
    await until("it is live again", () => slowly.length === before + 1)
    pane.stop()
  })
})

/** Stops the client's TCP socket from being read, as a stalled browser does. */
const pauseReading = (socket: Socket) => {
  const transport = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }
  transport.ws.pause()
  return { resume: () => transport.ws.resume() }
}

const watchedPanes = () => stack.runtime.runPromise(Effect.map(PaneFeeds, (feeds) => feeds.watched()))
