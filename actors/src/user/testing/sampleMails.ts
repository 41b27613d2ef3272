import { MessageId } from "@maillm/schema/Ids"
import type { RelayedMail } from "@maillm/schema/MailOrigin"
import type { Envelope, MailContent, ParsedMail } from "@maillm/schema/Message"
import type { ReceiveMail } from "@maillm/schema/UserActor"
import type { MailSender } from "../UserState.ts"

export const loopbackEnvelope: Envelope = {
  from: "ada@example.org",
  to: "x@maillm.test",
  remoteAddress: "127.0.0.1",
  helo: "h",
  secure: false,
  authenticatedAs: null,
}

/** A mail of Ada's as it is read. */
export const readableMail = (patch: Partial<ParsedMail> = {}): MailContent => ({
  _tag: "Readable",
  mail: {
    from: ["ada@example.org"],
    fromHeaderCount: 1,
    fromName: "Ada",
    subject: "Re: Fix it",
    messageId: "<1@example.org>",
    inReplyTo: "",
    references: [],
    dateMillis: null,
    automatic: null,
    newestText: "make test",
    quotedText: "",
    signature: "",
    attachments: [],
    ...patch,
  },
})

/** What is found of a mail that Ada's server has sent. */
export const relayedOrigin = (patch: Partial<RelayedMail> = {}): RelayedMail => ({
  _tag: "Relayed",
  standing: "proven",
  author: "ada@example.org",
  reasons: [],
  spf: { result: "pass", detail: "" },
  dkim: { result: "pass", detail: "" },
  dmarc: { result: "pass", detail: "" },
  arc: { result: "none", detail: "" },
  marks: ["a".repeat(32)],
  ...patch,
})

export const relayedSender = (
  patch: Partial<Pick<RelayedMail, "author" | "marks" | "standing">> = {},
): MailSender => ({
  _tag: "Relayed",
  standing: "proven",
  author: "ada@example.org",
  marks: ["a".repeat(32)],
  ...patch,
})

/** As SMTP hands it over, from another server. */
export const relayedMail = (id: string, patch: Partial<RelayedMail> = {}, atMillis = 1): ReceiveMail => ({
  _tag: "ReceiveMail",
  mailId: MessageId.make(id),
  raw: { sha256: "0".repeat(64), sizeBytes: 9 },
  envelope: { ...loopbackEnvelope, remoteAddress: "192.0.2.1" },
  recipient: { _tag: "Private" },
  receivedAtMillis: atMillis,
  origin: relayedOrigin(patch),
})
