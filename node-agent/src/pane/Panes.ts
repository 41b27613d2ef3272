import { randomBytes } from "node:crypto"
import type { SessionId, UserId } from "@maillm/schema/Ids"
import type { DriverName } from "@maillm/schema/Turn"
import type { PanePlace, PaneRuntime } from "../container/PaneRuntime.ts"
import { makePrivateFolder } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { Pane } from "./Pane.ts"
import { longestIdle } from "./longestIdle.ts"
import type { IdlePane } from "./longestIdle.ts"
import type { PanePlaces } from "./PanePlaces.ts"
import { closedBecause, readPaneRecord, writePaneRecord } from "./PaneRecord.ts"
import type { PaneRecord } from "./PaneRecord.ts"
import {
  capturePane,
  defaultSize,
  newPane,
  pasteInput,
  pipePane,
  resizePane,
  typeBytes,
  typedBytesLimit,
} from "./tmuxArguments.ts"
import type { PaneRow } from "./tmuxArguments.ts"
import { TmuxFailed } from "./TmuxServer.ts"
import type { TmuxServer } from "./TmuxServer.ts"

const pollMillis = 1_000
/** How long a sink may take that was told to end. */
const sinkMillis = 2_000
const drainMillis = 5_000
const goneMillis = 500
/** An agent that has just started closes no pane until it has found all that there are, or for this long. */
const findingMillis = 30_000

/** What is known of a pane when an agent finds it again. */
export interface Resume {
  /** Offset of the output from which it is followed. */
  readonly offset: number
  readonly state: "starting" | "idle" | "busy"
  /** Set up before the first byte is read. */
  readonly prepare: (pane: Pane) => void
}

/** The panes of this node: makes them, finds them again, notices their end, types into them. */
export class Panes {
  private readonly live = new Map<string, Pane>()
  private readonly finishing = new WeakMap<Pane, Promise<void>>()
  private readonly closing = new Map<string, Promise<void>>()
  private readonly foundBy = performance.now() + findingMillis
  private timer: NodeJS.Timeout | null = null
  private polling: Promise<void> = Promise.resolve()
  private closed = false

  /** Called with every pane that is made, before anything is typed into it. */
  onNew: (pane: Pane) => void = () => undefined
  /** Whether a turn of the session is accepted or under way: its pane is not closed. */
  hasTurn: (sessionId: string) => boolean = () => true

  readonly places: PanePlaces
  private readonly tmux: TmuxServer
  private readonly folder: NodeFolder
  private readonly runtime: PaneRuntime
  private readonly report: (message: string, error: unknown) => void

  constructor(
    places: PanePlaces,
    tmux: TmuxServer,
    folder: NodeFolder,
    runtime: PaneRuntime,
    report: (message: string, error: unknown) => void,
  ) {
    this.places = places
    this.tmux = tmux
    this.folder = folder
    this.runtime = runtime
    this.report = report
    this.schedule()
  }

  get(sessionId: string): Pane | undefined {
    return this.live.get(sessionId)
  }

  get count() {
    return this.live.size
  }

  /** Whether the session holds a place, once a pane of it that is being closed is gone. */
  async hasPlace(sessionId: string): Promise<boolean> {
    await this.closing.get(sessionId)?.catch(() => undefined)
    return this.places.has(sessionId)
  }

  /**
   * Gives the session a place for its pane, over the limit that of the pane that was idle for the longest; unless
   * every pane is in use, or this agent is still finding those of an earlier one. One call at a time.
   */
  async takePlace(sessionId: string): Promise<"taken" | "full" | "finding"> {
    if (await this.hasPlace(sessionId)) return "taken"
    for (let most = this.places.count; most >= 0 && !this.places.take(sessionId); most--) {
      if (this.live.size < this.places.count && performance.now() < this.foundBy) return "finding"
      const panes = [...this.live.values()].filter((pane) => this.closable(pane))
      const idle = await longestIdle(panes, async (pane) =>
        // An agent that is idle says itself that nothing of its own is in the background.
        pane.record.driver === undefined
          ? this.runtime.hasChildren(pane.record, pane.panePid, pane.shellPid)
          : false,
      )
      if (idle === null) return "full"
      await this.makeRoom(idle)
    }
    return this.places.has(sessionId) ? "taken" : "full"
  }

