import { MessageId } from "@maillm/schema/Ids"
import type { OutboundMail } from "@maillm/schema/Message"
import type { TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { formatBytes, formatDuration } from "./format.ts"
import type { Ending } from "./turnEnding.ts"

/** Whole outputs up to this size go along as a file; larger ones are linked. */
const attachedOutputLimitBytes = 5 * 1024 * 1024

/** Of `OutboundMail.answer`, in UTF-16 code units. */
const answerLimit = 262_144

/**
 * The mail that answers a request, or null when it came by another channel. Pure and stable: the same ending gives
 * the same mail, with ids that follow from the request.
 */
export const composeReply = (
  sessionId: OutboundMail["sessionId"],
  request: RequestSpec,
  ending: Ending,
  result: TurnResult | null,
  context: WorldContext,
): OutboundMail | null => {
  if (request.replyTo === null) return null
  const { address, thread } = request.replyTo
  const { facts } = context
  const messageId = MessageId.make(`m${request.requestId}`)
  const link = facts.publicUrl === null ? "" : `${facts.publicUrl}/requests/${request.requestId}`
  const blob = result?.outputBlob ?? null
  const attached = blob !== null && blob.sizeBytes <= attachedOutputLimitBytes
  return {
    messageId,
    internetMessageId: `<${messageId}.${sessionId}@${facts.domain}>`,
    userId: request.userId,
    sessionId,
    requestId: request.requestId,
    epoch: context.epoch,
    to: address,
    fromName: "maillm",
    fromAddress: `${facts.sessionLocalPart(request.userId, sessionId)}@${facts.domain}`,
    subject: replySubject(thread.subject, request.title),
    inReplyTo: thread.messageId,
    references: [...thread.references.filter((id) => id !== thread.messageId), thread.messageId]
      .filter((id) => id !== "")
      .slice(-100),
    outcome: ending.outcome,
    answer: answerOf(ending, result, attached),
    answerFormat: result === null ? "markdown" : "terminal",
    facts: result === null ? [] : factsOf(result),
    link,
    attachments: attached && blob !== null ? [{ name: "output.txt", type: "text/plain", blob }] : [],
    createdAtMillis: context.now,
  }
}

/** One `Re:` before the subject, so that clients keep the thread. */
const replySubject = (subject: string, title: string) => {
  const base = subject.trim() === "" ? title : subject.trim()
  return /^re\s*:/i.test(base) ? base.slice(0, 990) : `Re: ${base}`.slice(0, 990)
}

const answerOf = (ending: Ending, result: TurnResult | null, attached: boolean) => {
  if (result === null) return ending.detail
  const note = result.truncated
    ? attached
      ? "\n\n(The middle is left out here; the whole output is attached as output.txt.)"
      : "\n\n(The middle is left out here; the whole output is in the console.)"
    : ""
  const text = result.outputText.trimEnd()
  const printed = text === "" ? (ending.detail === "" ? "(it printed nothing)" : "") : text + note
  const answer = [ending.detail, printed].filter((part) => part !== "").join("\n\n")
  return answer.slice(0, answerLimit)
}

const factsOf = (result: TurnResult) => {
  const { outcome } = result
  const code = "exitCode" in outcome ? outcome.exitCode : null
  return [
    ...(code === null ? [] : [{ label: "Exit code", value: String(code) }]),
    { label: "Time", value: formatDuration(result.endedAtMillis - result.startedAtMillis) },
    { label: "Output", value: formatBytes(result.outputBytes) },
  ]
}
