import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { ApprovalDecision, ApprovalId, ApprovalState } from "../Approval.ts"
import { SessionId, text } from "../Ids.ts"
import { ApprovalRow } from "../ReadModel.ts"
import { Conflict, InputRefused, NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery } from "./Paging.ts"

export const ApprovalAnswer = Schema.Struct({
  decision: ApprovalDecision,
  /** Told to the agent with a denial. */
  note: Schema.optionalKey(text(1_000)),
  /** With `allow`: what is of this class runs unasked for the rest of the session, where the class may be. */
  remember: Schema.optionalKey(Schema.Boolean),
})

/**
 * The answer is stored. `state` is `pending` when nothing says yet whether it came first, as with an actor that is
 * away: look at the approval again.
 */
export const AnswerTaken = Schema.Struct({
  id: ApprovalId,
  state: ApprovalState,
  /** As last read. */
  approval: ApprovalRow,
})
export type AnswerTaken = typeof AnswerTaken.Type

export class ApprovalsApi extends HttpApiGroup.make("approvals")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: {
        ...pageQuery,
        state: Schema.optionalKey(ApprovalState),
        sessionId: Schema.optionalKey(SessionId),
      },
      success: Schema.Array(ApprovalRow),
      error: Unavailable,
    })
      .annotate(OpenApi.Summary, "List approvals")
      .annotate(
        OpenApi.Description,
        "A JSON array of approvals: with `state=pending` oldest first, for they are a queue; else newest first. Next page: `before` = the last row's `askedAtMillis`, in either order. `command` is what an agent wrote: show it with what is invisible in it escaped.",
      ),
    HttpApiEndpoint.get("get", "/:id", {
      params: { id: ApprovalId },
      success: ApprovalRow,
      error: [NotFound, Unavailable],
    })
      .annotate(OpenApi.Summary, "One approval")
      .annotate(OpenApi.Description, "What was asked, exactly, and who decided it, when and by which way."),
    HttpApiEndpoint.post("answer", "/:id", {
      params: { id: ApprovalId },
      payload: ApprovalAnswer,
      success: AnswerTaken.pipe(HttpApiSchema.status(202)),
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Allow or deny")
      .annotate(
        OpenApi.Description,
        "202 once the answer is stored; it waits up to 3 s to say what became of it. The first answer counts, from whichever channel: 409 when there was another, or it expired, and the message says whose, when and by which way. Repeating one's own answer is harmless.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/approvals")
  .annotate(OpenApi.Description, "What agents may not do before a person says yes, and what became of it.") {}
