import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import { formatBytes, formatDuration } from "../session/format.ts"

/** What happened, as one sentence for a person. */
export const sentenceOf = (event: SessionEvent): string => {
  switch (event._tag) {
    case "SessionOpened":
      return `Session opened with the ${event.driver} driver`
    case "RequestQueued":
      return "Queued in its session"
    case "TurnOrdered":
      return `Sent to node ${event.nodeId}`
    case "TurnDelayed":
      return `Waiting: ${event.reason}`
    case "TurnTaken":
      return `Typed into the pane on node ${event.nodeId}; the shell took it`
    case "TurnEnded":
      return endOf(event.result)
    case "ApprovalAsked":
      return `Asked: ${event.approval.reason}`
    case "ApprovalAnswered":
      return `${event.state === "allowed" ? "Allowed" : event.state === "denied" ? "Denied" : event.state === "expired" ? "Not answered in time, so denied" : "Withdrawn"}: ${event.by}${event.via === null ? "" : `, by ${event.via}`}${event.note === "" ? "" : ` (${event.note})`}`
    case "ApprovalConsumed":
      return "What was allowed has begun"
    case "ApprovalAnsweredLate":
      return `${event.by} answered by ${event.via} when it was decided already`
    case "ApprovalReminded":
      return "Asked once more"
    case "DriverChosen":
      return `Done by ${event.driver}: ${event.reason}`
    case "RequestParked":
      return `Waiting until ${timeOf(event.untilMillis)}: ${event.reason}`
    case "TurnLeaveAsked":
      return "The spending cap is looked at"
    case "TurnLeaveGiven":
      return "The spending cap leaves room for it"
    case "RequestEnded":
      return event.outcome === "" ? `Ended: ${event.state}` : event.outcome
    case "CancelAsked":
      return `${event.by} asked to stop it`
    case "ReplyQueued":
      return `Reply to ${event.mail.to} written`
    case "ReplySent":
      return event.via === "outbox"
        ? "Reply kept in the outbox: no relay is set"
        : `Reply taken by the relay${event.detail === "" ? "" : `: ${event.detail}`}`
    case "ReplyFailed":
      return event.retryAtMillis === null
        ? `Reply given up after attempt ${event.attempt}: ${event.reason}`
        : `Reply not sent at attempt ${event.attempt}, tried again at ${timeOf(event.retryAtMillis)}: ${event.reason}`
    case "CommandFailed":
      return `${event.commandTag} could not be handled and was put aside: ${event.reason}`
  }
}

const timeOf = (millis: number) => {
  const date = new Date(millis)
  return Number.isNaN(date.getTime())
    ? "an unknown time"
    : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`
}

const endOf = (result: TurnResult): string => {
  const { outcome } = result
  const spent = `after ${formatDuration(result.endedAtMillis - result.startedAtMillis)}`
  const output = result.outputBytes === 0 ? "no output" : `${formatBytes(result.outputBytes)} of output`
  switch (outcome._tag) {
    case "Exited":
      return `Ended with exit code ${outcome.exitCode} ${spent}, ${output}`
    case "PaneEnded": {
      const how =
        outcome.signal === null ? `exit code ${outcome.exitCode ?? "unknown"}` : `signal ${outcome.signal}`
      return `The shell itself ended with ${how} ${spent}, ${output}`
    }
    case "Answered":
      return `Answered ${spent}`
    case "AgentFailed":
      return `The agent could not go on ${spent}: ${outcome.fault.message}`
    case "Failed":
      return outcome.ran === "no"
        ? `Not run: ${outcome.reason}`
        : `Interrupted; how far it got is not known: ${outcome.reason}`
  }
}
