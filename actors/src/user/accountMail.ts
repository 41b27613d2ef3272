import { MessageId, RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { OutboundMail, Thread } from "@maillm/schema/Message"
import { formatMoment } from "../session/format.ts"
import { replySubject } from "../session/replySubject.ts"
import type { WorldContext } from "../world/Facts.ts"
import type { UserState } from "./UserState.ts"

/** No session and no request has such an id: `deriveId` makes them. */
const none = "account"

interface AccountMail {
  readonly id: string
  readonly to: string
  readonly confirmId: string
  readonly subject: string
  readonly outcome: string
  readonly answer: string
  readonly link?: string
  readonly thread?: Thread
  readonly proof?: true
}

/**
 * A mail of the account. Its sender address takes nothing but the answer to a confirmation: who reads it, perhaps a
 * stranger, learns no address that commands.
 */
const accountMail = (
  state: UserState,
  mail: AccountMail,
  { epoch, facts, now }: WorldContext,
): OutboundMail => {
  const messageId = MessageId.make(mail.id)
  const { domain, replyLocalPart } = facts
  const inReplyTo = mail.thread?.messageId ?? ""
  return {
    messageId,
    internetMessageId: `<${messageId}.${none}@${domain}>`,
    userId: UserId.make(state.id),
    sessionId: SessionId.make(none),
    requestId: RequestId.make(none),
    account: true,
    ...(mail.proof === undefined ? {} : { proof: mail.proof }),
    epoch,
    to: mail.to,
    fromName: "maillm",
    fromAddress: `${replyLocalPart("confirmation", state.id, mail.confirmId, now)}@${domain}`,
    subject: mail.subject,
    inReplyTo,
    references: [...(mail.thread?.references ?? []), inReplyTo].filter((id) => id !== "").slice(-100),
    outcome: mail.outcome,
    answer: mail.answer,
    answerFormat: "markdown",
    facts: [],
    link: mail.link ?? "",
    attachments: [],
    createdAtMillis: now,
  }
}

/** One line without marks, as a name stands in a sentence. */
const plain = (name: string) =>
  name
    .replace(/[^\p{L}\p{M}\p{N} .'-]+/gu, " ")
    .trim()
    .slice(0, 60)

/** Asks whether an address is the user's. It may reach a stranger, so it holds nothing that the stranger could use. */
export const askingMail = (
  state: UserState,
  asked: { readonly address: string; readonly confirmId: string; readonly expiresAtMillis: number },
  context: WorldContext,
): OutboundMail => {
  const { address, confirmId, expiresAtMillis } = asked
  const { domain, senderLink } = context.facts
  return accountMail(
    state,
    {
      id: `k${confirmId}`,
      to: address,
      confirmId,
      subject: `Is ${address} yours? Confirm it for maillm`,
      outcome: `Reply "yes" if mail from ${address} may give orders to the maillm account ${plain(state.name)} at ${domain}.`,
      answer: [
        "Reply **yes** and nothing else, from this very address. Or open the link below where you are signed in to the console.",
        `Either works until ${formatMoment(expiresAtMillis)}, once.`,
        `If you do not know what this is, somebody has mistyped an address: do nothing. If you reply **no**, it is not asked again for 30 days.`,
      ].join("\n\n"),
      link: senderLink(state.id, confirmId),
      proof: true,
    },
    context,
  )
}

/** Tells the primary address that there is one more from which orders are taken. */
export const tellingMail = (
  state: UserState,
  told: { readonly address: string; readonly confirmId: string; readonly by: string },
  context: WorldContext,
): OutboundMail =>
  accountMail(
    state,
    {
      id: `t${told.confirmId}`,
      to: state.email,
      confirmId: told.confirmId,
      subject: `${told.address} is one of your addresses now`,
      outcome: `Mail from ${told.address} is done as yours from now on.`,
      answer: `It was confirmed by ${told.by}. If that was not you, remove it in the console under Addresses, or with \`maillm sender remove\`.`,
      link: context.facts.publicUrl === null ? "" : `${context.facts.publicUrl}/addresses`,
    },
    context,
  )

/** Answers who has said yes or no, in the thread. */
export const answeringMail = (
  state: UserState,
  answered: {
    readonly address: string
    readonly confirmId: string
    readonly confirmed: boolean
    readonly thread: Thread
  },
  context: WorldContext,
): OutboundMail =>
  accountMail(
    state,
    {
      id: `w${answered.confirmId}`,
      to: answered.address,
      confirmId: answered.confirmId,
      subject: replySubject(answered.thread.subject, "Confirmation"),
      outcome: answered.confirmed
        ? `${answered.address} is confirmed.`
        : `${answered.address} is not confirmed, and not asked again.`,
      answer: answered.confirmed
        ? "Mail from it to a private address of the account is done from now on."
        : "",
      thread: answered.thread,
    },
    context,
  )
