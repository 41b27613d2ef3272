import { messageTextLimit, type Message } from "@maillm/schema/Intent"
import { readCasualDriver } from "./casualDriver.ts"
import { readAnswer } from "./readAnswer.ts"
import { readCommands } from "./readCommands.ts"
import { readCasualSend } from "./readSend.ts"
import { howToAnswer, unclear } from "./unclear.ts"

/** Where something invisible could turn a text into another: at its beginning, where commands and answers are. */
const headLimit = 2_000

/** Formats, controls, fillers and tags, but for the selector that makes a character an emoji. */
const invisible =
  /(?<=\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}]?)\ufe0f|([\p{Default_Ignorable_Code_Point}\p{Cf}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f])/gu

/**
 * What a message wants. Takes the newest text alone: what its sender wrote now, without what was quoted and without the
 * signature. Never throws; time is linear in the length. Nothing in a line that begins with ">" is an answer.
 *
 * An approval is the narrow case: only words, marks and at most one code that are known to mean yes and nothing else.
 * What is left is a request, with the text byte for byte, or unclear with the reason.
 */
export const parseMessage = (newestText: string): Message => {
  if (newestText.length > messageTextLimit)
    return unclear(
      "nothing",
      `The text has ${newestText.length} characters, more than ${messageTextLimit}. Attach it as a file.`,
    )
  const message = read(newestText)
  // A command or a no is taken for what it is: neither does harm, and the text of a request is its sender's.
  if (message.intent !== "request" && message.intent !== "approve" && message.intent !== "unclear")
    return message
  const head = newestText.slice(0, headLimit)
  const visible = head.replace(invisible, (match: string, found: string | undefined) =>
    found === undefined ? match : "",
  )
  if (visible === head) return message
  const seen = read(visible + newestText.slice(headLimit))
  if (seen.intent === "approve" || message.intent === "approve")
    return unclear("answer", `It holds invisible characters. Write it again by hand. ${howToAnswer(null)}`)
  return message.intent === "request" && seen.intent !== "request"
    ? unclear(
        "command",
        "It holds invisible characters, and would be a command without. Write it again by hand.",
      )
    : message
}

const read = (text: string): Message => {
  const own = withoutQuotes(text)
  if (own.trim() === "")
    return unclear("nothing", "There is no text to act on. Write what you want done and send it again.")
  const message = readCommands(text, own) ?? readCasualDriver(text) ?? readCasualSend(text) ?? readAnswer(own)
  if (message === null) return { intent: "request", text, driver: null, repo: null }
  return message.intent === "approve" && own !== text
    ? unclear("answer", `It holds quoted lines. ${howToAnswer(message.code)}`)
    : message
}

/** Lines that somebody else wrote are no answer, whoever left them in. */
const withoutQuotes = (text: string): string =>
  /[>＞]/u.test(text)
    ? text
        .split(/(?<=[\n\r\u2028\u2029])/u)
        .filter((line) => !/^[>＞]/u.test(line.trimStart()))
        .join("")
    : text
