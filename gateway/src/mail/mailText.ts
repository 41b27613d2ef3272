import type { OutboundMail } from "@maillm/schema/Message"
import { replyText } from "@maillm/actors/readmodel/replyText"

/** What every mail ends with. Below `-- `, so that clients leave it out of a reply (RFC 3676 §4.3). */
export const footerOf = ({ account, question }: OutboundMail) =>
  question === undefined && account === undefined
    ? "maillm · Reply to this mail to go on in this session."
    : "maillm"

/** The plain text of a mail, which is the mail: what replyText says, and the footer. Lines end in LF. */
export const mailText = (mail: OutboundMail): string =>
  // A line of an answer that looks like a signature's beginning would hide what follows it.
  `${replyText(mail).replace(/^-- $/gm, "--")}\n\n-- \n${footerOf(mail)}\n`
