import { expect, test } from "vitest"
import { MessageId, UserId } from "@maillm/schema/Ids"
import type { MessageRow } from "@maillm/schema/ReadModel"
import type { UserRecord } from "@maillm/schema/Record"
import { AccountRun } from "../user/testing/AccountRun.ts"
import { project } from "./project.ts"

const empty = {
  users: new Map(),
  requests: new Map(),
  sessions: new Map(),
  messages: new Map(),
  approvals: new Map(),
}
const record = (events: UserRecord["events"]): UserRecord => ({
  v: 1,
  kind: "user",
  id: "u1",
  commitId: "c",
  epoch: 1,
  host: "h",
  commandSeq: 1,
  commandId: "c",
  prevSeq: 0,
  atMillis: 5,
  events,
  effects: [],
})

test("the mail that asks an address is not shown to who adds it, but for its source where no mail leaves", () => {
  const run = new AccountRun().add("ada@work.example")
  const [mail] = run.mails
  const asked = project({ kind: "user", record: record(run.decision.events) }, 1, empty)
  const [row] = asked.changes.messages
  if (row === undefined || mail === undefined) throw new Error("nothing was sent")
  expect(row).toMatchObject({ id: MessageId.make(mail.messageId), userId: UserId.make("u1"), proof: true })
  const noted = (state: "delivered" | "kept") =>
    project(
      {
        kind: "user",
        record: record([
          {
            _tag: "AccountMailNoted",
            messageId: mail.messageId,
            state,
            raw: { sha256: "a".repeat(64), sizeBytes: 9 },
            detail: "",
          },
        ]),
      },
      2,
      { ...empty, messages: new Map([[row.id, { row, evtSeq: 1 }]]) },
    ).changes.messages[0]
  const shown = (one: MessageRow | undefined) => JSON.stringify(one)
  for (const one of [row, noted("delivered"), noted("kept")]) {
    expect(shown(one)).not.toContain(mail.fromAddress)
    expect(shown(one)).not.toContain(mail.link)
  }
  expect(noted("delivered")?.raw).toBeNull()
  expect(noted("kept")?.raw).toMatchObject({ sizeBytes: 9 })
})
