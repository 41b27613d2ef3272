import { createTransport } from "nodemailer"

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
  const transport = createTransport({
    host: "127.0.0.1",
    port: mail.port,
    secure: false,
    ignoreTLS: true,
    socketTimeout: 10_000,
  })
  try {
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
    const sent = await transport.sendMail({ envelope: { from: mail.from, to: mail.to }, raw })
    return sent.response
  } finally {
    transport.close()
  }
}
