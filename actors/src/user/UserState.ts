import * as Schema from "effect/Schema"
import { AskedMail, PrivateAddress, SenderAddress } from "@maillm/schema/Account"
import { evolveAccount } from "@maillm/schema/accountEvents"
import { ApprovalId } from "@maillm/schema/Approval"
import { EpochMillis, MessageId, RequestId, SessionId, TurnId } from "@maillm/schema/Ids"
import { BlobRef, Envelope, Recipient } from "@maillm/schema/Message"
import { RelayedMail } from "@maillm/schema/MailOrigin"
import type { MailOrigin } from "@maillm/schema/MailOrigin"
import { PolicyLayer } from "@maillm/schema/Policy"
import type { UserEvent } from "@maillm/schema/UserActor"
import { AnsweredMail, evolveAnswered } from "./replyCap.ts"
import { evolveUnreachable, UnreachableState } from "./unreachable.ts"

/** What counts of a mail's origin. Its reasons are in its event: a thousand mails that wait are one state. */
export const MailSender = Schema.Union([
  Schema.TaggedStruct("Submitted", { way: Schema.Literals(["this-machine", "signed-in"]) }),
  Schema.TaggedStruct("Relayed", {
    standing: RelayedMail.fields.standing,
    author: RelayedMail.fields.author,
    marks: RelayedMail.fields.marks,
  }),
  /** Version 0.1.0 took it in. */
  Schema.TaggedStruct("Unasked", {}),
])
export type MailSender = typeof MailSender.Type

/** A mail that waits for its parser. */
export const PendingMail = Schema.Struct({
  mailId: MessageId,
  raw: BlobRef,
  envelope: Envelope,
  recipient: Recipient,
  receivedAtMillis: EpochMillis,
  sender: MailSender,
  /** Who released it from quarantine; null for one that was never there. */
  releasedBy: Schema.NullOr(Schema.String),
})
export type PendingMail = typeof PendingMail.Type

/** A mail that was acted on, as a repeat of it is known. */
export const SeenMail = Schema.Struct({
  mailId: MessageId,
  receivedAtMillis: EpochMillis,
  marks: RelayedMail.fields.marks,
})
export type SeenMail = typeof SeenMail.Type

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
  /** The primary sender address: where what is no answer to a mail is sent. */
  email: Schema.String,
  settingsEmail: Schema.String,
  /** The one that is given out now. */
  privateLocalPart: Schema.String,
  /** Those that take mail, at most `workingLimit`, and the last `endedLimit` that took some. */
  addresses: Schema.Array(PrivateAddress),
  /** Whose mail may act, who is asked, and who said no. */
  senders: Schema.Array(SenderAddress),
  asked: Schema.Array(AskedMail),
  /** Some thousand at most: SMTP takes no more mail for a user of whom so many wait (gateway/mail/MailBacklog.ts). */
  pendingMails: Schema.Array(PendingMail),
  /** In quarantine, oldest first: the last `heldLimit` can be released. */
  heldMails: Schema.Array(PendingMail),
  /** Acted on within `seenMillis`, oldest first, at most `seenLimit`; only those that other servers have relayed. */
  seenMails: Schema.Array(SeenMail),
  /** The user's sessions, oldest first; at most `sessionLimit`, older ones can no longer be continued. */
  sessions: Schema.Array(SessionId),
  /** Open ones, and the last `closedLimit` others; oldest first. */
  approvals: Schema.Array(KnownApproval),
  /** What the account wants otherwise than the installation's policy says. */
  policy: PolicyLayer,
  /** What turns have cost in the calendar month (UTC, `2026-11`), and the last turns counted. */
  spending: Schema.Struct({ month: Schema.String, microUsd: Schema.Int, turns: Schema.Array(TurnId) }),
  /** Answered within the last hour, oldest first: so that two machines do not answer each other for ever. */
  answeredMails: Schema.Array(AnsweredMail),
  /** When the user was last told that there were too many. */
  cappedAtMillis: Schema.NullOr(EpochMillis),
  /** Addresses whose servers said that they are none; oldest first. */
  unreachable: Schema.Array(UnreachableState),
})
export type UserState = typeof UserState.Type

/** Strangers fill the quarantine, so it has to have a bound; the console shows older ones too. */
export const heldLimit = 500
/**
 * A repeat is known for so long, and among so many. A mail is acted on only within a day of its date, so the first two
 * days are what counts: with more mails than this in two days nothing is acted on that a repeat could be (senderTrust).
 */
export const seenMillis = 30 * 24 * 3_600_000
export const seenLimit = 2_000

/** Sessions that a user can continue by answering. */
export const sessionLimit = 10_000

