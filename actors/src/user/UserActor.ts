import { UserEvent } from "@maillm/schema/UserActor"
import type {
  AskTurnLeave,
  MailRead,
  ReceiveMail,
  ReleaseMail,
  RequestSpec,
  SubmitRequest,
  UserCommand,
} from "@maillm/schema/UserActor"
import { confirmedSenders, findSender } from "@maillm/schema/Account"
import { RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import { requestTextLimit } from "@maillm/schema/Message"
import type { MailContent } from "@maillm/schema/Message"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { ActorEffect } from "@maillm/schema/Record"
import { deriveId } from "../runtime/deriveId.ts"
import { nothing } from "../world/Facts.ts"
import type { WorldActor, WorldContext, WorldDecision } from "../world/Facts.ts"
import { routeEffect } from "../world/routeEffect.ts"
import { formatCost } from "../session/format.ts"
import { createUser, decideAccount, endedReasons } from "./account.ts"
import { confirmationRead } from "./confirmationRead.ts"
import { knownSession, questionOf, threadOf } from "./mailThread.ts"
import { messageAction } from "./messageAction.ts"
import type { MessageAction } from "./messageAction.ts"
import { replyCap, toldOfCap } from "./replyCap.ts"
import { requestTitle, textRefusal } from "./requestText.ts"
import { authorOf, senderTrust } from "./senderTrust.ts"
import { noteUnreachable, retryAddress } from "./unreachable.ts"
import { evolveUser, initialUser, monthOf, UserState } from "./UserState.ts"
import type { KnownApproval, PendingMail } from "./UserState.ts"
import { weakerAction, weakerPolicy } from "./weakerTrust.ts"

/** Of `RequestSpec.refusal`, in UTF-16 code units. */
const refusalLimit = 500

type UserDecision = WorldDecision<UserEvent>

/**
 * A person with an account: owns addresses and sessions, decides whether a mail may act, and which session its
 * thread belongs to.
 */
export const UserActor: WorldActor<UserState, UserCommand, UserEvent> = {
  ...UserProtocol,
  stateVersion: 5,
  initial: initialUser,
  evolve: evolveUser,
  decide: (state, command, context) => {
    switch (command._tag) {
      case "CreateUser":
        return createUser(state, command, context)
      case "ReceiveMail":
        return receiveMail(state, command)
      case "MailRead":
        return mailRead(state, command, context)
      case "ReleaseMail":
        return releaseMail(state, command)
      case "SetPolicy":
        return { events: [{ ...command, _tag: "PolicySet" }], effects: [] }
      case "NoteApproval":
        return { events: [{ ...command, _tag: "ApprovalNoted" }], effects: [] }
      case "NoteCost":
        return state.spending.turns.includes(command.turnId)
          ? nothing
          : { events: [{ ...command, _tag: "CostNoted" }], effects: [] }
      case "AskTurnLeave":
        return askTurnLeave(state, command, context)
      case "SubmitRequest":
        return submitRequest(state, command, context)
      case "NoteUnreachable":
        return noteUnreachable(state, command, context.now)
      case "RetryAddress":
        return retryAddress(state, command, context.now)
      default:
        return decideAccount(state, command, context)
    }
  },
  poisoned: (commandId, commandTag, reason) => ({ _tag: "CommandFailed", commandId, commandTag, reason }),
  state: UserState,
  event: UserEvent,
  effect: ActorEffect,
  route: routeEffect,
}

const receiveMail = (state: UserState, command: ReceiveMail): UserDecision => {
  const { mailId, raw, recipient } = command
  const known = [state.pendingMails, state.heldMails, state.seenMails].some((mails) =>
    mails.some((mail) => mail.mailId === mailId),
  )
  if (known) return nothing
  return {
    events: [{ ...command, _tag: "MailReceived" }],
    effects: [
      { _tag: "RunJob", job: { _tag: "ParseMail", userId: userIdOf(state), mailId, raw, recipient } },
    ],
  }
}

/** Once: what is not in quarantine any more stays as it is. */
const releaseMail = (state: UserState, { by, mailId }: ReleaseMail): UserDecision => {
  const mail = state.heldMails.find((held) => held.mailId === mailId)
  if (mail === undefined) return nothing
  const { raw, recipient } = mail
  const job = { _tag: "ParseMail" as const, userId: userIdOf(state), mailId, raw, recipient, released: true }
  return {
    events: [{ _tag: "MailReleased", mailId, by }],
    effects: [{ _tag: "RunJob", job }],
  }
}

const mailRead = (state: UserState, command: MailRead, context: WorldContext): UserDecision => {
  const pending = state.pendingMails.find((mail) => mail.mailId === command.mailId)
  if (pending === undefined) return nothing
  const { mailId, content } = command
  const { recipient } = pending
  if (recipient._tag === "Confirmation")
    return confirmationRead(state, { ...pending, confirmId: recipient.confirmId }, content, context)
  const senders = confirmedSenders(state.senders).map(({ address }) => address)
  const owner = { userId: state.id, senders, settingsEmail: state.settingsEmail }
  const trust =
    pending.releasedBy === null
      ? senderTrust(owner, pending, content, state.seenMails)
      : ({ _tag: "Command", as: "request" } as const)
  const reasons = [
    ...(trust._tag === "Quarantine" ? trust.reasons : []),
    ...(pending.releasedBy === null ? endedReasons(state, pending) : []),
  ]
  if (trust._tag === "Quarantine" || reasons.length > 0)
    return { events: [{ _tag: "MailQuarantined", mailId, content, reasons }], effects: [] }
  const thread = threadOf(content)
  const known = knownSession(state, pending, thread, context.facts)
  // One that is released may be a stranger's, who is not answered.
  const author =
    findSender(confirmedSenders(state.senders), authorOf(pending, content))?.address ?? state.email
  const requestId = RequestId.make(deriveId("r", state.id, mailId))
  const base = {
    requestId,
    userId: userIdOf(state),
    channel: "email" as const,
    ...(trust.as === "owner" ? policyOf(state) : { policy: weakerPolicy(state.policy) }),
    replyTo: { address: author, thread },
    receivedAtMillis: pending.receivedAtMillis,
  }
  if (content._tag === "Unreadable") {
    const capped = pending.releasedBy === null ? capReason(state, pending, content, known) : null
    if (capped !== null) return keptByCap(state, pending, content, { ...base, title: "Mail" }, known, capped)
    const refusal = `The mail cannot be read: ${content.reason}`.slice(0, refusalLimit)
    const request = { ...base, text: "", title: requestTitle(thread.subject, ""), attachments: [], refusal }
    return byMail(state, mailId, content, request, known)
  }
  const { attachments, newestText } = content.mail
  const question = questionOf(state, pending, content.mail.inReplyTo, context.facts)
  const names = [content.mail.fromName, state.name, author.replace(/@.*$/, "")]
  const meant = messageAction(state, newestText, { sessionId: known, ...question, names }, context)
  const action = trust.as === "owner" ? meant : weakerAction(meant)
  if (action._tag === "Answer") {
    const { approval, decision, note } = action
    const { approvalId, sessionId } = approval
    return {
      events: [
        {
          _tag: "MailAnswered",
          mailId,
          content,
          approvalId,
          sessionId,
          requestId: approval.requestId,
          decision,
        },
      ],
      effects: [answerEffect(approval, { decision, note, by: author, via: "email", replyTo: base.replyTo })],
    }
  }
  const title = requestTitle(thread.subject, newestText)
  const capped = pending.releasedBy === null ? capReason(state, pending, content, known) : null
  if (capped !== null) return keptByCap(state, pending, content, { ...base, title }, known, capped)
  const request = { ...base, title, attachments, ...contentOf(action, newestText) }
  const isNew = action._tag === "Work" && action.newSession
  return byMail(state, mailId, content, request, isNew ? null : known)
}

const capReason = (
  { answeredMails }: UserState,
  { receivedAtMillis: atMillis, sender }: PendingMail,
  content: MailContent,
  sessionId: SessionId | null,
) => replyCap(answeredMails, { content, sessionId, relayed: sender._tag === "Relayed", atMillis })

/** Into quarantine, and said once in an hour, so that a person does not wait for an answer in vain. */
const keptByCap = (
  state: UserState,
  { mailId, receivedAtMillis: atMillis }: PendingMail,
  content: MailContent,
  base: Omit<RequestSpec, "attachments" | "refusal" | "requestId" | "text">,
  known: SessionId | null,
  reason: string,
): UserDecision => {
  const quarantined = { _tag: "MailQuarantined", mailId, content, reasons: [reason] } as const
  if (toldOfCap(state.cappedAtMillis, atMillis)) return { events: [quarantined], effects: [] }
  const notice: RequestSpec = {
    ...base,
    // The mail's own request begins when it is released.
    requestId: RequestId.make(deriveId("n", state.id, mailId)),
    text: "",
    attachments: [],
    refusal: null,
    command: {
      _tag: "Say",
      outcome: "Not done: too many mails like this in an hour.",
      answer: `Your mail was not acted on: ${reason}. It is kept in quarantine; release it in the console under Messages, or send it again in an hour. You are told this once in an hour.`,
    },
  }
  const opened = openRequest(notice, known ?? SessionId.make(deriveId("s", state.id, mailId)), known === null)
  return {
    events: [quarantined, { _tag: "ReplyCapped", mailId, reason, atMillis }, ...opened.events],
    effects: opened.effects,
  }
}

/** Opens the request that a mail is. */
const byMail = (
  state: UserState,
  mailId: MailRead["mailId"],
  content: MailContent,
  request: RequestSpec,
  known: SessionId | null,
): UserDecision => {
  const sessionId = known ?? SessionId.make(deriveId("s", state.id, mailId))
  const opened = openRequest(request, sessionId, known === null)
  const { refusal, requestId } = request
  return {
    events: [
      refusal === null
        ? { _tag: "MailAccepted", mailId, content, requestId, sessionId }
        : { _tag: "MailRefused", mailId, content, reasons: [refusal], requestId, sessionId },
      ...opened.events,
    ],
    effects: opened.effects,
  }
}

/** The parts of a request that follow from what its message wants; `typed` is the message itself. */
const contentOf = (
  action: Exclude<MessageAction, { readonly _tag: "Answer" }>,
  typed: string,
): Pick<RequestSpec, "text" | "refusal" | "command" | "driver" | "repository" | "recording"> => {
  if (action._tag === "Command") {
    return { text: typed.slice(0, requestTextLimit), refusal: null, command: action.command }
  }
  const { driver, recording, repository, text } = action
  const refusal = textRefusal(text)
  return {
    text: refusal === null ? text : text.slice(0, requestTextLimit),
    refusal,
    ...(driver === null ? {} : { driver }),
    ...(repository === null ? {} : { repository }),
    ...(recording ? { recording } : {}),
  }
}

/** Only what differs from the installation's policy goes along. */
const policyOf = ({ policy }: UserState): Pick<RequestSpec, "policy"> =>
  policy.classes === undefined && policy.ownRequests === undefined ? {} : { policy }

const answerEffect = (
  { approvalId, sessionId }: KnownApproval,
  answer: Omit<Extract<SessionCommand, { readonly _tag: "AnswerApproval" }>, "_tag" | "approvalId">,
): ActorEffect => ({
  _tag: "TellSession",
  sessionId,
  command: { _tag: "AnswerApproval", approvalId, ...answer },
})

const submitRequest = (state: UserState, command: SubmitRequest, context: WorldContext): UserDecision => {
  const { requestId, sessionId: given, text: typed } = command
  const unknown = given !== null && !state.sessions.includes(given)
  const place = { sessionId: unknown ? null : given, asked: null, names: [] }
  const action = messageAction(state, typed, place, context)
  const passedOn: MessageAction =
    action._tag === "Answer"
      ? { _tag: "Command", command: { _tag: "Say", ...answerPassedOn(action) } }
      : action
  const fresh = given === null || unknown || (action._tag === "Work" && action.newSession)
  const sessionId = fresh ? SessionId.make(deriveId("s", state.id, requestId)) : given
  const { driver, repository } = command
  const request: RequestSpec = {
    requestId,
    userId: userIdOf(state),
    channel: "console",
    ...policyOf(state),
    title: requestTitle("", typed),
    attachments: [],
    replyTo: null,
    escalateTo: state.email,
    receivedAtMillis: context.now,
    ...(driver === undefined ? {} : { driver }),
    ...(repository === undefined ? {} : { repository }),
    ...contentOf(passedOn, typed),
    ...(unknown ? { refusal: `There is no session ${given} to continue. Start a new one.` } : {}),
  }
  const opened = openRequest(request, sessionId, fresh)
  if (action._tag !== "Answer") return opened
  const { approval, decision, note } = action
  const by = state.email
  return {
    events: opened.events,
    effects: [
      answerEffect(approval, { decision, note, by, via: "console", replyTo: null }),
      ...opened.effects,
    ],
  }
}

const answerPassedOn = ({ approval, decision }: Extract<MessageAction, { readonly _tag: "Answer" }>) => ({
  outcome: `Your ${decision === "allow" ? "yes" : "no"} to ${approval.code} is passed on.`,
  answer: approval.open ? "" : "It had been answered, or its time was over, before.",
})

const openRequest = (request: RequestSpec, sessionId: SessionId, newSession: boolean): UserDecision => {
  const tell: ActorEffect = { _tag: "TellSession", sessionId, command: { _tag: "AddRequest", request } }
  return { events: [{ _tag: "RequestOpened", request, sessionId, newSession }], effects: [tell] }
}

/** Whether the month's spending leaves room for one more turn, told to the session that asks. */
const askTurnLeave = (state: UserState, command: AskTurnLeave, context: WorldContext): UserDecision => {
  const { facts, now } = context
  const cap = facts.agents.spendingCapMicroUsd
  const { microUsd, month } = state.spending
  const spent = month === monthOf(now) ? microUsd : 0
  const allowed = cap === null || spent < cap
  const reason = allowed
    ? ""
    : `Your agents have cost ${formatCost(spent)} this month, and the cap is ${formatCost(cap)} (MAILLM_SPENDING_CAP_USD). It begins anew on the first of the month (UTC); whoever runs maillm can raise it.`
  const { requestId, sessionId } = command
  return {
    events: [],
    effects: [{ _tag: "TellSession", sessionId, command: { _tag: "TurnLeave", requestId, allowed, reason } }],
  }
}

const userIdOf = (state: UserState) => UserId.make(state.id)
