import { SessionId, TurnId } from "@maillm/schema/Ids"
import type { LiveChange } from "@maillm/schema/LiveEvents"
import type { ApprovalDecision, ApprovalVia } from "@maillm/schema/Approval"
import type { ApprovalRow, RequestRow, SessionRow, TimelineRow } from "@maillm/schema/ReadModel"
import type { AgentState, DriverName, Repository } from "@maillm/schema/Turn"
import type { LiveSocket } from "../api/Backend.ts"
import { mockAgent, mockScreen } from "./agentWorld.ts"
import { makeMockApprovals } from "./mockApprovals.ts"
import { makeMockPane, type MockPane } from "./mockPane.ts"
import { type Sample, samples } from "./samples.ts"
import { ended, newRequest, step, user, type World } from "./world.ts"

const tickMillis = 2_500

declare global {
  interface Window {
    /** Handles for tests and for playing with the mock from the browser's console. */
    maillmMock?: {
      readonly tick: () => void
      /** Drops the next live change on the way, as a lossy link would. */
      readonly loseNext: () => void
      readonly goOffline: () => void
      readonly comeBack: () => void
      /** Drops this many bytes of the pane's output on the way. */
      readonly printToPane: (sessionId: string, text: string, lose: boolean) => void
      readonly openPanes: () => ReadonlyArray<string>
      readonly inputsOf: (sessionId: string) => ReadonlyArray<string>
      /** Asks a question of a request; gives its id. */
      readonly ask: (
        requestId: string,
        command: string,
        className: string,
        forMillis: number,
      ) => string | null
      /** Answers a question as if by another channel; `tell` says whether the console hears of it. */
      readonly answerElsewhere: (
        id: string,
        decision: ApprovalDecision,
        via: ApprovalVia,
        tell: boolean,
      ) => void
      readonly setAgent: (sessionId: string, agent: AgentState) => void
    }
  }
}

