import { createTransport } from "nodemailer"
import SMTPConnection from "nodemailer/lib/smtp-connection"

export interface TestMail {
  readonly port: number
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** RFC 5322 Message-ID with angle brackets; the same mail sent again must carry the same. */
  readonly messageId?: string
  readonly inReplyTo?: string
}

/** Sends one mail over SMTP; answers what the server said to the end of its data. The same input gives the same bytes. */
export const sendMail = async (mail: TestMail): Promise<string> => {
  const headers = [
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    `Subject: ${mail.subject}`,
    ...(mail.messageId === undefined ? [] : [`Message-ID: ${mail.messageId}`]),
    ...(mail.inReplyTo === undefined
      ? []
      : [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`]),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
  ]
  const raw = `${headers.join("\r\n")}\r\n\r\n${mail.text.replace(/\r?\n/g, "\r\n")}\r\n`
  const transport = createTransport({ ...server(mail.port), socketTimeout: 10_000 })
  try {
    const sent = await transport.sendMail({ envelope: { from: mail.from, to: mail.to }, raw })
    return sent.response
  } finally {
    transport.close()
  }
}

const server = (port: number) => ({ host: "127.0.0.1", port, secure: false, ignoreTLS: true })

export interface RawMail {
  readonly port: number
  readonly from: string
  readonly to: string
  /** Lines end in CRLF. */
  readonly raw: Buffer
}

/** Sends bytes as they are; answers the server's last words, a refusal's too. */
export const sendRaw = (mail: RawMail): Promise<string> =>
  new Promise((resolve, reject) => {
    const connection = new SMTPConnection({ ...server(mail.port), socketTimeout: 60_000 })
    const refused = (error: Error & { readonly response?: string | undefined }) => {
      connection.close()
      if (error.response === undefined) reject(error)
      else resolve(error.response)
    }
    connection.once("error", refused)
    connection.connect((error) => {
      if (error !== undefined && error !== null) return refused(error)
      connection.send({ from: mail.from, to: mail.to }, mail.raw, (failure, info) => {
        if (failure !== null) return refused(failure)
        connection.close()
        resolve(info.response)
      })
    })
  })
