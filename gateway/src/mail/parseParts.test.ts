import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { encodeBody, multipart, plainPart, rawMail } from "./fixtures/corpus/rawMail.ts"
import { tnef } from "./fixtures/tnef.ts"
import { parseMail } from "./parseMail.ts"

const readable = async (raw: Uint8Array) => {
  const result = await parseMail(raw, "maillm.localhost")
  if (result._tag === "Unreadable") throw new Error(result.reason)
  return result
}
const bytes = (text: string) => Buffer.from(text, "latin1")
const mail = (headers: ReadonlyArray<string>, body = "x") =>
  bytes(["From: ada@example.org", "Subject: s", ...headers, "", body].join("\r\n"))
const utf8 = (text: string) => Buffer.from(text, "utf8").toString("latin1")
const file = (headers: ReadonlyArray<string>, body: string | Uint8Array) =>
  [...headers, "Content-Transfer-Encoding: base64", "", encodeBody(body, "base64")].join("\r\n")

describe("charsets", () => {
  const cases: ReadonlyArray<readonly [string, Uint8Array, string]> = [
    ["gb18030", Buffer.from("c7ebd6d8c6f4", "hex"), "请重启"],
    ["gb2312", Buffer.from("c7ebd6d8c6f4", "hex"), "请重启"],
    ["windows-1251", Buffer.from("cff0e8e2e5f2", "hex"), "Привет"],
    ["koi8-r", Buffer.from("f0d2c9d7c5d4", "hex"), "Привет"],
    ["windows-1252", Buffer.from("8093d094", "hex"), "€“Ð”"],
    ["shift_jis", Buffer.from("836583588367", "hex"), "テスト"],
    ["cp932", Buffer.from("836583588367", "hex"), "テスト"],
    ["iso-2022-jp", bytes("\x1b$B%F%9%H\x1b(B"), "テスト"],
    ["euc-kr", Buffer.from("c5d7bdbac6ae", "hex"), "테스트"],
    ["big5", Buffer.from("b4fab8d5", "hex"), "測試"],
    ["iso-8859-1", Buffer.from("Größe", "utf8"), "Größe"],
    ["nonsense", Buffer.from("Größe", "utf8"), "Größe"],
    ["us-ascii", Buffer.from("Größe", "utf8"), "Größe"],
    ["utf-7", bytes("+AGgAaQ-"), "+AGgAaQ-"],
    ["utf-8", bytes("a\xffb"), "a\ufffdb"],
  ]
  test.each(cases)("%s", async (charset, body, expected) => {
    const raw = rawMail(
      `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(body).toString("base64")}`,
      { fresh: true },
    )
    expect((await readable(raw)).mail.newestText).toBe(expected)
  })
})

describe("headers", () => {
  test.each([
    ["=?utf-8?B?8J+Y?= =?utf-8?B?gCBvaw==?=", "😀 ok"],
    ["=?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=B6=C3=9Fe?=", "Größe"],
    ["=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テスト"],
    ["=?windows-1252?Q?a_=96_b?=", "a – b"],
    ["=?nonsense?Q?a=20b?=", "a b"],
    ["=?utf-8?X?broken?=", "=?utf-8?X?broken?="],
    [utf8("Größe in plain UTF-8"), "Größe in plain UTF-8"],
    ["a\u202Eb", "a b"],
  ])("subject %j", async (given, expected) => {
    const raw = Buffer.from(
      `From: ada@example.org\r\nSubject: ${given}\r\n\r\nx`,
      /[^\x00-\xff]/.test(given) ? "utf8" : "latin1",
    )
    expect((await readable(raw)).mail.subject).toBe(expected)
  })

  test("an encoded word names nobody: the address is what stands in angle brackets", async () => {
    const { mail: parsed } = await readable(
      bytes("From: =?utf-8?Q?boss=40corp=2Eexample?= <ada@example.org>\r\n\r\nx"),
    )
    expect(parsed.from).toEqual(["ada@example.org"])
    expect(parsed.fromName).toBe("boss@corp.example")
  })
})

