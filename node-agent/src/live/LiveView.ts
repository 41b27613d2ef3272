import type { Pane, PaneViewer } from "../pane/Pane.ts"
import { keptBytes } from "../pane/PaneLog.ts"
import type { OutputPublisher } from "./OutputPublisher.ts"
import { Screen } from "./Screen.ts"

/** Bytes that may wait to be drawn. A flood is faster than the terminal: beyond this it is drawn anew when asked for. */
const waitingLimitBytes = 1_048_576

/** A screen, and how many bytes of output it shows. */
export interface Shot {
  readonly offset: number
  readonly screen: string
}

/**
 * A pane while somebody watches it: its bytes on their way to the viewers, and its screen for those that come late.
 * Neither makes the pane wait.
 */
export class LiveView implements PaneViewer {
  readonly pane: Pane
  private readonly publisher: OutputPublisher
  private screen: Screen
  /** The screen lacks something; it is made anew from the log for the next shot. */
  private stale = true
  private waitingBytes = 0
  /** Offset of the first byte that is not given to the screen. */
  private given = 0
  /** What comes while the past is being drawn. */
  private held: Array<{ readonly offset: number; readonly bytes: Buffer }> | null = null

  constructor(pane: Pane, publisher: OutputPublisher) {
    this.pane = pane
    this.publisher = publisher
    this.screen = new Screen(pane.columns, pane.rows)
    pane.viewer = this
  }

  feed(offset: number, bytes: Buffer) {
    this.publisher.offer(offset, bytes)
    if (this.stale) return
    this.waitingBytes += bytes.length
    if (this.waitingBytes > waitingLimitBytes) this.stale = true
    else if (this.held !== null) this.held.push({ offset, bytes })
    else this.draw(offset, bytes)
  }

  gap() {
    this.publisher.flush()
    this.stale = true
  }

  resize(columns: number, rows: number) {
    this.screen.resize(columns, rows)
  }

  /** The screen as it is once everything given to it so far is drawn. One at a time. */
  async shot(): Promise<Shot> {
    if (this.stale) await this.redraw()
    return new Promise((resolve) => {
      const offset = this.given
      this.screen.write(Buffer.alloc(0), () => resolve({ offset, screen: this.screen.serialize() }))
    })
  }

  close() {
    if (this.pane.viewer === this) this.pane.viewer = null
    this.publisher.flush()
    this.screen.dispose()
  }

  /** Draws the last bytes of the pane's log on an empty screen, then what has come meanwhile. */
  private async redraw() {
    this.screen.dispose()
    const screen = new Screen(this.pane.columns, this.pane.rows)
    this.screen = screen
    this.waitingBytes = 0
    this.stale = false
    this.held = []
    const tail = await this.pane.log.tail(keptBytes)
    this.given = tail.offset
    const held = this.held
    this.held = null
    this.waitingBytes += tail.bytes.length
    this.draw(tail.offset, tail.bytes)
    for (const { offset, bytes } of held) this.draw(offset, bytes)
  }

  private draw(offset: number, bytes: Buffer) {
    const fresh = bytes.subarray(Math.max(0, this.given - offset))
    this.given = Math.max(this.given, offset + bytes.length)
    const screen = this.screen
    screen.write(fresh, () => {
      if (this.screen === screen) this.waitingBytes -= bytes.length
    })
  }
}