export const initialUser = (id: string): UserState => ({
  id,
  created: false,
  name: "",
  email: "",
  settingsEmail: "",
  privateLocalPart: "",
  addresses: [],
  senders: [],
  asked: [],
  pendingMails: [],
  heldMails: [],
  seenMails: [],
  sessions: [],
  approvals: [],
  policy: {},
  spending: { month: "", microUsd: 0, turns: [] },
  answeredMails: [],
  cappedAtMillis: null,
  unreachable: [],
})

const senderOf = (origin: MailOrigin | undefined): MailSender => {
  if (origin === undefined) return { _tag: "Unasked" }
  if (origin._tag === "Submitted") return origin
  const { author, marks, standing } = origin
  return { _tag: "Relayed", author, marks, standing }
}

/** It waits no more. */
const without = (state: UserState, mailId: string): UserState => ({
  ...state,
  pendingMails: state.pendingMails.filter((mail) => mail.mailId !== mailId),
})

/** It waits no more, and a repeat of it is to be known. */
const actedOn = (state: UserState, mailId: string): UserState => {
  const mail = state.pendingMails.find((pending) => pending.mailId === mailId)
  if (mail?.sender._tag !== "Relayed") return without(state, mailId)
  const { receivedAtMillis, sender } = mail
  const recent = state.seenMails.filter((seen) => seen.receivedAtMillis > receivedAtMillis - seenMillis)
  return {
    ...without(state, mailId),
    seenMails: [...recent, { mailId: mail.mailId, receivedAtMillis, marks: sender.marks }].slice(-seenLimit),
  }
}

const answered = (
  state: UserState,
  event: Event<"MailAccepted"> | Event<"MailRefused">,
  { pendingMails }: UserState,
): UserState => {
  const mail = pendingMails.find((pending) => pending.mailId === event.mailId)
  return mail === undefined
    ? state
    : { ...state, answeredMails: evolveAnswered(state.answeredMails, event, mail.receivedAtMillis) }
}

const held = (state: UserState, mailId: string): UserState => {
  const mail = state.pendingMails.find((pending) => pending.mailId === mailId)
  const heldMails = mail === undefined ? state.heldMails : [...state.heldMails, mail].slice(-heldLimit)
  return { ...without(state, mailId), heldMails }
}

const released = (state: UserState, { by, mailId }: Event<"MailReleased">): UserState => {
  const mail = state.heldMails.find((known) => known.mailId === mailId)
  if (mail === undefined) return state
  return {
    ...state,
    heldMails: state.heldMails.filter((known) => known !== mail),
    pendingMails: [...state.pendingMails, { ...mail, releasedBy: by }],
  }
}

export const evolveUser = (state: UserState, event: UserEvent, atMillis: number): UserState => {
  switch (event._tag) {
    case "UserCreated":
      return { ...evolveAccount(state, event, atMillis), created: true, name: event.name }
    case "MailReceived": {
      const { mailId, raw, envelope, recipient, receivedAtMillis } = event
      const sender = senderOf(event.origin)
      return {
        ...evolveAccount(state, event, atMillis),
        pendingMails: [
          ...state.pendingMails,
          { mailId, raw, envelope, recipient, receivedAtMillis, sender, releasedBy: null },
        ],
      }
    }
    case "MailAccepted":
    case "MailRefused":
      return answered(actedOn(state, event.mailId), event, state)
    case "MailAnswered":
      return actedOn(state, event.mailId)
    case "ReplyCapped":
      return { ...state, cappedAtMillis: event.atMillis }
    case "MailQuarantined":
      return held(state, event.mailId)
    case "MailReleased":
      return released(state, event)
    case "RequestOpened":
      return state.sessions.includes(event.sessionId)
        ? state
        : { ...state, sessions: [...state.sessions, event.sessionId].slice(-sessionLimit) }
    case "PolicySet":
      return { ...state, policy: event.layer }
    case "ApprovalNoted":
      return approvalNoted(state, event)
    case "CostNoted":
      return costNoted(state, event)
    case "AddressUnreachable":
    case "AddressRetried":
      return { ...state, unreachable: evolveUnreachable(state.unreachable, event) }
    case "AddressRotated":
    case "AddressRevoked":
    case "SenderAsked":
    case "SenderRemoved":
    case "PrimarySet":
    case "AccountMailQueued":
    case "AccountMailNoted":
      return evolveAccount(state, event, atMillis)
    case "SenderConfirmed":
    case "SenderDeclined": {
      const account = evolveAccount(state, event, atMillis)
      return event.mailId === undefined ? account : actedOn(account, event.mailId)
    }
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
