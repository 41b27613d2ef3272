import type { Approval, ApprovalAsk, ApprovalDecision, ApprovalState } from "@maillm/schema/Approval"
import { SessionId } from "@maillm/schema/Ids"
import type { RequestId } from "@maillm/schema/Ids"
import type { ActorEffect } from "@maillm/schema/Record"
import type { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import type { RequestSpec } from "@maillm/schema/UserActor"
import { nothing } from "../world/Facts.ts"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { decider, formatMoment } from "./format.ts"
import { noticeMail, questionMail } from "./notices.ts"
import { policyHere, remembering } from "./policyHere.ts"
import { Draft, endRequest } from "./SessionDraft.ts"
import { pendingApprovals, pendingLimit } from "./SessionState.ts"
import type { SessionState } from "./SessionState.ts"
import { startNext } from "./startNext.ts"

type SessionDecision = WorldDecision<SessionEvent>
type Command<Tag extends SessionCommand["_tag"]> = Extract<SessionCommand, { readonly _tag: Tag }>

/** Longest wait for an answer; an agent's hook waits a little longer (node-agent/src/agent). */
const longestMillis = 23 * 3_600_000

/** Words for a decision that was made. */
export const decisionWords: Readonly<Record<ApprovalState, string>> = {
  pending: "Waiting for an answer",
  allowed: "Allowed",
  denied: "Denied",
  expired: "Not answered in time, which counts as no",
  cancelled: "Not needed any more",
  consumed: "Allowed",
}

const requestOf = (state: SessionState, requestId: RequestId): RequestSpec | undefined =>
  state.current?.request.requestId === requestId
    ? state.current.request
    : state.queue.find((request) => request.requestId === requestId)

/** The node has stopped a tool call. */
export const askApproval = (
  state: SessionState,
  { ask, turnId }: Command<"AskApproval">,
  context: WorldContext,
): SessionDecision => {
  const draft = new Draft(state)
  const known = state.approvals.find(({ approvalId }) => approvalId === ask.approvalId)
  if (known !== undefined) {
    if (known.state !== "pending") draft.effects.push(...resolveOrder(draft.state, known, context))
    return draft
  }
  const { current } = state
  if (current === null || current.turnId !== turnId) return nothing
  if (pendingApprovals(state).length >= pendingLimit) {
    const approval = approvalOf(state, current.request, ask, context)
    draft.add({ _tag: "ApprovalAsked", approval })
    settle(draft, approval, "denied", "maillm", `${pendingLimit} questions wait already`, null, context)
    return draft
  }
  askIn(draft, current.request, ask, context)
  return draft
}

/** Asks for an approval: by mail where the request came by mail, and in the console. */
export const askIn = (draft: Draft, request: RequestSpec, ask: ApprovalAsk, context: WorldContext) => {
  const approval = approvalOf(draft.state, request, ask, context)
  const { approvalId, code, expiresAtMillis, sessionId } = approval
  const { requestId, userId } = request
  draft.add(
    { _tag: "ApprovalAsked", approval },
    {
      _tag: "TellUser",
      userId,
      command: { _tag: "NoteApproval", approvalId, sessionId, requestId, code, open: true },
    },
    { _tag: "SetTimer", timer: "expire", generation: expiresAtMillis, atMillis: expiresAtMillis },
  )
  const mail = questionMail(approval, request, false, draft.state.driver, context)
  if (mail !== null) draft.add({ _tag: "ReplyQueued", mail }, { _tag: "SendMail", mail })
  const remindAt = context.now + context.facts.agents.reminderMillis
  if (context.facts.agents.reminderMillis > 0 && remindAt < expiresAtMillis) {
    draft.effects.push({ _tag: "SetTimer", timer: "remind", generation: remindAt, atMillis: remindAt })
  }
}

const approvalOf = (
  state: SessionState,
  request: RequestSpec,
  ask: ApprovalAsk,
  { facts, now }: WorldContext,
): Approval => ({
  ...ask,
  requestId: request.requestId,
  userId: request.userId,
  sessionId: SessionId.make(state.id),
  // How long it waits is the node's to say, from when on is not: its clock may be hours off.
  askedAtMillis: now,
  expiresAtMillis: now + Math.min(Math.max(ask.expiresAtMillis - ask.askedAtMillis, 0), longestMillis),
  code: facts.approvalKey(ask.approvalId).code,
  state: "pending",
  decidedBy: "",
  decidedVia: null,
  decidedAtMillis: null,
  note: "",
})

/** An answer: the first one counts, later ones are told so. */
export const answerApproval = (
  state: SessionState,
  command: Command<"AnswerApproval">,
  context: WorldContext,
): SessionDecision => {
  const { approvalId, by, decision, note, replyTo, via } = command
  const approval = state.approvals.find((other) => other.approvalId === approvalId)
  if (approval === undefined) return nothing
  const draft = new Draft(state)
  if (approval.state === "pending" && context.now < approval.expiresAtMillis) {
    const layer =
      command.remember === true && decision === "allow" ? remembering(state, approval.class) : null
    if (layer !== null) draft.add({ _tag: "SessionPolicySet", layer, by })
    settle(draft, approval, decision === "allow" ? "allowed" : "denied", by, note, via, context)
    // A request that is not run is answered so.
    const answered = approval.kind === "request" && decision === "deny"
    if (via !== "email" && !answered) tellThread(draft, approval.approvalId, context)
    afterRequestAnswer(draft, approval, context)
    return draft
  }
  if (approval.state === "pending") {
    expire(draft, approval, context)
  }
  draft.add({ _tag: "ApprovalAnsweredLate", approvalId, requestId: approval.requestId, decision, by, via })
  const settled = draft.state.approvals.find((other) => other.approvalId === approvalId) ?? approval
  const mail = noticeMail(
    settled.sessionId,
    { ...lateRequest(draft.state, settled), title: "" },
    replyTo,
    {
      id: `l${approvalId}${decision === "allow" ? "y" : "n"}`,
      outcome: lateWords(settled, decision),
      answer: `${decided(settled)}.`,
    },
    context,
  )
  if (mail !== null && draft.state.openMails[mail.messageId] === undefined)
    draft.add({ _tag: "ReplyQueued", mail }, { _tag: "SendMail", mail })
  return draft
}

/** "Denied by ada@example.org (link) at 2026-11-25 12:03 UTC"; what nobody has decided names its reason instead. */
export const decided = (approval: Approval): string => {
  const { decidedAtMillis, decidedBy, expiresAtMillis, state } = approval
  const when = decidedAtMillis === null ? "" : ` at ${formatMoment(decidedAtMillis)}`
  if (state === "expired") return `Nobody answered by ${formatMoment(expiresAtMillis)}, which counts as no`
  if (state === "cancelled")
    return `${decisionWords.cancelled}${when}${decidedBy === "" ? "" : `: ${decidedBy}`}`
  return `${decisionWords[state]}${decidedBy === "" ? "" : ` by ${decider(approval)}`}${when}${state === "consumed" ? "; it has begun" : ""}`
}

const lateWords = ({ state }: Approval, decision: ApprovalDecision): string => {
  const word = decision === "allow" ? "yes" : "no"
  const same = decision === "allow" ? state === "allowed" || state === "consumed" : state === "denied"
  return same
    ? `Your ${word} was not needed any more: the answer was ${word} already.`
    : `Your ${word} came too late and changed nothing.`
}

/** As much of a request that may be over as a mail needs. */
const lateRequest = (state: SessionState, approval: Approval): RequestSpec =>
  requestOf(state, approval.requestId) ?? {
    requestId: approval.requestId,
    userId: approval.userId,
    channel: "email",
    text: "",
    title: "",
    attachments: [],
    replyTo: null,
    receivedAtMillis: 0,
    refusal: null,
  }

/** Moves a pending approval on, and tells who waits for it: the node, and the user's list of open ones. */
const settle = (
  draft: Draft,
  approval: Approval,
  to: Exclude<ApprovalState, "pending" | "consumed">,
  by: string,
  note: string,
  via: Approval["decidedVia"],
  context: WorldContext,
) => {
  const { approvalId, code, requestId, sessionId, userId } = approval
  draft.add(
    {
      _tag: "ApprovalAnswered",
      approvalId,
      requestId,
      state: to,
      by,
      via,
      note,
      atMillis: context.now,
    },
    {
      _tag: "TellUser",
      userId,
      command: { _tag: "NoteApproval", approvalId, sessionId, requestId, code, open: false },
    },
    ...resolveOrder(draft.state, { ...approval, state: to, decidedBy: by, decidedVia: via, note }, context),
  )
}

/** The answer, for the node whose turn waits for it. */
const resolveOrder = (
  state: SessionState,
  approval: Approval,
  context: WorldContext,
): ReadonlyArray<ActorEffect> => {
  const { current, id } = state
  const { approvalId, turnId, userId } = approval
  if (turnId === null || current === null || current.turnId !== turnId) return []
  const allowed = approval.state === "allowed" || approval.state === "consumed"
  return [
    {
      _tag: "OrderNode",
      nodeId: current.nodeId,
      order: {
        _tag: "ResolveApproval",
        orderId: `${approvalId}/resolve`,
        epoch: context.epoch,
        userId,
        sessionId: SessionId.make(id),
        turnId,
        approvalId,
        decision: allowed ? "allow" : "deny",
        by: approval.decidedBy,
        via: approval.decidedVia,
        note: approval.note,
        policy: policyHere(state, current.request, context),
      },
    },
  ]
}

/** The mail thread in which it was asked learns that it was answered elsewhere. */
const tellThread = (draft: Draft, approvalId: string, context: WorldContext) => {
  const approval = draft.state.approvals.find((other) => other.approvalId === approvalId)
  const request = approval && requestOf(draft.state, approval.requestId)
  if (approval === undefined || request === undefined) return
  const replyTo = request.replyTo
  const mail = noticeMail(
    approval.sessionId,
    request,
    replyTo,
    {
      id: `d${approvalId}`,
      outcome: `${decided(approval)}; no answer is needed any more.`,
      answer: "",
    },
    context,
  )
  if (mail !== null) draft.add({ _tag: "ReplyQueued", mail }, { _tag: "SendMail", mail })
}

/** A request that was asked about goes on, or is over. */
const afterRequestAnswer = (draft: Draft, asked: Approval, context: WorldContext) => {
  if (asked.kind !== "request") return
  const approval = draft.state.approvals.find((other) => other.approvalId === asked.approvalId)
  const request = requestOf(draft.state, asked.requestId)
  if (approval === undefined || request === undefined) return
  if (approval.state === "denied" || approval.state === "expired") {
    const expired = approval.state === "expired"
    const ending = {
      state: expired ? ("expired" as const) : ("cancelled" as const),
      outcome: expired
        ? "Not run: nobody said yes in time."
        : `Not run: ${approval.decidedBy} said no${approval.note === "" ? "" : ` (${approval.note})`}.`.slice(
            0,
            500,
          ),
      detail: "",
    }
    endRequest(draft, request, ending, null, approval.decidedBy, context)
  }
  startNext(draft, context)
}

/** From the node: what was allowed has begun, or nobody needs the answer. */
export const closeApproval = (
  state: SessionState,
  command: Command<"CloseApproval">,
  context: WorldContext,
): SessionDecision => {
  const approval = state.approvals.find(({ approvalId }) => approvalId === command.approvalId)
  if (approval === undefined) return nothing
  const draft = new Draft(state)
  if (command.as === "consumed") {
    return approval.state === "allowed"
      ? draft.add({
          _tag: "ApprovalConsumed",
          approvalId: approval.approvalId,
          requestId: approval.requestId,
        })
      : nothing
  }
  if (approval.state !== "pending") return nothing
  settle(draft, approval, "cancelled", command.detail, "", null, context)
  return draft
}

const expire = (draft: Draft, approval: Approval, context: WorldContext) => {
  settle(draft, approval, "expired", "nobody", "", null, context)
  if (approval.kind !== "request") tellThread(draft, approval.approvalId, context)
  afterRequestAnswer(draft, approval, context)
}

/**
 * Approvals that the clock ends or repeats in one record: each may send two mails, and a record must fit a NATS message.
 * The others follow at once, by another timer.
 */
const byClockLimit = 2

const andTheOthers = (draft: Draft, timer: "expire" | "remind", due: number, { now }: WorldContext) => {
  if (due > byClockLimit)
    draft.effects.push({ _tag: "SetTimer", timer, generation: now + 1, atMillis: now + 1 })
}

/** Ends pending approvals whose time is over. */
export const expireApprovals = (state: SessionState, context: WorldContext): SessionDecision => {
  const draft = new Draft(state)
  const due = pendingApprovals(state).filter(({ expiresAtMillis }) => context.now >= expiresAtMillis)
  for (const approval of due.slice(0, byClockLimit)) expire(draft, approval, context)
  andTheOthers(draft, "expire", due.length, context)
  return draft
}

/** Asks once more, by mail, where nobody has answered. */
export const remindOfApprovals = (state: SessionState, context: WorldContext): SessionDecision => {
  const draft = new Draft(state)
  const { reminderMillis } = context.facts.agents
  const due = pendingApprovals(state).filter(
    ({ approvalId, askedAtMillis }) =>
      context.now >= askedAtMillis + reminderMillis && !state.reminded.includes(approvalId),
  )
  for (const approval of due.slice(0, byClockLimit)) {
    const { approvalId, requestId } = approval
    const request = requestOf(state, requestId)
    const mail = request === undefined ? null : questionMail(approval, request, true, state.driver, context)
    draft.add({ _tag: "ApprovalReminded", approvalId, requestId })
    if (mail !== null) draft.add({ _tag: "ReplyQueued", mail }, { _tag: "SendMail", mail })
  }
  andTheOthers(draft, "remind", due.length, context)
  return draft
}

/** The request is over: what was asked for it needs no answer. */
export const cancelApprovalsOf = (draft: Draft, requestId: RequestId, context: WorldContext) => {
  for (const approval of pendingApprovals(draft.state)) {
    if (approval.requestId === requestId)
      settle(draft, approval, "cancelled", "its turn is over", "", null, context)
  }
}
