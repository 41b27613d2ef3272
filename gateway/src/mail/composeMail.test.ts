import PostalMime from "postal-mime"
import { describe, expect, test } from "vitest"
import * as Schema from "effect/Schema"
import { OutboundMail } from "@maillm/schema/Message"
import { composeMail } from "./composeMail.ts"
import { parseMail } from "./parseMail.ts"

const decode = Schema.decodeUnknownSync(OutboundMail)
const mail = (change: Record<string, unknown> = {}) =>
  decode({
    messageId: "mr1",
    internetMessageId: "<mr1.s1@maillm.localhost>",
    userId: "u1",
    sessionId: "s1",
    requestId: "r1",
    epoch: 1,
    to: "ada@example.org",
    fromName: "maillm",
    fromAddress: "re.u1.s1.abcdefghijklmn23@maillm.localhost",
    subject: "Re: list the files",
    inReplyTo: "<first@example.org>",
    references: ["<root@example.org>", "<first@example.org>"],
    outcome: "Done in 2.1 s: exit code 0",
    answer: "a.txt\nb.txt",
    answerFormat: "terminal",
    facts: [
      { label: "Exit code", value: "0" },
      { label: "Time", value: "2.1 s" },
    ],
    link: "http://127.0.0.1:4000/requests/r1",
    attachments: [],
    createdAtMillis: Date.parse("2026-11-23T09:15:00Z"),
    ...change,
  })
const compose = async (change?: Record<string, unknown>, files: Parameters<typeof composeMail>[1] = []) => {
  const raw = Buffer.from(await composeMail(mail(change), files)).toString("latin1")
  const parsed = await PostalMime.parse(raw)
  return { raw, text: (parsed.text ?? "").replace(/\r\n/g, "\n"), html: parsed.html ?? "", parsed }
}

test("plain text is the mail: outcome, answer, facts, link", async () => {
  const { text } = await compose()
  expect(text.trimEnd()).toBe(
    [
      "Done in 2.1 s: exit code 0",
      "",
      "a.txt",
      "b.txt",
      "",
      "Exit code: 0",
      "Time: 2.1 s",
      "Console: http://127.0.0.1:4000/requests/r1",
      "",
      "-- ",
      "maillm · Reply to this mail to go on in this session.",
    ].join("\n"),
  )
})

test("headers: thread, id, date, automatic, one sender and one recipient", async () => {
  const { raw, parsed } = await compose()
  const head = raw.slice(0, raw.indexOf("\r\n\r\n"))
  expect(head.split("\r\n").map((line) => line.replace(/boundary=.*/, "boundary"))).toEqual([
    "Auto-Submitted: auto-replied",
    "X-Auto-Response-Suppress: OOF, AutoReply",
    "Thread-Topic: list the files",
    "From: maillm <re.u1.s1.abcdefghijklmn23@maillm.localhost>",
    "To: ada@example.org",
    "In-Reply-To: <first@example.org>",
    "References: <root@example.org> <first@example.org>",
    "Subject: Re: list the files",
    "Message-ID: <mr1.s1@maillm.localhost>",
    "Date: Mon, 23 Nov 2026 09:15:00 +0000",
    "MIME-Version: 1.0",
    "Content-Type: multipart/alternative; boundary",
  ])
  expect(parsed.html).toContain("Done in 2.1 s: exit code 0")
})

test("the same mail gives the same bytes, and only CRLF line ends", async () => {
  const files = [{ name: "output.txt", type: "text/plain", bytes: Buffer.alloc(10_000, 7) }]
  const first = await compose({ answer: "ü€😀\n".repeat(500) }, files)
  expect((await compose({ answer: "ü€😀\n".repeat(500) }, files)).raw).toBe(first.raw)
  expect(first.raw).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
  expect(first.raw.split("\r\n").every((line) => line.length <= 998)).toBe(true)
  expect(first.parsed.attachments).toMatchObject([{ filename: "output.txt", mimeType: "text/plain" }])
})

test("262,144 characters come through whole", async () => {
  const answer = `${"0123456789abcde\n".repeat(16_383)}end of it`
  expect((await compose({ answer })).text).toContain(answer)
})