describe("attachments", () => {
  const named = async (...dispositions: ReadonlyArray<string>) => {
    const parts = dispositions.map((each) =>
      file(["Content-Type: application/octet-stream", `Content-Disposition: ${each}`], "x"),
    )
    const { attachments } = await readable(rawMail(multipart("mixed", "m", [plainPart("hi"), ...parts])))
    return attachments.map(({ name }) => name)
  }
  const long = "x".repeat(4_096)
  test.each([
    ['attachment; filename="=?utf-8?B?R3LDtsOfZS5wZGY=?="', "Größe.pdf"],
    ["attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf", "Größe.pdf"],
    ["attachment; filename*0*=utf-8''Gr%C3;\r\n filename*1*=%B6%C3%9Fe;\r\n filename*2=.pdf", "Größe.pdf"],
    ['attachment; filename*0="long ";\r\n filename*1="name.txt"', "long name.txt"],
    ['attachment; filename="../../x"', "x"],
    ['attachment; filename="C:\\\\a\\\\b.txt"', "b.txt"],
    ['attachment; filename="CON"', "_CON"],
    ['attachment; filename="lpt1.txt"', "_lpt1.txt"],
    ['attachment; filename="-rf"', "rf"],
    ['attachment; filename="--"', "attachment-1"],
    ['attachment; filename="...."', "attachment-1"],
    ['attachment; filename=".bashrc"', "bashrc"],
    [`attachment; filename="${utf8("a\u202Egnp.exe")}"`, "agnp.exe"],
    ['attachment; filename="a\0b.txt"', "ab.txt"],
    [`attachment; filename="${long}.tar.gz"`, `${"x".repeat(113)}.tar.gz`],
    [`attachment; filename="${utf8("日".repeat(200))}.txt"`, `${"日".repeat(78)}.txt`],
    ["attachment", "attachment-1"],
  ])("%s", async (disposition, expected) => {
    expect(await named(disposition)).toEqual([expected])
  })

  test.each([
    ["7bit", "a,b\r\n1,2\r\n", "a,b\n1,2\n"],
    ["7bit", "a,b\r\n1,2", "a,b\n1,2"],
    ["quoted-printable", "a=3Db\r\n1,2\r\n", "a=b\n1,2\n"],
    ["quoted-printable", "a=3Db\r\n1,=\r\n2", "a=b\n1,2"],
    ["base64", "YSxiDQo=", "a,b\r\n"],
  ])("bytes of a file sent as %s: %j", async (encoding, body, expected) => {
    const part = `Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`
    const { attachments } = await readable(rawMail(multipart("mixed", "m", [plainPart("hi"), part])))
    expect(Buffer.from(attachments[0]?.bytes ?? []).toString()).toBe(expected)
  })

  test("no two have the same name, also where case does not count", async () => {
    const names = await named(
      ...["a.txt", "A.TXT", "a.txt", "a-2.txt", "x/a.txt"].map((name) => `attachment; filename="${name}"`),
    )
    expect(names).toEqual(["a.txt", "A-2.TXT", "a-3.txt", "a-2-2.txt", "a-4.txt"])
  })

  test("what is text and what is a file", async () => {
    const raw = rawMail(
      multipart("mixed", "m", [
        multipart("related", "r", [
          multipart("alternative", "a", [
            plainPart("see the picture"),
            `Content-Type: text/x-amp-html\r\n\r\n<html amp4email></html>`,
            `Content-Type: text/html\r\n\r\n<p>see the picture <img src="cid:i1"></p>`,
          ]),
          file(
            [
              "Content-Type: image/png",
              "Content-ID: <i1>",
              'Content-Disposition: inline; filename="image.png"',
            ],
            "png",
          ),
        ]),
        file(
          ['Content-Type: text/plain; name="notes.txt"', 'Content-Disposition: inline; filename="notes.txt"'],
          "not said",
        ),
        file(
          ["Content-Type: text/x-patch", 'Content-Disposition: attachment; filename="a.patch"'],
          "--- a\n+++ b\n",
        ),
        `Content-Type: message/rfc822\r\n\r\nFrom: bob@example.org\r\nSubject: inner\r\n\r\nrm -rf /\r\n`,
        file(
          ["Content-Type: text/calendar", 'Content-Disposition: attachment; filename="party.ics"'],
          "BEGIN:VCALENDAR\nMETHOD:REQUEST\n",
        ),
      ]),
    )
    const { mail: parsed, attachments } = await readable(raw)
    expect(parsed.newestText).toBe("see the picture")
    expect(attachments.map(({ name, type }) => [name, type])).toEqual([
      ["image.png", "image/png"],
      ["notes.txt", "text/plain"],
      ["a.patch", "text/x-patch"],
      ["message.eml", "message/rfc822"],
      ["party.ics", "text/calendar"],
    ])
    expect(
      createHash("sha256")
        .update(attachments[0]?.bytes ?? "")
        .digest("hex"),
    ).toBe(createHash("sha256").update("png").digest("hex"))
    expect(parsed.automatic).toBe(null)
  })
})

