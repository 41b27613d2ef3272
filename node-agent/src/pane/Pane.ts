import * as Semaphore from "effect/Semaphore"
import type { AgentState, PaneState } from "@maillm/schema/Turn"
import type { TurnOutput } from "../turn/TurnOutput.ts"
import type { Marker } from "./Marker.ts"
import { MarkerScanner } from "./MarkerScanner.ts"
import { PaneLog } from "./PaneLog.ts"
import type { PaneRecord } from "./PaneRecord.ts"

/** How the pane's process ended, as far as is known. */
export interface PaneEnd {
  readonly exitCode: number | null
  readonly signal: number | null
}

/** A marker and the bytes of output that it took. */
export interface MarkerSeen {
  readonly marker: Marker
  readonly offset: number
  readonly end: number
}

/** Sees every byte of a pane in order, and where some are missing; a live view. */
export interface PaneViewer {
  readonly feed: (offset: number, bytes: Buffer) => void
  readonly gap: () => void
}

/** Records what a pane shows: its output without our markers. The next output waits for it. */
export interface PaneRecorder {
  readonly feed: (bytes: Buffer) => Promise<void>
  /** Some output was lost. */
  readonly gap: () => Promise<void>
  readonly resized: (columns: number, rows: number) => Promise<void>
  /** Stops, with everything on disk. */
  readonly close: () => Promise<void>
}

/** A turn that listens in: it is told its start and its end, and collects what lies between. */
export interface TurnListener {
  readonly turnId: string
  output: TurnOutput | null
  readonly started: (offset: number) => Promise<TurnOutput>
  readonly ended: (offset: number, exitCode: number) => void
  /** The shell is at its prompt again and its word about the end was lost. */
  readonly lost: (offset: number) => void
  /** The shell said that it was ending; what follows is not the turn's output. */
  readonly exited: (offset: number) => void
}

/**
 * One pane, from its first byte to its process' end: follows its log, knows its state by the markers of its shell,
 * and tells who asked. It never writes to the pane.
 */
export class Pane {
  readonly record: PaneRecord
  readonly log: PaneLog
  state: PaneState = "starting"
  /** What is known of the agent in it; null for a shell, whose markers are its state. */
  agent: AgentState | null = null
  /** When a person last typed into it, by the monotonic clock. */
  lastKeysAt = Number.NEGATIVE_INFINITY
  shellPid: number | null = null
  /** Somebody has entered the beginning of a compound command. */
  halfEntered = false
  panePid: number
  columns: number
  rows: number
  /** Set once the process is known to have ended and all its output was read. */
  end: PaneEnd | null = null
  viewer: PaneViewer | null = null
  recorder: PaneRecorder | null = null
  turn: TurnListener | null = null
  /** True once the listening turn was seen to begin; false again when another turn listens. */
  turnBegun = false
  /** Held by who types: a turn's text and a viewer's keys must not mix. */
  readonly typing = Semaphore.makeUnsafe(1)
  /** Of the last `exit` marker: the shell said that it was going. */
  exitCode: number | null = null

  private readonly scanner: MarkerScanner
  private readonly watchers = new Set<(seen: MarkerSeen | "ended") => void>()

  constructor(options: {
    readonly record: PaneRecord
    readonly directory: string
    readonly offset: number
    readonly panePid: number
    readonly columns: number
    readonly rows: number
  }) {
    this.record = options.record
    this.panePid = options.panePid
    this.columns = options.columns
    this.rows = options.rows
    this.scanner = new MarkerScanner(options.record.nonce, options.offset)
    this.log = new PaneLog(options.directory, options.offset, {
      data: (offset, bytes) => this.data(offset, bytes),
      gap: (_, to) => this.gap(to, true),
    })
  }

  /** Calls `watcher` for every marker to come, and for the pane's end; answers how to stop that. */
  watch(watcher: (seen: MarkerSeen | "ended") => void): () => void {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  /** From now on `turn` is told its begin and end; `output` is what it printed so far, if it has begun. */
  listen(turn: TurnListener) {
    this.turn = turn
    this.turnBegun = turn.output !== null
  }

  /** Its window has another size now. */
  async resized(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
    await this.recorder?.resized(columns, rows)
  }

  /** The pane's process has ended and its output was read to the end. */
  async markEnded(end: PaneEnd) {
    await this.gap(this.log.offset, false)
    this.end = end
    this.state = "ended"
    for (const watcher of this.watchers) watcher("ended")
  }

  private async data(offset: number, bytes: Buffer) {
    for (const piece of this.scanner.push(bytes)) {
      if (piece._tag === "Bytes") await this.plain(piece.offset, piece.bytes)
      else await this.marker(piece)
    }
    this.viewer?.feed(offset, bytes)
  }

  private async gap(to: number, lost: boolean) {
    for (const piece of this.scanner.skipTo(to)) {
      if (piece._tag === "Bytes") await this.plain(piece.offset, piece.bytes)
    }
    if (this.end !== null) return
    this.viewer?.gap()
    if (lost) await this.recorder?.gap()
  }

  private async plain(offset: number, bytes: Buffer) {
    await this.turn?.output?.append(offset, bytes)
    await this.recorder?.feed(bytes)
  }

  private async marker(seen: MarkerSeen) {
    const { marker } = seen
    if (marker._tag === "Idle") {
      this.state = "idle"
      this.shellPid = marker.pid
      this.halfEntered = false
    } else if (marker._tag === "More") this.halfEntered = true
    else if (marker._tag === "Busy") this.state = "busy"
    else if (marker._tag === "Exit") {
      this.state = "ended"
      this.exitCode = marker.exitCode
    }
    const turn = this.turn
    if (turn !== null) {
      if (marker._tag === "Start" && marker.turnId === turn.turnId && turn.output === null) {
        this.state = "busy"
        this.turnBegun = true
        turn.output = await turn.started(seen.end)
      } else if (marker._tag === "End" && marker.turnId === turn.turnId) {
        this.turn = null
        turn.ended(seen.offset, marker.exitCode)
      } else if (marker._tag === "Exit" && marker.turnId === turn.turnId) {
        this.turn = null
        turn.exited(seen.offset)
      } else if (marker._tag === "Idle" && turn.output !== null) {
        this.turn = null
        turn.lost(seen.offset)
      }
    }
    for (const watcher of this.watchers) watcher(seen)
  }
}