  /** The session, which holds a place, could not be given a pane: the place is another's. */
  async leavePlace(sessionId: string): Promise<void> {
    const found = this.live.get(sessionId)
    if (!(await this.hasPlace(sessionId)) || (found !== undefined && found.end === null)) return
    this.live.delete(sessionId)
    await this.tmux.kill(sessionId)
    await this.places.release(sessionId)
  }

  /**
   * The session's pane with this driver; a new one when there is none, which `program` says how to start unless it is a
   * shell. The session holds a place. Fails with `RuntimeFailed` or `TmuxFailed`.
   */
  async ensure(
    sessionId: SessionId,
    userId: UserId,
    driver: DriverName = "shell",
    program: ((record: PaneRecord) => Promise<PanePlace>) | null = null,
  ): Promise<Pane> {
    const found = this.live.get(sessionId)
    if (found !== undefined) {
      await this.settled(found)
      // A pane on the host must not live on once containers are chosen, nor the other way round.
      const other = found.record.runtime !== this.runtime.name || (found.record.driver ?? "shell") !== driver
      if (found.end === null && other) await this.killPane(found)
      if (found.end === null) return found
    }
    const record: PaneRecord = {
      v: 1,
      sessionId,
      userId,
      generation: `${Date.now().toString(36)}-${randomBytes(4).toString("hex")}`,
      nonce: randomBytes(16).toString("hex"),
      runtime: this.runtime.name,
      ...(driver === "shell" ? {} : { driver }),
      ended: null,
    }
    const former = (await readPaneRecord(this.folder.paneFile(sessionId)))?.closed
    const notice = former === undefined ? null : `New shell: the former one was ${closedBecause(former)}.`
    await this.places.removeLogs(sessionId)
    await makePrivateFolder(this.folder.log(sessionId, record.generation))
    const place = await (program?.(record) ?? this.runtime.prepare(record, record.nonce, notice))
    await writePaneRecord(this.folder.paneFile(sessionId), record)
    await this.tmux.kill(sessionId)
    await this.tmux.run(
      newPane({
        sessionId,
        generation: record.generation,
        cwd: place.cwd,
        argv: place.argv,
        sink: this.sink(record, 0),
        ...defaultSize,
      }),
    )
    const pane = this.follow(record, await this.tmux.row(record), {
      offset: 0,
      state: "starting",
      prepare: () => undefined,
    })
    this.onNew(pane)
    return pane
  }

  /**
   * The pane that an earlier agent made, or null when there was none (of that generation, if one is named). Its end is
   * noticed even if it came while nobody looked: the log is read to its end first.
   */
  async find(sessionId: string, generation: string | null, resume: Resume): Promise<Pane | null> {
    const record = await readPaneRecord(this.folder.paneFile(sessionId))
    if (record === null || (generation !== null && record.generation !== generation)) return null
    if (!this.places.has(sessionId)) return null
    if (record.closed !== undefined) {
      await this.remove(record, null)
      return null
    }
    const row = (await this.tmux.row(record)) ?? (await this.tmux.row(record))
    const pane = this.follow(record, row, resume)
    // Nobody may be given a pane that is gone already.
    if (row === undefined || row.dead) await this.finish(pane, row)
    return pane
  }

