import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { MailContent } from "@maillm/schema/Message"
import { Settings } from "@maillm/schema/Settings"
import { MailParser, parserLimits } from "../src/mail/MailParser.ts"
import type { ParserLimits } from "../src/mail/MailParser.ts"
import { testSettings } from "./testStack.ts"

const make = (limits: ParserLimits) =>
  ManagedRuntime.make(MailParser.layer(limits).pipe(Layer.provide(Layer.succeed(Settings, testSettings()))))
let runtime: ReturnType<typeof make>
beforeAll(() => {
  runtime = make(parserLimits)
})
afterAll(() => runtime.dispose())

const encodeContent = Schema.encodeUnknownSync(MailContent)
const parse = async (raw: string | Uint8Array, where = runtime) => {
  const bytes = typeof raw === "string" ? Buffer.from(raw, "latin1") : raw
  const started = performance.now()
  const result = await where.runPromise(Effect.flatMap(MailParser, (parser) => parser.parse(bytes)))
  encodeContent(
    result._tag === "Readable" ? { _tag: "Readable", mail: { ...result.mail, attachments: [] } } : result,
  )
  return { ...result, millis: performance.now() - started }
}
const head = "From: ada@example.org\r\nSubject: s\r\nMessage-ID: <a@x>\r\nMIME-Version: 1.0\r\n"
const typed = (type: string, body: string) => `${head}Content-Type: ${type}\r\n\r\n${body}`
const readable = async (raw: string | Uint8Array) => {
  const result = await parse(raw)
  if (result._tag === "Unreadable") throw new Error(result.reason)
  return result
}
const nested = (depth: number) => {
  let text = head
  for (let i = 0; i < depth; i++) text += `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`
  return `${text}Content-Type: text/plain\r\n\r\ndeep`
}
const forwarded = (depth: number) => {
  let text = "From: eve@evil.example\r\nSubject: inner\r\n\r\nrm -rf /"
  for (let i = 0; i < depth; i++) text = `From: e@x.example\r\nContent-Type: message/rfc822\r\n\r\n${text}`
  return `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${text}\r\n--b--\r\n`
}
const attachment = (name: string, body = "x") =>
  typed(
    "multipart/mixed; boundary=b",
    `--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${body}\r\n--b--\r\n`,
  )

