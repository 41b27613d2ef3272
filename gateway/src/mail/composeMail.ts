import { isUtf8 } from "node:buffer"
import MailComposer from "nodemailer/lib/mail-composer"
import type MimeNode from "nodemailer/lib/mime-node"
import { anyBytes, isPictureType, pictureType, safeType } from "@maillm/schema/fileType"
import type { OutboundMail } from "@maillm/schema/Message"
import { attachmentName, attachmentNames } from "./attachmentName.ts"
import type { MailPicture } from "./filesHtml.ts"
import { mailHtml } from "./mailHtml.ts"
import { oneLine } from "@maillm/actors/readmodel/replyText"
import { mailText } from "./mailText.ts"

export interface OutboundFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
  /** Wanted between the words; it is, if it is a picture. */
  readonly inline?: boolean
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
  const names = attachmentNames(files.map(({ name }) => name))
  const pictures = shownPictures(mail, files)
  const message = new MailComposer({
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
    html: mailHtml(mail, pictures),
    attachments: files.map((file, index) => ({
      filename: names[index] ?? "file",
      contentType: typeOf(file),
      content: Buffer.from(file.bytes),
      contentDisposition: pictures.some((picture) => picture.index === index) ? "inline" : "attachment",
    })),
    encoding: "quoted-printable",
    baseBoundary: mail.messageId,
    boundaryPrefix: "--maillm",
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  showPictures(message, pictures)
  return message.build()
}

/** A picture is what its bytes say; anything else that is wanted between the words is a file like any other. */
const shownPictures = (
  { messageId }: OutboundMail,
  files: ReadonlyArray<OutboundFile>,
): ReadonlyArray<MailPicture> =>
  files.flatMap(({ bytes, inline, name, type }, index) =>
    inline === true && pictureType(bytes) === type
      ? [{ index, name: attachmentName(name, index), cid: `picture-${index}.${messageId}@maillm` }]
      : [],
  )

/** A type of the short list; text that is UTF-8 says so, so that a phone shows it right. */
const typeOf = ({ bytes, type }: OutboundFile): string => {
  const safe = isPictureType(type) && pictureType(bytes) !== type ? anyBytes : safeType(type)
  return safe.startsWith("text/") && isUtf8(bytes) ? `${safe}; charset=utf-8` : safe
}

/**
 * `mixed(alternative, picture, file)` becomes `mixed(related(alternative, picture), file)`: who shows the HTML finds the
 * picture beside it (RFC 2387), and who shows the plain text finds it among the files.
 */
const showPictures = (message: MimeNode, pictures: ReadonlyArray<MailPicture>) => {
  if (pictures.length === 0) return
  const [words, ...files] = message.childNodes
  if (words === undefined) return
  const related = message.createChild('multipart/related; type="multipart/alternative"')
  related.appendChild(words)
  for (const [index, file] of files.entries()) {
    const picture = pictures.find((shown) => shown.index === index)
    if (picture !== undefined) file.setHeader("Content-ID", `<${picture.cid}>`)
    file.remove()
    ;(picture === undefined ? message : related).appendChild(file)
  }
}

/** A malformed id would end a header early or be taken for several; threads survive without it. */
const isMessageId = (id: string) => /^<[!-;=?-~]{1,996}>$/.test(id)
