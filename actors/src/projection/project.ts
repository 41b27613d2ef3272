import type { UserId } from "@maillm/schema/Ids"
import type { SessionRecord, UserRecord } from "@maillm/schema/Record"
import type { RowChanges, RowIds, StoredRows } from "../readmodel/ReadModel.ts"
import { Draft } from "./Draft.ts"
import { failedMail } from "./failedMail.ts"
import { projectSession } from "./projectSession.ts"
import { projectUser } from "./projectUser.ts"

/** One record of EVT, by the kind of actor that wrote it. */
export type ActorRecord =
  | { readonly kind: "user"; readonly record: UserRecord }
  | { readonly kind: "session"; readonly record: SessionRecord }

export interface Projection {
  /** Whose rows they are; null when nothing says whose session the record is of, and then nothing changes. */
  readonly userId: UserId | null
  readonly changes: RowChanges
}

/** Ids of the rows that folding the record reads or writes. */
export const rowsTouched = ({ kind, record }: ActorRecord): RowIds => {
  const requests = new Set<string>()
  const sessions = new Set<string>()
  const messages = new Set<string>()
  const approvals = new Set<string>()
  for (const event of record.events) {
    if ("requestId" in event) requests.add(event.requestId)
    if ("approvalId" in event) approvals.add(event.approvalId)
    if (event._tag === "ApprovalAsked") {
      approvals.add(event.approval.approvalId)
      requests.add(event.approval.requestId)
    }
    if ("messageId" in event) messages.add(event.messageId)
    if ("mailId" in event) messages.add(event.mailId)
    if (event._tag === "CommandFailed") {
      const mailId = failedMail(event)
      if (mailId !== null) messages.add(mailId)
    }
    if ("sessionId" in event) sessions.add(event.sessionId)
    if (event._tag === "RequestOpened" || event._tag === "RequestQueued") {
      requests.add(event.request.requestId)
      // A request typed in the console is a message of the same id.
      messages.add(event.request.requestId)
    }
    if (event._tag === "ReplyQueued" || event._tag === "AccountMailQueued") messages.add(event.mail.messageId)
  }
  if (kind === "session") sessions.add(record.id)
  return {
    users: kind === "user" ? [record.id] : [],
    requests: [...requests],
    sessions: [...sessions],
    messages: [...messages],
    approvals: [...approvals],
  }
}

/**
 * The rows that the record of EVT sequence `sequence` changes, given the rows it touches. Pure. A row that is
 * folded up to this record or further is left alone, so any stretch of the stream may be folded again.
 */
export const project = (actorRecord: ActorRecord, sequence: number, rows: StoredRows): Projection => {
  const draft = new Draft(rows, sequence)
  const userId =
    actorRecord.kind === "user"
      ? projectUser(draft, actorRecord.record)
      : projectSession(draft, actorRecord.record)
  return { userId, changes: draft.changes() }
}
