import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { Zone } from "../src/dns/Zone.ts"
import { authenticateMail } from "../src/mail/authenticate/authenticateMail.ts"
import { hasOpenDkim, OpenDkim } from "../src/mail/authenticate/testing/OpenDkim.ts"
import { compose, keyRecords, makeKey, signedHeaders } from "../src/mail/authenticate/testing/signedMail.ts"

/* A signer that is not mailauth's own. */
describe.skipIf(!hasOpenDkim)("signed by OpenDKIM (needs opendkim)", () => {
  const key = makeKey("example.org", "od")
  const zone = Zone.from({ ...keyRecords(key), "_dmarc.example.org TXT": ["v=DMARC1; p=none"] })
  let signer: OpenDkim
  beforeAll(async () => {
    signer = await OpenDkim.start({ key })
  })
  afterAll(() => signer?.stop())

  const authenticate = async (raw: string) => {
    const { origin, verdict } = await authenticateMail(
      Buffer.from(raw, "latin1"),
      { remoteAddress: "192.0.2.1", helo: "mx.example.org", envelopeFrom: "ada@example.org" },
      async (name, type) => zone.resolve(name, type),
      {
        domain: "maillm.test",
        signedHeaders,
        excuseServices: true,
        trustedForwarders: [],
        nowMillis: Date.now(),
        dnsMillis: 1_000,
      },
    )
    return { verdict, reasons: origin.reasons.join("\n") }
  }
  const today = new Date().toUTCString().replace("GMT", "+0000")

  test.each<[string, string]>([
    ["plain text", compose({ Date: today })],
    [
      "folded and doubled headers",
      compose({ Date: today, "X-Long": "a\r\n\tb", References: "<1@x>\r\n <2@x>" }),
    ],
    [
      "UTF-8, dots, blanks at the ends of lines, blank lines at the end",
      compose(
        { Date: today, Subject: "caf\u00c3\u00a9" },
        "\u00e2\u0082\u00ac  \r\n.\r\n..\r\nlast\r\n\r\n\r\n",
      ),
    ],
    ["no text", compose({ Date: today }, "")],
    ["100 KB", compose({ Date: today }, "0123456789abcdef\r\n".repeat(5_800))],
  ])("%s", async (_, raw) => {
    expect(await authenticate(await signer.sign(raw))).toEqual({ verdict: "command", reasons: "" })
  })

  test("and changed on the way", async () => {
    const raw = await signer.sign(compose({ Date: today }))
    const { reasons, verdict } = await authenticate(raw.replace("make test", "make rest"))
    expect(verdict).toBe("quarantine")
    expect(reasons).toMatch(/body hash/)
  })
})
