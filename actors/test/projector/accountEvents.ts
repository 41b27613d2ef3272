import { MessageId, RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { AccountEvent } from "@maillm/schema/accountEvents"
import type { OutboundMail } from "@maillm/schema/Message"

const hour = 3_600_000

/** What a user does with the addresses of an account, every kind of it. */
export const accountEvents = (name: string, now: () => number): ReadonlyArray<AccountEvent> => {
  const by = `${name}@example.org`
  const former = `${name}.${"a".repeat(26)}`
  const localPart = `${name}.${"b".repeat(26)}`
  const [work, home] = [`${name}@work.example`, `${name}@home.example`]
  const mail = mailOf(name, work, now())
  const asked = { by, expiresAtMillis: now() + 24 * hour }
  return [
    { _tag: "AddressRotated", localPart, former, formerEndsAtMillis: now() + hour, by, atMillis: now() },
    { _tag: "AddressRevoked", localPart: former, by, atMillis: now() },
    { _tag: "SenderAsked", address: work, confirmId: `c1${name}`, ...asked, atMillis: now() },
    { _tag: "AccountMailQueued", mail },
    {
      _tag: "AccountMailNoted",
      messageId: mail.messageId,
      state: "kept",
      raw: { sha256: "0a".repeat(32), sizeBytes: 900 },
      detail: "kept in the outbox",
    },
    { _tag: "SenderConfirmed", address: work, confirmId: `c1${name}`, via: "console", by, atMillis: now() },
    { _tag: "SenderAsked", address: home, confirmId: `c2${name}`, ...asked, atMillis: now() },
    { _tag: "SenderDeclined", address: home, confirmId: `c2${name}`, atMillis: now() },
    { _tag: "PrimarySet", address: work, by, atMillis: now() },
    { _tag: "SenderRemoved", address: by, by, atMillis: now() },
  ]
}

const mailOf = (name: string, to: string, createdAtMillis: number): OutboundMail => ({
  messageId: MessageId.make(`k-${name}`),
  internetMessageId: `<k-${name}.account@maillm.test>`,
  userId: UserId.make(name),
  sessionId: SessionId.make("account"),
  requestId: RequestId.make("account"),
  account: true,
  epoch: 1,
  to,
  fromName: "maillm",
  fromAddress: `c.${name}.c1.fzz.${"a".repeat(16)}@maillm.test`,
  subject: `Is ${to} yours?`,
  inReplyTo: "",
  references: [],
  outcome: 'Reply "yes".',
  answer: "",
  answerFormat: "markdown",
  facts: [],
  link: "",
  attachments: [],
  createdAtMillis,
})
