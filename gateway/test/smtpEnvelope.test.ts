import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const local = `ada.${"a".repeat(26)}`
const ada = `${local}@${domain}`

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let port: number
let client: RawSmtp

beforeAll(async () => {
  nats = await startTestNats()
  runtime = smtpStack(nats.url)
  port = await runtime.runPromise(smtpPort)
  await runtime.runPromise(bindAddress(local, "u1"))
  client = await RawSmtp.open(port)
})
afterAll(async () => {
  client?.close()
  await runtime?.dispose()
  await nats?.stop()
})

/** The reply to the line, its characters sent as UTF-8; the transaction is given up afterwards. */
const reply = async (line: string | Buffer, ...before: ReadonlyArray<string>) => {
  for (const first of before) expect(await client.command(first)).toMatch(/^250/)
  client.send(
    Buffer.concat([typeof line === "string" ? Buffer.from(line, "utf8") : line, Buffer.from("\r\n")]),
  )
  const answer = await client.reply()
  await client.mail(
    [ada],
    `Message-ID: <${Math.random()}@x>\r\n\r\nkeeps the connection from counting as idle`,
  )
  await client.command("RSET")
  return answer
}
const latin1 = (text: string) => Buffer.from(text, "latin1")

test("what EHLO announces is what is served", async () => {
  const hello = await client.command("EHLO again.example")
  const keywords = hello
    .split("\r\n")
    .slice(1)
    .map((line) => line.slice(4))
  expect(keywords).toEqual(["PIPELINING", "8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN", "SIZE 1000000"])
  const other = await RawSmtp.open(port, false)
  expect(await other.command("HELO old.example")).toMatch(/^250 [^-]/)
  expect(await other.mail([ada], "Message-ID: <helo@x>\r\n\r\nby HELO")).toMatch(/^250/)
  other.close()
})

describe("MAIL FROM", () => {
  test.each([
    ["MAIL FROM:<a@b.c>", /^250/],
    ["mail from:<a@b.c>", /^250/],
    ["MAIL FROM: <a@b.c>", /^250/],
    ["MAIL FROM:<>", /^250/],
    ["MAIL FROM:<a@b.c> SIZE=1000000", /^250/],
    ["MAIL FROM:<a@b.c> BODY=8BITMIME", /^250/],
    ["MAIL FROM:<a@b.c> BODY=7BIT SIZE=5 SMTPUTF8", /^250/],
    ["MAIL FROM:<grüße@bücher.example> SMTPUTF8", /^250/],
    ["MAIL FROM:<grüße@bücher.example> BODY=8BITMIME SMTPUTF8", /^250/],
    ["MAIL FROM:<a@xn--bcher-kva.example>", /^250/],
    // Larger than is taken is said before it is sent.
    ["MAIL FROM:<a@b.c> SIZE=1000001", /^552/],
    ["MAIL FROM:<a@b.c> SIZE=99999999999999999999", /^552/],
    ["MAIL FROM:<a@b.c> SIZE=1e3", /^501/],
    ["MAIL FROM:<a@b.c> SIZE=-1", /^501/],
    ["MAIL FROM:<a@b.c> SIZE=", /^501/],
    ["MAIL FROM:<a@b.c> SIZE=1 SIZE=2", /^501/],
    ["MAIL FROM:<a@b.c> BODY=BINARYMIME", /^501/],
    ["MAIL FROM:<a@b.c> SMTPUTF8=yes", /^501/],
    // Line ends and other control characters, plain or as xtext, would get into replies, logs and headers.
    ["MAIL FROM:<a@b.c> ENVID=a+0D+0Ab", /^501/],
    ["MAIL FROM:<a@b.c> AUTH=a+0Ab", /^501/],
    ["MAIL FROM:<a@b.c> BODY=x+00", /^501/],
    ["MAIL FROM:<a\0@b.c>", /^501/],
    ["MAIL FROM:<a@b.c>\0", /^501/],
    ["MAIL FROM:<a@b.c> \0SIZE=1", /^501/],
    ["MAIL FROM:<a\x7f@b.c>", /^501/],
    ["MAIL FROM:<a\u200b@b.c> SMTPUTF8", /^501/],
    // What is beyond ASCII asks for it, RFC 6531 §3.5.
    ["MAIL FROM:<grüße@b.c>", /^553 5\.6\.7/],
    ["MAIL FROM:<a@bücher.example>", /^553 5\.6\.7/],
    ["MAIL FROM:<grüße@b.c> XSMTPUTF8", /^553 5\.6\.7/],
    ["MAIL FROM:a@b.c", /^501/],
    ["MAIL FROM:<a@b.c", /^501/],
    ["MAIL FROM:<<a@b.c>>", /^501/],
    ["MAIL FROM:<a@b@c>", /^501/],
    [`MAIL FROM:<${"a".repeat(300)}@b.c>`, /^501/],
    [`MAIL FROM:<a@b.c> ${"X=y ".repeat(600)}`, /^421 .*too long/],
  ])("%j", async (line, expected) => {
    expect(await reply(line)).toMatch(expected)
    if (!line.includes("X=y X=y")) return
    client = await RawSmtp.open(port)
  })

  test("bytes that are no UTF-8, with SMTPUTF8 and without", async () => {
    expect(await reply(latin1("MAIL FROM:<gr\xfc\xdfe@b.c>"))).toMatch(/^501 5\.5\.2/)
    expect(await reply(latin1("MAIL FROM:<gr\xfc\xdfe@b.c> SMTPUTF8"))).toMatch(/^501 5\.5\.2/)
    expect(await reply(latin1("MAIL FROM:<a\xc0\xae@b.c> SMTPUTF8"))).toMatch(/^501 5\.5\.2/)
  })
})

