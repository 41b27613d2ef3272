import * as Schema from "effect/Schema"
import { ApprovalId } from "@maillm/schema/Approval"
import { EpochMillis, MessageId, RequestId, SessionId, TurnId } from "@maillm/schema/Ids"
import { Envelope, Recipient } from "@maillm/schema/Message"
import { PolicyLayer } from "@maillm/schema/Policy"
import type { UserEvent } from "@maillm/schema/UserActor"

/** A mail that waits for its parser. */
export const PendingMail = Schema.Struct({
  mailId: MessageId,
  envelope: Envelope,
  recipient: Recipient,
  receivedAtMillis: EpochMillis,
})
export type PendingMail = typeof PendingMail.Type

/** An approval that may be named by its code: open, or over a short while ago. */
export const KnownApproval = Schema.Struct({
  approvalId: ApprovalId,
  sessionId: SessionId,
  requestId: RequestId,
  code: Schema.String,
  open: Schema.Boolean,
})
export type KnownApproval = typeof KnownApproval.Type

export const UserState = Schema.Struct({
  id: Schema.String,
  created: Schema.Boolean,
  name: Schema.String,
  email: Schema.String,
  privateLocalPart: Schema.String,
  /** Some thousand at most: SMTP takes no more mail for a user of whom so many wait (gateway/mail/MailBacklog.ts). */
  pendingMails: Schema.Array(PendingMail),
  /** The user's sessions, oldest first; at most `sessionLimit`, older ones can no longer be continued. */
  sessions: Schema.Array(SessionId),
  /** Open ones, and the last `closedLimit` others; oldest first. */
  approvals: Schema.Array(KnownApproval),
  /** What the account wants otherwise than the installation's policy says. */
  policy: PolicyLayer,
  /** What turns have cost in the calendar month (UTC, `2026-11`), and the last turns counted. */
  spending: Schema.Struct({ month: Schema.String, microUsd: Schema.Int, turns: Schema.Array(TurnId) }),
})
export type UserState = typeof UserState.Type

/** Sessions that a user can continue by answering. */
export const sessionLimit = 10_000

export const initialUser = (id: string): UserState => ({
  id,
  created: false,
  name: "",
  email: "",
  privateLocalPart: "",
  pendingMails: [],
  sessions: [],
  approvals: [],
  policy: {},
  spending: { month: "", microUsd: 0, turns: [] },
})

const without = (state: UserState, mailId: string): UserState => ({
  ...state,
  pendingMails: state.pendingMails.filter((mail) => mail.mailId !== mailId),
})

export const evolveUser = (state: UserState, event: UserEvent): UserState => {
  switch (event._tag) {
    case "UserCreated":
      return {
        ...state,
        created: true,
        name: event.name,
        email: event.email,
        privateLocalPart: event.privateLocalPart,
      }
    case "MailReceived": {
      const { mailId, envelope, recipient, receivedAtMillis } = event
      return {
        ...state,
        pendingMails: [...state.pendingMails, { mailId, envelope, recipient, receivedAtMillis }],
      }
    }
    case "MailAccepted":
    case "MailQuarantined":
    case "MailRefused":
      return without(state, event.mailId)
    case "RequestOpened":
      return state.sessions.includes(event.sessionId)
        ? state
        : { ...state, sessions: [...state.sessions, event.sessionId].slice(-sessionLimit) }
    case "MailAnswered":
      return without(state, event.mailId)
    case "PolicySet":
      return { ...state, policy: event.layer }
    case "ApprovalNoted":
      return approvalNoted(state, event)
    case "CostNoted":
      return costNoted(state, event)
    case "CommandFailed":
      return state
  }
}

type Event<Tag extends UserEvent["_tag"]> = Extract<UserEvent, { readonly _tag: Tag }>

/** Approvals that are over and still known by their codes, so that a late answer is told so. */
const closedLimit = 100
/** A session has at most 50 open; this is the bound for all of a user's. */
const openLimit = 1_000
/** Turns whose cost is known to be counted: a repeat comes soon or never. */
const turnsLimit = 200

const approvalNoted = (
  state: UserState,
  { approvalId, code, open, requestId, sessionId }: Event<"ApprovalNoted">,
): UserState => {
  const others = state.approvals.filter((known) => known.approvalId !== approvalId)
  const all = [...others, { approvalId, sessionId, requestId, code, open }]
  return {
    ...state,
    approvals: [
      ...all.filter((known) => !known.open).slice(-closedLimit),
      ...all.filter((known) => known.open).slice(-openLimit),
    ],
  }
}

/** Of the calendar month that it fell into, in UTC. */
export const monthOf = (atMillis: number): string => new Date(atMillis).toISOString().slice(0, 7)

const costNoted = (state: UserState, { atMillis, costMicroUsd, turnId }: Event<"CostNoted">): UserState => {
  const { spending } = state
  const month = monthOf(atMillis)
  // Months only go forward: what comes late for a former one is of no more use.
  if (month < spending.month || spending.turns.includes(turnId)) return state
  const before = month === spending.month ? spending.microUsd : 0
  return {
    ...state,
    spending: {
      month,
      microUsd: before + costMicroUsd,
      turns: [...spending.turns, turnId].slice(-turnsLimit),
    },
  }
}
