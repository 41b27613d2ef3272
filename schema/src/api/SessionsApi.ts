import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { SessionId } from "../Ids.ts"
import { RequestRow, SessionRow, TimelineRow } from "../ReadModel.ts"
import { NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery } from "./Paging.ts"

/** One session with its requests. `id` and `state` are repeated at the top for scripts. */
export const SessionDetail = Schema.Struct({
  id: SessionId,
  state: SessionRow.fields.state,
  session: SessionRow,
  /** Newest first; at most 200. */
  requests: Schema.Array(RequestRow),
  /** Oldest first; at most the newest 2,000. */
  timeline: Schema.Array(TimelineRow),
})
export type SessionDetail = typeof SessionDetail.Type

export class SessionsApi extends HttpApiGroup.make("sessions")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: pageQuery,
      success: Schema.Array(SessionRow),
      error: Unavailable,
    })
      .annotate(OpenApi.Summary, "List sessions")
      .annotate(OpenApi.Description, "A JSON array of sessions, newest first."),
    HttpApiEndpoint.get("get", "/:id", {
      params: { id: SessionId },
      success: SessionDetail,
      error: [NotFound, Unavailable],
    }).annotate(OpenApi.Summary, "One session"),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/sessions")
  .annotate(OpenApi.Description, "Conversations with a coding agent, each in one pane.") {}