describe("nothing in the words can become structure", () => {
  const hostile = '</pre><script>alert(1)</script><img src="http://evil.example/x.png"> & "quoted"'
  test("terminal text is shown as it is", async () => {
    const { html, text } = await compose({ answer: `${hostile}\u001b[31mred\u0007\u009b` })
    expect(text).toContain(`${hostile}[31mred\n`)
    expect(html).toContain("&lt;/pre&gt;&lt;script&gt;")
    expect(html).not.toMatch(/<script|<img/i)
  })
  test("markdown: no HTML, no images, only links to pages", async () => {
    const answer = `${hostile}\n\n![x](http://evil.example/y.png) [a](javascript:alert(1)) [b](data:text/html,x) [c](https://ok.example/?a=1&b=2)\n\n\`\`\`js"onload=x\n<b>\n\`\`\``
    const { html } = await compose({
      answer,
      answerFormat: "markdown",
      outcome: hostile,
      facts: [{ label: "<b>x</b>", value: hostile }],
    })
    expect(html).not.toMatch(/<script|<img|<b>|href="(?!https:\/\/ok\.example|http:\/\/127|http:\/\/evil)/i)
    expect(html).toContain('href="https://ok.example/?a=1&amp;b=2"')
  })
  test("nothing is fetched: no src, url(), import, font or style from outside", async () => {
    for (const answerFormat of ["markdown", "terminal"]) {
      expect((await compose({ answerFormat })).html).not.toMatch(
        /\bsrc=|url\(|@import|<link|@font-face|<iframe|<form/i,
      )
    }
  })
  test("line breaks in any field start no header", async () => {
    const evil = "x\r\nBcc: eve@evil.example\r\n\r\nbody"
    const { parsed } = await compose({
      subject: evil,
      fromName: evil,
      outcome: evil,
      inReplyTo: `<a@b>\r\nBcc: eve@evil.example`,
      references: ["<ok@b>", "<a b@c>", "no brackets", "<c@d>\r\nBcc: e@f"],
      link: `http://x/\r\nBcc: e@f`,
    })
    expect(parsed.headers.some(({ key }) => key === "bcc")).toBe(false)
    expect(parsed.references).toBe("<ok@b>")
    expect(parsed.inReplyTo).toBeUndefined()
  })
})

test("a long thread keeps its first and its newest ids", async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `<id${i}@example.org>`)
  const { parsed } = await compose({ references: ids })
  expect(parsed.references?.split(/\s+/)).toEqual([ids[0], ...ids.slice(-19)])
})

test("our own mail coming back is automatic, and its quote is not a request", async () => {
  const { raw } = await compose()
  const back = await parseMail(Buffer.from(raw, "latin1"), "maillm.localhost")
  if (back._tag === "Unreadable") throw new Error(back.reason)
  expect(back.mail.automatic).toBe("Auto-Submitted: auto-replied")
})

