import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { LiveChange } from "@maillm/schema/LiveEvents"
import type { AgentState } from "@maillm/schema/Turn"
import { createSignal } from "solid-js"
import { createStore, reconcile, unwrap } from "solid-js/store"
import type { LiveSocket } from "../api/Backend.ts"
import { applyChange, forgetSequence } from "./applyChange.ts"
import { type ConsoleState, emptyConsoleState, type Rows } from "./ConsoleState.ts"
import { mergeRows } from "./mergeRows.ts"

export type Connection = "connecting" | "live" | "offline"

/** How far back a list has been fetched: rows older than `floor` may be missing unless it is complete. */
export interface ListWindow {
  readonly floor: number
  readonly complete: boolean
}
const windowLimit = 50

/** Events after which the account's row is another. */
const accountEvents: ReadonlySet<string> = new Set(["AddressUnreachable", "AddressRetried"])

const decodeChange = Schema.decodeUnknownResult(LiveChange)

/**
 * The console's one store. Rows come in by `hold` (API answers) and by live changes; `staleness` rises whenever
 * what is held may have fallen behind (connected again, a gap, a change that cannot be read): views fetch again.
 */
export const createConsoleStore = () => {
  const [state, setState] = createStore<ConsoleState>(structuredClone(emptyConsoleState))
  const [connection, setConnection] = createSignal<Connection>("connecting")
  const [reconnects, setReconnects] = createSignal(0)

  const fold = (next: (held: ConsoleState) => ConsoleState) => {
    setState(reconcile(next(unwrap(state)), { key: null, merge: true }))
  }
  const hold = (rows: Rows) => fold((held) => mergeRows(held, rows))
  const staleness = () => state.gaps + reconnects()

  /**
   * `doubt` is called when the server refuses the connection: perhaps the credential has ended; `accountChanged` when what
   * stands in the account's own row has changed, which live changes do not bring.
   */
  const follow = (
    socket: LiveSocket,
    { accountChanged, doubt, onSignedOut }: Record<"accountChanged" | "doubt" | "onSignedOut", () => void>,
  ) => {
    socket.on("connect", () => {
      fold(forgetSequence)
      setConnection("live")
      setReconnects((count) => count + 1)
    })
    socket.on("disconnect", () => setConnection("offline"))
    socket.on("connect_error", () => {
      setConnection("offline")
      doubt()
    })
    socket.on("live:resync", () => setReconnects((count) => count + 1))
    socket.on("signed-out", onSignedOut)
    socket.on("live", (payload) => {
      const change = decodeChange(payload)
      if (Result.isFailure(change)) {
        setReconnects((count) => count + 1)
        return
      }
      fold((held) => applyChange(held, change.success))
      if (change.success.timeline.some(({ type }) => accountEvents.has(type))) accountChanged()
    })
  }

  /** Agents as their panes last told; a pane tells only while it is open here. */
  const [agents, setAgents] = createStore<Record<string, AgentState>>({})
  const holdAgent = (sessionId: string, agent: AgentState) => {
    const before = agents[sessionId]
    if (before === undefined || agent.seenAtMillis >= before.seenAtMillis) setAgents(sessionId, agent)
  }

  /** Where each list left off, so that going back to it shows it at once. */
  const windows = new Map<string, ListWindow>()
  const keepWindow = (name: string, window: ListWindow) => {
    windows.delete(name)
    windows.set(name, window)
    const oldest = windows.keys().next()
    if (windows.size > windowLimit && oldest.done === false) windows.delete(oldest.value)
  }

  return {
    state,
    hold,
    agent: (sessionId: string): AgentState | undefined => agents[sessionId],
    holdAgent,
    connection,
    setConnection,
    staleness,
    follow,
    window: (name: string) => windows.get(name),
    keepWindow,
  }
}
export type ConsoleStore = ReturnType<typeof createConsoleStore>
