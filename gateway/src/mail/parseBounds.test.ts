import { randomBytes } from "node:crypto"
import { deflateRawSync, gzipSync } from "node:zlib"
import { Worker } from "node:worker_threads"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Schema from "effect/Schema"
import { MailContent } from "@maillm/schema/Message"
import type { ParseResult } from "./parseMail.ts"

/** CPU that reading any one mail may take; the clock on the wall is of no use on a machine that others use too. */
const boundMillis = 2_000
/** The mail's own bytes, and copies of its attachments, are outside of the heap. */
const heapMegabytes = 160

/** The parser's own worker, for the tests' own loader makes code several times as slow. */
const worker = new Worker(new URL("./parseWorker.ts", import.meta.url), {
  workerData: "maillm.localhost",
  resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
})
beforeAll(() => new Promise<void>((resolve) => void worker.once("online", () => resolve())), 60_000)
afterAll(() => worker.terminate())

const isContent = Schema.is(MailContent)
const parse = async (raw: string | Uint8Array) => {
  const bytes = new Uint8Array(typeof raw === "string" ? Buffer.from(raw, "latin1") : raw)
  const before = await worker.cpuUsage()
  const result = await new Promise<ParseResult>((resolve, reject) => {
    worker.once("message", resolve)
    worker.once("error", reject)
    worker.postMessage(bytes, [bytes.buffer])
  })
  worker.removeAllListeners("error")
  const { user, system } = await worker.cpuUsage(before)
  const content =
    result._tag === "Readable" ? { ...result, mail: { ...result.mail, attachments: [] } } : result
  expect(isContent(content)).toBe(true)
  return { result, millis: (user + system) / 1_000 }
}

const head = "From: ada@example.org\r\nSubject: s\r\nMessage-ID: <a@x>\r\nMIME-Version: 1.0\r\n"
const typed = (type: string, body: string) => `${head}Content-Type: ${type}\r\n\r\n${body}`
const html = (body: string) => typed("text/html; charset=utf-8", body)
const text = (body: string) => typed("text/plain; charset=utf-8", body)
const mixed = (body: string) => typed("multipart/mixed; boundary=b", body)
const attached = (name: string, bytes: Uint8Array) =>
  mixed(
    `--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString("base64")}\r\n--b--\r\n`,
  )
const nested = (depth: number) => {
  let raw = head
  for (let i = 0; i < depth; i++) raw += `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`
  return `${raw}Content-Type: text/plain\r\n\r\ndeep`
}
/** A zip that says it holds 10 GB, with names that lead out of the folder. */
const zip = () => {
  const name = Buffer.from("../../etc/passwd")
  const data = deflateRawSync(Buffer.alloc(100_000))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(0xffffffff, 22)
  local.writeUInt16LE(name.length, 26)
  return Buffer.concat([local, name, data])
}

