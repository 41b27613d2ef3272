import type { ApprovalVia } from "@maillm/schema/Approval"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { DriverName, TurnResult } from "@maillm/schema/Turn"
import { agentName } from "@maillm/schema/agentName"
import { reasonSentence } from "@maillm/schema/reasonSentence"
import { visibleText } from "@maillm/schema/visibleText"
import { filesOf } from "../session/fetches.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { formatDuration } from "../session/format.ts"

/** Of a command in a sentence: the whole of it is on the approval. */
const commandMax = 200

/** What happened, as one sentence for a person; by the event alone, so that it is the same however often it is folded. */
export const sentenceOf = (event: SessionEvent): string => {
  switch (event._tag) {
    case "SessionOpened":
      return `Session opened with ${event.driver === "shell" ? "the shell driver" : agentName(event.driver)}`
    case "RequestQueued":
      return "Queued in its session"
    case "TurnOrdered":
      return `Sent to node ${event.nodeId}`
    case "FilesAsked":
      return event.reason === "" ? `Node ${event.nodeId} is asked for the files` : `Waiting: ${event.reason}`
    case "FilesFetched":
      return fetchedOf(event.paths)
    case "FetchPassedOn":
      return event.reason
    case "TurnDelayed":
      return `Waiting: ${event.reason}`
    case "TurnTaken":
      return `Typed into the pane on node ${event.nodeId}; ${whoOf(event.driver ?? "shell")} took it`
    case "TurnEnded":
      return endOf(event.result)
    case "DriverChosen":
      return `${agentName(event.driver)} does it: ${event.reason}`
    case "RequestParked":
      return `Waiting until ${timeOf(event.untilMillis)}: ${event.reason}`
    case "TurnLeaveAsked":
      return "Asked whether the spending cap leaves room for it"
    case "TurnLeaveGiven":
      return "The spending cap leaves room for it"
    case "SessionPolicySet":
      return `${event.by} allows for the rest of the session: ${Object.keys(event.layer.classes ?? {}).join(", ")}`
    case "RequestEnded":
      return event.outcome === "" ? `Ended: ${event.state}` : event.outcome
    case "CancelAsked":
      return `${event.by} asked to stop it`
    case "ReplyQueued":
      return mailOf(event.mail)
    case "ReplySent":
      return event.via === "outbox"
        ? `${mailWord(event.messageId)} kept in the outbox: no relay is set`
        : `${mailWord(event.messageId)} taken by ${event.via === "mx" ? "its receiver's server" : "the relay"}${event.detail === "" ? "" : `: ${event.detail}`}`
    case "ReplyFailed":
      return event.retryAtMillis === null
        ? `${mailWord(event.messageId)} given up after attempt ${event.attempt}: ${event.reason}`
        : `${mailWord(event.messageId)} not sent at attempt ${event.attempt}, tried again at ${timeOf(event.retryAtMillis)}: ${event.reason}`
    case "ReplyBounced":
      return `${mailWord(event.messageId)} came back (${event.status}): ${event.reason}`.slice(0, 1_000)
    case "CommandFailed":
      return `${event.commandTag} could not be handled and was put aside: ${event.reason}`
    case "ApprovalAsked":
    case "ApprovalAnswered":
    case "ApprovalConsumed":
    case "ApprovalAnsweredLate":
    case "ApprovalReminded":
      return approvalSentence(event)
  }
}

type OfApproval = Extract<
  SessionEvent,
  {
    readonly _tag:
      | "ApprovalAsked"
      | "ApprovalAnswered"
      | "ApprovalConsumed"
      | "ApprovalAnsweredLate"
      | "ApprovalReminded"
  }
>

const approvalSentence = (event: OfApproval): string => {
  switch (event._tag) {
    case "ApprovalAsked": {
      const { kind, tool, command, reason, expiresAtMillis } = event.approval
      const shown = visibleText(command.replaceAll(/\s+/g, " ").trim()).slice(0, commandMax)
      const what = kind === "request" ? "Asked before it begins" : `Asked before ${tool} runs \`${shown}\``
      return `${what}: ${reasonSentence(reason)} Denied unless answered by ${timeOf(expiresAtMillis)}`
    }
    case "ApprovalAnswered":
      return answered(event)
    case "ApprovalConsumed":
      return "What was allowed has begun"
    case "ApprovalAnsweredLate":
      return `${event.by} said ${event.decision === "allow" ? "yes" : "no"} ${viaWords[event.via]}, too late: it was decided already`
    case "ApprovalReminded":
      return "Asked once more, for nobody has answered"
  }
}

