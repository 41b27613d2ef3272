import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Socket } from "socket.io"
import { PaneInputMessage, PaneName } from "@maillm/schema/LiveEvents"
import type { PaneStateMessage, SocketReply } from "@maillm/schema/LiveEvents"
import type { SessionId } from "@maillm/schema/Ids"
import type { PaneReply } from "@maillm/schema/Pane"
import type { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import type { Identity } from "../identity/Authenticator.ts"
import { Outgoing } from "./Outgoing.ts"
import type { PaneChunk, PaneFeeds } from "./PaneFeeds.ts"
import { PaneView } from "./PaneView.ts"
import { TokenBucket } from "./TokenBucket.ts"

/** About what a state takes; its texts are bounded. */
const stateBytes = 1_024

/** Panes one socket may have open. */
const paneLimit = 16

export interface ConsoleSocketParts {
  readonly feeds: PaneFeeds["Service"]
  readonly readModel: ReadModel["Service"]
  readonly run: <A>(effect: Effect.Effect<A>) => Promise<A>
}

const decodeName = Schema.decodeUnknownOption(PaneName)
const decodeInput = Schema.decodeUnknownOption(PaneInputMessage)

const okReply: SocketReply = { ok: true, reason: "" }
const refused = (reason: string): SocketReply => ({ ok: false, reason })

/** One signed-in socket: its panes, its bounds, and whose it is. */
export class ConsoleSocket {
  readonly identity: Identity
  readonly #socket: Socket
  readonly #parts: ConsoleSocketParts
  readonly #outgoing: Outgoing
  readonly #panes = new Map<string, PaneView>()
  readonly #opens = new TokenBucket(5, 20)
  readonly #inputs = new TokenBucket(200, 400)
  #expiresAtMillis: number
  #liveLost = false
  /** Panes whose agent's state waits for room. */
  readonly #lateStates = new Set<string>()

  constructor(socket: Socket, identity: Identity, parts: ConsoleSocketParts) {
    this.identity = identity
    this.#socket = socket
    this.#parts = parts
    this.#outgoing = new Outgoing(socket.conn)
    this.#expiresAtMillis = identity.cookie?.expiresAtMillis ?? Infinity
    socket.on("pane:open", (message: unknown, ack: unknown) => void this.#open(message, answering(ack)))
    socket.on("pane:close", (message: unknown, ack: unknown) => this.#close(message, answering(ack)))
    socket.on("pane:input", (message: unknown, ack: unknown) => this.#input(message, answering(ack)))
    socket.once("disconnect", () => {
      for (const pane of this.#panes.values()) pane.close()
      this.#panes.clear()
    })
  }

  /** Sends a change; one that does not fit is dropped, and the client told to fetch once there is room. */
  live(change: unknown, bytes: number): void {
    if (this.#liveLost || this.#outgoing.send(bytes, () => this.#socket.emit("live", change))) return
    this.#liveLost = true
    this.#outgoing.onceDrained(() => {
      this.#liveLost = false
      this.#socket.emit("live:resync")
    })
  }

  renewed(expiresAtMillis: number): void {
    this.#expiresAtMillis = expiresAtMillis
  }

  signOut(): void {
    this.#socket.emit("signed-out")
    this.#socket.disconnect(true)
  }

  /** Checked on every event: a credential may end while its socket is open. */
  #signedIn(): boolean {
    if (Date.now() < this.#expiresAtMillis) return true
    this.signOut()
    return false
  }

  async #open(message: unknown, answer: (reply: PaneReply) => void): Promise<void> {
    if (!this.#signedIn()) return
    const name = decodeName(message)
    if (name._tag === "None") return answer(noPane("sessionId is missing or not an id"))
    const { sessionId } = name.value
    if (!this.#opens.take()) return answer(noPane("panes are opened too fast; try again in a second"))
    if (!(await this.#owns(sessionId))) return answer(noPane(`there is no session ${sessionId}`))
    if (this.#socket.disconnected) return
    this.#panes.get(sessionId)?.close()
    this.#panes.delete(sessionId)
    if (this.#panes.size >= paneLimit) {
      return answer(noPane(`${paneLimit} panes are open on this connection; close one`))
    }
    const view = new PaneView(this.#parts.feeds, sessionId, {
      output: (chunk) => this.#sendChunk(sessionId, chunk),
      state: () => this.#sendState(sessionId),
      resync: () => this.#socket.emit("pane:resync", { sessionId }),
      onceDrained: (callback) => this.#outgoing.onceDrained(callback),
    })
    this.#panes.set(sessionId, view)
    const reply = await this.#parts.run(this.#parts.feeds.snapshot(sessionId))
    answer(reply)
    view.answered(reply)
    this.#sendState(sessionId)
  }

  #close(message: unknown, answer: (reply: SocketReply) => void): void {
    const name = decodeName(message)
    if (name._tag === "None") return answer(refused("sessionId is missing or not an id"))
    this.#panes.get(name.value.sessionId)?.close()
    this.#panes.delete(name.value.sessionId)
    answer(okReply)
  }

  #input(message: unknown, answer: (reply: SocketReply) => void): void {
    if (!this.#signedIn()) return
    const decoded = decodeInput(message)
    if (decoded._tag === "None") {
      return answer(refused("not keys (at most 16,384 characters) and not a size (20–400 × 5–200)"))
    }
    const { sessionId, input } = decoded.value
    if (!this.#panes.has(sessionId)) return answer(refused("open the pane first"))
    if (!this.#inputs.take()) return answer(refused("too much input at once; these keys were dropped"))
    answer(
      this.#parts.feeds.input(sessionId, input)
        ? okReply
        : refused("not connected to NATS now; these keys were dropped"),
    )
  }

  #owns(sessionId: string): Promise<boolean> {
    return this.#parts.run(
      this.#parts.readModel.session(sessionId).pipe(
        Effect.map((row) => row?.userId === this.identity.userId),
        Effect.orElseSucceed(() => false),
      ),
    )
  }

  /** The newest state of a pane's agent; one that does not fit is sent, as it is then, once there is room. */
  #sendState(sessionId: SessionId): void {
    const agent = this.#panes.has(sessionId) ? this.#parts.feeds.agent(sessionId) : null
    if (agent === null) return
    const message: PaneStateMessage = { sessionId, agent }
    if (this.#outgoing.send(stateBytes, () => this.#socket.emit("pane:state", message))) return
    if (this.#lateStates.has(sessionId)) return
    this.#lateStates.add(sessionId)
    this.#outgoing.onceDrained(() => {
      this.#lateStates.delete(sessionId)
      this.#sendState(sessionId)
    })
  }

  #sendChunk(sessionId: string, { generation, offset, bytes }: PaneChunk): boolean {
    return this.#outgoing.send(bytes.length, () =>
      this.#socket.emit("pane:output", { sessionId, generation, offset }, bytes),
    )
  }
}

const noPane = (reason: string): PaneReply => ({ _tag: "NoPane", reason })

/** The client's ack, when it sent one. */
const answering =
  (ack: unknown) =>
  (reply: PaneReply | SocketReply): void => {
    if (typeof ack === "function") ack(reply)
  }
