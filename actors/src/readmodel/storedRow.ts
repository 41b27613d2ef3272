import * as Schema from "effect/Schema"
import { ApprovalId, ApprovalKind } from "@maillm/schema/Approval"
import { RequestId } from "@maillm/schema/Ids"
import { RequestRow, SessionRow } from "@maillm/schema/ReadModel"

/** Rises with every change to tables, or to what the projection writes; another one found means folding again. */
export const readModelVersion = 3

/** Most rows of one key that a page goes on for, past its limit. */
export const sameKeyMax = 1_000

/** Most rows of one timeline. */
export const timelineMax = 2_000

const openApprovals = Schema.optionalKey(
  Schema.Array(
    Schema.Struct({ id: ApprovalId, requestId: RequestId, kind: ApprovalKind, reason: Schema.String }),
  ),
)

/** A request as the stores keep it: the row, and what its fold must remember (`FoldedRequest`). */
export const StoredRequest = Schema.Struct({
  ...RequestRow.fields,
  openApprovals,
  isRunning: Schema.optionalKey(Schema.Boolean),
  transcriptText: Schema.optionalKey(Schema.String),
})

/** A session as the stores keep it: the row, and what its fold must remember (`FoldedSession`). */
export const StoredSession = Schema.Struct({
  ...SessionRow.fields,
  openRequestIds: Schema.optionalKey(Schema.Array(RequestId)),
  openApprovals,
  runningRequestId: Schema.optionalKey(Schema.NullOr(RequestId)),
})

/** Why something failed, as one line. */
export const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
