import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { RequestId, SessionId } from "../Ids.ts"
import { DriverName, Repository } from "../Turn.ts"
import { ApprovalRow, MessageRow, RequestRow, RequestState, SessionRow, TimelineRow } from "../ReadModel.ts"
import { Conflict, InputRefused, NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery, SearchText } from "./Paging.ts"

/** One request with all that is known of it. `id` and `state` are repeated at the top for scripts. */
export const RequestDetail = Schema.Struct({
  id: RequestId,
  state: RequestState,
  request: RequestRow,
  /** Oldest first; at most the newest 2,000. */
  timeline: Schema.Array(TimelineRow),
  /** Mails of this request in and out, newest first; at most 200. */
  messages: Schema.Array(MessageRow),
  session: Schema.NullOr(SessionRow),
  /** Oldest first; at most 200. */
  approvals: Schema.Array(ApprovalRow),
})
export type RequestDetail = typeof RequestDetail.Type

export const NewRequest = Schema.Struct({
  /** What is to be done: 1 to 32,768 characters. */
  text: Schema.String,
  /** Continue this session; a new one is opened unless given. */
  sessionId: Schema.optionalKey(Schema.NullOr(SessionId)),
  /** The agent wished for; the session's or the account's own unless given. */
  driver: Schema.optionalKey(DriverName),
  /** Start the new session in a worktree of this repository. */
  repository: Schema.optionalKey(Repository),
})

/** The request is stored and will be worked on. */
export const RequestTaken = Schema.Struct({
  id: RequestId,
  /** Absent while it is not yet known which session was opened for it. */
  sessionId: Schema.optionalKey(SessionId),
})

export const CancelTaken = Schema.Struct({ id: RequestId })

/** Any visible ASCII, at most 200 characters; the same key makes the same request, once. */
export const IdempotencyKey = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/))

export class RequestsApi extends HttpApiGroup.make("requests")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: {
        ...pageQuery,
        state: Schema.optionalKey(RequestState),
        sessionId: Schema.optionalKey(SessionId),
        search: Schema.optionalKey(SearchText),
      },
      success: Schema.Array(RequestRow),
      error: Unavailable,
    })
      .annotate(OpenApi.Summary, "List requests")
      .annotate(
        OpenApi.Description,
        "A JSON array of requests, newest first. Next page: `before` = the last row's `createdAtMillis`.",
      ),
    HttpApiEndpoint.get("get", "/:id", {
      params: { id: RequestId },
      success: RequestDetail,
      error: [NotFound, Unavailable],
    }).annotate(OpenApi.Summary, "One request"),
    HttpApiEndpoint.post("create", "/", {
      headers: { "idempotency-key": Schema.optionalKey(IdempotencyKey) },
      payload: NewRequest,
      success: RequestTaken.pipe(HttpApiSchema.status(202)),
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Ask for something")
      .annotate(
        OpenApi.Description,
        "202 once the request is stored. Send an `Idempotency-Key` to be able to repeat it safely; the same key with another text is a 409.",
      ),
    HttpApiEndpoint.post("cancel", "/:id/cancel", {
      params: { id: RequestId },
      success: CancelTaken.pipe(HttpApiSchema.status(202)),
      error: [NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Cancel a request")
      .annotate(
        OpenApi.Description,
        "Withdraws a request: a queued one is cancelled, a running one is interrupted as Ctrl-C would. 409 when it has ended.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/requests")
  .annotate(OpenApi.Description, "What a user asked for, and what came of it.") {}
