import { spawnSync } from "node:child_process"
import { generateKeyPairSync } from "node:crypto"
import { dkimVerify } from "mailauth"
import { describe, expect, test } from "vitest"
import { dkimRecordOf, newDkimKey, readDkimKey } from "./DkimKey.ts"
import { signMail } from "./signMail.ts"

const rsa = readDkimKey(newDkimKey())
const ed25519 = readDkimKey(
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
)
const keys = [
  ["rsa", rsa],
  ["ed25519", ed25519],
] as const
const domain = "agents.example.org"
const selector = "maillm"
const atMillis = Date.parse("2026-11-26T08:00:00Z")

const plain = [
  'From: "maillm" <re.u1.s1.abc@agents.example.org>',
  "To: ada@example.org",
  "Subject: Re: list the   files",
  "\tin all of the folders",
  "Message-ID: <m1.s1@agents.example.org>",
  "In-Reply-To: <first@example.org>",
  "References: <root@example.org>",
  " <first@example.org>",
  "Date: Thu, 26 Nov 2026 08:00:00 +0000",
  "MIME-Version: 1.0",
  "Content-Type: text/plain; charset=utf-8",
  "Auto-Submitted: auto-replied",
  "",
  "Done  in 2 s  ",
  "",
  ".",
  "caf\u00e9\t ",
  "",
  "",
].join("\r\n")

const signed = (mail: string, key = rsa) =>
  Buffer.from(signMail(Buffer.from(mail), { key, domain, selector, atMillis })).toString("utf8")
const verified = async (mail: string, key = rsa) => {
  const { results } = await dkimVerify(Buffer.from(mail), {
    resolver: async (name: string, type: string) => {
      if (name === `${selector}._domainkey.${domain}` && type === "TXT") return [[dkimRecordOf(key)]]
      throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
    },
    curTime: new Date(atMillis),
  })
  return results.map(({ status }) => status.result)
}

describe.each(keys)("a %s key", (_name, key) => {
  test("mailauth verifies it", async () => {
    expect(await verified(signed(plain, key), key)).toEqual(["pass"])
  })

  test.each([
    ["another body", plain.replace("2 s", "3 s")],
    ["another subject", plain.replace("Subject: Re: list", "Subject: Re: remove")],
    ["no sign that it is automatic", plain.replace("Auto-Submitted: auto-replied\r\n", "")],
  ])("%s is noticed", async (_what, changed) => {
    const [header] = signed(plain, key).split("From:")
    expect(await verified(`${header}${changed}`, key)).not.toContain("pass")
  })

  test.each([
    "From: eve@example.net",
    "Subject: pay",
    "To: eve@example.net",
    "Reply-To: eve@example.net",
    "Cc: eve@example.net",
    "Content-Type: text/html",
  ])("a second or added %s breaks it", async (header) => {
    const mail = signed(plain, key)
    expect(await verified(`${header}\r\n${mail}`, key)).not.toContain("pass")
    expect(await verified(mail.replace("\r\n\r\n", `\r\n${header}\r\n\r\n`), key)).not.toContain("pass")
  })
})

test.each([
  ["an empty body", "From: a@agents.example.org\r\n\r\n"],
  ["no body at all", "From: a@agents.example.org\r\n"],
  ["a body of blank lines", "From: a@agents.example.org\r\n\r\n\r\n \r\n"],
  ["a body without a last line end", "From: a@agents.example.org\r\n\r\nno end"],
  ["empty headers", "From: a@agents.example.org\r\nSubject:\r\nTo:  \r\n\r\nx\r\n"],
])("%s is signed right", async (_what, mail) => {
  expect(await verified(signed(mail))).toEqual(["pass"])
})

test("the same mail gives the same bytes, in lines that every server takes", () => {
  for (const [, key] of keys) {
    const mail = signed(plain, key)
    expect(signed(plain, key)).toBe(mail)
    expect(mail.endsWith(plain)).toBe(true)
    for (const line of mail.slice(0, -plain.length).split("\r\n")) expect(line.length).toBeLessThanOrEqual(78)
  }
})

const dkimpy = `
import sys, json, dkim
mail, record = json.load(sys.stdin)
print(dkim.verify(mail.encode("utf-8"), dnsfunc=lambda name, timeout=5: record.encode()))
`
const python = ["/usr/bin/python3", "python3"].find(
  (command) => spawnSync(command, ["-c", "import dkim, nacl.signing"]).status === 0,
)

test.skipIf(python === undefined)(
  `dkimpy verifies it too${python === undefined ? " (skipped: Debian's python3-dkim and python3-nacl are not installed)" : ""}`,
  () => {
    for (const [, key] of keys) {
      for (const [mail, expected] of [
        [signed(plain, key), "True"],
        [signed(plain, key).replace("2 s", "3 s"), "False"],
        [`Subject: pay\r\n${signed(plain, key)}`, "False"],
      ]) {
        const { stdout } = spawnSync(python ?? "", ["-c", dkimpy], {
          input: JSON.stringify([mail, dkimRecordOf(key)]),
          encoding: "utf8",
        })
        expect(stdout.trim()).toBe(expected)
      }
    }
  },
)

describe("keys", () => {
  const pemOf = (type: "rsa" | "ec", bits = 1_024) =>
    (type === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: bits })
      : generateKeyPairSync("ec", { namedCurve: "P-256" })
    ).privateKey
      .export({ type: "pkcs8", format: "pem" })
      .toString()

  test.each([
    ["a short one", () => pemOf("rsa"), /1024 bits; 2048 to 4096/],
    ["one of another kind", () => pemOf("ec"), /type ec; DKIM knows RSA and Ed25519/],
    ["what is none", () => "hush-hush", /no private key in PEM/],
    ["one with a passphrase", () => "-----BEGIN ENCRYPTED PRIVATE KEY-----", /passphrase/],
  ])("%s is refused, with what to do and without showing it", (_what, make, message) => {
    let said = ""
    const pem = make()
    try {
      readDkimKey(pem)
    } catch (error) {
      said = String(error)
    }
    expect(said).toMatch(message)
    expect(said).not.toContain("hush")
    expect(said).not.toContain(pem.split("\n")[1] ?? "nothing")
  })

  test("PKCS#1 is read too", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 })
    expect(readDkimKey(privateKey.export({ type: "pkcs1", format: "pem" }).toString()).bits).toBe(2_048)
  })
})
