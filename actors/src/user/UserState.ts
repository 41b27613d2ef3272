import * as Schema from "effect/Schema"
import { EpochMillis, MessageId, SessionId } from "@maillm/schema/Ids"
import { Envelope, Recipient } from "@maillm/schema/Message"
import type { UserEvent } from "@maillm/schema/UserActor"

/** A mail that waits for its parser. */
export const PendingMail = Schema.Struct({
  mailId: MessageId,
  envelope: Envelope,
  recipient: Recipient,
  receivedAtMillis: EpochMillis,
})
export type PendingMail = typeof PendingMail.Type

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
    case "ApprovalNoted":
    case "CostNoted":
    case "CommandFailed":
      return state
  }
}
