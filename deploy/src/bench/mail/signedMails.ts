import {
  makeKey,
  keyRecords,
  sign,
  signedHeaders,
} from "@maillm/gateway/mail/authenticate/testing/signedMail"

/** Where the mails of the benchmark come from: an address whose server SPF knows, as the PROXY header says. */
export const senderNetworkAddress = "192.0.2.10"
const senderDomain = "sender.test"

/** The address that a user writes from. */
export const senderOf = (user: number) => `u${user}@${senderDomain}`

/** Mails of users of one domain, signed with its key, and what its DNS says. */
export const makeSigner = () => {
  const key = makeKey(senderDomain, "bench")
  return {
    zone: {
      ...keyRecords(key),
      [`_dmarc.${senderDomain} TXT`]: ["v=DMARC1; p=reject"],
      [`${senderDomain} TXT`]: [`v=spf1 ip4:${senderNetworkAddress} -all`],
      [`${senderDomain} MX`]: ["10 mx.sender.test"],
      "mx.sender.test A": [senderNetworkAddress],
    },
    /** A reply as a mail client writes it: text and HTML, some `bytes` in all, and a file of `attachmentBytes`. */
    mail: (user: number, to: string, id: string, bytes: number, attachmentBytes = 0) =>
      sign(compose(user, to, id, bytes, attachmentBytes), key, {
        headers: signedHeaders,
        signedAt: new Date(),
      }),
  }
}

const compose = (user: number, to: string, id: string, bytes: number, attachmentBytes: number) => {
  const newest = `Please run the tests of service ${id}.`
  const told = `All tests of the service passed but for two, which wait for a file that is not there. `
  const old = wrapped(told.repeat(Math.max(1, Math.floor(bytes / 2.9 / told.length))))
  const said = "On Fri, 27 Nov 2026 at 11:58, maillm wrote:"
  const text = [newest, "", said, ...old.map((line) => `> ${line}`)]
  const html = [
    `<div dir="ltr">${newest}</div><br>`,
    `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${said}<br></div>`,
    `<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">`,
    ...old.map((line) => `${line}<br>`),
    "</blockquote></div>",
  ]
  const alternative = [
    `Content-Type: multipart/alternative; boundary="alternative"`,
    "",
    "--alternative",
    "Content-Type: text/plain; charset=utf-8",
    "",
    ...text,
    "--alternative",
    "Content-Type: text/html; charset=utf-8",
    "",
    ...html,
    "--alternative--",
  ]
  return [
    `From: User ${user} <${senderOf(user)}>`,
    `To: ${to}`,
    `Subject: Tests ${id}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id}@${senderDomain}>`,
    "MIME-Version: 1.0",
    ...(attachmentBytes === 0 ? alternative : withFile(alternative, attachmentBytes, id)),
    "",
  ].join("\r\n")
}

const withFile = (content: ReadonlyArray<string>, bytes: number, id: string) => [
  `Content-Type: multipart/mixed; boundary="mixed"`,
  "",
  "--mixed",
  ...content,
  "--mixed",
  "Content-Type: application/octet-stream",
  `Content-Disposition: attachment; filename="data.bin"`,
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.alloc(bytes, id).toString("base64").replaceAll(/.{76}/g, "$&\r\n"),
  "--mixed--",
]

const wrapped = (text: string) => text.match(/.{1,70}(?: |$)/g) ?? []
