import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { raise, succeededBy } from "@maillm/actors/nats/EpochFence"
import type { TurnId } from "@maillm/schema/Ids"
import type { NodeOrder, StartTurn } from "@maillm/schema/Turn"
import { isMissing, makePrivateFolder, readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { SessionRecord, TurnRecord } from "./TurnRecord.ts"

const turnJson = Schema.fromJsonString(TurnRecord)
const decodeTurn = Schema.decodeUnknownSync(turnJson)
const encodeTurn = Schema.encodeSync(turnJson)
const sessionJson = Schema.fromJsonString(SessionRecord)
const decodeSession = Schema.decodeUnknownSync(sessionJson)
const encodeSession = Schema.encodeSync(sessionJson)

/** Closed turns that are remembered. A session runs one turn at a time, so repeats are of the last few. */
const closedLimit = 200
/** Interrupts that came before their turns: only after a crash, and then one or two. */
const earlyLimit = 50

/**
 * The durable memory of one session on this node. Each method resolves once the change is on disk; changes happen one
 * after another.
 */
export class SessionJournal {
  private last: Promise<unknown> = Promise.resolve()
  readonly sessionId: string
  private readonly folder: NodeFolder
  private session: SessionRecord
  private readonly open: Map<string, TurnRecord>

  private constructor(
    folder: NodeFolder,
    sessionId: string,
    session: SessionRecord,
    open: Map<string, TurnRecord>,
  ) {
    this.folder = folder
    this.sessionId = sessionId
    this.session = session
    this.open = open
  }

  /** The journal as it was left, or null when this node does not know the session. */
  static async load(folder: NodeFolder, sessionId: string): Promise<SessionJournal | null> {
    const content = await readFileIfThere(folder.sessionFile(sessionId))
    if (content === null) return null
    const session = decodeSession(content)
    const open = new Map<string, TurnRecord>()
    for (const name of await listIfThere(folder.turns(sessionId))) {
      if (!name.endsWith(".json")) continue
      const turn = decodeTurn(await readFileIfThere(join(folder.turns(sessionId), name)))
      if (session.closed.includes(turn.order.turnId)) await removeTurn(folder, sessionId, turn.order.turnId)
      else open.set(turn.order.turnId, turn)
    }
    return new SessionJournal(folder, sessionId, session, open)
  }

  static async create(folder: NodeFolder, order: NodeOrder): Promise<SessionJournal> {
    await makePrivateFolder(folder.turns(order.sessionId))
    const session: SessionRecord = {
      v: 1,
      userId: order.userId,
      epoch: order.epoch,
      nextSequence: 1,
      closed: [],
      interruptedEarly: [],
    }
    await writeFileAtomically(folder.sessionFile(order.sessionId), encodeSession(session))
    return new SessionJournal(folder, order.sessionId, session, new Map())
  }

  get userId() {
    return this.session.userId
  }

  get workFolder() {
    return this.session.workFolder
  }

  changeWorkFolder(workFolder: string): Promise<void> {
    return this.serially(async () => {
      if (this.session.workFolder !== workFolder) await this.write({ ...this.session, workFolder })
    })
  }

  /** Open turns, oldest first. */
  turns(): Array<TurnRecord> {
    return [...this.open.values()].toSorted((a, b) => a.sequence - b.sequence)
  }

  turn(turnId: string): TurnRecord | undefined {
    return this.open.get(turnId)
  }

  /**
   * Null when the order, which stands at `sequence` in NODE, may be carried out. Else the higher epoch that stands
   * before it: it is a repeat of an order that came, by an owner that is over. The place decides, not the epoch alone,
   * for orders do not always come in their order: one that there was no room for, or whose delivery was lost with a
   * connection, comes behind later ones.
   */
  admit(order: NodeOrder, sequence: number): Promise<number | null> {
    return this.serially(async () => {
      const fence = this.session.fence ?? []
      const item = { epoch: order.epoch, sequence }
      const over = succeededBy(fence, item)
      if (over !== null) return over
      const raised = raise(fence, item)
      const epoch = Math.max(this.session.epoch, order.epoch)
      if (raised !== fence) await this.write({ ...this.session, epoch, fence: raised })
      return null
    })
  }

  /** The new turn, or null when it was accepted before. */
  accept(order: StartTurn, nowMillis: number): Promise<TurnRecord | null> {
    return this.serially(async () => {
      if (this.open.has(order.turnId) || this.session.closed.includes(order.turnId)) return null
      const sequence = this.session.nextSequence
      await this.write({ ...this.session, nextSequence: sequence + 1 })
      const interruptAsked = this.session.interruptedEarly.includes(order.turnId)
      return this.store({ ...acceptedTurn(order, sequence, nowMillis), interruptAsked })
    })
  }

  /** Notes that a turn is to stop; one that is not known yet stops as soon as it comes. */
  interrupt(turnId: TurnId): Promise<"noted" | "over"> {
    return this.serially(async () => {
      const turn = this.open.get(turnId)
      if (turn !== undefined) await this.store({ ...turn, interruptAsked: true })
      else if (this.session.closed.includes(turnId)) return "over"
      else {
        const interruptedEarly = [...this.session.interruptedEarly, turnId].slice(-earlyLimit)
        await this.write({ ...this.session, interruptedEarly })
      }
      return "noted"
    })
  }

  /** Changes an open turn; a turn that was closed meanwhile stays so, and the unchanged input is answered. */
  modify(turn: TurnRecord, change: (turn: TurnRecord) => TurnRecord): Promise<TurnRecord> {
    return this.serially(async () => {
      const found = this.open.get(turn.order.turnId)
      return found === undefined ? turn : this.store(change(found))
    })
  }

  /** The session actor has the result: the turn is done with. */
  close(turnId: TurnId): Promise<void> {
    return this.serially(async () => {
      await this.write({ ...this.session, closed: [...this.session.closed, turnId].slice(-closedLimit) })
      this.open.delete(turnId)
      await removeTurn(this.folder, this.sessionId, turnId)
    })
  }

  /** The id of the driver's conversation, which is made when there is none. */
  conversation(driver: string, make: () => string): Promise<string> {
    return this.serially(async () => {
      const found = this.session.conversations?.[driver]
      if (found !== undefined) return found
      const made = make()
      await this.write({ ...this.session, conversations: { ...this.session.conversations, [driver]: made } })
      return made
    })
  }

  /** The driver's agent goes on with another conversation. */
  changeConversation(driver: string, conversationId: string): Promise<void> {
    return this.serially(async () => {
      const conversations = { ...this.session.conversations, [driver]: conversationId }
      await this.write({ ...this.session, conversations })
    })
  }

  private serially<A>(run: () => Promise<A>): Promise<A> {
    const next = this.last.then(run)
    this.last = next.catch(() => undefined)
    return next
  }

  private async store(turn: TurnRecord): Promise<TurnRecord> {
    await writeFileAtomically(this.folder.turnFile(this.sessionId, turn.order.turnId), encodeTurn(turn))
    this.open.set(turn.order.turnId, turn)
    return turn
  }

  private async write(session: SessionRecord) {
    await writeFileAtomically(this.folder.sessionFile(this.sessionId), encodeSession(session))
    this.session = session
  }
}

const acceptedTurn = (order: StartTurn, sequence: number, nowMillis: number): TurnRecord => ({
  v: 1,
  sequence,
  order,
  phase: "accepted",
  generation: null,
  offset: 0,
  acceptedAtMillis: nowMillis,
  startedAtMillis: null,
  interruptAsked: false,
  outcome: null,
  endOffset: 0,
  tailOffset: null,
  endedAtMillis: null,
})

const removeTurn = async (folder: NodeFolder, sessionId: string, turnId: string) => {
  for (const path of [
    folder.turnOutput(sessionId, turnId),
    folder.turnTail(sessionId, turnId),
    folder.turnRecording(sessionId, turnId),
    folder.turnTranscript(sessionId, turnId),
    folder.turnFile(sessionId, turnId),
  ])
    await rm(path, { force: true })
}

const listIfThere = async (path: string): Promise<ReadonlyArray<string>> => {
  try {
    return await readdir(path)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