describe("RCPT TO", () => {
  const unicode = "MAIL FROM:<a@b.c> SMTPUTF8"
  test.each([
    [`RCPT TO:<${ada}>`, "MAIL FROM:<a@b.c>", /^250/],
    [`RCPT TO:<${ada.toUpperCase()}>`, "MAIL FROM:<a@b.c>", /^250/],
    [`RCPT TO:<@relay.example:${ada}>`, "MAIL FROM:<a@b.c>", /^250/],
    [`RCPT TO:<${ada}> NOTIFY=NEVER`, "MAIL FROM:<a@b.c>", /^250/],
    [`RCPT TO:<${ada}> ORCPT=rfc822;a+0D+0Ab`, "MAIL FROM:<a@b.c>", /^501/],
    [`RCPT TO:<${ada}\0>`, "MAIL FROM:<a@b.c>", /^501/],
    [`RCPT TO:<grüße@${domain}>`, "MAIL FROM:<a@b.c>", /^553 5\.6\.7/],
    [`RCPT TO:<grüße@${domain}>`, unicode, /^550 5\.1\.1/],
    [`RCPT TO:<${local}@mаillm.localhost>`, unicode, /^550 5\.7\.1/],
  ])("%j after %s", async (line, before, expected) => expect(await reply(line, before)).toMatch(expected))

  test("before MAIL, and DATA before RCPT", async () => {
    expect(await reply(`RCPT TO:<${ada}>`)).toMatch(/^503/)
    expect(await reply("DATA", "MAIL FROM:<a@b.c>")).toMatch(/^503/)
  })
})

describe("DATA", () => {
  const head = (text: string) => `From: a@b.c\r\nMessage-ID: <${text}@x>\r\n`
  const hops = (count: number) => "Received: from x by y; now\r\n".repeat(count)
  test.each([
    ["8-bit text", `${head("8bit")}\r\ngr\xfc\xdfe`, /^250/],
    ["a line of 4,096 bytes", `${head("4096")}\r\n${"x".repeat(4_096)}`, /^250/],
    ["a longer one", `${head("4097")}\r\n${"x".repeat(4_097)}`, /^550 5\.6\.0 A line/],
    ["one of half a megabyte", `${head("endless")}\r\n${"x".repeat(500_000)}`, /^550 5\.6\.0 A line/],
    ["a longer one in the header", `${head("head")}X: ${"x".repeat(4_097)}\r\n\r\nx`, /^550 5\.6\.0 A line/],
    ["fifty hops", `${hops(50)}${head("50")}\r\nx`, /^250/],
    ["fifty-one", `${hops(51)}${head("51")}\r\nx`, /^550 5\.4\.6/],
    ["2,001 header lines", `${"X: y\r\n".repeat(2_001)}${head("many")}\r\nx`, /^550 5\.6\.0 The header/],
    [
      "300 KB of header",
      `${`X: ${"y".repeat(2_990)}\r\n`.repeat(100)}${head("wide")}\r\nx`,
      /^550 5\.6\.0 The header/,
    ],
    ["more than was declared, and than is taken", `\r\n${"x\r\n".repeat(1_000_000)}`, /^552 5\.3\.4/],
  ])("%s", async (_name, text, expected) => {
    const before = (await runtime.runPromise(userCommands("u1"))).length
    for (const line of ["MAIL FROM:<a@b.c> SIZE=1 BODY=8BITMIME", `RCPT TO:<${ada}>`])
      expect(await client.command(line)).toMatch(/^250/)
    expect(await client.command("DATA")).toMatch(/^354/)
    client.send(`${text}\r\n.\r\n`)
    const answer = await client.reply()
    expect(answer).toMatch(expected)
    const stored = (await runtime.runPromise(userCommands("u1"))).length - before
    expect(stored).toBe(answer.startsWith("250") ? 1 : 0)
  })
})
