/**
 * A refusal as the SMTP client sees it: reply code, and text that starts with the enhanced status code
 * (RFC 3463). smtp-server sends whatever error a handler gives back; this is the only kind we give.
 */
export class SmtpReply extends Error {
  readonly responseCode: number
  constructor(responseCode: number, text: string) {
    super(text)
    this.responseCode = responseCode
  }
}

/** The mail is not refused, only not now: JetStream away, object store failed, mailbox full, too much in flight. */
export const tryLater = (reason: string) => new SmtpReply(451, `4.3.0 Not stored, try again later: ${reason}`)