describe("a question", () => {
  const question = {
    approvalId: "a1",
    code: "7F3K5",
    tool: "Bash",
    command: `rm -rf ../x\u202e </pre><script>alert(1)</script>`,
    cwd: "/workspace",
    class: "delete",
    reason: "It deletes files outside of the workspace.",
    expiresAtMillis: Date.parse("2026-11-23T17:15:00Z"),
    link: "https://maillm.example.org/approve/u1.s1.a1.x",
    reminder: false,
  }
  const asked = { messageId: "qa1", outcome: "Claude Code wants to run this.", answer: "", question }

  test("has the same words in text and HTML, one link, and stays in its thread", async () => {
    const { text, html, parsed } = await compose(asked)
    expect(text.trimEnd()).toMatch(/\n\n-- \nmaillm$/)
    for (const words of [
      "Claude Code wants to run this.",
      "rm -rf ../x\\u{202e}",
      "Bash in /workspace",
      "Why it was stopped: It deletes files outside of the workspace.",
      "Reply yes or no.",
      "A reply to this mail answers this question only. From elsewhere, write yes 7F3K5 or no 7F3K5.",
      "Or answer here",
      "Without an answer by 23 Nov 2026, 17:15 UTC (in 8 h) it is denied.",
    ]) {
      expect(text).toContain(words)
      expect(html.replaceAll(/<\/?span[^>]*>/g, "")).toContain(words)
    }
    expect(html.match(/href="[^"]*"/g)).toEqual([`href="${question.link}"`])
    expect(parsed).toMatchObject({ inReplyTo: "<first@example.org>", subject: "Re: list the files" })
    expect(parsed.headers).toContainEqual(
      expect.objectContaining({ key: "auto-submitted", value: "auto-replied" }),
    )
  })

  test("nothing in what is asked becomes structure, and its letters stand in their order", async () => {
    const { html } = await compose(asked)
    expect(html).toContain("&lt;/pre&gt;&lt;script&gt;")
    expect(html).toContain("unicode-bidi:bidi-override")
    expect(html).not.toMatch(/<script|\u202e/)
    expect(html).toMatch(/<span class="escape"[^>]*>\\u\{202e\}<\/span>/)
  })

  test("comes through whole, however long what is asked is", async () => {
    const long = {
      ...question,
      command: "é🙂".repeat(5_000),
      reason: "x".repeat(500),
      cwd: "/y".repeat(2_000),
    }
    const { raw, text } = await compose({ ...asked, question: long })
    expect(raw.split("\r\n").every((line) => line.length <= 998)).toBe(true)
    expect(text).toContain("Cut here")
  })
})

test("what changed is a block of its own", async () => {
  const { html, text } = await compose({ diffstat: " a.ts | 3 ++-\n 1 file changed" })
  expect(text).toContain("Changed:\n    a.ts | 3 ++-\n    1 file changed\n\nExit code: 0")
  expect(html).toMatch(/>a\.ts \| 3 \+\+-<\/td>.*>1 file changed<\/td>/)
  const files = await compose({ diffstat: "M a <b>.ts  +1 -2\nA c.png  binary\n2 files changed, +1 -2" })
  expect(files.html).toMatch(/>M<\/td><td[^>]*>a &lt;b&gt;\.ts<\/td><td[^>]*>\+1 -2<\/td>/)
  expect(files.html).toMatch(/>A<\/td><td[^>]*>c\.png<\/td><td[^>]*>binary<\/td>/)
})

describe("files", () => {
  const png = Buffer.concat([Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"), Buffer.alloc(50)])
  const files = {
    attached: [{ name: "report.pdf", sizeBytes: 31_000 }],
    left: [
      {
        name: "film.mp4",
        reason: "76 MiB, more than the 7 MiB that a mail carries",
        link: "http://console/requests/r1",
      },
      { name: "build", reason: "it is a folder", link: "" },
    ],
  }

  test("which came along and which did not, why and where, in both texts", async () => {
    const { html, text } = await compose({ files })
    expect(text).toContain(
      [
        "Attached: report.pdf (30 KiB)",
        "Not attached: film.mp4 (76 MiB, more than the 7 MiB that a mail carries): http://console/requests/r1",
        "Not attached: build (it is a folder)",
      ].join("\n"),
    )
    for (const words of [
      "report.pdf",
      "film.mp4: 76 MiB",
      'href="http://console/requests/r1"',
      "build: it is a folder",
    ])
      expect(html).toContain(words)
  })

  test("names and reasons that are hostile stay words", async () => {
    const name = '<img src=x onerror=alert(1)>\u202e\r\nBcc: e@f"'
    const { html, text, parsed } = await compose({
      files: {
        attached: [{ name, sizeBytes: 1 }],
        left: [{ name, reason: name, link: "javascript:alert(1)" }],
      },
    })
    expect(html).not.toMatch(/<img|javascript:/i)
    expect(`${html}${text}`).not.toContain("\u202e")
    expect(parsed.headers.some(({ key }) => key === "bcc")).toBe(false)
  })

  test("a picture is shown between the words, and is a file for who reads plain text", async () => {
    const { html, parsed, raw } = await compose({ files }, [
      { name: "report.pdf", type: "application/pdf", bytes: Buffer.from("%PDF-1.7") },
      { name: "plot ü.png", type: "image/png", bytes: png, inline: true },
    ])
    const cid = /<img src="cid:([^"]+)"/.exec(html)?.[1]
    expect(parsed.attachments).toMatchObject([
      { filename: "plot ü.png", mimeType: "image/png", disposition: "inline", contentId: `<${cid}>` },
      { filename: "report.pdf", mimeType: "application/pdf", disposition: "attachment" },
    ])
    expect(html).toContain('alt="plot ü.png"')
    // mixed(related(alternative(plain, html), picture), file)
    const types = [...raw.matchAll(/^Content-Type: ([a-z/-]+)/gm)].map(([, type]) => type)
    expect(types).toEqual([
      "multipart/mixed",
      "multipart/related",
      "multipart/alternative",
      "text/plain",
      "text/html",
      "image/png",
      "application/pdf",
    ])
    const bytes = parsed.attachments[0]?.content
    expect(bytes instanceof ArrayBuffer && Buffer.from(bytes).equals(png)).toBe(true)
  })

  test("the same mail with pictures gives the same bytes, in lines that mail takes", async () => {
    const shown = [{ name: "a.png", type: "image/png", bytes: png, inline: true }]
    const { raw } = await compose({}, shown)
    expect((await compose({}, shown)).raw).toBe(raw)
    expect(raw).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
  })

  test("what is no picture by its bytes is not shown, whatever it is called", async () => {
    for (const [type, bytes] of [
      ["image/png", Buffer.from("<script>alert(1)</script>")],
      ["image/svg+xml", Buffer.from("<svg onload=alert(1)>")],
      ["text/html", Buffer.from("<script>alert(1)</script>")],
      ["image/jpeg", png],
    ] as const) {
      const { html, parsed } = await compose({}, [{ name: "a.png", type, bytes, inline: true }])
      expect(html).not.toContain("<img")
      expect(parsed.attachments).toMatchObject([
        { disposition: "attachment", mimeType: "application/octet-stream" },
      ])
    }
  })

  test.each([
    ["text/html", "application/octet-stream"],
    ["application/javascript", "application/octet-stream"],
    ["text/plain; x=y\r\nBcc: e@f", "application/octet-stream"],
    ["message/rfc822", "application/octet-stream"],
    ["application/pdf", "application/pdf"],
  ])("the type %j goes out as %j, as an attachment", async (type, sent) => {
    const { parsed } = await compose({}, [{ name: "a", type, bytes: Buffer.from("x") }])
    expect(parsed.attachments).toMatchObject([{ mimeType: sent, disposition: "attachment" }])
    expect(parsed.headers.some(({ key }) => key === "bcc")).toBe(false)
  })

  test("text says that it is UTF-8 only where it is", async () => {
    const of = async (bytes: Buffer) =>
      /^Content-Type: text\/plain[^]*?name/m.exec(
        (await compose({}, [{ name: "a.txt", type: "text/plain", bytes }])).raw.slice(2_000),
      )?.[0] ?? ""
    expect(await of(Buffer.from("grün"))).toContain("charset=utf-8")
    expect(await of(Buffer.from([0xff, 0xfe, 0xfd]))).not.toContain("charset")
  })

  test.each([
    ['a"b\\c;d.txt', /^c;d\.txt$/],
    ["line\r\nBcc: eve@evil.example\r\n\r\n.txt", /^lineBcc_/],
    ["报告 Übersicht.pdf", /^报告 Übersicht\.pdf$/],
    ["invoice\u202efdp.exe", /^invoicefdp\.exe$/],
    [`${"x".repeat(500)}.pdf`, /^x{100,}\.pdf$/],
    ["../../etc/passwd", /^passwd$/],
    ["", /^attachment-1$/],
  ])("the name %j goes out harmless", async (name, expected) => {
    const { parsed, raw } = await compose({}, [{ name, type: "application/pdf", bytes: Buffer.from("x") }])
    expect(parsed.attachments[0]?.filename ?? "").toMatch(expected)
    expect(parsed.headers.some(({ key }) => key === "bcc")).toBe(false)
    expect(raw.split("\r\n").every((line) => line.length <= 998)).toBe(true)
  })
})
