import * as Schema from "effect/Schema"
import { SessionId, text, UserId } from "./Ids.ts"
import { PaneInput } from "./Pane.ts"
import { AgentState } from "./Turn.ts"
import { ApprovalRow, MessageRow, RequestRow, SessionRow, TimelineRow } from "./ReadModel.ts"

/**
 * One record of EVT as it changed the read model, published on `live.<userId>` and sent to that user's sockets
 * as the socket.io event `live`. `sequence` is the EVT sequence; `previous` is the sequence of the change this
 * user's sockets were sent before it, 0 when not known, -1 when the rows were too large to send. A console that
 * holds another `previous` has a gap and mends it by fetching. Applying the same change twice is harmless: rows
 * replace rows by id.
 */
export const LiveChange = Schema.Struct({
  userId: UserId,
  sequence: Schema.Int,
  previous: Schema.Int,
  requests: Schema.Array(RequestRow),
  sessions: Schema.Array(SessionRow),
  messages: Schema.Array(MessageRow),
  timeline: Schema.Array(TimelineRow),
  approvals: Schema.Array(ApprovalRow),
})
export type LiveChange = typeof LiveChange.Type

/**
 * socket.io events (path `/socket.io`, cookie or `auth: {token}`).
 *
 * Client to server, each acked:
 * - `pane:open` `PaneName` → `PaneReply`. From then on this socket gets the pane's output; chunks that arrive
 *   while the snapshot is being made are sent after the ack. Opening again gives a new snapshot.
 * - `pane:close` `PaneName` → `SocketReply`.
 * - `pane:input` `PaneInputMessage` → `SocketReply`. Only for a pane this socket has open.
 *
 * Server to client: `live` (`LiveChange` as JSON), `live:resync` (changes were dropped because this client reads
 * too slowly: fetch again), `pane:output` (`PaneOutputMeta`, bytes), `pane:state` (`PaneStateMessage`, for a pane this socket has open), `pane:resync` (`PaneName`: output was
 * dropped, or there is a new pane: open again), `signed-out` (the credential has ended; the socket is closed).
 */
export const PaneOutputMeta = Schema.Struct({ sessionId: text(64), generation: text(64), offset: Schema.Int })
export type PaneOutputMeta = typeof PaneOutputMeta.Type

export const PaneName = Schema.Struct({ sessionId: SessionId })
export type PaneName = typeof PaneName.Type

export const PaneInputMessage = Schema.Struct({ sessionId: SessionId, input: PaneInput })
export type PaneInputMessage = typeof PaneInputMessage.Type

/** Ack of what needs no answer; `reason` says why it was refused, and is empty when it was not. */
export const SocketReply = Schema.Struct({ ok: Schema.Boolean, reason: text(500) })
export type SocketReply = typeof SocketReply.Type

/** What is known of the agent in a pane; sent when it changes and with every snapshot. */
export const PaneStateMessage = Schema.Struct({ sessionId: SessionId, agent: AgentState })
export type PaneStateMessage = typeof PaneStateMessage.Type
