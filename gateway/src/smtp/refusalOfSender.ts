import type { MailOrigin } from "@maillm/schema/MailOrigin"
import type { Verdict } from "../mail/authenticate/judgeMail.ts"
import { SmtpReply } from "./SmtpReply.ts"

/** RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets. */
const wordsLimit = 300

/**
 * What the sending server is told where a mail is not even kept: 451 while the DNS does not answer, 550 where the author's
 * domain wants it so (RFC 7372 §3.4). Null for all else: in quarantine nothing is lost, and a stranger learns nothing.
 */
export const refusalOfSender = (verdict: Verdict, origin: MailOrigin): SmtpReply | null => {
  if (origin._tag === "Submitted" || verdict === "command" || verdict === "quarantine") return null
  const domain = plain(origin.author.slice(origin.author.lastIndexOf("@") + 1))
  return verdict === "retry"
    ? new SmtpReply(451, `4.4.3 Try again later: ${plain(origin.reasons.join("; "))}`)
    : new SmtpReply(550, `5.7.26 ${domain} asks that mail which it did not authenticate be refused (DMARC)`)
}

/** What the sender chose is told back without what could end the line. */
const plain = (words: string) => words.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, wordsLimit)
