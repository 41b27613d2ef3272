import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { paneChunkLimitBytes, paneHeaders, PaneInput, PaneReply, PaneRequest } from "@maillm/schema/Pane"
import { paneInput, paneOutput, paneSnapshot, paneState } from "@maillm/schema/Subjects"
import { AgentState } from "@maillm/schema/Turn"
import { Nats } from "@maillm/actors/nats/Nats"

type Connection = Nats["Service"]["connection"]
interface OutputMessage {
  readonly data: Uint8Array
  readonly headers?: { readonly get: (name: string) => string }
}

/** What a node agent keeps a pane's output flowing for, and how often that is asked again. */
const watchSeconds = 60
const renewMillis = 20_000
const replyMillis = 5_000

export interface PaneChunk {
  readonly generation: string
  readonly offset: number
  readonly bytes: Uint8Array
}

export interface PaneListener {
  readonly output: (chunk: PaneChunk) => void
  /** What is known of the pane's agent, whenever that changes. */
  readonly state: (agent: AgentState) => void
  /** The pane is another one than the one last seen: made anew, or there at last. */
  readonly changed: () => void
}

/**
 * Live terminal traffic of panes over core NATS. While at least one listener watches a session there is one
 * subscription to its output and one to its agent's state, however many watch.
 */
export class PaneFeeds extends Context.Service<
  PaneFeeds,
  {
    /** Starts listening; the function returned stops it. */
    readonly watch: (sessionId: string, listener: PaneListener) => () => void
    /** The pane's screen as it is now, or why there is none. */
    readonly snapshot: (sessionId: string) => Effect.Effect<PaneReply>
    /** What is known of the agent in a pane that is watched; null while nothing is. */
    readonly agent: (sessionId: string) => AgentState | null
    /** False when there is no connection to send it over; keys are not kept for later. */
    readonly input: (sessionId: string, input: PaneInput) => boolean
    /** Sessions watched now. */
    readonly watched: () => number
  }
>()("@maillm/gateway/live/PaneFeeds") {
  static readonly layer = Layer.effect(
    PaneFeeds,
    Effect.gen(function* () {
      const { connection, connected } = yield* Nats
      const feeds = new Map<string, Feed>()
      const ask = async (sessionId: string, wantScreen: boolean): Promise<PaneReply> => {
        try {
          const reply = await connection.request(
            paneSnapshot(sessionId),
            encodeRequest({ watchSeconds, wantScreen }),
            { timeout: replyMillis },
          )
          return decodeReply(reply.string())
        } catch {
          return noPane
        }
      }
      const renew = setInterval(() => {
        for (const feed of feeds.values()) void ask(feed.sessionId, false).then((reply) => feed.seen(reply))
      }, renewMillis)
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          clearInterval(renew)
          for (const feed of feeds.values()) feed.stop()
          feeds.clear()
        }),
      )
      return {
        watch: (sessionId, listener) => {
          const feed = feeds.get(sessionId) ?? new Feed(sessionId)
          feeds.set(sessionId, feed)
          feed.listeners.add(listener)
          feed.subscribe(connection)
          return () => {
            feed.listeners.delete(listener)
            if (feed.listeners.size > 0 || feeds.get(sessionId) !== feed) return
            feeds.delete(sessionId)
            feed.stop()
          }
        },
        snapshot: (sessionId) =>
          Effect.promise(() => ask(sessionId, true)).pipe(
            Effect.tap((reply) =>
              Effect.sync(() => {
                const feed = feeds.get(sessionId)
                if (feed === undefined) return
                feed.generation = generationOf(reply)
                feed.know(reply)
              }),
            ),
          ),
        agent: (sessionId) => feeds.get(sessionId)?.agent ?? null,
        input: (sessionId, input) => {
          if (!connected()) return false
          connection.publish(paneInput(sessionId), encodeInput(input))
          return true
        },
        watched: () => feeds.size,
      }
    }),
  )
}

const encodeRequest = Schema.encodeSync(Schema.fromJsonString(PaneRequest))
const encodeInput = Schema.encodeSync(Schema.fromJsonString(PaneInput))
const decodeState = Schema.decodeUnknownOption(Schema.fromJsonString(AgentState))
const decodeReply = Schema.decodeUnknownSync(Schema.fromJsonString(PaneReply))

const noPane: PaneReply = {
  _tag: "NoPane",
  reason: "no node has a pane for this session now; its next request makes one",
}

const generationOf = (reply: PaneReply) => (reply._tag === "Snapshot" ? reply.generation : null)

class Feed {
  readonly sessionId: string
  readonly listeners = new Set<PaneListener>()
  subscriptions: ReadonlyArray<ReturnType<Connection["subscribe"]>> = []
  /** What is known of the agent; null while nothing is. */
  agent: AgentState | null = null
  /** Of the pane last seen; null while there was none. */
  generation: string | null = null

  constructor(sessionId: string) {
    this.sessionId = sessionId
  }

  subscribe(connection: Connection) {
    if (this.subscriptions.length > 0) return
    this.subscriptions = [
      connection.subscribe(paneOutput(this.sessionId), {
        callback: (error, message) => {
          if (error === null) this.receive(message)
        },
      }),
      connection.subscribe(paneState(this.sessionId), {
        callback: (error, message) => {
          const state = error === null ? decodeState(message.string()) : null
          if (state?._tag === "Some") this.tell(state.value)
        },
      }),
    ]
  }

  /** The node's replies say the same as its messages do, which may have been missed; or came after the reply was made. */
  know(reply: PaneReply) {
    const agent = reply._tag === "Snapshot" ? reply.agent : undefined
    if (agent !== undefined && agent.seenAtMillis >= (this.agent?.seenAtMillis ?? 0)) this.tell(agent)
  }

  tell(agent: AgentState) {
    const isNew = JSON.stringify(agent) !== JSON.stringify(this.agent)
    this.agent = agent
    if (!isNew) return
    for (const listener of this.listeners) listener.state(agent)
  }

  receive(message: OutputMessage) {
    const generation = message.headers?.get(paneHeaders.generation) ?? ""
    const offset = Number(message.headers?.get(paneHeaders.offset))
    if (generation === "" || !Number.isSafeInteger(offset) || message.data.length > paneChunkLimitBytes)
      return
    for (const listener of this.listeners) listener.output({ generation, offset, bytes: message.data })
  }

  /** The answer to a renewal: listeners are told when it is about another pane. */
  seen(reply: PaneReply) {
    this.know(reply)
    const generation = generationOf(reply)
    if (generation === null || generation === this.generation) return
    this.generation = generation
    for (const listener of this.listeners) listener.changed()
  }

  stop() {
    for (const subscription of this.subscriptions) subscription.unsubscribe()
    this.subscriptions = []
  }
}