/** The moving part of the mock: one request at a time is run, each step is a live change, panes print. */
export const makeLiveWorld = (world: World, ticking: boolean) => {
  const listeners = new Map<string, Set<(...values: ReadonlyArray<unknown>) => void>>()
  const panes = new Map<string, MockPane>()
  const open = new Set<string>()
  let connected = false
  let offline = false
  let lost = false
  let sent = 0
  let number = 41
  let tick = 0
  let running: { readonly row: RequestRow; readonly sample: Sample } | null = null

  const emit = (event: string, ...values: ReadonlyArray<unknown>) => {
    for (const listener of listeners.get(event) ?? []) listener(...values)
  }
  const change = (rows: {
    readonly request?: RequestRow
    readonly session?: SessionRow
    readonly approval?: ApprovalRow
    readonly steps: ReadonlyArray<TimelineRow>
  }) => {
    const made: LiveChange = {
      userId: user,
      sequence: world.sequence,
      previous: sent,
      requests: rows.request === undefined ? [] : [rows.request],
      sessions: rows.session === undefined ? [] : [rows.session],
      messages: [],
      timeline: rows.steps,
      approvals: rows.approval === undefined ? [] : [rows.approval],
    }
    sent = world.sequence
    if (lost || !connected) lost = false
    else emit("live", JSON.parse(JSON.stringify(made)))
  }
  const approvals = makeMockApprovals(world, change)
  const settle = (
    row: RequestRow,
    state: SessionRow["state"],
    source: string,
    steps: ReadonlyArray<TimelineRow>,
  ) => {
    world.requests.set(row.id, row)
    const of = world.sessions.get(row.sessionId)
    const now = Date.now()
    const next: SessionRow = {
      ...of,
      id: row.sessionId,
      userId: user,
      title: of?.title ?? row.title,
      driver: of?.driver ?? row.driver ?? "shell",
      runtime: of?.runtime ?? "docker",
      nodeId: of?.nodeId ?? row.nodeId,
      createdAtMillis: of?.createdAtMillis ?? now,
      state,
      stateAtMillis: now,
      stateSource: source,
      requestCount: (of?.requestCount ?? 0) + (source === "RequestQueued" ? 1 : 0),
      lastRequestId: row.id,
      updatedAtMillis: now,
    }
    world.sessions.set(next.id, next)
    change({ request: row, session: next, steps })
  }
  const queue = (sample: Sample, sessionId: SessionId | null): RequestRow => {
    const now = Date.now()
    const made = newRequest(world, sample, number, now)
    number += 1
    const row = sessionId === null ? made : { ...made, sessionId }
    const steps = [
      step(world, row, now, "RequestQueued", "Queued"),
      step(world, row, now + 18, "TurnOrdered", "Ordered on node-atlas"),
    ]
    settle(row, "queued", "RequestQueued", steps)
    return row
  }
  const print = (sessionId: string, text: string, lose = false) => {
    const pane = panes.get(sessionId)
    if (pane === undefined) return
    const { at, bytes } = pane.print(text)
    if (open.has(sessionId) && connected && !lose) {
      emit("pane:output", { sessionId, generation: pane.generation, offset: at }, bytes)
    }
  }
  const advance = () => {
    tick += 1
    const now = Date.now()
    for (const sessionId of open) print(sessionId, panes.get(sessionId)?.nextLine(tick) ?? "")
    const current = running
    const queued = [...world.requests.values()].findLast((row) => row.state === "queued")
    if (current === null && queued !== undefined) {
      const sample = samples.find((item) => item.title === queued.title) ?? samples[1]
      if (sample === undefined) return
      const row: RequestRow = {
        ...queued,
        state: "running",
        startedAtMillis: now,
        updatedAtMillis: now,
        turnId: TurnId.make(`t-${queued.id}`),
      }
      running = { row, sample }
      settle(row, "running", "TurnTaken", [step(world, row, now, "TurnTaken", "The shell took it (docker)")])
    } else if (current !== null && tick % 4 === 0) {
      const row = ended(
        current.row,
        { ...current.sample, tookMillis: now - (current.row.startedAtMillis ?? now) },
        now,
      )
      running = null
      settle(row, "idle", "TurnEnded", [
        step(world, row, now, "TurnEnded", row.outcome),
        step(world, row, now + 9, "RequestEnded", `The request is ${row.state}`),
      ])
    } else if (current === null) {
      const sample = samples[number % samples.length]
      if (sample !== undefined) queue(sample, null)
    }
  }
  const setConnected = (next: boolean) => {
    connected = next
    emit(next ? "connect" : "disconnect")
  }

  if (ticking) {
    setInterval(advance, tickMillis)
    advance()
    advance()
  }
  window.maillmMock = {
    tick: advance,
    loseNext: () => {
      lost = true
    },
    goOffline: () => {
      offline = true
      setConnected(false)
    },
    comeBack: () => {
      offline = false
      setConnected(true)
    },
    printToPane: print,
    openPanes: () => [...open],
    inputsOf: (sessionId) => panes.get(sessionId)?.inputs ?? [],
    ask: approvals.ask,
    answerElsewhere: (id, decision, via, tell) => {
      lost = !tell
      approvals.decide(id, decision, via, "")
    },
    setAgent: (sessionId, agent) => {
      panes.get(sessionId)?.setAgent(agent)
      if (open.has(sessionId) && connected) emit("pane:state", { sessionId, agent })
    },
  }

  const reply = (event: string, payload: unknown): unknown => {
    const sessionId =
      typeof payload === "object" && payload !== null && "sessionId" in payload
        ? String(payload.sessionId)
        : ""
    if (event === "pane:close") open.delete(sessionId)
    if (event === "pane:open") {
      if (world.sessions.get(sessionId)?.nodeId === null) {
        return { _tag: "NoPane", reason: "The session has not run anything yet, so it has no pane." }
      }
      const done = [...world.requests.values()]
        .filter((row) => row.sessionId === sessionId && row.endedAtMillis !== null)
        .toSorted((one, other) => one.createdAtMillis - other.createdAtMillis)
      const agent = { screen: mockScreen(sessionId), agent: mockAgent(sessionId, Date.now()) }
      const pane = panes.get(sessionId) ?? makeMockPane(`g-${sessionId}`, done, agent)
      panes.set(sessionId, pane)
      open.add(sessionId)
      return pane.snapshot()
    }
    if (event === "pane:input" && typeof payload === "object" && payload !== null && "input" in payload) {
      const input: unknown = payload.input
      const pane = panes.get(sessionId)
      if (typeof input === "object" && input !== null && "data" in input && pane !== undefined) {
        print(sessionId, pane.answer(String(input.data)))
      }
      if (typeof input === "object" && input !== null && "columns" in input && "rows" in input) {
        pane?.resize(Number(input.columns), Number(input.rows))
      }
    }
    return { ok: true, reason: "" }
  }

  return {
    isOffline: () => offline,
    approvals,
    create: (
      text: string,
      sessionId: string | null,
      wish: { readonly driver?: DriverName; readonly repository?: Repository } = {},
    ) => {
      const title = text.trim().split("\n", 1)[0]?.slice(0, 80) ?? ""
      const base = samples[1]
      if (base === undefined) throw new Error("no samples")
      const row = queue(
        { ...base, title, text, channel: "console" },
        sessionId === null ? null : SessionId.make(sessionId),
      )
      if (wish.driver !== undefined) world.requests.set(row.id, { ...row, driver: wish.driver })
      return row
    },
    cancel: (id: string) => {
      const row = world.requests.get(id)
      if (row === undefined) return
      const now = Date.now()
      if (running?.row.id === id) running = null
      const next: RequestRow = {
        ...row,
        state: "cancelled",
        outcome: "Cancelled by ada@example.org",
        endedAtMillis: now,
        updatedAtMillis: now,
      }
      settle(next, "idle", "RequestEnded", [
        step(world, next, now, "RequestEnded", "Cancelled by ada@example.org"),
      ])
    },
    connect: (): LiveSocket => {
      setTimeout(() => setConnected(true), 20)
      return {
        on: (event, listener) => {
          const set = listeners.get(event) ?? new Set()
          listeners.set(event, set)
          set.add(listener)
          return () => set.delete(listener)
        },
        ask: async (event, payload) => {
          await new Promise((resolve) => setTimeout(resolve, 15))
          if (!connected) throw new Error("offline")
          return reply(event, payload)
        },
        isConnected: () => connected,
        retryNow: () => {
          if (!offline) setConnected(true)
        },
        close: () => listeners.clear(),
      }
    },
  }
}
