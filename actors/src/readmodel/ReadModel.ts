import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ApprovalKind } from "@maillm/schema/Approval"
import type {
  ApprovalRow,
  MessageRow,
  RequestRow,
  SessionRow,
  TimelineRow,
  UserRow,
} from "@maillm/schema/ReadModel"

/** The read model's store failed; the streams still hold everything. */
export class ReadModelFailed extends Schema.TaggedError<ReadModelFailed>()("ReadModelFailed", {
  operation: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `read model ${this.operation}: ${this.reason}`
  }
}

/** An approval that waits, as the rows of its session and its request remember it. */
export interface OpenApproval {
  readonly id: string
  readonly requestId: string
  readonly kind: ApprovalKind
  readonly reason: string
}

/** A request's row with what its fold must remember and nobody is shown. */
export interface FoldedRequest extends RequestRow {
  /** Approvals that wait, oldest first, at most 200; none when absent. */
  readonly openApprovals?: ReadonlyArray<OpenApproval>
  /** A node has its turn; not, when absent. */
  readonly isRunning?: boolean
  /** What is searched besides title, text and answer: the words of the agent's transcript. */
  readonly transcriptText?: string
}

/** A session's row with what its fold must remember and nobody is shown. */
export interface FoldedSession extends SessionRow {
  /** Requests queued here that have not ended, oldest first, at most 1,000; none when absent. */
  readonly openRequestIds?: ReadonlyArray<string>
  /** Approvals that wait, oldest first, at most 200; none when absent. */
  readonly openApprovals?: ReadonlyArray<OpenApproval>
  /** The request whose turn a node has; none when absent or null. */
  readonly runningRequestId?: string | null
}

/**
 * Rows as one record of EVT, or several in a row, leave them. `users`, `requests` … replace the rows of the same
 * id unless those are of a later record; `timeline` is added.
 */
export interface RowChanges {
  readonly users: ReadonlyArray<UserRow>
  readonly requests: ReadonlyArray<FoldedRequest>
  readonly sessions: ReadonlyArray<FoldedSession>
  readonly messages: ReadonlyArray<MessageRow>
  readonly approvals: ReadonlyArray<ApprovalRow>
  readonly timeline: ReadonlyArray<TimelineRow>
}

/** Ids of rows, by kind. */
export interface RowIds {
  readonly users: ReadonlyArray<string>
  readonly requests: ReadonlyArray<string>
  readonly sessions: ReadonlyArray<string>
  readonly messages: ReadonlyArray<string>
  readonly approvals: ReadonlyArray<string>
}

/** A row that holds everything that records up to `evtSeq` say about it, and nothing later. */
export interface Stored<A> {
  readonly row: A
  readonly evtSeq: number
}

/** Rows by id, as the projector folds on. */
export interface StoredRows {
  readonly users: ReadonlyMap<string, Stored<UserRow>>
  readonly requests: ReadonlyMap<string, Stored<FoldedRequest>>
  readonly sessions: ReadonlyMap<string, Stored<FoldedSession>>
  readonly messages: ReadonlyMap<string, Stored<MessageRow>>
  readonly approvals: ReadonlyMap<string, Stored<ApprovalRow>>
}

/** How far the read model is folded. */
export interface Position {
  /** EVT sequence up to which records are folded in; 0 when none is. */
  readonly sequence: number
  /** Creation time of the stream they came from; empty when none is folded in. */
  readonly streamCreated: string
  /** A new one after every reset: who folds on an older one is refused. */
  readonly generation: string
}

/**
 * What became of an `apply`: `applied`, or nothing written because the position is already there (`behind`) or
 * because the model was reset since `generation` was read (`reset`: read the position again).
 */
export type Applied = "applied" | "behind" | "reset"

export interface Page {
  /** 1 to 200. A page goes on past it through rows of the same key as its last, so that paging skips none. */
  readonly limit: number
  /**
   * Rows strictly older than this key, newest first: `createdAtMillis` of requests, `updatedAtMillis` of
   * sessions, `atMillis` of messages, `askedAtMillis` of approvals, `position` of the audit. Of a list that is
   * oldest first (approvals that wait) rows strictly newer.
   */
  readonly before: number | null
}

export interface RequestFilter extends Page {
  readonly userId: string
  readonly sessionId: string | null
  readonly state: string | null
  /** Words to find, all of them, in title, text or answer (see searchWords.ts); empty finds all. */
  readonly search: string
}

export interface MessageFilter extends Page {
  readonly userId: string
  readonly direction: string | null
  readonly state: string | null
  readonly requestId: string | null
  readonly sessionId: string | null
}

export interface ApprovalFilter extends Page {
  readonly userId: string
  readonly sessionId: string | null
  readonly requestId: string | null
  /** With `pending` the list is oldest first: it is a queue. */
  readonly state: string | null
}

export type TimelineOf = { readonly requestId: string } | { readonly sessionId: string }

type Read<A> = Effect.Effect<A, ReadModelFailed>

/**
 * What the console and the API read: folded from EVT by the projector, rebuildable from the streams at any
 * time, never asked for anything that decides. Rows are always those of one user, unless `userId` is null.
 */
export class ReadModel extends Context.Service<
  ReadModel,
  {
    readonly position: Read<Position>
    /** The rows of these ids that are there, for folding on. */
    readonly stored: (ids: RowIds) => Read<StoredRows>
    /**
     * Writes changes and then the position; a reader that sees the position sees the rows. A sequence not above
     * the position is left alone (idempotent). With `generation` it is refused once the model was reset.
     */
    readonly apply: (
      sequence: number,
      streamCreated: string,
      changes: RowChanges,
      generation?: string,
    ) => Read<Applied>
    /** Empties everything, to fold again from the first record. */
    readonly reset: Read<void>
    readonly user: (id: string) => Read<UserRow | null>
    readonly users: Read<ReadonlyArray<UserRow>>
    readonly request: (id: string) => Read<RequestRow | null>
    readonly requests: (filter: RequestFilter) => Read<ReadonlyArray<RequestRow>>
    readonly session: (id: string) => Read<SessionRow | null>
    readonly sessions: (userId: string, page: Page) => Read<ReadonlyArray<SessionRow>>
    readonly message: (id: string) => Read<MessageRow | null>
    readonly messages: (filter: MessageFilter) => Read<ReadonlyArray<MessageRow>>
    readonly approval: (id: string) => Read<ApprovalRow | null>
    readonly approvals: (filter: ApprovalFilter) => Read<ReadonlyArray<ApprovalRow>>
    /**
     * Oldest first, all of one request or session, with what its mails went through before they became requests
     * (at most 2,000 rows, the newest).
     */
    readonly timeline: (of: TimelineOf) => Read<ReadonlyArray<TimelineRow>>
    /** Newest first. */
    readonly audit: (userId: string, page: Page) => Read<ReadonlyArray<TimelineRow>>
    /** Requests by state, for health and metrics. */
    readonly requestCounts: Read<Readonly<Record<string, number>>>
  }
>()("@maillm/actors/readmodel/ReadModel") {}
