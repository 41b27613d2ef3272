import { describe, expect, test } from "vitest"
import { authenticateMail } from "./authenticateMail.ts"
import {
  above,
  authenticate,
  below,
  edwards,
  evil,
  headOf,
  lists,
  own,
  signed,
} from "./testing/authenticateSample.ts"
import type { Case } from "./testing/authenticateSample.ts"
import { compose, sampleNow, seal, sign, signedHeaders } from "./testing/signedMail.ts"

describe("its author wrote it", () => {
  test.each<[string, Case]>([
    ["a signature of the author's own domain", { raw: signed() }],
    ["of a domain below it", { raw: sign(compose(), below) }],
    ["ed25519", { raw: sign(compose(), edwards) }],
    ["two, both good", { raw: sign(compose(), own).then((raw) => sign(raw, edwards)) }],
    ["whoever passed it on", { raw: above("Received: from a by b", signed()), ip: "203.0.113.9" }],
    ["over a server of this machine", { raw: signed(), ip: null }],
    ["a forwarder that signs too", { raw: signed().then((raw) => sign(raw, lists)) }],
    [
      "an ARC set that was broken on the way",
      { raw: above(headOf(seal(compose({ Subject: "another" }), lists)), signed()) },
    ],
    ["another's Authentication-Results", { raw: above("Authentication-Results: x; dkim=fail", signed()) }],
    [
      "DMARC asks for reject, and is met",
      { raw: signed(), zone: { "_dmarc.example.org TXT": "v=DMARC1; p=reject; adkim=s" } },
    ],
    ["SPF of a domain that does not answer", { raw: signed(), zone: { "example.org TXT": "SERVFAIL" } }],
    ["letter case and a name", { raw: signed({ From: '"Ada L." <Ada@EXAMPLE.org>' }) }],
    ["an answer to itself", { raw: signed({ "Reply-To": "ada@example.org", Sender: "<ada@example.org>" }) }],
  ])("%s", async (_, sample) => {
    const { reasons, standing, verdict } = await authenticate(sample)
    expect({ verdict, standing, reasons }).toEqual({ verdict: "command", standing: "proven", reasons: "" })
  })

  test("has the same marks however it is sent again", async () => {
    const raw = await signed()
    const first = await authenticate({ raw })
    const again = await authenticate({
      raw: above("Received: from x by y", raw),
      ip: "203.0.113.9",
      from: "x@evil.example",
    })
    expect(again.verdict).toBe("command")
    expect(again.origin.marks).toEqual(first.origin.marks)
    expect(first.origin.marks).toHaveLength(2)
  })
})

describe("nobody can say yet: 451", () => {
  test.each<[string, Case, RegExp]>([
    [
      "39 the policy",
      { raw: signed(), zone: { "_dmarc.example.org TXT": "SERVFAIL" } },
      /_dmarc\.example\.org TXT \(ESERVFAIL\)/,
    ],
    [
      "39 the policy, no answer in time",
      { raw: signed(), zone: { "_dmarc.example.org TXT": ["TIMEOUT"] } },
      /ETIMEOUT/,
    ],
    [
      "the key",
      { raw: signed(), zone: { "s1._domainkey.example.org TXT": { error: "SERVFAIL" } } },
      /s1\._domainkey\.example\.org/,
    ],
    [
      "the key of one signature, where the other is no help",
      {
        raw: sign(compose(), lists).then((raw) => sign(raw, own)),
        zone: { "s1._domainkey.example.org TXT": "temperror" },
      },
      /s1\._domainkey/,
    ],
    [
      "the policy, and no signature",
      { raw: compose(), zone: { "_dmarc.example.org TXT": "DNS_SERVFAIL" } },
      /_dmarc/,
    ],
    [
      "SPF, and no signature",
      { raw: compose(), zone: { "example.org TXT": "ETIMEOUT" } },
      /example\.org TXT/,
    ],
    [
      "a trusted forwarder's key",
      {
        raw: seal(compose(), lists),
        forwarders: ["lists.example"],
        zone: { "l1._domainkey.lists.example TXT": "SERVFAIL" },
      },
      /lists\.example/,
    ],
  ])("%s", async (_, sample, reason) => {
    const { reasons, verdict } = await authenticate(sample)
    expect(verdict).toBe("retry")
    expect(reasons).toMatch(reason)
  })

  test.each<[string, Case]>([
    [
      "two authors",
      {
        raw: signed({ From: "a@example.org, b@example.org" }),
        zone: { "_dmarc.example.org TXT": "SERVFAIL" },
      },
    ],
    [
      "an old date",
      { raw: signed(), now: sampleNow + 48 * 3_600_000, zone: { "_dmarc.example.org TXT": "SERVFAIL" } },
    ],
    ["another's key", { raw: sign(compose(), evil), zone: { "e1._domainkey.evil.example TXT": "SERVFAIL" } }],
  ])("but what no answer can mend is not waited for: %s", async (_, sample) => {
    expect((await authenticate(sample)).verdict).toBe("quarantine")
  })

  test("a resolver that never answers is not waited for without end", async () => {
    const never = () => new Promise<never>(() => undefined)
    const rules = {
      domain: "maillm.test",
      signedHeaders,
      excuseServices: true,
      trustedForwarders: [],
      nowMillis: sampleNow,
      dnsMillis: 50,
    }
    const sender = { remoteAddress: "192.0.2.1", helo: "x", envelopeFrom: "ada@example.org" }
    expect((await authenticateMail(Buffer.from(await signed()), sender, never, rules)).verdict).toBe("retry")
  })
})

