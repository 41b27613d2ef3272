import type { BodyLimits, BodyProblem } from "./MailBody.ts"
import { SmtpReply } from "./SmtpReply.ts"

/** What the client hears about a mail that cannot be accepted. */
export const bodyRefusal = (problem: BodyProblem, { lines, mailBytes }: BodyLimits): SmtpReply => {
  switch (problem) {
    case "BareLineEnd":
      return new SmtpReply(550, "5.5.2 Lines must end in CR LF; this mail has a bare CR or LF")
    case "LineTooLong":
      return new SmtpReply(
        550,
        `5.6.0 A line of this mail is longer than ${lines.lineBytes} bytes: encode it`,
      )
    case "HeaderTooLarge":
      return new SmtpReply(
        550,
        `5.6.0 The header of this mail is larger than ${lines.headerBytes} bytes or ${lines.headerLines} lines`,
      )
    case "TooManyHops":
      return new SmtpReply(
        550,
        `5.4.6 This mail went through more than ${lines.hops} servers: it is in a loop`,
      )
    case "TooLarge":
      return new SmtpReply(552, `5.3.4 The mail is larger than ${mailBytes} bytes`)
    case "NoRoom":
      return noRoom()
  }
}

export const noRoom = () =>
  new SmtpReply(452, "4.3.1 Too many mails are being received, try again in a moment")
