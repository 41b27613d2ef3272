import { describe, expect, test } from "vitest"
import { Zone } from "../../dns/Zone.ts"
import { compose, keyRecords, makeKey, sampleNow, sign, signedHeaders } from "./testing/signedMail.ts"
import { verifyMail } from "./verifyMail.ts"

const key = makeKey("example.org", "s1")
const zone = Zone.from({ ...keyRecords(key), "_dmarc.example.org TXT": ["v=DMARC1; p=none"] })
const rules = {
  domain: "maillm.test",
  signedHeaders,
  excuseServices: true,
  trustedForwarders: [],
  nowMillis: sampleNow,
  dnsMillis: 1_000,
}

const verify = async (raw: string | Promise<string>, envelopeFrom: string | null = null) => {
  const { reasons, verdict } = await verifyMail(
    Buffer.from(await raw, "latin1"),
    { remoteAddress: null, helo: "", envelopeFrom },
    async (name, type) => zone.resolve(name, type),
    rules,
  )
  return { verdict, reasons: reasons.join("\n") }
}
const signed = (change: Readonly<Record<string, string | null>> = {}) => sign(compose(change), key)

test("a mail as on the wire, and as in a file", async () => {
  const raw = await signed()
  expect(await verify(raw)).toEqual({ verdict: "command", reasons: "" })
  expect(await verify(raw.replaceAll("\r\n", "\n"))).toEqual({ verdict: "command", reasons: "" })
  expect(await verify(raw, "ada@example.org")).toEqual({ verdict: "command", reasons: "" })
})

describe("written by a machine, or a mail of ours (bad input D)", () => {
  const report = 'multipart/report; report-type=delivery-status; boundary="b"'
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["47 Auto-Submitted", { "Auto-Submitted": "auto-replied" }, /Auto-Submitted/],
    ["47 Precedence", { Precedence: "bulk" }, /Precedence/],
    ["47 List-Id", { "List-Id": "<l.example>" }, /List-Id/],
    ["47 X-Auto-Response-Suppress", { "X-Auto-Response-Suppress": "All" }, /X-Auto-Response-Suppress/],
    ["48 a delivery report", { "Content-Type": report }, /delivery report/],
    ["49 our own Message-ID", { "Message-ID": "<mr1.s1abc@maillm.test>" }, /mail of ours/],
    ["49 the same, in capitals", { "Message-ID": "<qa1.s1abc@MAILLM.test>" }, /mail of ours/],
  ])("%s", async (_, change, reason) => {
    const { reasons, verdict } = await verify(signed(change))
    expect(verdict).toBe("quarantine")
    expect(reasons).toMatch(reason)
  })

  test("49 101 Received, and a bounce", async () => {
    const looping = await verify(signed().then((raw) => `${"Received: from a by b\r\n".repeat(101)}${raw}`))
    expect(looping).toMatchObject({ verdict: "quarantine", reasons: expect.stringMatching(/circles/) })
    const bounce = await verify(signed(), "")
    expect(bounce).toMatchObject({ verdict: "quarantine", reasons: expect.stringMatching(/MAIL FROM:<>/) })
  })

  test("another's Message-ID at our domain is no mail of ours", async () => {
    expect((await verify(signed({ "Message-ID": "<0c3f-11@maillm.test>" }))).verdict).toBe("command")
  })
})

test.each(["\n.\n", "\r.\r", "a\rb", "a\nb"])("%j in the text is refused, as SMTP does", async (text) => {
  const { reasons, verdict } = await verify(signed().then((raw) => `${raw}${text}\r\n`))
  expect(verdict).toBe("reject")
  expect(reasons).toMatch(/CR LF/)
})