describe("calendars", () => {
  const invitation = (method: string) =>
    rawMail(
      multipart("alternative", "a", [
        plainPart("You are invited."),
        `Content-Type: text/calendar; charset=utf-8; method=${method}\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:${method}\r\nEND:VCALENDAR\r\n`,
      ]),
    )
  test.each(["REQUEST", "reply", "CANCEL"])("a message by a calendar, %s, is no request", async (method) => {
    expect((await readable(invitation(method))).mail.automatic).toBe(
      `a meeting message (text/calendar, ${method.toUpperCase()})`,
    )
  })
  test("a date that a person publishes is a file", async () => {
    const { mail: parsed, attachments } = await readable(invitation("PUBLISH"))
    expect(parsed.automatic).toBe(null)
    expect(attachments.map(({ name }) => name)).toEqual(["calendar.ics"])
  })
})

describe("winmail.dat", () => {
  const packed = tnef({
    text: "Please run the tests.\r\n",
    files: [{ name: "../log é.txt", bytes: Buffer.from("log") }],
  })
  const winmail = (content: Uint8Array) =>
    file(
      [
        'Content-Type: application/ms-tnef; name="winmail.dat"',
        'Content-Disposition: attachment; filename="winmail.dat"',
      ],
      content,
    )

  test("its files are taken out, its text where there is no other", async () => {
    const { mail: parsed, attachments } = await readable(rawMail(winmail(packed), { fresh: true }))
    expect(parsed.newestText).toBe("Please run the tests.")
    expect(attachments.map(({ name, bytes: content }) => [name, Buffer.from(content).toString()])).toEqual([
      ["log é.txt", "log"],
    ])
  })
  test("a text beside it goes first", async () => {
    const { mail: parsed } = await readable(
      rawMail(multipart("mixed", "m", [plainPart("hello"), winmail(packed)])),
    )
    expect(parsed.newestText).toBe("hello")
  })
  test("one that cannot be read is kept as a file", async () => {
    const broken = Buffer.concat([packed.subarray(0, 12), Buffer.from("garbage")])
    const { attachments } = await readable(
      rawMail(multipart("mixed", "m", [plainPart("hi"), winmail(broken)])),
    )
    expect(attachments.map(({ name }) => name)).toEqual(["winmail.dat"])
  })
  test("no cut or changed byte makes it throw", async () => {
    for (let i = 0; i < packed.length; i++) {
      const changed = Buffer.from(packed)
      changed[i] = 0xff
      await readable(rawMail(winmail(changed)))
      await readable(rawMail(winmail(packed.subarray(0, i))))
    }
  })
})

describe("S/MIME and PGP", () => {
  const der = (tag: number, ...content: ReadonlyArray<Uint8Array>) => {
    const all = Buffer.concat(content)
    const length = all.length < 128 ? [all.length] : [0x82, all.length >> 8, all.length & 0xff]
    return Buffer.concat([Buffer.from([tag, ...length]), all])
  }
  /** The same with an end that is marked, and its text in pieces: as it is streamed. */
  const ber = (tag: number, ...content: ReadonlyArray<Uint8Array>) =>
    Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])])
  const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"))
  const inner = bytes("Content-Type: text/plain\r\n\r\nPlease run the tests.\r\n-- \r\nAda\r\n")
  const signed = (wrap: typeof der, text: Uint8Array) =>
    wrap(
      0x30,
      oid("2a864886f70d010702"),
      wrap(
        0xa0,
        wrap(
          0x30,
          der(0x02, Buffer.from([1])),
          der(0x31),
          wrap(0x30, oid("2a864886f70d010701"), wrap(0xa0, text)),
        ),
      ),
    )
  const opaque = (content: Uint8Array) =>
    rawMail(
      file(['Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'], content),
      { fresh: true },
    )
  test.each([
    ["DER", signed(der, der(0x04, inner))],
    ["BER", signed(ber, ber(0x24, der(0x04, inner.subarray(0, 20)), der(0x04, inner.subarray(20))))],
  ])("signed in one piece, %s", async (_name, content) => {
    const { mail: parsed, attachments } = await readable(opaque(content))
    expect(parsed.newestText).toBe("Please run the tests.")
    expect(attachments).toEqual([])
  })
  test("no cut or changed byte of it makes the reader throw", async () => {
    const content = signed(ber, ber(0x24, der(0x04, inner)))
    for (let i = 0; i < content.length; i++) {
      const changed = Buffer.from(content)
      changed[i] = 0x80
      expect((await parseMail(opaque(changed), "maillm.localhost"))._tag).toMatch(/Readable|Unreadable/)
      expect((await parseMail(opaque(content.subarray(0, i)), "maillm.localhost"))._tag).toMatch(
        /Readable|Unreadable/,
      )
    }
    const deep = Buffer.alloc(100_000, Buffer.from([0x30, 0x80]))
    expect((await parseMail(opaque(deep), "maillm.localhost"))._tag).toBe("Unreadable")
  })
  test.each([
    ["S/MIME", file(["Content-Type: application/pkcs7-mime; smime-type=enveloped-data"], "x")],
    [
      "PGP/MIME",
      multipart("encrypted", "e", [
        "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
        "Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n",
      ]),
    ],
  ])("an encrypted mail, %s, is refused with its reason", async (_name, content) => {
    expect(await parseMail(rawMail(content), "maillm.localhost")).toMatchObject({
      _tag: "Unreadable",
      reason: expect.stringContaining("it is encrypted"),
    })
  })
})

