import { agentName } from "@maillm/schema/agentName"
import type { Approval } from "@maillm/schema/Approval"
import { MessageId } from "@maillm/schema/Ids"
import type { OutboundMail } from "@maillm/schema/Message"
import type { DriverName } from "@maillm/schema/Turn"
import type { ReplyTo, RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { replySubject } from "./replySubject.ts"

/** What every mail of a session has in common: who writes to whom in which thread, and under which id. */
export const mailInThread = (
  sessionId: OutboundMail["sessionId"],
  request: Pick<RequestSpec, "requestId" | "userId" | "title">,
  { address, thread }: ReplyTo,
  id: string,
  context: WorldContext,
) => {
  const { facts } = context
  const messageId = MessageId.make(id)
  return {
    messageId,
    internetMessageId: `<${messageId}.${sessionId}@${facts.domain}>`,
    userId: request.userId,
    sessionId,
    requestId: request.requestId,
    epoch: context.epoch,
    to: address,
    fromName: "maillm",
    fromAddress: `${facts.replyLocalPart("session", request.userId, sessionId, context.now)}@${facts.domain}`,
    subject: replySubject(thread.subject, request.title),
    inReplyTo: thread.messageId,
    references: [...thread.references.filter((other) => other !== thread.messageId), thread.messageId]
      .filter((other) => other !== "")
      .slice(-100),
    link: facts.publicUrl === null ? "" : `${facts.publicUrl}/requests/${request.requestId}`,
    createdAtMillis: context.now,
  }
}

/** Ids of the mails that ask for an approval: who replies to one proves to have it (`answeredApproval` in UserActor.ts). */
const questionMailId = (tag: string, reminder: boolean) => `${reminder ? "p" : "q"}${tag}`

/** The mail that asks; null when there is nobody to write to. */
export const questionMail = (
  approval: Approval,
  request: RequestSpec,
  reminder: boolean,
  driver: DriverName,
  context: WorldContext,
): OutboundMail | null => {
  const replyTo = request.replyTo ?? (reminder ? escalation(request) : null)
  if (replyTo === null) return null
  const { facts, now } = context
  const { tag } = facts.approvalKey(approval.approvalId)
  const { approvalId, code, tool, command, cwd, reason, expiresAtMillis, sessionId, userId } = approval
  return {
    ...mailInThread(sessionId, request, replyTo, questionMailId(tag, reminder), context),
    // What comes there is about this question, whatever the client makes of In-Reply-To.
    fromAddress: `${facts.replyLocalPart("approval", userId, tag, now)}@${facts.domain}`,
    outcome:
      approval.kind === "request"
        ? "Your request is run only after your yes."
        : `${agentName(driver)} wants to run this and waits for your answer.`,
    answer: "",
    answerFormat: "markdown",
    facts: [],
    attachments: [],
    question: {
      approvalId,
      code,
      tool,
      command,
      cwd,
      class: approval.class,
      reason,
      expiresAtMillis,
      link: facts.approvalLink(userId, sessionId, approvalId),
      reminder,
    },
  }
}

/** A request from the console has no thread: its owner's address begins one, when nobody answers there. */
const escalation = (request: RequestSpec): ReplyTo | null =>
  request.escalateTo === undefined
    ? null
    : { address: request.escalateTo, thread: { subject: request.title, messageId: "", references: [] } }

/** A short mail that only tells; `id` makes it one mail however often it is decided. */
export const noticeMail = (
  sessionId: OutboundMail["sessionId"],
  request: RequestSpec,
  replyTo: ReplyTo | null,
  words: { readonly id: string; readonly outcome: string; readonly answer: string },
  context: WorldContext,
): OutboundMail | null =>
  replyTo === null
    ? null
    : {
        ...mailInThread(sessionId, request, replyTo, words.id, context),
        outcome: words.outcome.slice(0, 500),
        answer: words.answer,
        answerFormat: "markdown",
        facts: [],
        attachments: [],
      }
