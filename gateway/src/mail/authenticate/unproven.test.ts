import { describe, expect, test } from "vitest"
import {
  above,
  authenticate,
  edwards,
  evil,
  headOf,
  lists,
  own,
  signed,
  tried,
  weak,
} from "./testing/authenticateSample.ts"
import type { Case } from "./testing/authenticateSample.ts"
import { compose, sampleNow, seal, sign } from "./testing/signedMail.ts"

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
    ["a line without end", { raw: signed({}, `${"x ".repeat(40_000)}\r\n`) }, /line of more than/],
    ["no header", { raw: "\r\nhello" }, /0 From headers/],
    ["nothing", { raw: "" }, /0 From headers/],
  ])("%s", async (_, sample, reason) => {
    const { reasons, standing, verdict } = await authenticate(sample)
    expect({ verdict, standing }).toEqual({ verdict: "quarantine", standing: "unproven" })
    expect(reasons).toMatch(reason)
  })
})
