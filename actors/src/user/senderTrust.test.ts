import { describe, expect, it, test } from "vitest"
import { MessageId } from "@maillm/schema/Ids"
import type { Envelope, MailContent } from "@maillm/schema/Message"
import { senderTrust } from "./senderTrust.ts"
import { loopbackEnvelope, readableMail, relayedSender } from "./testing/sampleMails.ts"
import { seenLimit } from "./UserState.ts"
import type { MailSender, PendingMail, SeenMail } from "./UserState.ts"

const owner = { userId: "u1", senders: ["Ada@example.org"], settingsEmail: "Ada@example.org" }
const hour = 3_600_000
const now = Date.parse("2026-11-27T12:00:00Z")

const pending = (sender: MailSender, envelope: Partial<Envelope> = {}, id = "m1"): PendingMail => ({
  mailId: MessageId.make(id),
  raw: { sha256: "0".repeat(64), sizeBytes: 9 },
  envelope: { ...loopbackEnvelope, ...envelope },
  recipient: { _tag: "Private" },
  receivedAtMillis: now,
  sender,
  releasedBy: null,
})
const trust = (
  sender: MailSender,
  envelope: Partial<Envelope> = {},
  content: MailContent = readableMail(),
  seen: ReadonlyArray<SeenMail> = [],
) => senderTrust(owner, pending(sender, envelope), content, seen)
const mark = (digit: string) => digit.repeat(32)
const unreadable: MailContent = { _tag: "Unreadable", reason: "x" }
const outside = { remoteAddress: "203.0.113.9" }

describe("handed in here", () => {
  const here: MailSender = { _tag: "Submitted", way: "this-machine" }
  const signedIn: MailSender = { _tag: "Submitted", way: "signed-in" }
  it.each<[string, MailSender, Partial<Envelope>, MailContent, boolean]>([
    ["the owner from loopback", here, {}, readableMail(), true],
    ["the owner, as version 0.1.0 took it in", { _tag: "Unasked" }, {}, readableMail(), true],
    [
      "the owner over SMTP AUTH",
      signedIn,
      { ...outside, authenticatedAs: "ada@example.org" },
      readableMail(),
      true,
    ],
    ["IPv6 and mapped loopback", here, { remoteAddress: "::ffff:127.0.0.1" }, readableMail(), true],
    [
      "an address that only looks like loopback",
      here,
      { remoteAddress: "127.0.0.1.evil" },
      readableMail(),
      false,
    ],
    ["from outside, as version 0.1.0 took it in", { _tag: "Unasked" }, outside, readableMail(), false],
    [
      "somebody else signed in",
      signedIn,
      { ...outside, authenticatedAs: "eve@example.org" },
      readableMail(),
      false,
    ],
    [
      "somebody else signed in from loopback",
      signedIn,
      { authenticatedAs: "eve@example.org" },
      readableMail(),
      false,
    ],
    ["two From headers", here, {}, readableMail({ fromHeaderCount: 2 }), false],
    ["two authors", here, {}, readableMail({ from: ["ada@example.org", "eve@example.org"] }), false],
    ["no author", here, {}, readableMail({ from: [] }), false],
    ["an automatic mail", here, {}, readableMail({ automatic: "Auto-Submitted: auto-replied" }), false],
    ["a bounce that names the owner as its author", here, { from: "" }, readableMail(), false],
    ["unreadable with an empty sender", here, { from: "" }, unreadable, false],
    ["unreadable from a stranger", here, { from: "eve@example.org" }, unreadable, false],
  ])("%s", (_, sender, envelope, content, acts) => {
    expect(trust(sender, envelope, content)._tag).toBe(acts ? "Command" : "Quarantine")
  })
})

describe("relayed by other servers", () => {
  test("proven: as the owner's own word; by a trusted forwarder: for requests", () => {
    expect(trust(relayedSender(), outside)).toEqual({ _tag: "Command", as: "owner" })
    expect(trust(relayedSender({ standing: "forwarded" }), outside)).toEqual({
      _tag: "Command",
      as: "request",
    })
    expect(trust(relayedSender(), outside, unreadable)._tag).toBe("Command")
  })
  it.each<[string, MailSender, Partial<Envelope>, MailContent, RegExp]>([
    ["not proven", relayedSender({ standing: "unproven" }), outside, readableMail(), /not proven/],
    ["not proven, over loopback", relayedSender({ standing: "unproven" }), {}, readableMail(), /not proven/],
    [
      "nobody as author",
      relayedSender({ standing: "unproven", author: "" }),
      outside,
      readableMail(),
      /not proven/,
    ],
    [
      "somebody else",
      relayedSender({ author: "eve@example.org" }),
      outside,
      readableMail({ from: ["eve@example.org"] }),
      /not Ada@example.org/,
    ],
    [
      "another mailbox of the same domain, unreadable",
      relayedSender({ author: "eve@example.org" }),
      { ...outside, from: "ada@example.org" },
      unreadable,
      /not Ada@example.org/,
    ],
    [
      "two readings",
      relayedSender(),
      outside,
      readableMail({ from: ["eve@example.org"] }),
      /more than one way/,
    ],
    ["automatic", relayedSender(), outside, readableMail({ automatic: "Precedence: bulk" }), /Precedence/],
    ["a bounce", relayedSender(), { ...outside, from: "" }, readableMail(), /MAIL FROM:<>/],
  ])("held: %s", (_, sender, envelope, content, reason) => {
    const found = trust(sender, envelope, content)
    expect(found._tag === "Quarantine" ? found.reasons.join("\n") : found._tag).toMatch(reason)
  })
})

describe("repeats (bad input 45)", () => {
  const seen = (change: Partial<SeenMail> = {}): SeenMail => ({
    mailId: MessageId.make("m0"),
    receivedAtMillis: now - hour,
    marks: [mark("a"), mark("b")],
    ...change,
  })
  const sender = relayedSender({ marks: [mark("b"), mark("c")] })
  it.each<[string, ReadonlyArray<SeenMail>, boolean]>([
    ["nothing came before", [], true],
    ["another mail came before", [seen({ marks: [mark("d")] })], true],
    ["it shares its Message-ID or a signature with a former one", [seen()], false],
    ["even much earlier", [seen({ receivedAtMillis: now - 29 * 24 * hour })], false],
    ["to another address in the same go", [seen({ receivedAtMillis: now })], true],
    ["the very mail, as its sender's retry", [seen({ mailId: MessageId.make("m1") })], true],
    [
      "more mails than are known again came today",
      Array.from({ length: seenLimit }, () => seen({ marks: [mark("d")] })),
      false,
    ],
    [
      "as many came, the first of them days ago",
      Array.from({ length: seenLimit }, () =>
        seen({ marks: [mark("d")], receivedAtMillis: now - 50 * hour }),
      ),
      true,
    ],
  ])("%s", (_, known, acts) => {
    expect(trust(sender, outside, readableMail(), known)._tag).toBe(acts ? "Command" : "Quarantine")
  })
  test("what is handed in here may be handed in again", () => {
    expect(trust({ _tag: "Submitted", way: "this-machine" }, {}, readableMail(), [seen()])._tag).toBe(
      "Command",
    )
  })
})
