import type { MessageId, RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { ApprovalRow, MessageRow, TimelineRow, UserRow } from "@maillm/schema/ReadModel"
import type { FoldedRequest, FoldedSession, RowChanges, Stored, StoredRows } from "../readmodel/ReadModel.ts"
import { cut } from "./cut.ts"

/** Rows of one kind as a record changes them. A row that holds the record already stays as it is. */
class Rows<Row extends { readonly id: string }> {
  private readonly stored: ReadonlyMap<string, Stored<Row>>
  private readonly sequence: number
  private readonly written = new Map<string, Row>()

  constructor(stored: ReadonlyMap<string, Stored<Row>>, sequence: number) {
    this.stored = stored
    this.sequence = sequence
  }

  get(id: string): Row | null {
    return this.written.get(id) ?? this.stored.get(id)?.row ?? null
  }

  put(row: Row) {
    if ((this.stored.get(row.id)?.evtSeq ?? 0) < this.sequence) this.written.set(row.id, row)
  }

  /** Changes a row that is there; does nothing about one that is not. */
  change(id: string, change: (row: Row) => Partial<Row>) {
    const row = this.get(id)
    if (row !== null) this.put({ ...row, ...change(row) })
  }

  changed(): ReadonlyArray<Row> {
    return [...this.written.values()]
  }
}

/** What a timeline row is about. */
export interface Subject {
  readonly sessionId?: SessionId
  readonly requestId?: RequestId
  readonly messageId?: MessageId
}

/** The changes that one record makes, while they are being made. */
export class Draft {
  readonly users: Rows<UserRow>
  readonly requests: Rows<FoldedRequest>
  readonly sessions: Rows<FoldedSession>
  readonly messages: Rows<MessageRow>
  readonly approvals: Rows<ApprovalRow>
  private readonly timeline: Array<TimelineRow> = []
  private readonly sequence: number

  constructor(stored: StoredRows, sequence: number) {
    this.sequence = sequence
    this.users = new Rows(stored.users, sequence)
    this.requests = new Rows(stored.requests, sequence)
    this.sessions = new Rows(stored.sessions, sequence)
    this.messages = new Rows(stored.messages, sequence)
    this.approvals = new Rows(stored.approvals, sequence)
  }

  /** Adds the timeline row of the record's event number `index`; there is room for a thousand. */
  tell(userId: UserId, atMillis: number, index: number, type: string, subject: Subject, summary: string) {
    if (index >= 1_000) return
    this.timeline.push({
      position: this.sequence * 1_000 + index,
      userId,
      sessionId: subject.sessionId ?? null,
      requestId: subject.requestId ?? null,
      messageId: subject.messageId ?? null,
      atMillis,
      type,
      summary: cut(summary, 1_000),
    })
  }

  changes(): RowChanges {
    return {
      users: this.users.changed(),
      requests: this.requests.changed(),
      sessions: this.sessions.changed(),
      messages: this.messages.changed(),
      approvals: this.approvals.changed(),
      timeline: this.timeline,
    }
  }
}