describe("its author's domain asks for it to be refused: 550", () => {
  const reject = { "_dmarc.example.org TXT": ["v=DMARC1; p=reject"] }
  test.each<[string, Case, string]>([
    ["not signed, from elsewhere", { raw: compose(), zone: reject, ip: "203.0.113.9" }, "reject"],
    ["p=none says nothing", { raw: compose(), ip: "203.0.113.9" }, "quarantine"],
    [
      "p=quarantine",
      { raw: compose(), ip: "203.0.113.9", zone: { "_dmarc.example.org TXT": "v=DMARC1; p=quarantine" } },
      "quarantine",
    ],
    [
      "only tried out (t=y)",
      { raw: compose(), ip: "203.0.113.9", zone: { "_dmarc.example.org TXT": "v=DMARC1; p=reject; t=y" } },
      "quarantine",
    ],
    [
      "the sending server is allowed: no failure, and no command",
      { raw: compose(), zone: reject },
      "quarantine",
    ],
    [
      "of a subdomain, by sp=",
      {
        raw: compose({ From: "x@sub.example.org" }),
        ip: "203.0.113.9",
        zone: { "_dmarc.example.org TXT": "v=DMARC1; p=none; sp=reject" },
      },
      "reject",
    ],
  ])("%s", async (_, sample, verdict) => {
    expect((await authenticate(sample)).verdict).toBe(verdict)
  })
})

describe("a trusted forwarder vouches for it", () => {
  const forwarders = ["lists.example"]
  const changed = () => compose({ Subject: "[list] Run the tests" }, "make test\r\n-- \r\na list\r\n")
  test("that sealed it after it saw it proven", async () => {
    const { origin, standing, verdict } = await authenticate({ raw: seal(changed(), lists), forwarders })
    expect({ verdict, standing }).toEqual({ verdict: "command", standing: "forwarded" })
    expect(origin.marks).toHaveLength(2)
  })
  test.each<[string, Case]>([
    [
      "it did not see it proven",
      {
        raw: seal(changed(), lists, "mx; dmarc=fail header.from=example.org; dkim=pass header.d=example.org"),
        forwarders,
      },
    ],
    [
      "it saw SPF only",
      { raw: seal(changed(), lists, "mx; spf=pass; dmarc=pass header.from=example.org"), forwarders },
    ],
    [
      "it saw another author",
      {
        raw: seal(
          changed(),
          lists,
          "mx; dkim=pass header.d=evil.example; dmarc=pass header.from=evil.example",
        ),
        forwarders,
      },
    ],
    [
      "the text was changed after it",
      { raw: seal(changed(), lists).then((raw) => raw.replace("make test", "rm -rf /")), forwarders },
    ],
    ["two authors", { raw: seal(compose({ From: "ada@example.org, eve@example.org" }), lists), forwarders }],
    [
      "somebody else sealed it after",
      {
        raw: seal(changed(), lists)
          .then((raw) => above("X-Nothing: 1", raw))
          .then((raw) => above(headOf(seal(raw, evil)), raw)),
        forwarders,
      },
    ],
  ])("but not when %s", async (_, sample) => {
    expect((await authenticate(sample)).verdict).toBe("quarantine")
  })
})
