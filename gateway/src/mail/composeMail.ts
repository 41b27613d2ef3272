import MailComposer from "nodemailer/lib/mail-composer"
import type { OutboundMail } from "@maillm/schema/Message"
import { mailHtml } from "./mailHtml.ts"
import { oneLine } from "@maillm/actors/readmodel/replyText"
import { mailText } from "./mailText.ts"

export interface OutboundFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** Ids named in References; the first one, which began the thread, and the newest. */
const referencesShown = 20

/**
 * The mail as it goes over the wire. The same mail gives the same bytes each time: the date is the mail's own
 * and the boundaries come from its id, so every attempt and every copy can be told to be the same.
 *
 * `Auto-Submitted: auto-replied`, and `auto-generated` of what nobody has written to, is RFC 3834 §5; `X-Auto-Response-Suppress` says the same to Exchange.
 */
export const composeMail = (mail: OutboundMail, files: ReadonlyArray<OutboundFile>): Promise<Uint8Array> => {
  const references = mail.references.filter(isMessageId)
  const inReplyTo = isMessageId(mail.inReplyTo) ? mail.inReplyTo : undefined
  return new MailComposer({
    from: { name: oneLine(mail.fromName), address: mail.fromAddress },
    to: { name: "", address: mail.to },
    subject: oneLine(mail.subject),
    messageId: mail.internetMessageId,
    date: new Date(mail.createdAtMillis),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    references: [...references.slice(0, 1), ...references.slice(1).slice(1 - referencesShown)],
    headers: {
      "Auto-Submitted": mail.account === true ? "auto-generated" : "auto-replied",
      "X-Auto-Response-Suppress": "OOF, AutoReply",
      // Outlook keeps a conversation together by it where there is no Thread-Index.
      "Thread-Topic": oneLine(mail.subject).replace(/^re: /i, ""),
    },
    text: mailText(mail),
    html: mailHtml(mail),
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    })),
    encoding: "quoted-printable",
    baseBoundary: mail.messageId,
    boundaryPrefix: "--maillm",
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

/** A malformed id would end a header early or be taken for several; threads survive without it. */
const isMessageId = (id: string) => /^<[!-;=?-~]{1,996}>$/.test(id)
