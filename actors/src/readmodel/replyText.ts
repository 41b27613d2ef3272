import type { MailFiles, MailQuestion, OutboundMail } from "@maillm/schema/Message"
import { reasonSentence } from "@maillm/schema/reasonSentence"
import { visiblePieces, visibleText } from "@maillm/schema/visibleText"
import type { VisiblePiece } from "@maillm/schema/visibleText"
import { formatBytes } from "@maillm/schema/formatBytes"
import { momentOf, timeLeft } from "./momentWords.ts"

/** Without control characters other than tab and line feed, which mail has no use for and terminals obey. */
export const cleanText = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is to be taken out
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")

/** For headers and headlines. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim()

/** Only what a browser opens as a page; null for anything else. */
export const webLink = (link: string): string | null => (/^https?:\/\/[^\s<>"]+$/i.test(link) ? link : null)

type Told = Pick<OutboundMail, "outcome" | "answer" | "facts" | "link"> &
  Partial<Pick<OutboundMail, "question" | "diffstat" | "files" | "createdAtMillis">>

/** The facts as shown: the link to the console is the last of them. */
export const shownFacts = ({
  facts,
  link,
}: Pick<Told, "facts" | "link">): ReadonlyArray<{ readonly label: string; readonly value: string }> =>
  [...facts, ...(webLink(link) === null ? [] : [{ label: "Console", value: link }])].map(
    ({ label, value }) => ({ label: oneLine(label), value: oneLine(value) }),
  )

/**
 * What a mail says, as plain text without its footer: the outcome, the answer in full, what changed, what is known of
 * it, the link; or a question. Lines end in LF. Console and mail show the same words.
 */
export const replyText = (mail: Told): string => {
  const { question } = mail
  if (question !== undefined) return questionText(mail.outcome, question, mail.createdAtMillis ?? 0)
  return [
    oneLine(mail.outcome),
    cleanText(mail.answer).replace(/^\n+/, "").trimEnd(),
    diffstatText(mail.diffstat ?? ""),
    filesText(mail.files),
    shownFacts(mail)
      .map(({ label, value }) => `${label}: ${value}`)
      .join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
}

const filesText = (files: MailFiles | undefined) => {
  const attached = (files?.attached ?? []).map(
    ({ name, sizeBytes }) => `${visibleText(name)} (${formatBytes(sizeBytes)})`,
  )
  const left = (files?.left ?? []).map(({ link, name, reason }) => {
    const where = webLink(link) === null ? "" : `: ${link}`
    return `Not attached: ${visibleText(name)} (${visibleText(reason)})${where}`
  })
  return [...(attached.length === 0 ? [] : [`Attached: ${attached.join(", ")}`]), ...left].join("\n")
}

const diffstatText = (diffstat: string) => {
  const lines = diffstatLines(diffstat)
  return lines === "" ? "" : `Changed:\n${indented(lines)}`
}

/** A diffstat without what would be obeyed, and without the blank that git begins its lines with. */
export const diffstatLines = (diffstat: string): string => {
  const lines = cleanText(visibleText(diffstat)).replace(/^\n+/, "").trimEnd()
  return lines.split("\n").every((line) => line.startsWith(" ")) ? lines.replace(/^ /gm, "") : lines
}

/** Set off from what is said, so that no line of it can be taken for a quote, a signature or our own words. */
const indented = (text: string) =>
  text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n")

/** Of a command in a mail; the page of its link shows all of it. */
const commandUnits = 2_000
const commandLines = 40

/** The words of a question, for plain text and HTML alike. */
export interface QuestionWords {
  /** First line. */
  readonly headline: string
  /** The command with what cannot be seen in it as escapes, cut when it is long; hostile. */
  readonly command: ReadonlyArray<VisiblePiece>
  /** Says that it is cut and where all of it is; empty when it is whole. */
  readonly cutNote: string
  /** Where it runs, and by which tool; hostile. */
  readonly place: string
  /** Why it was stopped. */
  readonly why: string
  /** How to answer by a reply, and by any other message. */
  readonly answerByMail: string
  readonly answerByCode: string
  readonly link: string | null
  /** When it counts as denied. */
  readonly expiry: string
}

export const questionWords = (
  outcome: string,
  question: MailQuestion,
  sentAtMillis: number,
): QuestionWords => {
  const { tool, cwd, code, reason, reminder, expiresAtMillis } = question
  const { text, isCut } = commandShown(question.command)
  const link = webLink(question.link)
  const isRequest = tool === "request"
  const asked =
    oneLine(outcome) || (isRequest ? "May this request begin?" : "An agent asks before it runs this.")
  const place = [isRequest ? "" : oneLine(tool), cwd === "" ? "" : `in ${cwd}`].filter((part) => part !== "")
  const left = timeLeft(expiresAtMillis - sentAtMillis)
  return {
    headline: reminder ? `Reminder, nobody has answered yet: ${asked}` : asked,
    command: text,
    cutNote: isCut
      ? `Cut here: it has ${question.command.length} characters. ${link === null ? "All of it is in the console." : "Read all of it by the link before you answer."}`
      : "",
    place: visibleText(place.join(" ")),
    why: reasonSentence(oneLine(visibleText(reason))),
    answerByMail: "Reply yes or no.",
    answerByCode: `A reply to this mail answers this question only. From elsewhere, write yes ${code} or no ${code}.`,
    link,
    expiry: `Without an answer by ${momentOf(expiresAtMillis)} (in ${left}) it is denied.`,
  }
}

/** The beginning of a long command, cut at a whole character and, if it can be, at a whole line. */
const commandShown = (
  command: string,
): { readonly text: ReadonlyArray<VisiblePiece>; readonly isCut: boolean } => {
  const whole = command.replaceAll("\r\n", "\n").trimEnd()
  const lines = whole.split("\n")
  const first = lines.slice(0, commandLines).join("\n")
  const fit = first.slice(0, commandUnits).replace(/[\ud800-\udbff]$/, "")
  const lineEnd = fit.lastIndexOf("\n")
  const start = fit.length < first.length && lineEnd > commandUnits / 2 ? fit.slice(0, lineEnd) : fit
  return { text: visiblePieces(start), isCut: start.length < whole.length }
}

const questionText = (outcome: string, question: MailQuestion, sentAtMillis: number): string => {
  const words = questionWords(outcome, question, sentAtMillis)
  return [
    words.headline,
    indented(words.command.map((piece) => piece.text).join("")) +
      (words.cutNote === "" ? "" : `\n\n${words.cutNote}`),
    [words.place, words.why === "" ? "" : `Why it was stopped: ${words.why}`]
      .filter((part) => part !== "")
      .join("\n"),
    [words.answerByMail, words.answerByCode, words.link === null ? "" : `Or answer here: ${words.link}`]
      .filter((line) => line !== "")
      .join("\n"),
    words.expiry,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
}
