import type { ApprovalDecision } from "@maillm/schema/Approval"
import type { SessionId } from "@maillm/schema/Ids"
import { fileLimitBytes, filesLimit } from "@maillm/schema/Files"
import type { DriverName, Repository } from "@maillm/schema/Turn"
import type { MessageCommand } from "@maillm/schema/UserActor"
import type { Message } from "@maillm/schema/Intent"
import { parseMessage } from "../intent/parseMessage.ts"
import { count, formatCost } from "../session/format.ts"
import type { WorldContext } from "../world/Facts.ts"
import { withoutSignature } from "./withoutSignature.ts"
import { monthOf } from "./UserState.ts"
import type { KnownApproval, UserState } from "./UserState.ts"

/** What a message of a user is: work for an agent, something for maillm itself, or an answer to an approval. */
export type MessageAction =
  | {
      readonly _tag: "Work"
      readonly text: string
      readonly driver: DriverName | null
      readonly repository: Repository | null
      /** In a session of its own, whatever thread it stands in. */
      readonly newSession: boolean
      /** The recording is to come along. */
      readonly recording: boolean
    }
  | { readonly _tag: "Command"; readonly command: MessageCommand }
  | {
      readonly _tag: "Answer"
      readonly approval: KnownApproval
      readonly decision: ApprovalDecision
      readonly note: string
    }

/** Where a message stands: the session its thread belongs to, and the question that it replies to, if any. */
export interface MessagePlace {
  readonly sessionId: SessionId | null
  readonly asked: KnownApproval | null
  /** Why it is not known which question is meant, though it was sent to the address of one. */
  readonly doubt?: "forgotten" | "unclear" | null
  /** Names that its sender may sign with; a signature is no part of an answer. */
  readonly names: ReadonlyArray<string>
}

/**
 * What the newest text of a message wants. A yes or no counts only with a code, or as the reply to the very mail that
 * asks; else it is a text for the agent, who may have asked in its own words.
 */
export const messageAction = (
  state: UserState,
  text: string,
  place: MessagePlace,
  context: WorldContext,
): MessageAction => {
  const message = understood(text, place.names)
  const work: Extract<MessageAction, { readonly _tag: "Work" }> = {
    _tag: "Work",
    text,
    driver: null,
    repository: null,
    newSession: false,
    recording: false,
  }
  switch (message.intent) {
    case "request":
      return place.asked?.open === true ? neitherYesNorNo(place.asked.code) : { ...work, ...wished(message) }
    case "new":
      return { ...work, ...wished(message), newSession: true }
    case "approve":
      return answer(state, "allow", message.code, "", place) ?? work
    case "deny":
      return answer(state, "deny", message.code, message.note ?? "", place) ?? work
    case "stop":
      return stop(place, message.target)
    case "status":
      return { _tag: "Command", command: { _tag: "Status", known: known(state, context) } }
    case "send":
      // Files that are not there make it one for the agent, and that is not the way to answer a question.
      return message.casual && place.asked?.open === true
        ? neitherYesNorNo(place.asked.code)
        : { _tag: "Command", command: { _tag: "Send", paths: message.paths, casual: message.casual } }
    case "help":
      return say("What you can write", help)
    case "agent":
      return say(
        "Nothing to do yet.",
        `Write the request behind it: /agent ${message.driver} <what is to be done>.`,
      )
    case "unclear":
      if (message.about === "nothing") return work
      if (
        message.about === "answer" &&
        place.asked?.open !== true &&
        !state.approvals.some(({ open }) => open)
      )
        return work
      return say("This was not understood, and nothing was done.", message.reason)
  }
}

const neitherYesNorNo = (code: string): MessageAction =>
  say(
    "That was neither yes nor no.",
    `A question waits for your answer: reply "yes" or "no" to its mail, and nothing else (a reason after "no" is told to the agent), or write "yes ${code}" or "no ${code}". What you wrote was not passed on; send it again without replying to the question, if it is a request.`,
  )

const wished = ({
  driver,
  recording,
  repo,
  text,
}: Extract<Message, { readonly intent: "request" | "new" }>) => ({
  text,
  driver,
  repository: repo,
  recording: recording === true,
})

