import { expect, test } from "vitest"
import type { RelayedMail } from "@maillm/schema/MailOrigin"
import { refusalOfSender } from "./refusalOfSender.ts"

const check = { result: "fail", detail: "" }
const origin = (change: Partial<RelayedMail> = {}): RelayedMail => ({
  _tag: "Relayed",
  standing: "unproven",
  author: "ada@example.org",
  reasons: ["one", "two"],
  spf: check,
  dkim: check,
  dmarc: check,
  arc: check,
  marks: [],
  ...change,
})

test("a command and what is kept are accepted", () => {
  expect(refusalOfSender("command", origin())).toBeNull()
  expect(refusalOfSender("quarantine", origin())).toBeNull()
  expect(refusalOfSender("reject", { _tag: "Submitted", way: "this-machine" })).toBeNull()
})

test("451 with what was not answered, 550 with whose wish it is", () => {
  expect(refusalOfSender("retry", origin())).toMatchObject({
    responseCode: 451,
    message: "4.4.3 Try again later: one; two",
  })
  expect(refusalOfSender("reject", origin())).toMatchObject({
    responseCode: 550,
    message: "5.7.26 example.org asks that mail which it did not authenticate be refused (DMARC)",
  })
})

test("nothing that the sender chose ends the reply, or makes it longer than a line", () => {
  const reasons = [`x\r\n250 OK\u00e9\u202e${"y".repeat(1_000)}`]
  const { message = "" } = refusalOfSender("retry", origin({ reasons })) ?? {}
  expect(message).toMatch(/^[ -~]{1,400}$/)
})
