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
})

/** The answer is stored; whether it was the first one shows in the approval's state. */
export const AnswerTaken = Schema.Struct({ id: ApprovalId })

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
        "A JSON array of approvals: with `state=pending` oldest first, for they are a queue; else newest first. Next page: `before` = the last row's `askedAtMillis`.",
      ),
    HttpApiEndpoint.get("get", "/:id", {
      params: { id: ApprovalId },
      success: ApprovalRow,
      error: [NotFound, Unavailable],
    }).annotate(OpenApi.Summary, "One approval"),
    HttpApiEndpoint.post("answer", "/:id", {
      params: { id: ApprovalId },
      payload: ApprovalAnswer,
      success: AnswerTaken.pipe(HttpApiSchema.status(202)),
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Allow or deny")
      .annotate(
        OpenApi.Description,
        "202 once the answer is stored. The first answer counts: 409 when there was one, or it expired; the message says which.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/approvals")
  .annotate(OpenApi.Description, "What waits for a person's yes or no.") {}