/** What it says without its sender's signature, where that is an answer or a command; else as it stands. */
export const understood = (text: string, names: ReadonlyArray<string>): Message => {
  const bare = withoutSignature(text, names)
  const message = bare === text ? null : parseMessage(bare)
  return message === null ||
    message.intent === "request" ||
    message.intent === "new" ||
    message.intent === "unclear"
    ? parseMessage(text)
    : message
}

const say = (outcome: string, text: string): MessageAction => ({
  _tag: "Command",
  command: { _tag: "Say", outcome, answer: text },
})

/** Null when it answers no question of ours. */
const answer = (
  { approvals }: UserState,
  decision: ApprovalDecision,
  code: string | null,
  note: string,
  { asked, doubt = null, sessionId }: MessagePlace,
): MessageAction | null => {
  if (code === null && doubt === "forgotten")
    return say(
      `Your ${decision === "allow" ? "yes" : "no"} came too late and changed nothing.`,
      "The question is over, and so long ago that it is not known any more what became of it. The console has it.",
    )
  const found =
    code === null ? (asked === null ? [] : [asked]) : approvals.filter((known) => known.code === code)
  const open = found.filter((known) => known.open)
  const one =
    open.length === 1 ? open[0] : open.length === 0 ? found.at(-1) : open.find((known) => known === asked)
  if (one !== undefined) return { _tag: "Answer", approval: one, decision, note: note.slice(0, 1_000) }
  const waiting = approvals.filter((known) => known.open)
  if (code === null && doubt === null && (sessionId !== null || waiting.length === 0)) return null
  const codes = waiting.map((known) => known.code).slice(0, 20)
  return say(
    code === null ? "Which question do you mean?" : `No question has the code ${code}.`,
    codes.length === 0
      ? "Nothing waits for an answer now."
      : `${count(waiting.length, "question")} wait${waiting.length === 1 ? "s" : ""}: ${codes.join(", ")}. Write "yes ${codes[0] ?? ""}" or "no ${codes[0] ?? ""}", or reply to the mail that asks.`,
  )
}

const stop = ({ sessionId }: MessagePlace, target: string | null): MessageAction =>
  sessionId === null || target !== null
    ? say(
        "Nothing was stopped.",
        'Reply "stop" in the thread of what is to be stopped, or press Cancel on its page in the console.',
      )
    : { _tag: "Command", command: { _tag: "Stop" } }

/** What the user's actor adds to a session's status. */
const known = ({ approvals, spending }: UserState, { facts, now }: WorldContext): string => {
  const open = approvals.filter((approval) => approval.open)
  const spent = spending.month === monthOf(now) ? spending.microUsd : 0
  const cap = facts.agents.spendingCapMicroUsd
  return [
    ...(open.length === 0
      ? []
      : [
          `In all, ${count(open.length, "question")} wait${open.length === 1 ? "s" : ""} for you: ${open
            .map(({ code }) => code)
            .slice(0, 20)
            .join(", ")}.`,
        ]),
    ...(spent === 0 && cap === null
      ? []
      : [`Spent this month: ${formatCost(spent)}${cap === null ? "" : ` of ${formatCost(cap)}`}.`]),
    ...(facts.publicUrl === null ? [] : [`Everything else: ${facts.publicUrl}`]),
  ].join("\n")
}

const help = `- Write what you want done, in your own words. A reply in a thread goes to the same agent.
- **yes** or **no** as the reply to a question, or with its code: \`yes 7F3K2\`. What follows a no is told to the agent.
- **stop** in a thread stops what runs there and cancels what waits.
- **status** in a thread says what its session does.
- \`/send docs/report.pdf\` (or "send me report.pdf", and nothing else) sends files of the workspace, also while something runs. At most ${filesLimit} of ${fileLimitBytes / 1024 ** 2} MiB each; what is too large for a mail is named with its link.
- What an agent or a command puts into the folder \`$MAILLM_OUTBOX\` comes with the answer. \`/recording\` before a request brings what the terminal showed along, as an asciicast.
- Files that you attach are put into the workspace, under \`attachments\`: at most 100 with a mail.
- \`/new\` before the text begins a new session; \`/agent codex\` (or claude, opencode, shell) names the agent; \`/repo https://… [branch]\` begins in a worktree of that repository.`
