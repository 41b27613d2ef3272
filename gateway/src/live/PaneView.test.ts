import { expect, test } from "vitest"
import * as Effect from "effect/Effect"
import type { PaneReply } from "@maillm/schema/Pane"
import type { AgentState } from "@maillm/schema/Turn"
import type { PaneChunk, PaneFeeds, PaneListener } from "./PaneFeeds.ts"
import { openingLimitBytes, PaneView } from "./PaneView.ts"

const chunk = (offset: number, length: number, generation = "g1"): PaneChunk => ({
  generation,
  offset,
  bytes: new Uint8Array(length),
})
const snapshot = (offset: number): PaneReply => ({
  _tag: "Snapshot",
  generation: "g1",
  offset,
  columns: 80,
  rows: 24,
  state: "idle",
  screen: "",
})

/** A view whose feed and socket are played by hand; `log` is what the socket was sent. */
const makeView = () => {
  const log: Array<string> = []
  const drains: Array<() => void> = []
  const listeners: Array<PaneListener> = []
  const socket = { hasRoom: true }
  const feeds: PaneFeeds["Service"] = {
    watch: (_, listener) => {
      listeners.push(listener)
      return () => listeners.splice(listeners.indexOf(listener), 1)
    },
    snapshot: () => Effect.succeed(snapshot(0)),
    agent: () => null,
    input: () => true,
    watched: () => listeners.length,
  }
  const view = new PaneView(feeds, "s1", {
    output: ({ offset }) => {
      if (socket.hasRoom) log.push(`output ${offset}`)
      return socket.hasRoom
    },
    state: ({ state }) => log.push(`agent ${state}`),
    resync: () => log.push("resync"),
    onceDrained: (callback) => drains.push(callback),
  })
  const drained = () => drains.splice(0).forEach((callback) => callback())
  const receive = (sent: PaneChunk) => listeners.forEach((listener) => listener.output(sent))
  const knows = (agent: AgentState) => listeners.forEach((listener) => listener.state(agent))
  const changed = () => listeners.forEach((listener) => listener.changed())
  return { view, log, socket, drained, receive, knows, changed, listeners }
}

test("holds chunks back until the snapshot is answered, and drops what it includes", () => {
  const { view, log, receive } = makeView()
  receive(chunk(0, 10))
  receive(chunk(10, 10))
  receive(chunk(20, 10))
  expect(log).toEqual([])
  view.answered(snapshot(15))
  receive(chunk(30, 10))
  expect(log).toEqual(["output 10", "output 20", "output 30"])
})

test("a chunk of another pane is passed on, whatever its offset", () => {
  const { view, log, receive } = makeView()
  receive(chunk(0, 10, "g2"))
  view.answered(snapshot(15))
  expect(log).toEqual(["output 0"])
})

test("more than it may hold back makes the viewer open again, once it is answered", () => {
  const { view, log, receive } = makeView()
  for (let offset = 0; offset <= openingLimitBytes; offset += 65_536) receive(chunk(offset, 65_536))
  view.answered(snapshot(0))
  receive(chunk(0, 1))
  expect(log).toEqual(["resync"])
})

test("after a dropped chunk nothing more is sent, and the viewer is told when there is room", () => {
  const { view, log, socket, drained, receive } = makeView()
  view.answered(snapshot(0))
  receive(chunk(0, 1))
  socket.hasRoom = false
  receive(chunk(1, 1))
  socket.hasRoom = true
  receive(chunk(2, 1))
  expect(log).toEqual(["output 0"])
  drained()
  expect(log).toEqual(["output 0", "resync"])
})

test("another pane is told once, also when it comes while a snapshot is made", () => {
  const open = makeView()
  open.view.answered(snapshot(0))
  open.changed()
  open.changed()
  expect(open.log).toEqual(["resync"])
  const opening = makeView()
  opening.changed()
  expect(opening.log).toEqual([])
  opening.view.answered(snapshot(0))
  expect(opening.log).toEqual(["resync"])
})

test("the agent's state is passed on at once, also to a viewer that has to open again, and not after closing", () => {
  const agent: AgentState = {
    driver: "claude",
    state: "busy",
    source: "hook",
    sinceMillis: 1,
    seenAtMillis: 1,
    waitingFor: "",
    conflict: "",
  }
  const { view, log, knows, changed } = makeView()
  knows(agent)
  view.answered(snapshot(0))
  changed()
  knows({ ...agent, state: "idle" })
  expect(log).toEqual(["agent busy", "resync", "agent idle"])
  view.close()
  knows(agent)
  expect(log).toHaveLength(3)
})

test("closing stops listening, and what was under way is not sent", () => {
  const { view, log, receive, listeners } = makeView()
  for (let offset = 0; offset <= openingLimitBytes; offset += 65_536) receive(chunk(offset, 65_536))
  view.close()
  expect(listeners).toHaveLength(0)
  view.answered(snapshot(0))
  expect(log).toEqual([])
})
