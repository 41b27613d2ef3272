import type { MailContent } from "@maillm/schema/Message"
import type { UserEvent } from "@maillm/schema/UserActor"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { pendingSender } from "./account.ts"
import { answeringMail, tellingMail } from "./accountMail.ts"
import { threadOf } from "./mailThread.ts"
import { understood } from "./messageAction.ts"
import { senderTrust } from "./senderTrust.ts"
import type { PendingMail, UserState } from "./UserState.ts"

/**
 * A mail to the address of a confirmation. It counts only as the round trip that was asked for: from exactly the address
 * that was asked, proven as a command has to be, in time, once, and saying yes or no and nothing else. What does not
 * count is kept and not answered, for who writes may be a stranger.
 */
export const confirmationRead = (
  state: UserState,
  pending: PendingMail & { readonly confirmId: string },
  content: MailContent,
  context: WorldContext,
): WorldDecision<UserEvent> => {
  const { confirmId, mailId, receivedAtMillis } = pending
  const keep = (...reasons: ReadonlyArray<string>): WorldDecision<UserEvent> => ({
    events: [{ _tag: "MailQuarantined", mailId, content, reasons }],
    effects: [],
  })
  const sender = pendingSender(state, confirmId, receivedAtMillis)
  if (sender === undefined)
    return keep("the confirmation that it answers was used, is over, or a newer mail has asked again")
  if (pending.releasedBy !== null)
    return keep("a mail that was released proves no address: confirm it by the link in the mail that asks")
  const { address } = sender
  const owner = { userId: state.id, senders: [address], settingsEmail: state.settingsEmail }
  const trust = senderTrust(owner, pending, content, state.seenMails)
  if (trust._tag === "Quarantine") return keep(...trust.reasons)
  if (trust.as !== "owner")
    return keep("a forwarder has passed it on: confirm the address by the link in the mail that asks")
  if (content._tag === "Unreadable") return keep(`it cannot be read: ${content.reason}`.slice(0, 500))
  const { fromName, newestText } = content.mail
  const message = understood(newestText, [fromName, state.name, address.replace(/@.*$/, "")])
  const confirmed = message.intent === "approve" && message.code === null
  if (!confirmed && message.intent !== "deny")
    return keep(
      'it says neither yes nor no to whether the address is the user\'s: reply "yes" and nothing else',
    )
  const answer = answeringMail(state, { address, confirmId, confirmed, thread: threadOf(content) }, context)
  const decided = { address, confirmId, mailId, content, atMillis: context.now }
  if (!confirmed)
    return {
      events: [
        { _tag: "SenderDeclined", ...decided },
        { _tag: "AccountMailQueued", mail: answer },
      ],
      effects: [{ _tag: "SendMail", mail: answer }],
    }
  const told = tellingMail(state, { address, confirmId, by: `a reply from ${address}` }, context)
  return {
    events: [
      { _tag: "SenderConfirmed", ...decided, via: "email", by: address },
      { _tag: "AccountMailQueued", mail: answer },
      { _tag: "AccountMailQueued", mail: told },
    ],
    effects: [
      { _tag: "SendMail", mail: answer },
      { _tag: "SendMail", mail: told },
    ],
  }
}
