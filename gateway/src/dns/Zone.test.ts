import { describe, expect, test } from "vitest"
import { Zone, ZoneWrong } from "./Zone.ts"

const zone = Zone.from({
  "Example.ORG TXT": ["v=spf1 -all", ["two ", "parts"]],
  "_dmarc.example.org TXT": "v=DMARC1; p=none",
  "example.org MX": ["20 b.example.org.", { exchange: "A.example.org", priority: 10 }, "c.example.org"],
  "a.example.org A": ["192.0.2.1"],
  "a.example.org AAAA": "2001:db8::1",
  "alias.example.org. cname": ["a.example.org"],
  "empty.example.org TXT": [],
})

describe("answers", () => {
  test.each([
    ["example.org", "TXT", { _tag: "Records", records: [["v=spf1 -all"], ["two ", "parts"]] }],
    ["_dmarc.example.org", "TXT", { _tag: "Records", records: [["v=DMARC1; p=none"]] }],
    [
      "example.org",
      "MX",
      {
        _tag: "Records",
        records: [
          { exchange: "b.example.org", priority: 20 },
          { exchange: "a.example.org", priority: 10 },
          { exchange: "c.example.org", priority: 10 },
        ],
      },
    ],
    ["alias.example.org", "A", { _tag: "Records", records: ["192.0.2.1"] }],
    ["alias.example.org", "CNAME", { _tag: "Records", records: ["a.example.org"] }],
    ["alias.example.org", "TXT", { _tag: "None", code: "ENODATA" }],
    ["a.example.org", "TXT", { _tag: "None", code: "ENODATA" }],
    ["empty.example.org", "TXT", { _tag: "None", code: "ENODATA" }],
    // A name that others are below of exists.
    ["org", "A", { _tag: "None", code: "ENODATA" }],
    ["none.example.org", "A", { _tag: "None", code: "ENOTFOUND" }],
  ] as const)("%s %s", (name, type, answer) => {
    expect(zone.resolve(name, type)).toEqual(answer)
  })
})

describe("what stands for no answer, or for nothing", () => {
  test.each([
    ["SERVFAIL", "ESERVFAIL"],
    ["servfail", "ESERVFAIL"],
    ["ESERVFAIL", "ESERVFAIL"],
    ["DNS_SERVFAIL", "ESERVFAIL"],
    ["DNS-ESERVFAIL", "ESERVFAIL"],
    ["temperror", "ESERVFAIL"],
    ["TRY_AGAIN", "ESERVFAIL"],
    ["TIMEOUT", "ETIMEOUT"],
    ["ETIMEOUT", "ETIMEOUT"],
    ["timed-out", "ETIMEOUT"],
    ["REFUSED", "EREFUSED"],
    ["NXDOMAIN", "ENOTFOUND"],
    ["ENOTFOUND", "ENOTFOUND"],
    ["NODATA", "ENODATA"],
    ["ENODATA", "ENODATA"],
  ])("%s", (word, code) => {
    for (const given of [word, [word], { error: word }, [{ rcode: word }]]) {
      const answer = Zone.from({ "x.example TXT": given }).resolve("x.example", "TXT")
      expect(answer).toMatchObject({ code })
    }
  })
  test("a record that only sounds like it stays one", () => {
    const records = ["v=spf1 exists:timeout.example -all", "SERVFAIL; not"]
    expect(Zone.from({ "x TXT": records }).resolve("x", "TXT")).toMatchObject({ _tag: "Records" })
  })
})

test.each([
  [[], /an object such as/],
  [null, /an object such as/],
  [{ "example.org": ["x"] }, /a name and a type/],
  [{ "example.org SRV": ["x"] }, /types are TXT, A/],
  [{ "example.org TXT": [7] }, /a TXT record is a text/],
  [{ "example.org A": [7] }, /of type A is a text/],
  [{ "example.org MX": [{ priority: 10 }] }, /an MX record is/],
])("%j is refused, with what it may be", (value, words) => {
  expect(() => Zone.from(value)).toThrow(ZoneWrong)
  expect(() => Zone.from(value)).toThrow(words)
})
