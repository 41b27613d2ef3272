import type { NatsConnection } from "@nats-io/transport-node"
import type { Pane } from "../pane/Pane.ts"
import { LiveView } from "./LiveView.ts"
import type { SessionPlaces } from "../order/SessionPlaces.ts"
import { OutputPublisher } from "./OutputPublisher.ts"

interface Watched {
  readonly view: LiveView
  untilMillis: number
}

/** The views of the panes that somebody watches now; one for each session. */
export class LiveViews {
  private readonly watched = new Map<string, Watched>()
  private readonly connection: NatsConnection
  private readonly places: SessionPlaces

  constructor(connection: NatsConnection, places: SessionPlaces) {
    this.connection = connection
    this.places = places
  }

  /** Sessions that somebody watches. */
  get sessions(): ReadonlyArray<string> {
    return [...this.watched.keys()]
  }

  /** The view of a pane, kept until `untilMillis` at least. */
  watch(pane: Pane, untilMillis: number): LiveView {
    const { sessionId, generation } = pane.record
    const found = this.watched.get(sessionId)
    if (found?.view.pane === pane) {
      found.untilMillis = Math.max(found.untilMillis, untilMillis)
      return found.view
    }
    found?.view.close()
    const publisher = new OutputPublisher(this.connection, sessionId, generation, () =>
      this.places.isHere(sessionId),
    )
    const view = new LiveView(pane, publisher)
    this.watched.set(sessionId, { view, untilMillis: Math.max(found?.untilMillis ?? 0, untilMillis) })
    return view
  }

  /** A session has a new pane: who watched the old one sees the new one from its first byte. */
  replaced(pane: Pane) {
    if (this.watched.has(pane.record.sessionId)) this.watch(pane, 0)
  }

  resize(pane: Pane) {
    const found = this.watched.get(pane.record.sessionId)
    if (found?.view.pane === pane) found.view.resize(pane.columns, pane.rows)
  }

  /** The session is on another node, which shows it. */
  drop(sessionId: string) {
    this.watched.get(sessionId)?.view.close()
    this.watched.delete(sessionId)
  }

  /** Closes what nobody watches any more. */
  sweep(nowMillis: number) {
    for (const [sessionId, { view, untilMillis }] of this.watched) {
      if (untilMillis > nowMillis) continue
      view.close()
      this.watched.delete(sessionId)
    }
  }
}