/** Reliability corpus E50 to E54, and what else makes a reader slow: [name, mail, what becomes of it]. */
const hostile: ReadonlyArray<readonly [string, () => string | Uint8Array, "Readable" | "Unreadable"]> = [
  ["E50 nesting of 300", () => nested(300), "Unreadable"],
  ["E50 5,000 empty parts", () => mixed("--b\r\n\r\n\r\n".repeat(5_000)), "Unreadable"],
  ["E50 300,000 empty parts", () => mixed("--b\r\n\r\n\r\n".repeat(300_000)), "Unreadable"],
  [
    "E50 5,000 parts of text",
    () => mixed("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(5_000)),
    "Unreadable",
  ],
  ["E50 missing end boundary", () => mixed("--b\r\nContent-Type: text/plain\r\n\r\nhello"), "Readable"],
  [
    "E50 boundary that begins as another one",
    () =>
      typed(
        "multipart/mixed; boundary=b",
        "--b\r\nContent-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\nContent-Type: text/plain\r\n\r\nhello\r\n--bb--\r\n--b--\r\n",
      ),
    "Readable",
  ],
  [
    "E50 the same boundary within itself",
    () =>
      mixed(
        "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n--b--\r\n",
      ),
    "Readable",
  ],
  [
    "E51 chain of 20 message/rfc822",
    () => {
      let inner = "From: eve@evil.example\r\n\r\nrm -rf /"
      for (let i = 0; i < 20; i++) inner = `From: e@x.example\r\nContent-Type: message/rfc822\r\n\r\n${inner}`
      return mixed(
        `--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--\r\n`,
      )
    },
    "Readable",
  ],
  ["E52 a zip of 10 GB", () => attached("42.zip", zip()), "Readable"],
  ["E52 a gzip of 20 MB of zeros", () => attached("x.gz", gzipSync(Buffer.alloc(20_000_000))), "Readable"],
  ["E54 utf-7", () => typed("text/plain; charset=utf-7", "+AGgAZQBsAGwAbw-"), "Readable"],
  [
    "E54 iso-2022-jp that is not",
    () => typed("text/plain; charset=iso-2022-jp", "hello \x1b$B\x1b$B \xff\xfe"),
    "Readable",
  ],
  ["E54 utf-16 that is not", () => typed("text/plain; charset=utf-16", "hello"), "Readable"],
  ["E54 invalid UTF-8", () => text("\xff\xfe\xc3(\xf0\x28\x8c\x28"), "Readable"],
  [
    "E54 1 MB of soft breaks",
    () => `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${"=\r\n".repeat(350_000)}end`,
    "Readable",
  ],
  [
    "E54 one soft break after the other in one line",
    () => `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${"=".repeat(1_000_000)}`,
    "Unreadable",
  ],
  ["E54 headers of 2 MB in one field", () => `${head}X: ${"y".repeat(2_100_000)}\r\n\r\nhello`, "Unreadable"],
  [
    "E54 headers of 1.9 MB in 60,000 fields",
    () => `${head}${"X: yyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(60_000)}\r\nhello`,
    "Readable",
  ],
  [
    "E54 To of 10,000 addresses",
    () => `${head}To: ${"a@x.example, ".repeat(10_000)}b@x.example\r\n\r\nhello`,
    "Readable",
  ],
  [
    "E54 To of 10,000 groups and comments",
    () => `${head}To: ${'g: (((a))) "x" <a@x.example>;, '.repeat(10_000)}\r\n\r\nhello`,
    "Readable",
  ],
  ["1 MB of div in div", () => html("<div>".repeat(200_000)), "Unreadable"],
  ["1 MB of tags that do not close", () => html("<a href=x ".repeat(100_000)), "Readable"],
  ["1 MB of <", () => html("<".repeat(1_000_000)), "Unreadable"],
  ["1 MB of elements in one line", () => html("<b>x</b>".repeat(130_000)), "Unreadable"],
  [
    "900 boxes within each other, and 45,000 lines",
    () => html(`${'<div class="gmail_quote">'.repeat(900)}${"<br>x".repeat(45_000)}`),
    "Readable",
  ],
  [
    "300 rules of style and 30,000 kinds of elements",
    () =>
      html(
        `<style>${Array.from({ length: 1_000 }, (_, i) => `.a${i}{color:red}`).join("")}</style>${Array.from({ length: 30_000 }, (_, i) => `<p class="c${i}">`).join("")}`,
      ),
    "Readable",
  ],
  [
    "a style sheet of comments that do not end",
    () => html(`<style>${"/*".repeat(400_000)}</style>hello`),
    "Readable",
  ],
  ["1 MB of entities", () => html("&amp;".repeat(200_000)), "Unreadable"],
  [
    "1 MB of nested lists and items",
    () => html("<ul><li>".repeat(400) + "<li>x".repeat(180_000)),
    "Unreadable",
  ],
  ["200,000 lines that alternate", () => text("a\r\n> b\r\n".repeat(100_000)), "Unreadable"],
  ["48,000 lines that alternate", () => text("a\r\n> b\r\n".repeat(24_000)), "Unreadable"],
  ["100,000 quotes in a new mail", () => text("> a\r\n\r\n".repeat(100_000)), "Unreadable"],
  [
    "100,000 conflict markers",
    () => text(`<<<<<<< a\r\n${">>>>>>> b\r\n\r\n".repeat(70_000)}`),
    "Unreadable",
  ],
  [
    "30,000 lines for phones between quotes",
    () => text("Sent from my iPhone\r\n> q\r\n".repeat(30_000)),
    "Unreadable",
  ],
  [
    "60,000 lines like an introduction",
    () => text("On 1.1.2026 at 9:00 a@b.c wrote\r\n".repeat(30_000)),
    "Readable",
  ],
  ["a line of 60,000 underlines", () => text(`${"_".repeat(60_000)}: x\r\nFrom: a`), "Readable"],
  ["a line of 60,000 stars", () => text(`x${"*".repeat(60_000)}x`), "Readable"],
  ["a line of 900,000 blanks", () => text(`x${" ".repeat(900_000)}x`), "Unreadable"],
  ["60 KB of dashes and blanks", () => text(`${"- ".repeat(30_000)}x`), "Readable"],
  ["60 KB of quote marks", () => text(`${">".repeat(60_000)}\r\nwrote:`), "Readable"],
  ["header labels without values", () => text("From: To: Date:\r\n".repeat(30_000)), "Unreadable"],
  ["16 MB of base64", () => attached("big.bin", randomBytes(12_000_000)), "Readable"],
]

describe("hostile mails cost less than 2 s, and a heap of 160 MB is enough", () => {
  test.each(hostile)(
    "%s",
    async (_name, raw, expected) => {
      const { result, millis } = await parse(raw())
      expect(result._tag).toBe(expected)
      if (result._tag === "Unreadable") {
        expect(result.reason).toMatch(/^The mail could not be read: .{10,}\.$/)
        expect(result.reason).not.toMatch(/memory|takes longer|failed/)
      }
      expect(millis).toBeLessThan(boundMillis)
    },
    60_000,
  )
})
