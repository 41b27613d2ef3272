import * as Schema from "effect/Schema"
import { OutboundMail } from "@maillm/schema/Message"

const decodeMail = Schema.decodeUnknownSync(OutboundMail)
/** A mail of session `s-<id>` to send, changed by name. */
export const sampleMail = (id: string, change: Record<string, unknown> = {}) =>
  decodeMail({
    messageId: id,
    internetMessageId: `<${id}.s1@maillm.localhost>`,
    userId: "u1",
    sessionId: `s-${id}`,
    requestId: "r1",
    epoch: 1,
    to: "ada@example.org",
    fromName: "maillm",
    fromAddress: "re.u1.s1.abcdefghijklmn23@maillm.localhost",
    subject: "Re: list the files",
    inReplyTo: "<first@example.org>",
    references: ["<first@example.org>"],
    outcome: "Done in 2.1 s: exit code 0",
    answer: "a.txt",
    answerFormat: "terminal",
    facts: [],
    link: "",
    attachments: [],
    createdAtMillis: Date.now(),
    ...change,
  })
