import { describe, expect, test } from "vitest"
import { Zone } from "../../dns/Zone.ts"
import { authenticateMail } from "./authenticateMail.ts"
import { compose, keyRecords, makeKey, sampleNow, seal, sign, signedHeaders } from "./testing/signedMail.ts"

const own = makeKey("example.org", "s1")
const weak = makeKey("example.org", "weak", { bits: 512 })
const edwards = makeKey("example.org", "ed", { ed25519: true })
const tried = makeKey("example.org", "tried", { flags: "y" })
const below = makeKey("mail.example.org", "m1")
const evil = makeKey("evil.example", "e1")
const lists = makeKey("lists.example", "l1")

const records = {
  ...keyRecords(own, weak, edwards, tried, below, evil, lists),
  "_dmarc.example.org TXT": ["v=DMARC1; p=none"],
  "example.org TXT": ["v=spf1 ip4:192.0.2.1 -all"],
  "_dmarc.evil.example TXT": ["v=DMARC1; p=reject"],
  "evil.example TXT": ["v=spf1 ip4:198.51.100.7 -all"],
}

interface Case {
  readonly raw: string | Promise<string>
  readonly zone?: Readonly<Record<string, unknown>>
  readonly ip?: string | null
  readonly from?: string
  readonly helo?: string
  readonly now?: number
  readonly forwarders?: ReadonlyArray<string>
}

const authenticate = async (sample: Case) => {
  const zone = Zone.from({ ...records, ...sample.zone })
  const { origin, verdict } = await authenticateMail(
    Buffer.from(await sample.raw, "latin1"),
    {
      remoteAddress: sample.ip === undefined ? "192.0.2.1" : sample.ip,
      helo: sample.helo ?? "mail.example.org",
      envelopeFrom: sample.from ?? "ada@example.org",
    },
    async (name, type) => zone.resolve(name, type),
    {
      domain: "maillm.test",
      signedHeaders,
      trustedForwarders: sample.forwarders ?? [],
      nowMillis: sample.now ?? sampleNow,
      dnsMillis: 1_000,
    },
  )
  const { arc, dkim, dmarc, reasons, spf, standing } = origin
  return {
    verdict,
    standing,
    origin,
    reasons: reasons.join("\n"),
    results: [spf, dkim, dmarc, arc].map(({ result }) => result).join(" "),
  }
}
const signed = (change?: Readonly<Record<string, string | null>>, body?: string) =>
  sign(compose(change, body), own)
/** Headers put above a mail on its way. */
const above = async (headers: string | Promise<string>, raw: string | Promise<string>) =>
  `${await headers}\r\n${await raw}`
/** What stands above From. */
const headOf = async (raw: Promise<string>) => (await raw).split("\r\nFrom:")[0] ?? ""

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

