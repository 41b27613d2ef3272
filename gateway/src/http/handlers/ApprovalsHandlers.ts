import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { Conflict } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault } from "@maillm/schema/api/Paging"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { answerApproval } from "../../approval/answerApproval.ts"
import { decisionOf } from "../../approval/approvalWords.ts"
import { orUnavailable } from "../answers.ts"
import { ownRows } from "./ownRows.ts"

export const ApprovalsHandlers = HttpApiBuilder.group(
  Api,
  "approvals",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const answer = answerApproval(readModel, yield* ActorClient)
    const own = ownRows(readModel)

    return handlers.handleAll({
      list: Effect.fn("approvals.list")(function* ({ query }) {
        const { userId } = yield* CurrentUser
        return yield* Effect.catch(
          readModel.approvals({
            userId,
            sessionId: query.sessionId ?? null,
            requestId: null,
            state: query.state ?? null,
            limit: query.limit ?? pageLimitDefault,
            before: query.before ?? null,
          }),
          orUnavailable,
        )
      }),
      get: ({ params }) => own.approval(params.id),
      answer: Effect.fn("approvals.answer")(function* ({ params, payload }) {
        const before = yield* own.approval(params.id)
        const user = yield* Effect.catch(readModel.user(before.userId), orUnavailable)
        const { decision, note = "", remember = false } = payload
        const by = user?.email ?? before.userId
        const { kind, row } = yield* Effect.catch(
          answer(before, { decision, note, by, via: "console", remember }),
          orUnavailable,
        )
        if (kind !== "late") return { id: row.id, state: row.state, approval: row }
        return yield* new Conflict({
          message: `approval ${row.id} is decided already. ${decisionOf(row)}.`.slice(0, 2_000),
          remedy: "The first answer counts. To have something else done, send a new request.",
        })
      }),
    })
  }),
)
