import type { ApprovalRow, MessageRow, RequestRow, SessionRow, TimelineRow } from "@maillm/schema/ReadModel"

/** What the console holds of the read model: rows by id (timeline: by position), newest versions only. */
export interface ConsoleState {
  /** EVT sequence of the last live change folded in; 0 when none is held since the socket connected. */
  readonly sequence: number
  /** How many gaps were noticed. A rise means that what is held may be stale: fetch again. */
  readonly gaps: number
  readonly requests: Readonly<Record<string, RequestRow>>
  readonly sessions: Readonly<Record<string, SessionRow>>
  readonly messages: Readonly<Record<string, MessageRow>>
  readonly timeline: Readonly<Record<string, TimelineRow>>
  readonly approvals: Readonly<Record<string, ApprovalRow>>
}

export const emptyConsoleState: ConsoleState = {
  sequence: 0,
  gaps: 0,
  requests: {},
  sessions: {},
  messages: {},
  timeline: {},
  approvals: {},
}

/** Rows kept of each kind; the oldest are let go beyond it and fetched again when looked at. */
export const rowLimit = 5_000

/** Rows as an API answer or a live change brings them. */
export interface Rows {
  readonly requests?: ReadonlyArray<RequestRow>
  readonly sessions?: ReadonlyArray<SessionRow>
  readonly messages?: ReadonlyArray<MessageRow>
  readonly timeline?: ReadonlyArray<TimelineRow>
  readonly approvals?: ReadonlyArray<ApprovalRow>
}
