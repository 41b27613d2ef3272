import type { PaneReply } from "@maillm/schema/Pane"
import type { AgentState } from "@maillm/schema/Turn"
import type { PaneChunk, PaneFeeds } from "./PaneFeeds.ts"

/** Output that may come while a snapshot is being made; more than that and the viewer opens again. */
export const openingLimitBytes = 512 * 1024

export interface PaneSink {
  /** False when the socket has no room: the chunk is dropped. */
  readonly output: (chunk: PaneChunk) => boolean
  readonly state: (agent: AgentState) => void
  readonly resync: () => void
  readonly onceDrained: (callback: () => void) => void
}

/**
 * One socket's view of one pane. Chunks are held back until the snapshot is answered, so the viewer gets the
 * snapshot first and then everything after it; once a chunk is lost nothing more is sent until it opens again.
 */
export class PaneView {
  readonly #sink: PaneSink
  readonly #stop: () => void
  #state: "opening" | "open" | "lost" | "closed" = "opening"
  #held: Array<PaneChunk> = []
  #heldBytes = 0

  constructor(feeds: PaneFeeds["Service"], sessionId: string, sink: PaneSink) {
    this.#sink = sink
    this.#stop = feeds.watch(sessionId, {
      output: (chunk) => this.#receive(chunk),
      state: (agent) => {
        if (this.#state !== "closed") this.#sink.state(agent)
      },
      changed: () => this.#changed(),
    })
  }

  /** The snapshot has been answered: what it does not include follows. */
  answered(reply: PaneReply): void {
    const held = this.#held
    this.#held = []
    if (this.#state === "closed") return
    if (this.#state === "lost") return this.#sink.resync()
    this.#state = "open"
    for (const chunk of held) {
      const included =
        reply._tag === "Snapshot" &&
        chunk.generation === reply.generation &&
        chunk.offset + chunk.bytes.length <= reply.offset
      if (!included) this.#receive(chunk)
    }
  }

  close(): void {
    this.#state = "closed"
    this.#stop()
    this.#held = []
  }

  #receive(chunk: PaneChunk): void {
    if (this.#state === "lost" || this.#state === "closed") return
    if (this.#state === "open") {
      if (!this.#sink.output(chunk)) this.#lose()
      return
    }
    this.#heldBytes += chunk.bytes.length
    if (this.#heldBytes > openingLimitBytes) {
      this.#state = "lost"
      this.#held = []
    } else {
      this.#held.push(chunk)
    }
  }

  /** A chunk did not fit: once there is room again the viewer is told to start over. */
  #lose(): void {
    this.#state = "lost"
    this.#sink.onceDrained(() => {
      if (this.#state === "lost") this.#sink.resync()
    })
  }

  /** Another pane: while a snapshot is being made, its answer tells. */
  #changed(): void {
    if (this.#state === "closed") return
    const tell = this.#state === "open"
    this.#state = "lost"
    if (tell) this.#sink.resync()
  }
}
