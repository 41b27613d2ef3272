import { expect, test } from "vitest"
import { MessageId } from "@maillm/schema/Ids"
import type { UserEvent } from "@maillm/schema/UserActor"
import { recordOf } from "../../test/projector/syntheticRecords.ts"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { foldBatch } from "./Batch.ts"

const mailId = MessageId.make("mail1")
const raw = { sha256: "a".repeat(64), sizeBytes: 5_120 }
const received: UserEvent = {
  _tag: "MailReceived",
  mailId,
  raw,
  envelope: {
    from: "ada@example.org",
    to: "ada.x@maillm.localhost",
    remoteAddress: "127.0.0.1",
    helo: "h",
    secure: false,
    authenticatedAs: null,
  },
  recipient: { _tag: "Private" },
  receivedAtMillis: 1_000,
}
const failed = (commandTag: string, commandId: string): UserEvent => ({
  _tag: "CommandFailed",
  commandId,
  commandTag,
  reason: "too large",
})

/** The messages after records of one event each. */
const fold = (...events: ReadonlyArray<UserEvent>): ReadonlyArray<MessageRow> => {
  const batch = events.map((event, index) => ({
    sequence: index + 1,
    record: recordOf({ kind: "user", id: "ada", events: [event] }, index + 1, index + 1),
  }))
  const nothing = {
    users: new Map(),
    requests: new Map(),
    sessions: new Map(),
    messages: new Map(),
    approvals: new Map(),
  }
  return foldBatch(batch, nothing).together.messages
}

test("a mail that nobody could handle is not read, with the reason; read after all, it is what it is", () => {
  const unread = { id: mailId, state: "unread", reasons: ["too large"], raw }
  expect(fold(received, failed("MailRead", "mail1/read"))).toMatchObject([unread])
  const twice = [received, failed("MailRead", "mail1/read"), failed("MailRead", "mail1/read~retry12")]
  expect(fold(...twice)).toMatchObject([unread])
  const content = { _tag: "Unreadable", reason: "no MIME" } as const
  const read: UserEvent = { _tag: "MailQuarantined", mailId, content, reasons: ["spf"] }
  expect(fold(...twice, read)).toMatchObject([{ state: "quarantined", reasons: ["spf"] }])
  expect(fold(...twice, read, failed("MailRead", "mail1/read"))).toMatchObject([{ state: "quarantined" }])
})

test("one is shown though not even its arrival could be noted", () => {
  expect(fold(failed("ReceiveMail", `mail/${"ab".repeat(32)}`))).toMatchObject([
    { id: `m${"ab".repeat(32).slice(0, 31)}`, state: "unread", reasons: ["too large"], direction: "in" },
  ])
})

test.each([
  ["MailRead", "../read"],
  ["MailRead", "read"],
  ["ReceiveMail", "mail/x"],
  ["SubmitRequest", "mail1/read"],
])("a failed %s of %s is no mail's", (tag, id) => {
  expect(fold(received, failed(tag, id)).map(({ state }) => state)).toEqual(["received"])
})