const viaWords: Readonly<Record<ApprovalVia, string>> = {
  email: "by email",
  link: "by the link in the mail",
  console: "in the console",
  terminal: "in the terminal",
}

const answered = ({ state, by, via, note }: Extract<SessionEvent, { readonly _tag: "ApprovalAnswered" }>) => {
  const how = via === null ? "" : ` ${viaWords[via]}`
  const said = note === "" ? "" : `: “${note}”`
  switch (state) {
    case "allowed":
    case "consumed":
      return `Allowed by ${by}${how}${said}`
    case "denied":
      return `Denied by ${by}${how}${said}`
    case "expired":
      return "Nobody answered in time, so it is denied"
    case "cancelled":
      return `No answer is needed any more${by === "" ? "" : `: ${by}`}`
    case "pending":
      return "Asked again"
  }
}

const mailOf = ({
  messageId,
  to,
  question,
}: Extract<SessionEvent, { readonly _tag: "ReplyQueued" }>["mail"]) => {
  if (question === undefined) return `${mailWord(messageId)} to ${to} written`
  return question.reminder ? `Reminder to ${to} written` : `Question to ${to} written`
}

export const timeOf = (millis: number) => {
  const date = new Date(millis)
  return Number.isNaN(date.getTime())
    ? "an unknown time"
    : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`
}

const whoOf = (driver: DriverName) => (driver === "shell" ? "the shell" : agentName(driver))

/** Ids of questions begin with `q`, their reminders' with `p`, those of replies with `m`; others only tell. */
const mailWord = (messageId: string) =>
  /^[qp]/.test(messageId) ? "Question" : messageId.startsWith("m") ? "Reply" : "Notice"

const endOf = (result: TurnResult): string => {
  const { outcome } = result
  const spent = `after ${formatDuration(result.endedAtMillis - result.startedAtMillis)}`
  const output = result.outputBytes === 0 ? "no output" : `${formatBytes(result.outputBytes)} of output`
  switch (outcome._tag) {
    case "Exited":
      return `Ended with exit code ${outcome.exitCode} ${spent}, ${output}${filesIn(result)}`
    case "PaneEnded": {
      const how =
        outcome.signal === null ? `exit code ${outcome.exitCode ?? "unknown"}` : `signal ${outcome.signal}`
      return `The pane's process ended with ${how} ${spent}, ${output}`
    }
    case "Answered":
      return `Answered ${spent}${changed(result)}${filesIn(result)}${shortened(result)}`
    case "AgentFailed":
      return `The agent could not go on ${spent}: ${outcome.fault.message}`
    case "Failed":
      return outcome.ran === "no"
        ? `Not run: ${outcome.reason}`
        : `Interrupted; how far it got is not known: ${outcome.reason}`
  }
}

const fetchedOf = (paths: Extract<SessionEvent, { readonly _tag: "FilesFetched" }>["paths"]) => {
  const { left, sent } = filesOf(paths)
  const names = (files: ReadonlyArray<{ readonly name: string }>) =>
    visibleText(files.map(({ name }) => name).join(", ")).slice(0, 400)
  return [
    sent.length === 0 ? "" : `Read ${names(sent)} out of the workspace`,
    left.length === 0 ? "" : `not sent: ${names(left)}`,
  ]
    .filter((part) => part !== "")
    .join("; ")
}

const filesIn = ({ files }: TurnResult) => {
  const count = files?.sent.length ?? 0
  return count === 0 ? "" : `, ${count === 1 ? "1 file" : `${count} files`} for the answer`
}

const shortened = ({ compactions = 0 }: TurnResult) =>
  compactions === 0
    ? ""
    : `; it shortened its memory of the conversation ${compactions === 1 ? "once" : `${compactions} times`}`

const changed = ({ changes }: TurnResult) => {
  if (changes === undefined) return ""
  if (changes.fileCount === 0) return ", no files changed"
  const { fileCount, addedLines, removedLines } = changes
  return `, ${fileCount === 1 ? "1 file" : `${fileCount} files`} changed (+${addedLines} −${removedLines})`
}
