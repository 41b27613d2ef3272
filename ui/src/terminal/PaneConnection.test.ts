import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { LiveSocket } from "../api/Backend.ts"
import { makeMockPane } from "../mock/mockPane.ts"
import type { AgentState } from "@maillm/schema/Turn"
import { connectPane, type PaneStatus } from "./PaneConnection.ts"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A pane behind a link that can be cut, that can lose and repeat, and that answers when told to. */
const makeLink = () => {
  const listeners = new Map<string, Set<(...values: ReadonlyArray<unknown>) => void>>()
  const waiting: Array<() => void> = []
  const asked: Array<{ readonly event: string; readonly payload: unknown }> = []
  let pane = makeMockPane("g1")
  let connected = true
  let hasPane = true
  const emit = (event: string, ...values: ReadonlyArray<unknown>) => {
    for (const listener of listeners.get(event) ?? []) listener(...values)
  }
  const answer = (event: string): unknown => {
    if (event !== "pane:open") return { ok: true, reason: "" }
    return hasPane ? pane.snapshot() : { _tag: "NoPane", reason: "not started" }
  }
  const socket: LiveSocket = {
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    ask: (event, payload) => {
      asked.push({ event, payload })
      if (event !== "pane:open") return Promise.resolve(answer(event))
      // The snapshot is taken when it is asked for and arrives when the test lets it.
      const reply = answer(event)
      return new Promise((resolve) => waiting.push(() => resolve(reply)))
    },
    isConnected: () => connected,
    retryNow: () => undefined,
    close: () => undefined,
  }
  return {
    socket,
    asked,
    emit,
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    letIn: async () => {
      for (const go of waiting.splice(0)) go()
      await vi.advanceTimersByTimeAsync(0)
    },
    say: (text: string, deliver: "once" | "twice" | "never" = "once") => {
      const { at, bytes } = pane.print(text)
      const meta = { sessionId: "s1", generation: pane.generation, offset: at }
      if (deliver !== "never") emit("pane:output", meta, bytes)
      if (deliver === "twice")
        emit("pane:output", meta, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    },
    truth: () => pane.snapshot().screen,
    setAgent: (agent: AgentState) => pane.setAgent(agent),
    newPane: (generation: string) => {
      pane = makeMockPane(generation)
    },
    cut: () => {
      connected = false
      emit("disconnect")
    },
    mend: () => {
      connected = true
      emit("connect")
    },
    setPane: (there: boolean) => {
      hasPane = there
    },
  }
}

const makeScreen = () => {
  let shown = ""
  const statuses: Array<PaneStatus> = []
  const refusals: Array<string> = []
  const agents: Array<AgentState> = []
  const decoder = new TextDecoder()
  return {
    screen: {
      redraw: (_columns: number, _rows: number, screen: string) => {
        shown = screen
      },
      write: (bytes: Uint8Array) => {
        shown += decoder.decode(bytes)
      },
      status: (status: PaneStatus) => {
        statuses.push(status)
      },
      refused: (reason: string) => {
        refusals.push(reason)
      },
      agent: (agent: AgentState) => {
        agents.push(agent)
      },
    },
    agents,
    shown: () => shown,
    status: () => statuses.at(-1)?._tag,
    refusals,
  }
}

const opened = async () => {
  const link = makeLink()
  const view = makeScreen()
  const pane = connectPane(link.socket, "s1", view.screen)
  await link.letIn()
  return { link, view, pane }
}

describe("output", () => {
  it("is the snapshot and what follows", async () => {
    const { link, view } = await opened()
    link.say("one\r\n")
    link.say("two\r\n")
    expect(view.shown()).toBe(link.truth())
    expect(view.status()).toBe("Live")
  })

  it("that came while the snapshot was under way is written once", async () => {
    const link = makeLink()
    const view = makeScreen()
    connectPane(link.socket, "s1", view.screen)
    link.say("early\r\n")
    link.say("again\r\n", "twice")
    expect(view.shown()).toBe("")
    await link.letIn()
    expect(view.shown()).toBe(link.truth())
  })

  it("repeated is not doubled", async () => {
    const { link, view } = await opened()
    link.say("one\r\n", "twice")
    expect(view.shown()).toBe(link.truth())
  })

  it("lost is fetched by a new snapshot", async () => {
    const { link, view } = await opened()
    link.say("lost\r\n", "never")
    link.say("after\r\n")
    await link.letIn()
    expect(view.shown()).toBe(link.truth())
  })

  it("missed while offline is there after the reconnect, nothing twice", async () => {
    const { link, view } = await opened()
    link.say("before\r\n")
    link.cut()
    expect(view.status()).toBe("Offline")
    link.say("meanwhile\r\n", "never")
    link.mend()
    link.say("racing the snapshot\r\n")
    await link.letIn()
    expect(view.shown()).toBe(link.truth())
    expect(view.status()).toBe("Live")
  })

  it("of a new pane starts over", async () => {
    const { link, view } = await opened()
    link.newPane("g2")
    link.say("fresh\r\n")
    await link.letIn()
    expect(view.shown()).toBe(link.truth())
  })

  it("is fetched again when the server says that it dropped some", async () => {
    const { link, view } = await opened()
    link.say("dropped\r\n", "never")
    link.emit("pane:resync", { sessionId: "s1" })
    await link.letIn()
    expect(view.shown()).toBe(link.truth())
  })

  it("of other panes and unreadable messages are left alone", async () => {
    const { link, view } = await opened()
    link.emit("pane:output", { sessionId: "s2", generation: "g1", offset: 0 }, new Uint8Array([120]))
    link.emit("pane:output", { sessionId: "s1" }, "junk")
    link.emit("pane:output", null)
    link.emit("pane:resync", { sessionId: "s2" })
    expect(view.shown()).toBe(link.truth())
    expect(link.asked.filter((item) => item.event === "pane:open")).toHaveLength(1)
  })
})

it("keeps asking, ever more slowly, while there is no pane, and shows it when there is", async () => {
  const link = makeLink()
  link.setPane(false)
  const view = makeScreen()
  connectPane(link.socket, "s1", view.screen)
  for (let turn = 0; turn < 60; turn += 1) {
    await link.letIn()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(view.status()).toBe("NoPane")
  const tries = link.asked.length
  expect(tries).toBeGreaterThan(8)
  expect(tries).toBeLessThan(20)
  link.setPane(true)
  await vi.advanceTimersByTimeAsync(6_000)
  await link.letIn()
  expect(view.shown()).toBe(link.truth())
})

describe("input", () => {
  const typed = (link: ReturnType<typeof makeLink>) =>
    link.asked.filter((item) => item.event === "pane:input").map((item) => item.payload)

  it("goes out in order, a large paste in pieces", async () => {
    const { link, pane } = await opened()
    pane.type("ls")
    pane.type("x".repeat(40_000))
    await vi.advanceTimersByTimeAsync(0)
    const lengths = typed(link).map((item) => JSON.stringify(item).length)
    expect(lengths).toHaveLength(4)
    expect(typed(link)[0]).toEqual({ sessionId: "s1", input: { _tag: "Keys", data: "ls" } })
    expect(Math.max(...lengths)).toBeLessThan(16_500)
  })

  it("is refused in words when offline or far too large, and not kept for later", async () => {
    const { link, view, pane } = await opened()
    pane.type("x".repeat(1_100_000))
    link.cut()
    pane.type("ls\r")
    link.mend()
    await link.letIn()
    expect(view.refusals).toHaveLength(2)
    expect(typed(link)).toEqual([])
  })

  it("says the size", async () => {
    const { link, pane } = await opened()
    pane.resize(120, 40)
    expect(typed(link)).toEqual([{ sessionId: "s1", input: { _tag: "Resize", columns: 120, rows: 40 } }])
  })
})

describe("the agent's state", () => {
  const waiting: AgentState = {
    driver: "claude",
    state: "waiting",
    source: "session file",
    sinceMillis: 1,
    seenAtMillis: 2,
    waitingFor: "",
    conflict: "",
  }

  it("comes with the snapshot and with every change of this pane's", async () => {
    const link = makeLink()
    link.setAgent(waiting)
    const view = makeScreen()
    connectPane(link.socket, "s1", view.screen)
    await link.letIn()
    link.emit("pane:state", { sessionId: "s1", agent: { ...waiting, state: "busy" } })
    link.emit("pane:state", { sessionId: "s2", agent: { ...waiting, state: "ended" } })
    link.emit("pane:state", { sessionId: "s1", agent: { ...waiting, state: "unheard of" } })
    expect(view.agents.map((agent) => agent.state)).toEqual(["waiting", "busy"])
  })

  it("is not known of a shell", async () => {
    const { view } = await opened()
    expect(view.agents).toEqual([])
  })
})

it("closes the pane and stops listening", async () => {
  const { link, view, pane } = await opened()
  const before = view.shown()
  pane.close()
  link.say("after\r\n")
  expect(view.shown()).toBe(before)
  expect(link.listenerCount()).toBe(0)
  expect(link.asked.at(-1)?.event).toBe("pane:close")
})
