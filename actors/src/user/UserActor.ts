import { UserEvent } from "@maillm/schema/UserActor"
import type { MailRead, ReceiveMail, RequestSpec, SubmitRequest, UserCommand } from "@maillm/schema/UserActor"
import { RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { MailContent, Thread } from "@maillm/schema/Message"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { ActorEffect } from "@maillm/schema/Record"
import { deriveId } from "../runtime/deriveId.ts"
import { nothing } from "../world/Facts.ts"
import type { WorldActor, WorldContext, WorldDecision } from "../world/Facts.ts"
import { routeEffect } from "../world/routeEffect.ts"
import { requestTitle, textRefusal } from "./requestText.ts"
import { senderTrust } from "./senderTrust.ts"
import { evolveUser, initialUser, UserState } from "./UserState.ts"
import type { PendingMail } from "./UserState.ts"

/** Of `RequestSpec.refusal`, in UTF-16 code units. */
const refusalLimit = 500

type UserDecision = WorldDecision<UserEvent>

/**
 * A person with an account: owns addresses and sessions, decides whether a mail may act, and which session its
 * thread belongs to.
 */
export const UserActor: WorldActor<UserState, UserCommand, UserEvent> = {
  ...UserProtocol,
  stateVersion: 1,
  initial: initialUser,
  evolve: evolveUser,
  decide: (state, command, context) => {
    switch (command._tag) {
      case "CreateUser":
        return createUser(state, command)
      case "ReceiveMail":
        return receiveMail(state, command)
      case "MailRead":
        return mailRead(state, command, context)
      case "NoteApproval":
      case "NoteCost":
      case "AskTurnLeave":
        return nothing
      case "SubmitRequest":
        return submitRequest(state, command, context)
    }
  },
  poisoned: (commandId, commandTag, reason) => ({ _tag: "CommandFailed", commandId, commandTag, reason }),
  state: UserState,
  event: UserEvent,
  effect: ActorEffect,
  route: routeEffect,
}

/** Said at every start: the account follows the settings, where they have changed. */
const createUser = (
  state: UserState,
  command: Extract<UserCommand, { readonly _tag: "CreateUser" }>,
): UserDecision => {
  const { name, email, privateLocalPart } = command
  const same =
    state.created &&
    state.name === name &&
    state.email === email &&
    state.privateLocalPart === privateLocalPart
  if (same) return nothing
  return {
    events: [{ ...command, _tag: "UserCreated" }],
    effects: [{ _tag: "BindAddress", localPart: privateLocalPart, userId: state.id }],
  }
}

const receiveMail = (state: UserState, command: ReceiveMail): UserDecision => {
  if (state.pendingMails.some((mail) => mail.mailId === command.mailId)) return nothing
  const { mailId, raw, recipient } = command
  return {
    events: [{ ...command, _tag: "MailReceived" }],
    effects: [
      { _tag: "RunJob", job: { _tag: "ParseMail", userId: userIdOf(state), mailId, raw, recipient } },
    ],
  }
}

const mailRead = (state: UserState, command: MailRead, context: WorldContext): UserDecision => {
  const pending = state.pendingMails.find((mail) => mail.mailId === command.mailId)
  if (pending === undefined) return nothing
  const { mailId, content } = command
  const trust = senderTrust({ userId: state.id, email: state.email }, pending.envelope, content)
  if (trust._tag === "Quarantine") {
    return { events: [{ _tag: "MailQuarantined", mailId, content, reasons: trust.reasons }], effects: [] }
  }
  const text = content._tag === "Readable" ? content.mail.newestText : ""
  const refusal =
    content._tag === "Readable"
      ? textRefusal(text)
      : `The mail cannot be read: ${content.reason}`.slice(0, refusalLimit)
  const thread = threadOf(content)
  const known = knownSession(state, pending, thread, context.facts.domain)
  const sessionId = known ?? SessionId.make(deriveId("s", state.id, mailId))
  const request: RequestSpec = {
    requestId: RequestId.make(deriveId("r", state.id, mailId)),
    userId: userIdOf(state),
    channel: "email",
    text: refusal === null ? text : text.slice(0, 32_768),
    title: requestTitle(thread.subject, text),
    attachments: content._tag === "Readable" ? content.mail.attachments : [],
    replyTo: { address: state.email, thread },
    receivedAtMillis: pending.receivedAtMillis,
    refusal,
  }
  const opened = openRequest(request, sessionId, known === null)
  const { requestId } = request
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

const submitRequest = (state: UserState, command: SubmitRequest, context: WorldContext): UserDecision => {
  const given = command.sessionId
  const unknown = given !== null && !state.sessions.includes(given)
  const refusal = unknown
    ? `There is no session ${given} to continue. Start a new one.`
    : textRefusal(command.text)
  const sessionId =
    given === null || unknown ? SessionId.make(deriveId("s", state.id, command.requestId)) : given
  const request: RequestSpec = {
    requestId: command.requestId,
    userId: userIdOf(state),
    channel: "console",
    text: command.text.slice(0, 32_768),
    title: requestTitle("", command.text),
    attachments: [],
    replyTo: null,
    receivedAtMillis: context.now,
    refusal,
  }
  return openRequest(request, sessionId, sessionId !== given)
}

const openRequest = (request: RequestSpec, sessionId: SessionId, newSession: boolean): UserDecision => {
  const tell: ActorEffect = { _tag: "TellSession", sessionId, command: { _tag: "AddRequest", request } }
  return { events: [{ _tag: "RequestOpened", request, sessionId, newSession }], effects: [tell] }
}

/**
 * The session a mail continues: that of the signed address it was sent to, else that of one of our own messages
 * it answers (`<message.session@domain>`). Only sessions of this user count.
 */
const knownSession = (
  state: UserState,
  pending: PendingMail,
  thread: Thread,
  domain: string,
): SessionId | null => {
  const candidates: Array<string> = pending.recipient._tag === "Session" ? [pending.recipient.sessionId] : []
  for (const id of thread.references.toReversed()) {
    const match = /^<[^.<>@]+\.([^.<>@]+)@([^<>@]+)>$/.exec(id)
    if (match?.[1] !== undefined && match[2]?.toLowerCase() === domain.toLowerCase())
      candidates.push(match[1])
  }
  for (const candidate of candidates) {
    const found = state.sessions.find((sessionId) => sessionId === candidate)
    if (found !== undefined) return found
  }
  return null
}

const threadOf = (content: MailContent): Thread => {
  if (content._tag === "Unreadable")
    return { subject: "Your mail could not be read", messageId: "", references: [] }
  const { subject, messageId, inReplyTo, references } = content.mail
  const all = [...references, ...(inReplyTo !== "" && !references.includes(inReplyTo) ? [inReplyTo] : [])]
  return { subject, messageId, references: all.slice(-99) }
}

const userIdOf = (state: UserState) => UserId.make(state.id)
