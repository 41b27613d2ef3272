import { evolveAccount } from "@maillm/schema/accountEvents"
import { accountOf } from "@maillm/schema/accountOf"
import { MessageId, UserId } from "@maillm/schema/Ids"
import type { MailOrigin } from "@maillm/schema/MailOrigin"
import type { UserRow } from "@maillm/schema/ReadModel"
import type { UserRecord } from "@maillm/schema/Record"
import type { UserEvent } from "@maillm/schema/UserActor"
import { formatBytes } from "@maillm/schema/formatBytes"
import type { Draft } from "./Draft.ts"
import { failedMail } from "./failedMail.ts"
import { newUser, projectAccount } from "./projectAccount.ts"
import { consoleMessage, contentOf, heldReasons, receivedMail, unknownMail } from "./mailMessage.ts"
import { newRequest } from "./newRequest.ts"
import { newSession } from "./newSession.ts"
import { formatMicroUsd } from "./formatMicroUsd.ts"

type Read = Extract<
  UserEvent,
  { readonly _tag: "MailAccepted" | "MailAnswered" | "MailQuarantined" | "MailRefused" }
>
type Failed = Extract<UserEvent, { readonly _tag: "CommandFailed" }>
type Opened = Extract<UserEvent, { readonly _tag: "RequestOpened" }>

/** Folds the events of a user's record into the draft; answers the user. */
export const projectUser = (draft: Draft, record: UserRecord): UserId => {
  const userId = UserId.make(record.id)
  for (const [index, event] of record.events.entries()) {
    projectEvent(draft, userId, event, record.atMillis, index)
  }
  return userId
}

const projectEvent = (draft: Draft, userId: UserId, event: UserEvent, at: number, index: number) => {
  switch (event._tag) {
    case "UserCreated": {
      const { name, email } = event
      const before = draft.users.get(userId) ?? newUser(userId, at)
      draft.users.put({ ...evolveAccount(accountOf(before), event, at), name })
      return draft.tell(userId, at, index, event._tag, {}, `Account set up for ${name} (${email})`)
    }
    case "MailReceived": {
      draft.messages.put(receivedMail(event, userId, at))
      if (event.recipient._tag === "Private")
        draft.users.change(userId, (row) => evolveAccount(accountOf(row), event, at))
      const from = event.envelope.from === "" ? "no sender" : event.envelope.from
      const summary = `Mail from ${from} received (${formatBytes(event.raw.sizeBytes)})${originWords(event.origin)}`
      return draft.tell(userId, at, index, event._tag, { messageId: event.mailId }, summary)
    }
    case "MailAccepted":
    case "MailAnswered":
    case "MailQuarantined":
    case "MailRefused":
      return mailRead(draft, userId, event, at, index)
    case "MailReleased": {
      const { by, mailId: messageId } = event
      const before = draft.messages.get(messageId) ?? unknownMail(messageId, userId, at)
      const released = { by, atMillis: at }
      draft.messages.put({ ...before, state: "received", reasons: [], released, updatedAtMillis: at })
      return draft.tell(userId, at, index, event._tag, { messageId }, `${by} released it from quarantine`)
    }
    case "RequestOpened":
      return requestOpened(draft, userId, event, at, index)
    case "PolicySet":
      draft.users.change(userId, () => ({ policy: event.layer }))
      return draft.tell(userId, at, index, event._tag, {}, noteSentence(event))
    case "CostNoted":
      draft.users.change(userId, ({ spending }) => spentMore(spending, event))
      return draft.tell(userId, at, index, event._tag, {}, noteSentence(event))
    case "ReplyCapped": {
      const { mailId: messageId, reason } = event
      return draft.tell(
        userId,
        at,
        index,
        event._tag,
        { messageId },
        `No more is answered for now: ${reason}`,
      )
    }
    case "AddressUnreachable":
    case "AddressRetried":
      return addressChanged(draft, userId, event, at, index)
    case "ApprovalNoted":
      return draft.tell(userId, at, index, event._tag, {}, noteSentence(event))
    case "CommandFailed":
      return commandFailed(draft, userId, event, at, index)
    default:
      return projectAccount(draft, userId, event, at, index)
  }
}

/** Most addresses that a row shows as unreachable, as many as the user's actor remembers. */
const unreachableShown = 50

const addressChanged = (
  draft: Draft,
  userId: UserId,
  event: Extract<UserEvent, { readonly _tag: "AddressRetried" | "AddressUnreachable" }>,
  at: number,
  index: number,
) => {
  const { _tag, address } = event
  draft.users.change(userId, ({ unreachable = [] }) => {
    const others = unreachable.filter((entry) => entry.address !== address)
    if (_tag === "AddressRetried") return { unreachable: others }
    const { atMillis, messageId, reason, sessionId, status } = event
    const entry = { address, status, reason, messageId, sessionId, atMillis }
    return { unreachable: [...others, entry].slice(-unreachableShown) }
  })
  if (_tag === "AddressRetried")
    return draft.tell(userId, at, index, _tag, {}, `Mail goes to ${address} again, as ${event.by} says`)
  const { messageId, reason, sessionId, status } = event
  const summary = `No mail goes to ${address} any more (${status}): ${reason}`.slice(0, 1_000)
  return draft.tell(userId, at, index, _tag, { messageId, sessionId }, summary)
}

