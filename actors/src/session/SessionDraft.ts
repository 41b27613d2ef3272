import type { Approval } from "@maillm/schema/Approval"
import { SessionId } from "@maillm/schema/Ids"
import type { ActorEffect } from "@maillm/schema/Record"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { composeReply } from "./composeReply.ts"
import { evolveSession } from "./SessionState.ts"
import type { SessionState } from "./SessionState.ts"
import type { Ending } from "./turnEnding.ts"

/** Adds decisions up while keeping the state each next one sees. */
export class Draft {
  readonly events: Array<SessionEvent> = []
  readonly effects: Array<ActorEffect> = []
  state: SessionState
  constructor(state: SessionState) {
    this.state = state
  }
  add(event: SessionEvent, ...effects: ReadonlyArray<ActorEffect>): this {
    this.events.push(event)
    this.effects.push(...effects)
    this.state = evolveSession(this.state, event)
    return this
  }
}

/** Ends a request, with its reply where it came by mail. */
export const endRequest = (
  draft: Draft,
  request: RequestSpec,
  ending: Ending,
  result: TurnResult | null,
  by: string,
  context: WorldContext,
) => {
  const outcome =
    result === null && ending.detail !== "" && ending.keepOutcome !== true
      ? `${ending.outcome} ${ending.detail}`.slice(0, 500)
      : ending.outcome
  const { requestId } = request
  const answer = ending.keepOutcome === true && ending.detail !== "" ? { answer: ending.detail } : {}
  const work = { driver: draft.state.driver, approvals: approvalsOf(draft.state, requestId) }
  draft.add({ _tag: "RequestEnded", requestId, state: ending.state, outcome, by, ...answer })
  const mail = composeReply(SessionId.make(draft.state.id), request, ending, result, work, context)
  if (mail !== null) draft.add({ _tag: "ReplyQueued", mail }, { _tag: "SendMail", mail })
}

/** What was allowed for a request, oldest first. */
const approvalsOf = (state: SessionState, requestId: string): ReadonlyArray<Approval> =>
  state.approvals.filter(
    (approval) =>
      approval.requestId === requestId && (approval.state === "allowed" || approval.state === "consumed"),
  )
