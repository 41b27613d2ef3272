import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import * as Semaphore from "effect/Semaphore"
import { makePrivateFolder } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { closedBecause, readPaneRecord } from "./PaneRecord.ts"

/**
 * The places for panes on this node. A session holds one from before its pane is made until its output is removed; on
 * disk that is a session with a log folder, so an agent that was killed in between still counts right.
 */
export class PanePlaces {
  readonly limit: number
  /** Held by the session that waits for a place, so that those behind it get theirs in order. */
  readonly queue = Semaphore.makeUnsafe(1)
  /** Sessions whose next turn waits for a place. */
  readonly waiting = new Set<string>()
  private readonly folder: NodeFolder
  private readonly held: Set<string>

  private constructor(folder: NodeFolder, limit: number, held: Set<string>) {
    this.folder = folder
    this.limit = limit
    this.held = held
  }

  static async open(folder: NodeFolder, limit: number): Promise<PanePlaces> {
    const held = new Set<string>()
    for (const sessionId of await readdir(folder.sessions)) {
      if ((await readdir(folder.session(sessionId))).some(isLogFolder)) held.add(sessionId)
    }
    return new PanePlaces(folder, limit, held)
  }

  get count() {
    return this.held.size
  }

  has(sessionId: string) {
    return this.held.has(sessionId)
  }

  /** False when all places are taken by others. */
  take(sessionId: string): boolean {
    if (!this.held.has(sessionId) && this.held.size >= this.limit) return false
    this.held.add(sessionId)
    return true
  }

  /** Removes the session's output, then frees its place. */
  async release(sessionId: string): Promise<void> {
    await this.removeLogs(sessionId)
    this.held.delete(sessionId)
  }

  async removeLogs(sessionId: string): Promise<void> {
    await makePrivateFolder(this.folder.session(sessionId))
    for (const name of await readdir(this.folder.session(sessionId))) {
      if (!isLogFolder(name)) continue
      // A sink that is just ending may still write into it.
      await rm(join(this.folder.session(sessionId), name), { recursive: true, force: true, maxRetries: 5 })
    }
  }

  /** Why the session has no pane now, for who wants to see it. */
  async whyNone(sessionId: string): Promise<string> {
    if (this.waiting.has(sessionId)) {
      return `The next request waits: this node keeps at most ${this.limit} terminals. It starts as soon as one of them is idle and can be closed.`
    }
    const closed = (await readPaneRecord(this.folder.paneFile(sessionId)))?.closed
    return closed === undefined
      ? "This session has no terminal now. The next request starts one."
      : `The shell was ${closedBecause(closed)}. The next request starts a new one.`
  }
}

const isLogFolder = (name: string) => name.startsWith("log-")