/** Who vouches for a mail, for the audit. */
const originWords = (origin: MailOrigin | undefined): string => {
  if (origin === undefined) return ""
  if (origin._tag === "Submitted")
    return origin.way === "signed-in" ? ", handed in after signing in" : ", handed in on this machine"
  const checks = [
    `SPF ${origin.spf.result}`,
    `DKIM ${origin.dkim.result}`,
    `DMARC ${origin.dmarc.result}`,
    `ARC ${origin.arc.result}`,
  ]
  const standing = {
    proven: `proven to be of ${origin.author}`,
    forwarded: `of ${origin.author}, as a trusted forwarder says`,
    unproven: "not proven who wrote it",
  }[origin.standing]
  return `; ${standing}: ${checks.join(", ")}`
}

type Note = Extract<UserEvent, { readonly _tag: "ApprovalNoted" | "CostNoted" | "PolicySet" }>

/** Months only go forward, as in the user's actor. */
const spentMore = (
  spending: UserRow["spending"],
  { atMillis, costMicroUsd }: Extract<UserEvent, { readonly _tag: "CostNoted" }>,
): Partial<UserRow> => {
  const month = new Date(atMillis).toISOString().slice(0, 7)
  if (spending !== undefined && month < spending.month) return {}
  const before = spending?.month === month ? spending.microUsd : 0
  return { spending: { month, microUsd: before + costMicroUsd } }
}

/** The user actor's own notes are of the audit only: the session's events tell the same of their request. */
const noteSentence = (event: Note) => {
  if (event._tag === "PolicySet") {
    const classes = Object.entries(event.layer.classes ?? {}).map(([name, action]) => `${name} ${action}`)
    return `${event.by} set the account's policy: ${classes.length === 0 ? "as the installation's" : classes.join(", ")}`
  }
  if (event._tag === "CostNoted") {
    return `${formatMicroUsd(event.costMicroUsd)} added to what was spent, by a turn of session ${event.sessionId}`
  }
  return event.open
    ? `An answer is waited for under the code ${event.code}`
    : `The code ${event.code} is not waited for any more`
}

/** A mail that nobody could handle is shown as such, with the reason; what is known of it stays. */
const commandFailed = (draft: Draft, userId: UserId, event: Failed, at: number, index: number) => {
  const summary = `${event.commandTag} could not be handled and was put aside: ${event.reason}`
  const messageId = failedMail(event)
  if (messageId === null) return draft.tell(userId, at, index, event._tag, {}, summary)
  const before = draft.messages.get(messageId) ?? unknownMail(messageId, userId, at)
  if (before.state === "received" || before.state === "unread") {
    draft.messages.put({ ...before, state: "unread", reasons: [event.reason], updatedAtMillis: at })
  }
  return draft.tell(userId, at, index, event._tag, { messageId }, summary)
}

const mailRead = (draft: Draft, userId: UserId, event: Read, at: number, index: number) => {
  const { mailId: messageId, content } = event
  const before = draft.messages.get(messageId) ?? unknownMail(messageId, userId, at)
  const read = { ...before, ...contentOf(content), updatedAtMillis: at }
  switch (event._tag) {
    case "MailAccepted": {
      const { requestId, sessionId } = event
      draft.messages.put({ ...read, state: "accepted", reasons: [], requestId, sessionId })
      return draft.tell(
        userId,
        at,
        index,
        event._tag,
        { requestId, sessionId, messageId },
        "Read and accepted as a request",
      )
    }
    case "MailAnswered": {
      const { requestId, sessionId, decision } = event
      draft.messages.put({ ...read, state: "answered", reasons: [], requestId, sessionId })
      const summary = `Read as a ${decision === "allow" ? "yes" : "no"} to what was asked`
      return draft.tell(userId, at, index, event._tag, { requestId, sessionId, messageId }, summary)
    }
    case "MailRefused": {
      const { reasons, requestId, sessionId } = event
      draft.messages.put({ ...read, state: "refused", reasons, requestId, sessionId })
      const summary = `Refused, and answered: ${reasons.join("; ")}`
      return draft.tell(userId, at, index, event._tag, { requestId, sessionId, messageId }, summary)
    }
    case "MailQuarantined": {
      const reasons = heldReasons(before, event.reasons)
      draft.messages.put({ ...read, state: "quarantined", reasons })
      const summary = `Kept in quarantine and not acted on: ${reasons.join("; ")}`
      return draft.tell(userId, at, index, event._tag, { messageId }, summary)
    }
  }
}

const requestOpened = (draft: Draft, userId: UserId, event: Opened, at: number, index: number) => {
  const { request, sessionId } = event
  const { requestId } = request
  const typed = request.channel === "console"
  if (draft.sessions.get(sessionId) === null) {
    draft.sessions.put(newSession(request, sessionId, at, event._tag))
  }
  if (draft.requests.get(requestId) === null) draft.requests.put(newRequest(request, sessionId, at))
  const messageId = typed ? MessageId.make(requestId) : null
  if (messageId !== null) {
    const from = draft.users.get(userId)?.email ?? ""
    draft.messages.put(consoleMessage(messageId, request, from, sessionId, at))
  }
  const session = event.newSession ? "in a new session" : "in a session that goes on"
  const subject = { requestId, sessionId, ...(messageId === null ? {} : { messageId }) }
  const summary = `Request opened ${session}${typed ? ", typed in the console" : ""}`
  return draft.tell(userId, at, index, event._tag, subject, summary)
}
