import type { NatsConnection } from "@nats-io/transport-node"
import type { Pane } from "../pane/Pane.ts"
import { LiveView } from "./LiveView.ts"
import { OutputPublisher } from "./OutputPublisher.ts"

interface Watched {
  view: LiveView
  untilMillis: number
}

/** The views of the panes that somebody watches now; one for each session. */
export class LiveViews {
  private readonly watched = new Map<string, Watched>()
  private readonly opening = new Map<string, Promise<LiveView>>()
  private readonly connection: NatsConnection

  constructor(connection: NatsConnection) {
    this.connection = connection
  }

  /** The view of a pane, kept until `untilMillis` at least. */
  async watch(pane: Pane, untilMillis: number): Promise<LiveView> {
    const { sessionId } = pane.record
    const found = this.watched.get(sessionId)
    if (found !== undefined) found.untilMillis = Math.max(found.untilMillis, untilMillis)
    // One after another: a view that is replaced while another is being opened would never be closed.
    const before = this.opening.get(sessionId)
    const opening = (before ?? Promise.resolve()).then(() => this.open(pane, untilMillis))
    this.opening.set(sessionId, opening)
    try {
      return await opening
    } finally {
      if (this.opening.get(sessionId) === opening) this.opening.delete(sessionId)
    }
  }

  /** A session has a new pane: who watched the old one sees the new one from its first byte. */
  async replaced(pane: Pane): Promise<void> {
    const found = this.watched.get(pane.record.sessionId)
    if (found !== undefined) await this.watch(pane, found.untilMillis)
  }

  resize(pane: Pane) {
    const found = this.watched.get(pane.record.sessionId)
    if (found?.view.pane === pane) found.view.screen.resize(pane.columns, pane.rows)
  }

  /** Closes what nobody watches any more. */
  sweep(nowMillis: number) {
    for (const [sessionId, { view, untilMillis }] of this.watched) {
      if (untilMillis > nowMillis) continue
      view.close()
      this.watched.delete(sessionId)
    }
  }

  private async open(pane: Pane, untilMillis: number): Promise<LiveView> {
    const { sessionId, generation } = pane.record
    const found = this.watched.get(sessionId)
    if (found?.view.pane === pane) return found.view
    found?.view.close()
    const view = await LiveView.open(pane, new OutputPublisher(this.connection, sessionId, generation))
    this.watched.set(sessionId, { view, untilMillis })
    return view
  }
}
