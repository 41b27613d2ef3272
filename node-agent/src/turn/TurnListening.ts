import { writeFile } from "node:fs/promises"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { TurnOutcome } from "@maillm/schema/Turn"
import type { Pane, TurnListener } from "../pane/Pane.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { Recording } from "./Recording.ts"
import type { SessionJournal } from "./SessionJournal.ts"
import { TurnOutput } from "./TurnOutput.ts"
import type { TurnRecord } from "./TurnRecord.ts"

/** How a turn ended, and the offset of the pane's output at which its own ends. */
export interface TurnEnd {
  readonly outcome: TurnOutcome
  readonly offset: number
}

export const failed = (reason: string, ran: "no" | "unknown"): TurnOutcome => ({
  _tag: "Failed",
  reason,
  ran,
})

const lost = failed(
  "The turn was run, but its exit code was lost: the recording of its output was interrupted. Look at the session's terminal to see what it did.",
  "unknown",
)
const gone = failed(
  "The terminal in which it ran is gone (the machine was restarted, or tmux was ended), so how far it came is not known. It was not run again.",
  "unknown",
)

/** A turn and the pane that tells it of its begin and end. The journal says `running` before more is read. */
export class TurnListening implements TurnListener {
  readonly turnId: string
  output: TurnOutput | null
  private readonly folder: NodeFolder
  private readonly journal: SessionJournal
  private readonly turn: TurnRecord
  readonly pane: Pane
  private readonly begun = Deferred.makeUnsafe<TurnRecord>()
  private readonly end = Deferred.makeUnsafe<TurnEnd>()
  private exitOffset: number | null = null
  private recording: Recording | null = null

  constructor(
    folder: NodeFolder,
    journal: SessionJournal,
    pane: Pane,
    turn: TurnRecord,
    output: TurnOutput | null,
  ) {
    this.folder = folder
    this.journal = journal
    this.pane = pane
    this.turn = turn
    this.turnId = turn.order.turnId
    this.output = output
    if (output !== null) this.record()
    pane.log.pinnedOffset = output === null ? pane.log.offset : Number.POSITIVE_INFINITY
    pane.listen(this)
    const stop = pane.watch((seen) => {
      if (seen !== "ended") return
      stop()
      this.paneEnded()
    })
    if (pane.end !== null) this.paneEnded()
  }

  /** The record in phase `running`. */
  get whenBegun(): Effect.Effect<TurnRecord> {
    return Deferred.await(this.begun)
  }

  get whenEnded(): Effect.Effect<TurnEnd> {
    return Deferred.await(this.end)
  }

  async started(offset: number): Promise<TurnOutput> {
    const { sessionId, turnId } = this.turn.order
    const output = await TurnOutput.create(this.folder.turnOutput(sessionId, turnId), offset)
    const running = await this.journal.modify(this.turn, (turn) => ({
      ...turn,
      phase: "running",
      generation: this.pane.record.generation,
      offset,
      startedAtMillis: Date.now(),
    }))
    this.pane.log.pinnedOffset = Number.POSITIVE_INFINITY
    this.record()
    Deferred.doneUnsafe(this.begun, Effect.succeed(running))
    return output
  }

  /** From now on what the pane shows is recorded, after what an earlier agent has recorded of this turn. */
  private record() {
    const { sessionId, turnId } = this.turn.order
    this.recording = Recording.start(this.folder.turnRecording(sessionId, turnId), this.pane)
  }

  ended(offset: number, exitCode: number) {
    this.finish({ outcome: { _tag: "Exited", exitCode }, offset })
  }

  exited(offset: number) {
    this.exitOffset = offset
  }

  lost(offset: number) {
    this.finish({ outcome: lost, offset })
  }

  /** Stops listening, makes what was collected durable, and answers where the kept end begins. */
  async close(): Promise<number | null> {
    if (this.pane.turn === this) this.pane.turn = null
    this.pane.log.pinnedOffset = Number.POSITIVE_INFINITY
    await this.recording?.close()
    this.recording = null
    const output = this.output
    if (output === null) return null
    this.output = null
    await output.close()
    const tail = output.tailAfterHead()
    if (tail === null) return null
    const { sessionId, turnId } = this.turn.order
    await writeFile(this.folder.turnTail(sessionId, turnId), tail.bytes, { mode: 0o600 })
    return tail.offset
  }

  private paneEnded() {
    const { end } = this.pane
    const known = end !== null && (end.exitCode !== null || end.signal !== null)
    const outcome: TurnOutcome = known
      ? { _tag: "PaneEnded", exitCode: end.exitCode, signal: end.signal }
      : gone
    this.finish({ outcome, offset: this.exitOffset ?? this.pane.log.offset })
  }

  private finish(end: TurnEnd) {
    Deferred.doneUnsafe(this.end, Effect.succeed(end))
  }
}
