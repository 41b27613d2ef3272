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
  { recipient }: Pick<PendingMail, "recipient">,
  thread: Thread,
  { approvalKey, domain }: Pick<Facts, "approvalKey" | "domain">,
): SessionId | null => {
  const addressed = addressedApproval(state, recipient, approvalKey)
  const candidates: Array<string> =
    recipient._tag === "Session" ? [recipient.sessionId] : addressed === null ? [] : [addressed.sessionId]
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

/** The approval whose reply address a mail was sent to; null for other addresses, and for one that is long over. */
const addressedApproval = (
  { approvals }: UserState,
  recipient: PendingMail["recipient"],
  approvalKey: Facts["approvalKey"],
): KnownApproval | null =>
  recipient._tag === "Approval"
    ? (approvals.find((known) => approvalKey(known.approvalId).tag === recipient.tag) ?? null)
    : null

/**
 * The question that a mail is about: by the address it was sent to, which is signed for that one, or by the mail that it
 * replies to. `unclear` where the two differ; `forgotten` where the address is of one that is not known any more.
 */
export const questionOf = (
  state: UserState,
  { recipient }: Pick<PendingMail, "recipient">,
  inReplyTo: string,
  facts: Facts,
): { readonly asked: KnownApproval | null; readonly doubt: "forgotten" | "unclear" | null } => {
  const addressed = addressedApproval(state, recipient, facts.approvalKey)
  const replied = answeredApproval(state, inReplyTo, facts)
  if (addressed !== null && replied !== null && addressed !== replied)
    return { asked: null, doubt: "unclear" }
  const asked = addressed ?? replied
  return { asked, doubt: asked === null && recipient._tag === "Approval" ? "forgotten" : null }
}

/** The approval whose question a mail replies to: `<q…>` asked, `<p…>` reminded (session/notices.ts). */
const answeredApproval = (
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
