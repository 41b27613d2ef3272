import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { SMTPConnection } from "smtp-server/lib/smtp-connection.js"

test("smtp-server is of the version whose inside was read", () => {
  const file = new URL(import.meta.resolve("smtp-server/package.json"))
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string }
  expect(
    version,
    "read init, connectionReady, send, handler_… and smtp-stream of the new version again, and what SmtpConnection says of them",
  ).toBe("3.21.6")
})

test("what SmtpConnection overrides is there", () => {
  const names = ["EHLO", "HELO", "NOOP", "RSET", "HELP", "VRFY", "AUTH", "MAIL", "RCPT", "DATA"]
  for (const name of [
    "init",
    "connectionReady",
    "send",
    "close",
    "_createParser",
    ...names.map((verb) => `handler_${verb}`),
  ])
    expect(SMTPConnection.prototype).toHaveProperty(name, expect.any(Function))
})