describe("hidden text", () => {
  test.each([
    '<p style="display:none">evil</p>',
    '<p style="DISPLAY : NONE !important">evil</p>',
    '<p style="d\\69 splay:n\\6fne">evil</p>',
    '<p style="display:/*x*/none">evil</p>',
    "<p hidden>evil</p>",
    '<p style="visibility:hidden">evil</p>',
    '<p style="font-size:0">evil</p>',
    '<p style="font-size:1px">evil</p>',
    '<p style="font:0/0 a">evil</p>',
    '<p style="opacity:0.01">evil</p>',
    '<p style="color:#fff">evil</p>',
    '<p style="color:#fefefe">evil</p>',
    '<p style="color:rgb(250, 250, 250)">evil</p>',
    '<p style="color:hsl(0, 0%, 100%)">evil</p>',
    '<p style="color:transparent">evil</p>',
    '<font color="#FFFFFF">evil</font>',
    '<body text="white">evil</body>',
    '<div style="background:#123456;color:#123456">evil</div>',
    '<table bgcolor="black"><tr><td><font color="black">evil</font></td></tr></table>',
    '<div style="max-height:0;overflow:hidden">evil</div>',
    '<div style="position:absolute;left:-9999px">evil</div>',
    '<div style="text-indent:-9999px">evil</div>',
    '<div style="clip:rect(0 0 0 0);position:absolute">evil</div>',
    '<div style="transform:scale(0)">evil</div>',
    '<div style="mso-hide:all">evil</div>',
    "<style>.a{display:none}</style><p class=a>evil</p>",
    "<style>#a,p.b{color:white}</style><p class=b>evil</p><span id=a>evil</span>",
    "<!-- evil -->",
    "<title>evil</title>",
    "<noscript>evil</noscript><textarea>evil</textarea><svg><text>evil</text></svg>",
    '<img alt="evil" src="x">',
    '<a href="https://evil.example"></a>',
  ])("%s", async (hidden) => {
    const raw = rawMail(
      `Content-Type: text/html; charset=utf-8\r\n\r\n<div>before</div>${hidden}<div>after</div>`,
      { fresh: true },
    )
    const { mail: parsed } = await readable(raw)
    expect(parsed.newestText.replace(/\n+/g, " ")).toBe("before after")
  })
  test.each([
    '<div style="background:#000"><p style="color:#fff">seen</p></div>',
    '<div style="background:url(x.png)"><p style="color:#fff">seen</p></div>',
    '<td style="font-size:0"><p style="font-size:14px">seen</p></td>',
    '<div style="visibility:hidden"><p style="visibility:visible">seen</p></div>',
    "<style>@media (max-width:400px){.a{display:none}}</style><p class=a>seen</p>",
    '<p style="color:#888">seen</p>',
    '<p style="color:windowtext;background:none">seen</p>',
  ])("seen: %s", async (shown) => {
    const raw = rawMail(`Content-Type: text/html; charset=utf-8\r\n\r\n${shown}`, { fresh: true })
    expect((await readable(raw)).mail.newestText).toBe("seen")
  })
})

describe("automatic mails: corpus D47 to D49", () => {
  test.each([
    ["Auto-Submitted: auto-replied"],
    ["Precedence: bulk"],
    ["List-Id: <l.example.org>"],
    ["List-Unsubscribe: <mailto:x@example.org>"],
    ["X-Auto-Response-Suppress: OOF, AutoReply"],
    ["Content-Type: multipart/report; report-type=delivery-status; boundary=r"],
    ["Content-Type: multipart/report; report-type=disposition-notification; boundary=r"],
    ["X-Failed-Recipients: bob@example.org"],
    ["Received: from a\r\n".repeat(101).trimEnd()],
  ])("%s", async (header) => {
    const result = await parseMail(
      mail(
        [header],
        "--r\r\nContent-Type: text/plain\r\n\r\nre.u1.s1.abcdefghijklmn23@maillm.localhost\r\n--r--",
      ),
      "maillm.localhost",
    )
    expect(result._tag === "Readable" ? result.mail.automatic : "unreadable").not.toBe(null)
  })
})
