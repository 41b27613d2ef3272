import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { MessageRow, RequestRow, SessionRow, TimelineRow, UserRow } from "@maillm/schema/ReadModel"

/** The read model's store failed; the streams still hold everything. */
export class ReadModelFailed extends Schema.TaggedError<ReadModelFailed>()("ReadModelFailed", {
  operation: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `read model ${this.operation}: ${this.reason}`
  }
}

/** Rows as one record of EVT leaves them. `users`, `requests` … replace the rows of the same id; `timeline` is added. */
export interface RowChanges {
  readonly users: ReadonlyArray<UserRow>
  readonly requests: ReadonlyArray<RequestRow>
  readonly sessions: ReadonlyArray<SessionRow>
  readonly messages: ReadonlyArray<MessageRow>
  readonly timeline: ReadonlyArray<TimelineRow>
}

export interface Page {
  /** 1 to 200. */
  readonly limit: number
  /** Rows strictly older than this key (`createdAtMillis` or `atMillis`, timeline: `position`), newest first. */
  readonly before: number | null
}

export interface RequestFilter extends Page {
  readonly userId: string
  readonly sessionId: string | null
  readonly state: string | null
  /** Words to find in title, text or answer; empty finds all. */
  readonly search: string
}

type Read<A> = Effect.Effect<A, ReadModelFailed>

/**
 * What the console and the API read: folded from EVT by the projector, rebuildable from the streams at any
 * time, never asked for anything that decides. Rows are always those of one user, unless `userId` is null.
 */
export class ReadModel extends Context.Service<
  ReadModel,
  {
    /** EVT sequence up to which records are folded in, and the identity (creation time) of that stream. */
    readonly position: Read<{ readonly sequence: number; readonly streamCreated: string }>
    /** Writes changes and position as one. A sequence not above the position is left alone (idempotent). */
    readonly apply: (sequence: number, streamCreated: string, changes: RowChanges) => Read<void>
    /** Empties everything, to fold again from the first record. */
    readonly reset: Read<void>
    readonly user: (id: string) => Read<UserRow | null>
    readonly users: Read<ReadonlyArray<UserRow>>
    readonly request: (id: string) => Read<RequestRow | null>
    readonly requests: (filter: RequestFilter) => Read<ReadonlyArray<RequestRow>>
    readonly session: (id: string) => Read<SessionRow | null>
    readonly sessions: (userId: string, page: Page) => Read<ReadonlyArray<SessionRow>>
    readonly message: (id: string) => Read<MessageRow | null>
    readonly messages: (
      filter: Page & {
        readonly userId: string
        readonly direction: string | null
        readonly state: string | null
        readonly requestId: string | null
        readonly sessionId: string | null
      },
    ) => Read<ReadonlyArray<MessageRow>>
    /** Oldest first, all of one request or session (at most 2,000 rows, the newest). */
    readonly timeline: (
      of: { readonly requestId: string } | { readonly sessionId: string },
    ) => Read<ReadonlyArray<TimelineRow>>
    /** Newest first. */
    readonly audit: (userId: string, page: Page) => Read<ReadonlyArray<TimelineRow>>
    /** Requests by state, for health and metrics. */
    readonly requestCounts: Read<Readonly<Record<string, number>>>
  }
>()("@maillm/actors/readmodel/ReadModel") {}
