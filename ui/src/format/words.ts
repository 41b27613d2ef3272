import type { Channel } from "@maillm/schema/Message"
import type { MessageRow, MessageState, RequestState, SessionRow } from "@maillm/schema/ReadModel"
import type { RuntimeName } from "@maillm/schema/Turn"

/** The tones a state may be shown in; each is always beside a word and a shape. */
export type Tone = "idle" | "queued" | "running" | "waiting" | "done" | "failed"
export interface StateWord {
  readonly word: string
  readonly tone: Tone
}

export const requestStateWords: Readonly<Record<RequestState, StateWord>> = {
  received: { word: "Received", tone: "queued" },
  confirming: { word: "Confirming", tone: "waiting" },
  queued: { word: "Queued", tone: "queued" },
  running: { word: "Running", tone: "running" },
  waiting: { word: "Waiting", tone: "waiting" },
  done: { word: "Done", tone: "done" },
  failed: { word: "Failed", tone: "failed" },
  cancelled: { word: "Cancelled", tone: "idle" },
  expired: { word: "Expired", tone: "idle" },
}

/** A request in one of these can still be withdrawn. */
export const activeStates: ReadonlySet<RequestState> = new Set([
  "received",
  "confirming",
  "queued",
  "running",
  "waiting",
])

export const sessionStateWords: Readonly<Record<SessionRow["state"], StateWord>> = {
  idle: { word: "Idle", tone: "idle" },
  queued: { word: "Queued", tone: "queued" },
  running: { word: "Running", tone: "running" },
  waiting: { word: "Waiting for you", tone: "waiting" },
}

export const messageStateWords: Readonly<Record<MessageState, StateWord>> = {
  received: { word: "Received", tone: "queued" },
  accepted: { word: "Accepted", tone: "done" },
  quarantined: { word: "Quarantined", tone: "waiting" },
  answered: { word: "Answer", tone: "done" },
  refused: { word: "Refused", tone: "failed" },
  unread: { word: "Not read", tone: "failed" },
  queued: { word: "To be sent", tone: "queued" },
  kept: { word: "Kept here", tone: "idle" },
  delivered: { word: "Delivered", tone: "done" },
  retrying: { word: "Retrying", tone: "waiting" },
  failed: { word: "Not delivered", tone: "failed" },
}

/** What a message's state means, in a sentence. */
export const messageStateMeanings: Readonly<Record<MessageState, string>> = {
  received: "Stored; not read yet.",
  accepted: "It became a request.",
  quarantined: "Kept and not acted on.",
  answered: "It answered a question.",
  refused: "It is from you, but cannot be a request.",
  unread:
    "It is kept, and maillm could not read it. It is among the dead letters in System, to be tried again.",
  queued: "Waiting to be sent.",
  kept: "Kept in this outbox, because no mail relay is set (MAILLM_SMTP_RELAY).",
  delivered: "The next mail server has taken it.",
  retrying: "It was not taken; it will be tried again.",
  failed: "Given up; it was not delivered.",
}

/** States in which something did not go as wished: only there do a message's reasons say what its state does not. */
const explained: ReadonlySet<MessageState> = new Set([
  "quarantined",
  "refused",
  "unread",
  "retrying",
  "failed",
])

/** The reasons worth showing. */
export const reasonsOf = (row: Pick<MessageRow, "state" | "reasons">): ReadonlyArray<string> =>
  explained.has(row.state) ? row.reasons : []

export const channelWords: Readonly<Record<Channel, string>> = { email: "Email", console: "Console" }
export const runtimeWords: Readonly<Record<RuntimeName, string>> = {
  docker: "Docker",
  host: "Host, not isolated",
}

/** The name of an event as words: `TurnEnded` is `turn ended`. */
export const eventWords = (type: string): string => type.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()