/** Reliability corpus E: bounded time, and either read or refused with a reason. */
describe("malformed and hostile mails", () => {
  const hostile: ReadonlyArray<readonly [string, string, "Readable" | "Unreadable"]> = [
    ["empty", "", "Readable"],
    ["no header end", "From: ada@example.org", "Readable"],
    ["only a body", "\r\nhello", "Readable"],
    ["parts nested 300 deep", nested(300), "Unreadable"],
    ["parts nested 50 deep", nested(50), "Readable"],
    [
      "no end boundary",
      typed("multipart/mixed; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nhello"),
      "Readable",
    ],
    ["multipart with no part", typed("multipart/mixed; boundary=nowhere", "hello"), "Unreadable"],
    ["multipart without a boundary", typed("multipart/alternative", "--b\r\n\r\nhello"), "Unreadable"],
    [
      "5,000 empty parts",
      typed("multipart/mixed; boundary=b", "--b\r\n\r\n\r\n".repeat(5_000)),
      "Unreadable",
    ],
    [
      "101 attachments",
      typed("multipart/mixed; boundary=b", "--b\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(101)),
      "Unreadable",
    ],
    ["headers of 3 MB", `${head}X: ${"y".repeat(3_000_000)}\r\n\r\nhello`, "Unreadable"],
    ["10,000 recipients", `${head}To: ${"a@x.example, ".repeat(10_000)}b@x.example\r\n\r\nhello`, "Readable"],
    ["1 MB of nested div", typed("text/html", "<div>".repeat(200_000)), "Unreadable"],
    ["200 KB of nested div", typed("text/html", "<div>".repeat(40_000)), "Unreadable"],
    ["HTML 900 elements deep", typed("text/html", `${"<div>".repeat(900)}hello`), "Readable"],
    ["charset that is none", typed("text/plain; charset=nonsense", "hello"), "Readable"],
    ["invalid UTF-8", typed("text/plain; charset=utf-8", "\xff\xfe\xc3("), "Readable"],
    ["NUL bytes", typed("text/plain", "a\0b"), "Readable"],
    ["base64 that is none", `${head}Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n`, "Readable"],
    [
      "quoted-printable soft breaks",
      `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${"=\r\n".repeat(300_000)}end`,
      "Readable",
    ],
    ["one line of 60 KB", typed("text/plain", "On ".repeat(20_000)), "Readable"],
    ["one line of 200 KB", typed("text/plain", "On ".repeat(70_000)), "Unreadable"],
    ["60 KB of quote marks", typed("text/plain", `${">".repeat(60_000)}\r\nwrote:`), "Readable"],
    ["300 KB of text", typed("text/plain", "x".repeat(300_000)), "Unreadable"],
    ["an HTML entity bomb", typed("text/html", "&amp;".repeat(50_000)), "Readable"],
  ]
  test.each(hostile)("%s", async (_name, raw, expected) => {
    const result = await parse(raw)
    expect(result._tag).toBe(expected)
    if (result._tag === "Unreadable") expect(result.reason).toMatch(/^The mail could not be read: .{10,}\.$/)
    expect(result.millis).toBeLessThan(9_000)
  })

  test("a chain of 20 forwarded mails is one attachment, and says nothing itself", async () => {
    const { mail, attachments } = await readable(forwarded(20))
    expect(mail.newestText).toBe("see below")
    expect(attachments.map(({ name, type }) => [name, type])).toEqual([["message.eml", "message/rfc822"]])
  })

  test("bombs are kept as they are, never unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000)).toString("base64")
    const { attachments } = await readable(
      attachment("42.zip").replace(
        "\r\n\r\nx\r\n",
        `\r\nContent-Transfer-Encoding: base64\r\n\r\n${bomb}\r\n`,
      ),
    )
    expect(attachments[0]?.bytes.length).toBeLessThan(30_000)
  })

  test.each([
    ["../../x", "x"],
    ["CON", "_CON"],
    ["a\u0000b.txt", "ab.txt"],
    ["", "attachment-1"],
  ])("attachment called %j is %j", async (given, expected) => {
    expect((await readable(attachment(given))).attachments[0]?.name).toBe(expected)
  })

  test("senders: one header and one mailbox, or none that counts", async () => {
    const from = async (fields: string) => {
      const { mail } = await readable(Buffer.from(`${fields}\r\nSubject: s\r\n\r\nx`, "utf8"))
      return [mail.fromHeaderCount, ...mail.from]
    }
    expect(await from("From: ada@example.org")).toEqual([1, "ada@example.org"])
    expect(await from("From: ada@example.org\r\nFrom: eve@evil.example")).toEqual([
      2,
      "ada@example.org",
      "eve@evil.example",
    ])
    expect(await from("From: ada@example.org\r\nFrom : eve@evil.example")).toEqual([
      2,
      "ada@example.org",
      "eve@evil.example",
    ])
    expect(await from("From: ada@example.org,\r\n eve@evil.example")).toEqual([
      1,
      "ada@example.org",
      "eve@evil.example",
    ])
    expect(await from("From: <ada@example.org><eve@evil.example>")).toEqual([1])
    expect(await from('From: "ada@example.org" <eve@evil.example>')).toEqual([1, "eve@evil.example"])
    expect(await from("From: ada@example.org\r\nFrom: (nobody)")).toEqual([2])
    expect(await from("From: ada@exаmple.org")).toEqual([1])
    expect(await from("Sender: ada@example.org")).toEqual([0])
    expect(await from(`From: ${"a@x.example,".repeat(500)}b@x.example`)).toHaveLength(21)
  })
})

test("a mail over the time cap is unreadable, and the next one is read by a new worker", async () => {
  // Room for all of its lines, so that it is time that ends it.
  const tight = make({ workers: 1, timeMillis: 1_500, heapMegabytes: 2_048 })
  try {
    const slow = await parse(typed("text/plain", "x\r\n".repeat(12_000_000)), tight)
    expect(slow).toMatchObject({ _tag: "Unreadable", reason: expect.stringContaining("longer than 1.5 s") })
    await expect
      .poll(async () => (await parse(typed("text/plain", "hello"), tight))._tag, { timeout: 15_000 })
      .toBe("Readable")
  } finally {
    await tight.dispose()
  }
})

test("a mail over the memory cap is unreadable, and the process lives", async () => {
  const tight = make({ workers: 1, timeMillis: 20_000, heapMegabytes: 24 })
  try {
    const large = await parse(`${head}\r\n${"a\r\n".repeat(8_000_000)}`, tight)
    expect(large).toMatchObject({ _tag: "Unreadable", reason: expect.stringMatching(/memory|failed/) })
    expect((await parse(typed("text/plain", "hello"), tight))._tag).toBe("Readable")
  } finally {
    await tight.dispose()
  }
})

test("50 at once on two workers each get their own answer", async () => {
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, i) => parse(typed("text/plain", `number ${i}`))),
  )
  expect(
    results.map((result) => (result._tag === "Readable" ? result.mail.newestText : result.reason)),
  ).toEqual(Array.from({ length: 50 }, (_, i) => `number ${i}`))
})
