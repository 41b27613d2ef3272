import * as Schema from "effect/Schema"
import { text, UserId } from "./Ids.ts"
import { MessageRow, RequestRow, SessionRow, TimelineRow } from "./ReadModel.ts"

/**
 * One record of EVT as it changed the read model, published on `live.<userId>` and sent to that user's sockets
 * as the socket.io event `live`. `sequence` is the EVT sequence; `previous` is the sequence of the change this
 * user's sockets were sent before it, 0 when not known. A console that holds another `previous` has a gap and
 * mends it by fetching. Applying the same change twice is harmless: rows replace rows by id.
 */
export const LiveChange = Schema.Struct({
  userId: UserId,
  sequence: Schema.Int,
  previous: Schema.Int,
  requests: Schema.Array(RequestRow),
  sessions: Schema.Array(SessionRow),
  messages: Schema.Array(MessageRow),
  timeline: Schema.Array(TimelineRow),
})
export type LiveChange = typeof LiveChange.Type

/**
 * socket.io events. Client to server: `pane:open`, `pane:close`, `pane:input` (see Pane.PaneInput),
 * each with `{sessionId}`; `pane:open` is acked with a `PaneReply`. Server to client: `live` (LiveChange as
 * JSON), `pane:output` (`PaneOutputMeta`, bytes), `signed-out`.
 */
export const PaneOutputMeta = Schema.Struct({ sessionId: text(64), generation: text(64), offset: Schema.Int })
export type PaneOutputMeta = typeof PaneOutputMeta.Type