describe("anybody may have written it (bad input C, D)", () => {
  const hour = 3_600_000
  test.each<[string, Case, RegExp]>([
    [
      "28 MAIL FROM of a subdomain that does not exist",
      { raw: compose(), from: "x@none.example.org" },
      /no signature/,
    ],
    [
      "29 empty MAIL FROM, forged HELO",
      { raw: compose(), from: "", helo: "example.org", ip: "203.0.113.9" },
      /no signature/,
    ],
    [
      "30 NUL in the signing domain",
      { raw: signed().then((raw) => raw.replace("d=example.org", "d=example.org\0.evil.example")) },
      /control characters/,
    ],
    [
      "31 results by injection: quote",
      { raw: sign(compose(), { ...evil, domain: "example.org'a.evil.example" }) },
      /does not verify|does not speak/,
    ],
    [
      "31 results by injection: comment",
      { raw: signed().then((raw) => raw.replace("d=example.org", "d=evil.example(d=example.org")) },
      /does not verify/,
    ],
    ["32 two From headers", { raw: above("From: boss@corp.example", signed()) }, /2 From headers/],
    [
      "32 two From headers, own one first",
      { raw: signed().then((raw) => raw.replace("\r\nTo:", "\r\nFrom: eve@evil.example\r\nTo:")) },
      /2 From headers/,
    ],
    [
      "33 From behind a blank",
      { raw: signed().then((raw) => ` From: boss@corp.example\r\n${raw}`) },
      /begins with a blank/,
    ],
    [
      "33 blank before the colon",
      { raw: above("From : boss@corp.example", signed()) },
      /blank before the colon/,
    ],
    ["33 name and colon on two lines", { raw: above("From\r\n : boss@corp.example", signed()) }, /no field/],
    ["33 folded From", { raw: signed({ From: "Ada\r\n <ada@example.org>" }) }, /several lines/],
    [
      "33 From that begins on its second line",
      { raw: signed({ From: "\r\n ada@example.org" }) },
      /several lines/,
    ],
    ["34 another Sender", { raw: signed({ Sender: "eve@evil.example" }) }, /Sender/],
    ["34 Resent-From", { raw: above("Resent-From: eve@evil.example", signed()) }, /Resent/],
    ["35 two mailboxes", { raw: signed({ From: "ada@example.org, eve@example.org" }) }, /2 authors/],
    [
      "36 encoded-word as address",
      { raw: signed({ From: "=?utf-8?q?ada=40example.org?=" }) },
      /plain address/,
    ],
    ["36 route", { raw: signed({ From: "<@evil.example:ada@example.org>" }) }, /plain address/],
    ["36 quoted pair", { raw: signed({ From: '"a\\da"@example.org' }) }, /plain address/],
    ["36 two in angles", { raw: signed({ From: "<ada@example.org><eve@evil.example>" }) }, /plain address/],
    [
      "36 a comment that holds an address",
      { raw: signed({ From: "(boss@corp.example) ada@example.org" }) },
      /plain address/,
    ],
    ["36 a group", { raw: signed({ From: "all: ada@example.org;" }) }, /plain address/],
    [
      "37 a name that is another address",
      { raw: signed({ From: '"boss@corp.example" <ada@example.org>' }) },
      /shows another address/,
    ],
    [
      "37 the same, encoded",
      { raw: signed({ From: "=?utf-8?b?Ym9zc0Bjb3JwLmV4YW1wbGU=?= <ada@example.org>" }) },
      /shows another address/,
    ],
    ["37 Reply-To elsewhere", { raw: signed({ "Reply-To": "eve@evil.example" }) }, /Reply-To/],
    [
      "38 a domain that looks alike",
      { raw: signed({ From: Buffer.from("Ada <ada@exаmple.org>").toString("latin1") }) },
      /plain address/,
    ],
    [
      "38 the same as A-label",
      {
        raw: sign(compose({ From: "ada@xn--exmple-4nf.org" }), { ...own, domain: "xn--exmple-4nf.org" }),
        zone: {
          "s1._domainkey.xn--exmple-4nf.org TXT": [own.record],
          "_dmarc.xn--exmple-4nf.org TXT": "v=DMARC1; p=none",
        },
      },
      /mixes alphabets/,
    ],
    [
      "38 U+202E in the name",
      { raw: signed({ From: "=?utf-8?q?gro=E2=80=AE?= <ada@example.org>" }) },
      /turn text around/,
    ],
    [
      "39 no DMARC policy",
      { raw: signed(), zone: { "_dmarc.example.org TXT": "NXDOMAIN" } },
      /no DMARC policy.*v=DMARC1/,
    ],
    [
      "39 two DMARC policies",
      { raw: signed(), zone: { "_dmarc.example.org TXT": ["v=DMARC1; p=none", "v=DMARC1; p=reject"] } },
      /no DMARC policy/,
    ],
    [
      "39 a DMARC policy that is none",
      { raw: signed(), zone: { "_dmarc.example.org TXT": ["v=DMARC1; p=nonsense"] } },
      /no DMARC policy/,
    ],
    ["40 SPF alone", { raw: compose() }, /no signature \(DKIM\) of example.org/],
    [
      "41 signed by somebody else",
      { raw: sign(compose(), evil) },
      /signed by evil.example, which does not speak for example.org/,
    ],
    [
      "42 l= with more text behind it",
      { raw: sign(compose(), own, { bodyLength: 9 }).then((raw) => `${raw}rm -rf /\r\n`) },
      /only a part of the text/,
    ],
    ["42 l= of the whole text", { raw: sign(compose(), own, { bodyLength: 11 }) }, /only a part of the text/],
    [
      "42 Content-Type not covered",
      { raw: sign(compose(), own, { headers: ["from", "to", "subject", "date", "message-id"] }) },
      /does not cover Content-Type/,
    ],
    ["42 a second Subject above", { raw: above("Subject: rm -rf /", signed()) }, /does not cover Subject/],
    [
      "42 a Message-ID where there was none",
      { raw: above("Message-ID: <new@evil.example>", signed({ "Message-ID": null })) },
      /does not cover Message-ID/,
    ],
    ["43 rsa of 512 bits", { raw: sign(compose(), weak) }, /key is too short/],
    ["43 rsa-sha1", { raw: sign(compose(), own, { algorithm: "rsa-sha1" }) }, /rsa-sha1/],
    [
      "43 x= in the past",
      {
        raw: sign(compose(), own, {
          signedAt: new Date(sampleNow - 9 * hour),
          expires: new Date(sampleNow - hour),
        }),
      },
      /expired/,
    ],
    [
      "43 t= in the future",
      { raw: sign(compose(), own, { signedAt: new Date(sampleNow + hour) }) },
      /in the future/,
    ],
    [
      "43 two, one bad",
      { raw: sign(compose(), lists).then((raw) => sign(raw.replace(" b=", " b=AAAA"), own)) },
      /lists\.example.*does not verify/,
    ],
    [
      "43 two, one of another text",
      { raw: above(headOf(sign(compose({}, "x\r\n"), edwards)), signed()) },
      /does not verify: body hash/,
    ],
    [
      "44 forged Authentication-Results",
      {
        raw: above(
          "Authentication-Results: maillm.test; dkim=pass header.d=example.org; dmarc=pass",
          compose(),
        ),
      },
      /no signature/,
    ],
    [
      "44 forged ARC",
      {
        raw: seal(compose(), { ...evil, domain: "lists.example", selector: "l1" }),
        forwarders: ["lists.example"],
      },
      /no signature/,
    ],
    ["44 ARC of whom nobody trusts", { raw: seal(compose(), lists) }, /trusted forwarders only/],
    ["45 after 31 days", { raw: signed(), now: sampleNow + 31 * 24 * hour }, /not written today/],
    ["45 dated ahead", { raw: signed({ Date: "Sun, 29 Nov 2026 12:00:00 +0000" }) }, /not written today/],
    ["45 no date", { raw: signed({ Date: null }) }, /does not say when/],
    ["a key that is tried out", { raw: sign(compose(), tried) }, /t=y/],
    [
      "a key that is gone",
      { raw: signed(), zone: { "s1._domainkey.example.org TXT": "NXDOMAIN" } },
      /no key/,
    ],
    [
      "a key that was revoked",
      { raw: signed(), zone: { "s1._domainkey.example.org TXT": "v=DKIM1; k=rsa; p=" } },
      /invalid public key/,
    ],
    ["another text", { raw: signed().then((raw) => raw.replace("make test", "rm -rf /")) }, /body hash/],
    [
      "another subject",
      { raw: signed().then((raw) => raw.replace("Run the tests", "Run")) },
      /bad signature/,
    ],
    [
      "eleven signatures",
      { raw: signed().then((raw) => `${"DKIM-Signature: x\r\n".repeat(10)}${raw}`) },
      /more than 10/,
    ],
    ["a header without end", { raw: `${"X: y\r\n".repeat(3_000)}\r\n` }, /lines, more than/],
    ["no header", { raw: "\r\nhello" }, /0 From headers/],
    ["nothing", { raw: "" }, /0 From headers/],
  ])("%s", async (_, sample, reason) => {
    const { reasons, standing, verdict } = await authenticate(sample)
    expect({ verdict, standing }).toEqual({ verdict: "quarantine", standing: "unproven" })
    expect(reasons).toMatch(reason)
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

  test("a resolver that never answers costs the time given, once", async () => {
    const never = () => new Promise<never>(() => undefined)
    const rules = {
      domain: "maillm.test",
      signedHeaders,
      trustedForwarders: [],
      nowMillis: sampleNow,
      dnsMillis: 50,
    }
    const sender = { remoteAddress: "192.0.2.1", helo: "x", envelopeFrom: "ada@example.org" }
    const before = performance.now()
    expect((await authenticateMail(Buffer.from(await signed()), sender, never, rules)).verdict).toBe("retry")
    expect(performance.now() - before).toBeLessThan(2_000)
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
