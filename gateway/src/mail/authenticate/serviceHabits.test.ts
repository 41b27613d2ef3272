import { describe, expect, test } from "vitest"
import { authenticate, own } from "./testing/authenticateSample.ts"
import { compose, sign } from "./testing/signedMail.ts"

const mx = (...servers: ReadonlyArray<string>) => ({
  "example.org MX": servers.map((exchange, at) => ({ exchange, priority: 10 * at })),
})
const google = mx("aspmx.l.google.com", "alt1.aspmx.l.google.com")
const microsoft = mx("example-org.mail.protection.outlook.com")
/** Signed, but for one header. */
const without = (header: string) =>
  sign(compose(), own, {
    headers: ["from", "to", "subject", "date", "message-id", "content-type"].filter(
      (name) => name !== header,
    ),
  })

describe("a mail service that signs less than is asked for", () => {
  test.each([
    ["Google leaves out Content-Type", "content-type", google],
    ["Microsoft leaves out To", "to", microsoft],
    ["and over its newer servers", "to", mx("example-org.a-v1.mx.microsoft")],
  ])("%s: its customers' mail is proven", async (_, header, zone) => {
    expect(await authenticate({ raw: without(header), zone })).toMatchObject({
      verdict: "command",
      reasons: "",
    })
  })

  test.each([
    ["what it does cover as a rule", "subject", google],
    ["what another service leaves out", "to", google],
    ["another server beside it", "content-type", mx("aspmx.l.google.com", "mx.example.org")],
    ["a server that only looks like its own", "content-type", mx("aspmx.l.google.com.evil.example")],
    ["a name that ends like its own", "content-type", mx("mx.notgoogle.com")],
    ["no server that is known", "content-type", {}],
  ])("%s excuses nothing", async (_, header, zone) => {
    const { reasons, verdict } = await authenticate({ raw: without(header), zone })
    expect(verdict).toBe("quarantine")
    expect(reasons).toMatch(/does not cover/)
  })

  test("while nobody says whose customer it is, it is waited for", async () => {
    const { verdict } = await authenticate({ raw: without("to"), zone: { "example.org MX": "SERVFAIL" } })
    expect(verdict).toBe("retry")
  })
})
