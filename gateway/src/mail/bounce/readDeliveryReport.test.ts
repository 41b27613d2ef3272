import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { enhancedStatus, saysAddressIsNone } from "./enhancedStatus.ts"
import { readDeliveryReport } from "./readDeliveryReport.ts"

const folder = join(import.meta.dirname, "fixtures")
const read = (name: string) =>
  readDeliveryReport(
    Buffer.from(readFileSync(join(folder, name), "latin1").replace(/\r?\n/g, "\r\n"), "latin1"),
  )

test("there is a fixture for each of the usual servers", () => {
  expect(readdirSync(folder)).toHaveLength(8)
})

test.each([
  [
    "postfix.eml",
    {
      action: "failed",
      status: "5.1.1",
      addresses: ["ada@example.org"],
      diagnostic: /550 5\.1\.1 <ada@example\.org>: Recipient address rejected/,
    },
  ],
  [
    "gmail.eml",
    { action: "failed", status: "5.1.1", addresses: ["ada@gmail.example"], diagnostic: /NoSuchUser/ },
  ],
  [
    "exchange.eml",
    {
      action: "failed",
      status: "5.1.10",
      addresses: ["ada@contoso.example", "ada@contoso.example"],
      diagnostic: /RESOLVER\.ADR\.RecipientNotFound/,
    },
  ],
  [
    "exim-full.eml",
    { action: "failed", status: "5.2.2", addresses: ["ada@example.org"], diagnostic: /Mailbox is full/ },
  ],
  [
    "sendmail-delayed.eml",
    { action: "delayed", status: "4.4.1", addresses: ["ada@example.org"], diagnostic: /^$/ },
  ],
  [
    "encoded.eml",
    { action: "failed", status: "5.1.1", addresses: ["ada@example.org"], diagnostic: /no such user/ },
  ],
])("%s", (name, { diagnostic, ...rest }) => {
  const found = read(name)
  expect(found).toMatchObject([rest])
  expect(found?.[0]?.diagnostic).toMatch(diagnostic)
})

test.each(["vacation.eml", "read-receipt.eml"])("%s is no such report", (name) => {
  expect(read(name)).toBeNull()
})

const report = (status: string, boundary = "b1") =>
  [
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    status,
    `--${boundary}--`,
    "",
  ].join("\r\n")

test.each([
  ["nothing", ""],
  ["a headline only", "Content-Type: multipart/report"],
  ["a boundary that never comes", 'Content-Type: multipart/report; boundary="x"\r\n\r\nhello'],
  ["an endless boundary", report("Action: failed", "x".repeat(5_000))],
])("%s is none", (_what, mail) => expect(readDeliveryReport(Buffer.from(mail))).toBeNull())

test("fields that lie: control characters, huge texts, thousands of recipients", () => {
  const many = Array.from(
    { length: 5_000 },
    (_, i) => `Final-Recipient: rfc822;u${i}@example.org\r\nAction: failed`,
  )
  expect(
    readDeliveryReport(Buffer.from(report(`Reporting-MTA: dns; x\r\n\r\n${many.join("\r\n\r\n")}`))),
  ).toHaveLength(20)
  const [one] =
    readDeliveryReport(
      Buffer.from(
        report(
          `Action: failed (really)\r\nStatus: 9.9.9\r\nDiagnostic-Code: smtp;\u001b[31m${"y".repeat(9_000)}`,
        ),
      ),
    ) ?? []
  expect(one).toMatchObject({ status: "5.0.0", addresses: [] })
  expect(one?.diagnostic).toMatch(/^\[31my+$/)
  expect(one?.diagnostic.length).toBe(500)
})

test("a megabyte of lines is read in a moment", () => {
  const before = process.cpuUsage()
  readDeliveryReport(Buffer.from(report(": \n \n".repeat(200_000))))
  readDeliveryReport(Buffer.from(`A:${" \r\n".repeat(400_000)}`))
  readDeliveryReport(Buffer.from(report(`Status:${";=".repeat(500_000)}`)))
  const { system, user } = process.cpuUsage(before)
  expect((system + user) / 1_000).toBeLessThan(1_000)
})

test.each([
  ["550 5.1.1 no such user", "5.1.1", true],
  ["550-5.1.1 no such user\n550 5.1.1 really", "5.1.1", true],
  ["556 5.1.10 null MX", "5.1.10", true],
  ["552 5.2.2 full", "5.2.2", false],
  ["550 no such user", null, false],
  ["550 at 5.1.1 o'clock", null, false],
  ["5.1.1 alone", "5.1.1", true],
])("%j has status %s", (reply, status, none) => {
  expect(enhancedStatus(reply)).toBe(status)
  expect(status !== null && saysAddressIsNone(status)).toBe(none)
})
