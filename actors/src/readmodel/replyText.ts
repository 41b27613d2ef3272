import type { OutboundMail } from "@maillm/schema/Message"

/** Without control characters other than tab and line feed, which mail has no use for and terminals obey. */
const cleanText = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is to be taken out
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")

const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim()

/**
 * What a reply says, as plain text without its footer: the outcome, the answer in full, what is known of it, the
 * link. Lines end in LF. The same words as the mail's.
 */
export const replyText = (mail: Pick<OutboundMail, "outcome" | "answer" | "facts" | "link">): string => {
  const facts = [...mail.facts, ...(mail.link === "" ? [] : [{ label: "Console", value: mail.link }])]
  return [
    oneLine(mail.outcome),
    cleanText(mail.answer).replace(/^\n+/, "").trimEnd(),
    facts.map(({ label, value }) => `${oneLine(label)}: ${oneLine(value)}`).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
}
