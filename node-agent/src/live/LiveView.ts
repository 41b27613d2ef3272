import { keptBytes } from "../pane/PaneLog.ts"
import type { Pane, PaneViewer } from "../pane/Pane.ts"
import type { OutputPublisher } from "./OutputPublisher.ts"
import { Screen } from "./Screen.ts"

/** A pane while somebody watches it: its screen, and its bytes on their way to the viewers. */
export class LiveView implements PaneViewer {
  readonly screen: Screen
  readonly pane: Pane
  private readonly publisher: OutputPublisher
  /** Offset up to which the screen has everything. */
  private drawn = 0
  /** Resolves once the past is drawn; the pane's log waits for it. */
  private readonly ready = Promise.withResolvers<void>()

  private constructor(pane: Pane, publisher: OutputPublisher) {
    this.pane = pane
    this.publisher = publisher
    this.screen = new Screen(pane.columns, pane.rows)
  }

  /** Draws the screen from the last bytes of the pane's log, then follows the pane. */
  static async open(pane: Pane, publisher: OutputPublisher): Promise<LiveView> {
    const view = new LiveView(pane, publisher)
    pane.viewer = view
    try {
      const tail = await pane.log.tail(keptBytes)
      view.drawn = tail.offset
      await view.draw(tail.offset, tail.bytes)
      return view
    } finally {
      view.ready.resolve()
    }
  }

  get offset() {
    return this.drawn
  }

  async feed(offset: number, bytes: Buffer): Promise<void> {
    this.publisher.offer(offset, bytes)
    await this.ready.promise
    await this.draw(offset, bytes)
  }

  gap(to: number) {
    this.publisher.flush()
    this.screen.reset()
    this.drawn = to
  }

  close() {
    if (this.pane.viewer === this) this.pane.viewer = null
    this.publisher.flush()
    this.screen.dispose()
  }

  private async draw(offset: number, bytes: Buffer) {
    const fresh = bytes.subarray(Math.max(0, this.drawn - offset))
    if (fresh.length === 0) return
    // Only now: a snapshot taken while the terminal still parses must not claim these bytes.
    await this.screen.write(fresh)
    this.drawn = offset + bytes.length
  }
}