  /** Types bytes as a keyboard would. */
  async type(pane: Pane, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += typedBytesLimit)
      await this.tmux.run(typeBytes(pane.record.sessionId, bytes.subarray(at, at + typedBytesLimit)))
  }

  /** Pastes text, then types `after`. */
  async paste(pane: Pane, text: string, after: string): Promise<void> {
    await this.tmux.run(pasteInput(pane.record.sessionId, Buffer.from(after)), text)
  }

  async resize(pane: Pane, columns: number, rows: number): Promise<void> {
    await this.tmux.run(resizePane(pane.record.sessionId, columns, rows))
    await pane.resized(columns, rows)
  }

  /** What the pane shows, with the last lines above it, as plain text. */
  screen(pane: Pane): Promise<string> {
    return this.tmux.run(capturePane(pane.record.sessionId))
  }

  /** The agent in the pane has started: what was written for that may go. */
  started(pane: Pane): Promise<void> {
    return this.runtime.started(pane.record)
  }

  killForeground(pane: Pane): Promise<void> {
    return this.runtime.killForeground(pane.record, pane.panePid, pane.shellPid)
  }

  /** Ends the pane's process; the pane's end is noticed as any other. */
  async killPane(pane: Pane): Promise<void> {
    await this.tmux.kill(pane.record.sessionId)
    await this.poll()
  }

  /** Stops following. The panes themselves go on. */
  async close(): Promise<void> {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
    await this.polling
    await Promise.all([...this.live.values()].map((pane) => pane.log.close()))
  }

  /** A pane that has ended since the last look is seen to its end; tmux needs a moment to know of one that said it was going. */
  private async settled(pane: Pane) {
    await this.poll()
    for (let i = 0; i < 20 && pane.state === "ended" && pane.end === null; i++) await this.poll()
  }

  /** Looks now whether panes have ended, instead of within a second. */
  poll(): Promise<void> {
    this.polling = this.polling.then(() => this.look()).catch((error: unknown) => this.report("panes", error))
    return this.polling
  }

  private schedule() {
    this.timer = setTimeout(() => {
      void this.poll().then(() => {
        if (!this.closed) this.schedule()
      })
    }, pollMillis)
    this.timer.unref()
  }

  private async look() {
    if (this.closed || this.live.size === 0) return
    // Before tmux is asked: a pane that is made meanwhile is not in the answer, and is not gone.
    const panes = [...this.live.values()]
    const rows = await this.tmux.panes()
    // All at once: a container that was killed takes many panes with it, and each has a turn that waits.
    const looks = panes.map(async (pane) => {
      if (pane.end !== null) return
      const { sessionId, generation } = pane.record
      const row = rows.find((r) => r.sessionId === sessionId && r.generation === generation)
      try {
        if (row === undefined || row.dead) await this.finish(pane, row ?? (await this.tmux.row(pane.record)))
        else if (!row.piped) await this.pipeAgain(pane)
      } catch (error) {
        this.report(`pane of session ${sessionId}`, error)
      }
    })
    await Promise.all(looks)
  }

  private follow(record: PaneRecord, row: PaneRow | undefined, resume: Resume): Pane {
    const pane = new Pane({
      record,
      directory: this.folder.log(record.sessionId, record.generation),
      offset: resume.offset,
      panePid: row?.pid ?? 0,
      columns: row?.columns ?? defaultSize.columns,
      rows: row?.rows ?? defaultSize.rows,
    })
    pane.state = resume.state
    resume.prepare(pane)
    pane.watch((seen) => {
      if (seen === "ended") return
      if (seen.marker._tag === "Exit") void this.poll()
      if (seen.marker._tag === "Idle")
        this.runtime.started(record).catch((error: unknown) => this.report("integration file", error))
    })
    this.live.set(record.sessionId, pane)
    pane.log.start((error) => this.report(`output of session ${record.sessionId}`, error))
    return pane
  }

  /**
   * The pane's process is gone. tmux reports a pane dead only once its pipe is empty, so nothing is lost by removing
   * the pane, which makes the sink finish; but the exit code is, hence it is recorded first.
   */
  private finish(pane: Pane, row: PaneRow | undefined): Promise<void> {
    if ((row !== undefined && !row.dead) || this.live.get(pane.record.sessionId) !== pane)
      return Promise.resolve()
    const found = this.finishing.get(pane)
    if (found !== undefined) return found
    const finishing = this.finishOnce(pane, row).catch((error: unknown) => {
      this.finishing.delete(pane)
      throw error
    })
    this.finishing.set(pane, finishing)
    return finishing
  }

  private async finishOnce(pane: Pane, row: PaneRow | undefined) {
    const { sessionId } = pane.record
    const known = pane.record.ended
    const end =
      known ?? (row === undefined ? { exitCode: null, signal: null } : await this.tmux.exitStatus(row))
    if (known === null) await writePaneRecord(this.folder.paneFile(sessionId), { ...pane.record, ended: end })
    if (row !== undefined) await this.tmux.kill(sessionId)
    // Without a pane nothing more comes: after a power cut its sink has left no word of its end.
    if (!(await pane.log.drained(row === undefined ? goneMillis : drainMillis))) await pane.log.caughtUp()
    await pane.log.close()
    await this.runtime
      .ended(pane.record, pane.shellPid)
      .catch((error: unknown) => this.report("runtime", error))
    const unknown = end.exitCode === null && end.signal === null
    await pane.markEnded(unknown ? { exitCode: pane.exitCode, signal: null } : end)
  }

  /** Nobody uses the pane: its shell is at its prompt or has ended, no turn needs it and nobody watches. */
  private closable(pane: Pane): boolean {
    const { sessionId } = pane.record
    if (this.live.get(sessionId) !== pane || pane.viewer !== null || this.hasTurn(sessionId)) return false
    return pane.end !== null || (pane.state === "idle" && !this.finishing.has(pane))
  }

  /** Closes the pane unless it has come into use meanwhile. From the first moment on nobody is given it any more. */
  private async makeRoom({ pane, idleMillis }: IdlePane): Promise<void> {
    const { sessionId } = pane.record
    if (!this.closable(pane)) return
    this.live.delete(sessionId)
    const closing = this.closePane(pane, Math.round(idleMillis))
    this.closing.set(sessionId, closing)
    try {
      await closing
    } finally {
      this.closing.delete(sessionId)
    }
  }

  private async closePane(pane: Pane, idleMillis: number): Promise<void> {
    const { record, shellPid } = pane
    // The output of a shell that has ended by itself is removed, which is no news to anybody.
    if (pane.end !== null) return this.remove(record, pane)
    const closed = { ...record, closed: { idleMillis, limit: this.places.limit, shellPid } }
    try {
      await writePaneRecord(this.folder.paneFile(record.sessionId), closed)
    } catch (error) {
      this.live.set(record.sessionId, pane)
      throw error
    }
    await this.remove(closed, pane)
  }

  /** Ends the shell, then removes its output, then frees the place. Cut off, it is done again by who finds it. */
  private async remove(record: PaneRecord, pane: Pane | null): Promise<void> {
    const { sessionId } = record
    await this.tmux.kill(sessionId)
    if ((await this.tmux.row(record)) !== undefined) {
      throw new TmuxFailed(`the pane of session ${sessionId} could not be ended`)
    }
    await pane?.log.drained(drainMillis)
    await pane?.log.close()
    const shellPid = record.closed?.shellPid ?? null
    await this.runtime.ended(record, shellPid).catch((error: unknown) => this.report("runtime", error))
    if (pane !== null && pane.end === null) await pane.markEnded({ exitCode: null, signal: null })
    await this.places.release(sessionId)
  }

  /**
   * The sink was killed or its disk was full. What the pane prints in the meantime is lost. A sink that still finishes
   * would take the new one's first segment for its own.
   */
  private async pipeAgain(pane: Pane) {
    await pane.log.drained(sinkMillis)
    await this.tmux.run(pipePane(pane.record.sessionId, this.sink(pane.record, pane.log.offset)))
  }

  private sink(record: PaneRecord, offset: number) {
    return `exec sh sink.sh ${this.folder.relativeLog(record.sessionId, record.generation)} ${offset}`
  }
}
