import type { OutboundMail } from "@maillm/schema/Message"

/** A reply as plain text, which is the mail: the outcome, the answer in full, what is known of it, the link. */
export const replyText = (mail: Pick<OutboundMail, "outcome" | "answer" | "facts" | "link">): string =>
  [
    mail.outcome,
    mail.answer.trimEnd(),
    mail.facts.map(({ label, value }) => `${label}: ${value}`).join("\n"),
    mail.link,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
