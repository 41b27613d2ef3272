import { parseMessage } from "@maillm/actors/intent/parseMessage"
import type { Message } from "@maillm/schema/Intent"
import { printable } from "./printable.ts"
import { readAnyInput } from "./readInput.ts"

const limitBytes = 1_048_576

/** `maillm message parse`: what the text on standard input wants. An empty one is understood too: as nothing. */
export const parseMessageInput = async (json: boolean): Promise<boolean> => {
  const bytes = await readAnyInput("message", "echo yes | maillm message parse", limitBytes)
  const message = parseMessage(bytes.toString("utf8"))
  console.log(json ? JSON.stringify(message) : printable(inWords(message)).trimEnd())
  return true
}

const inWords = (message: Message): string => {
  switch (message.intent) {
    case "request":
      return `A request${wishWords(message)}:\n\n${message.text}`
    case "new":
      return message.text === ""
        ? `A new session${wishWords(message)}`
        : `A request in a new session${wishWords(message)}:\n\n${message.text}`
    case "approve":
      return `Yes to ${approvalWords(message.code)}`
    case "deny":
      return `No to ${approvalWords(message.code)}${message.note === null ? "" : `, because:\n\n${message.note}`}`
    case "stop":
      return message.target === null ? "Stop what runs" : `Stop ${message.target}`
    case "status":
      return "Asks for the status"
    case "send":
      return `Asks for ${message.paths.length === 1 ? "the file" : "the files"} ${message.paths.join(", ")}`
    case "help":
      return "Asks for help"
    case "agent":
      return `From now on ${message.driver}`
    case "unclear":
      return `Unclear: ${message.reason}`
  }
}

const approvalWords = (code: string | null): string =>
  code === null ? "the pending approval" : `approval ${code}`

const wishWords = ({
  driver,
  recording,
  repo,
}: Extract<Message, { readonly intent: "request" | "new" }>): string =>
  [
    driver === null ? "" : ` for ${driver}`,
    repo === null ? "" : ` in ${repo.url}${repo.branch === null ? "" : `, branch ${repo.branch}`}`,
    recording === true ? " with its recording" : "",
  ].join("")
