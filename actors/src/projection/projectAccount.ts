import { evolveAccount } from "@maillm/schema/accountEvents"
import type { AccountEvent } from "@maillm/schema/accountEvents"
import { accountOf } from "@maillm/schema/accountOf"
import type { UserId } from "@maillm/schema/Ids"
import type { UserRow } from "@maillm/schema/ReadModel"
import { formatMoment } from "../session/format.ts"
import type { Draft } from "./Draft.ts"
import { contentOf, replyMessage, unknownMail } from "./mailMessage.ts"

type Event<Tag extends AccountEvent["_tag"]> = Extract<AccountEvent, { readonly _tag: Tag }>

export const newUser = (id: UserId, createdAtMillis: number): UserRow => ({
  id,
  name: "",
  email: "",
  privateLocalPart: "",
  createdAtMillis,
})

/** What an event does to an account's addresses, and to the mails about them. */
export const projectAccount = (
  draft: Draft,
  userId: UserId,
  event: AccountEvent,
  at: number,
  index: number,
) => {
  draft.users.change(userId, (row) => evolveAccount(accountOf(row), event, at))
  switch (event._tag) {
    case "AccountMailQueued": {
      const { mail } = event
      const row = { ...replyMessage(mail, at), sessionId: null, requestId: null }
      draft.messages.put(mail.proof === undefined ? row : { ...row, ...withheld })
      return draft.tell(
        userId,
        at,
        index,
        event._tag,
        { messageId: mail.messageId },
        `Mail to ${mail.to}: ${mail.subject}`.slice(0, 1_000),
      )
    }
    case "AccountMailNoted": {
      const { detail, messageId, raw, state } = event
      draft.messages.change(messageId, (row) => ({
        state,
        reasons: detail === "" ? [] : [detail],
        // Where no mail leaves, the console is the only place to read it in.
        raw: row.proof === true && state !== "kept" ? null : (raw ?? row.raw),
        updatedAtMillis: at,
      }))
      return draft.tell(userId, at, index, event._tag, { messageId }, notedSentence(event))
    }
    case "SenderConfirmed":
    case "SenderDeclined":
      answered(draft, userId, event, at)
      return draft.tell(
        userId,
        at,
        index,
        event._tag,
        event.mailId === undefined ? {} : { messageId: event.mailId },
        accountSentence(event),
      )
    default:
      return draft.tell(userId, at, index, event._tag, {}, accountSentence(event))
  }
}

/** Who adds an address could else confirm it without ever reading mail there. */
const withheld = {
  proof: true,
  from: "",
  text: "What this mail says is for who reads mail there, and not shown here. Where no mail leaves this installation, its source has it.",
} as const

/** The mail that answered the question whether an address is the user's. */
const answered = (
  draft: Draft,
  userId: UserId,
  { content, mailId }: Event<"SenderConfirmed" | "SenderDeclined">,
  at: number,
) => {
  if (mailId === undefined) return
  const before = draft.messages.get(mailId) ?? unknownMail(mailId, userId, at)
  const read = content === undefined ? {} : contentOf(content)
  draft.messages.put({ ...before, ...read, state: "answered", reasons: [], updatedAtMillis: at })
}

const notedSentence = ({ detail, state }: Event<"AccountMailNoted">): string => {
  const words = {
    kept: "Kept in the outbox",
    delivered: "Delivered",
    retrying: "Not sent yet",
    failed: "Given up",
  }[state]
  return `${words}${detail === "" ? "" : `: ${detail}`}`.slice(0, 1_000)
}

/** Local parts of private addresses are secrets, of which the audit shows no more than their beginning. */
const shown = (localPart: string) => `${localPart.slice(0, localPart.indexOf(".") + 5)}…`

const accountSentence = (
  event: Exclude<AccountEvent, Event<"AccountMailQueued" | "AccountMailNoted">>,
): string => {
  switch (event._tag) {
    case "AddressRotated": {
      const { atMillis, by, former, formerEndsAtMillis, localPart } = event
      const until =
        formerEndsAtMillis <= atMillis
          ? "ended at once"
          : `takes mail until ${formatMoment(formerEndsAtMillis)}`
      return `${by} had a new private address made (${shown(localPart)}); the former one (${shown(former)}) ${until}`
    }
    case "AddressRevoked":
      return `${event.by} revoked the private address ${shown(event.localPart)}`
    case "SenderAsked":
      return `${event.by} wants to write from ${event.address}, which is asked by mail to confirm that`
    case "SenderConfirmed":
      return `${event.address} is confirmed, by ${event.via === "email" ? "a reply from it" : `${event.by} in the console, with what was mailed to it`}: mail from it is done`
    case "SenderDeclined":
      return `Whoever reads mail at ${event.address} said that it is not this account's`
    case "SenderRemoved":
      return `${event.by} removed ${event.address}: mail from it is not done any more`
    case "PrimarySet":
      return `${event.by} made ${event.address} the primary address`
  }
}
