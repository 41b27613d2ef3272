import { SessionId } from "@maillm/schema/Ids"
import type { MailContent, Thread } from "@maillm/schema/Message"
import type { Facts } from "../world/Facts.ts"
import type { KnownApproval, PendingMail, UserState } from "./UserState.ts"

/**
 * The session a mail continues: that of the signed address it was sent to, else that of one of our own messages
 * it answers (`<message.session@domain>`). Only sessions of this user count.
 */
export const knownSession = (
  state: UserState,
  pending: Pick<PendingMail, "recipient">,
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

/** The approval whose question a mail replies to: `<q…>` asked, `<p…>` reminded (session/notices.ts). */
export const answeredApproval = (
  { approvals }: UserState,
  inReplyTo: string,
  { approvalKey, domain }: Facts,
): KnownApproval | null => {
  const match = /^<[qp]([^.<>@]+)\.([^.<>@]+)@([^<>@]+)>$/.exec(inReplyTo.trim())
  if (match === null || match[3]?.toLowerCase() !== domain.toLowerCase()) return null
  const [, tag, sessionId] = match
  return (
    approvals.find((known) => known.sessionId === sessionId && approvalKey(known.approvalId).tag === tag) ??
    null
  )
}

export const threadOf = (content: MailContent): Thread => {
  if (content._tag === "Unreadable")
    return { subject: "Your mail could not be read", messageId: "", references: [] }
  const { subject, messageId, inReplyTo, references } = content.mail
  const all = [...references, ...(inReplyTo !== "" && !references.includes(inReplyTo) ? [inReplyTo] : [])]
  return { subject, messageId, references: all.slice(-99) }
}
