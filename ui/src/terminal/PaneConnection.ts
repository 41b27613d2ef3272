import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { PaneName, PaneOutputMeta, PaneStateMessage, SocketReply } from "@maillm/schema/LiveEvents"
import { type PaneInput, PaneReply } from "@maillm/schema/Pane"
import type { AgentState } from "@maillm/schema/Turn"
import type { LiveSocket } from "../api/Backend.ts"
import { holdPane } from "./holdPane.ts"
import { inputChunks } from "./inputChunks.ts"
import {
  acceptChunk,
  afterSnapshot,
  emptyPaneView,
  emptyPending,
  keepPending,
  type PaneChunk,
  type PendingChunks,
} from "./PaneView.ts"

export type PaneStatus =
  | { readonly _tag: "Opening" }
  | { readonly _tag: "Live"; readonly state: string }
  | { readonly _tag: "NoPane"; readonly reason: string }
  | { readonly _tag: "Offline" }

/** What a terminal does for a pane. */
export interface PaneScreen {
  /** Start over: an empty terminal of this size with this drawn on it. */
  readonly redraw: (columns: number, rows: number, screen: string) => void
  readonly write: (bytes: Uint8Array) => void
  readonly status: (status: PaneStatus) => void
  /** What is known of the agent in the pane; never called for a shell. */
  readonly agent?: (agent: AgentState) => void
  /** Something could not be sent; say so. */
  readonly refused: (reason: string) => void
}

/** Waits between attempts to open a pane that is not there or does not answer. */
const retryMillis = [300, 600, 1_200, 2_500, 5_000] as const
/** Input waiting to be sent, UTF-16 code units; more is refused visibly. */
const inputQueueLimit = 1_048_576
/** Messages of input that may be without their ack; what is typed meanwhile goes along with the next one. */
const inputsInFlight = 8

const decodeReply = Schema.decodeUnknownResult(PaneReply)
const decodeMeta = Schema.decodeUnknownResult(PaneOutputMeta)
const decodeName = Schema.decodeUnknownResult(PaneName)
const decodeState = Schema.decodeUnknownResult(PaneStateMessage)
const decodeSocketReply = Schema.decodeUnknownResult(SocketReply)

/** Binary as socket.io hands it over. */
const bytesOf = (value: unknown): Uint8Array | null => {
  if (value instanceof Uint8Array) return value
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null
}

/** Keeps one terminal true to one pane over one socket: opens, follows, reopens after any hole; sends input. */
export const connectPane = (socket: LiveSocket, sessionId: string, screen: PaneScreen) => {
  let view = emptyPaneView
  let pending: PendingChunks | null = emptyPending
  let attempt = 0
  let run = 0
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting = ""
  let inFlight = 0
  const hold = holdPane(socket, sessionId)

  const retryLater = () => {
    clearTimeout(timer)
    const wait = retryMillis[Math.min(attempt, retryMillis.length - 1)] ?? 5_000
    attempt += 1
    timer = setTimeout(() => void open(), wait)
  }

  const draw = (reply: typeof PaneReply.Type & { readonly _tag: "Snapshot" }) => {
    const result = afterSnapshot(reply.generation, reply.offset, pending ?? emptyPending)
    screen.redraw(reply.columns, reply.rows, reply.screen)
    for (const bytes of result.writes) screen.write(bytes)
    view = result.view
    pending = null
    screen.status({ _tag: "Live", state: reply.state })
    if (reply.agent !== undefined) screen.agent?.(reply.agent)
    if (result.stale) retryLater()
    else attempt = 0
  }

  const open = async () => {
    clearTimeout(timer)
    if (closed) return
    run += 1
    const mine = run
    pending = emptyPending
    if (!socket.isConnected()) {
      screen.status({ _tag: "Offline" })
      return
    }
    screen.status({ _tag: "Opening" })
    let answer: unknown
    try {
      answer = await hold.open()
    } catch {
      if (mine === run && !closed && socket.isConnected()) retryLater()
      return
    }
    if (mine !== run || closed) return
    const reply = decodeReply(answer)
    if (Result.isFailure(reply)) {
      screen.status({ _tag: "NoPane", reason: "The server's answer could not be read. Reload the page." })
      retryLater()
    } else if (reply.success._tag === "NoPane") {
      screen.status({ _tag: "NoPane", reason: reply.success.reason })
      retryLater()
    } else draw(reply.success)
  }

  const onOutput = (metaValue: unknown, bytesValue: unknown) => {
    const meta = decodeMeta(metaValue)
    const bytes = bytesOf(bytesValue)
    if (Result.isFailure(meta) || meta.success.sessionId !== sessionId) return
    if (bytes === null) {
      void open()
      return
    }
    const chunk: PaneChunk = { generation: meta.success.generation, offset: meta.success.offset, bytes }
    if (pending !== null) {
      pending = keepPending(pending, chunk)
      return
    }
    const verdict = acceptChunk(view, chunk)
    if (verdict._tag === "NeedSnapshot") void open()
    if (verdict._tag === "Write") {
      view = verdict.view
      screen.write(verdict.bytes)
    }
  }

  const stops = [
    socket.on("connect", () => {
      attempt = 0
      void open()
    }),
    socket.on("disconnect", () => screen.status({ _tag: "Offline" })),
    socket.on("pane:output", onOutput),
    socket.on("pane:state", (value) => {
      const state = decodeState(value)
      if (Result.isSuccess(state) && state.success.sessionId === sessionId)
        screen.agent?.(state.success.agent)
    }),
    socket.on("pane:resync", (value) => {
      const name = decodeName(value)
      if (Result.isSuccess(name) && name.success.sessionId === sessionId) void open()
    }),
  ]

  const send = async (input: PaneInput) => {
    try {
      const reply = decodeSocketReply(await socket.ask("pane:input", { sessionId, input }))
      if (Result.isSuccess(reply) && !reply.success.ok) screen.refused(reply.success.reason)
    } catch {
      waiting = ""
      if (!closed) screen.refused("The pane may not have taken it: the connection is away.")
    }
  }
  const pump = () => {
    while (waiting !== "" && inFlight < inputsInFlight) {
      const [data] = inputChunks(waiting)
      if (data === undefined) return
      waiting = waiting.slice(data.length)
      inFlight += 1
      void send({ _tag: "Keys", data }).then(() => {
        inFlight -= 1
        pump()
      })
    }
  }

  void open()
  return {
    /** Keys, pasted or composed text, in order. */
    type: (data: string) => {
      if (!socket.isConnected()) {
        screen.refused("Not typed: the connection is away.")
        return
      }
      if (waiting.length + data.length > inputQueueLimit) {
        screen.refused("Not pasted: more than 1 MiB at once. Send it as a file.")
        return
      }
      waiting += data
      pump()
    },
    resize: (columns: number, rows: number) => {
      if (socket.isConnected() && pending === null) void send({ _tag: "Resize", columns, rows })
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      for (const stop of stops) stop()
      hold.release()
    },
  }
}
export type PaneConnection = ReturnType<typeof connectPane>
