import type { NatsConnection } from "@nats-io/transport-node"
import * as Schema from "effect/Schema"
import type { UserId } from "@maillm/schema/Ids"
import type { LiveChange } from "@maillm/schema/LiveEvents"
import { RequestRow, SessionRow } from "@maillm/schema/ReadModel"
import { liveSubject } from "@maillm/schema/Subjects"
import type { RowChanges } from "../readmodel/ReadModel.ts"
import type { PlacedChanges } from "./Batch.ts"

/** Users whose last change is remembered; of others `previous` is not known. */
const usersMax = 10_000
/** `previous` of a change that is too large to be sent: nobody can hold it, so everybody fetches. */
const unsent = -1

/** Publishes what records changed to those who watch, each record once, in order. Lost when NATS is away. */
export class LivePublisher {
  private readonly connection: NatsConnection
  /** Sequence of the last change by user; the longest unused first. */
  private readonly lastOf = new Map<UserId, number>()
  private highest = 0

  constructor(connection: NatsConnection) {
    this.connection = connection
  }

  /** The stream is another one: sequences start over. */
  startOver() {
    this.lastOf.clear()
    this.highest = 0
  }

  /** Leaves alone what was published before: a model that is folded again shows nothing new. */
  publish(changed: ReadonlyArray<PlacedChanges>) {
    for (const { sequence, userId, changes } of changed) {
      if (sequence <= this.highest || userId === null || changes.timeline.length === 0) continue
      this.highest = sequence
      this.send(userId, sequence, changes)
    }
  }

  private send(userId: UserId, sequence: number, changes: RowChanges) {
    const previous = this.lastOf.get(userId) ?? 0
    this.remember(userId, sequence)
    if (this.connection.isClosed()) return
    const change = JSON.stringify(liveChange(userId, sequence, previous, changes))
    const limit = this.connection.info?.max_payload ?? 1_048_576
    const fits = Buffer.byteLength(change) <= limit
    const sent = fits ? change : JSON.stringify(liveChange(userId, sequence, unsent, nothing))
    this.connection.publish(liveSubject(userId), sent)
  }

  private remember(userId: UserId, sequence: number) {
    this.lastOf.delete(userId)
    this.lastOf.set(userId, sequence)
    if (this.lastOf.size <= usersMax) return
    for (const oldest of this.lastOf.keys()) {
      this.lastOf.delete(oldest)
      return
    }
  }
}

const nothing: RowChanges = {
  users: [],
  requests: [],
  sessions: [],
  messages: [],
  approvals: [],
  timeline: [],
}

/** Without what only the fold needs. */
const shownRequest = Schema.decodeSync(RequestRow)
const shownSession = Schema.decodeSync(SessionRow)

const liveChange = (
  userId: UserId,
  sequence: number,
  previous: number,
  { requests, sessions, messages, approvals, timeline }: RowChanges,
): LiveChange => ({
  userId,
  sequence,
  previous,
  requests: requests.map((request) => shownRequest(request)),
  sessions: sessions.map((session) => shownSession(session)),
  messages,
  timeline,
  approvals,
})
