import { describe, expect, test } from "vitest"
import type { RecordType } from "../../dns/DnsAnswer.ts"
import { Zone } from "../../dns/Zone.ts"
import { dkimRecordOf, newDkimKey, readDkimKey } from "../dkim/DkimKey.ts"
import { reverseName } from "./addresses.ts"
import { checkRecords } from "./checkRecords.ts"
import { allRight } from "./RecordCheck.ts"
import type { MailHost, RecordKind, StsFetch } from "./RecordCheck.ts"

const key = readDkimKey(newDkimKey())
const other = readDkimKey(newDkimKey())
const domain = "agents.example.org"
const record = dkimRecordOf(key)
const good: Record<string, unknown> = {
  [`${domain} MX`]: [`10 mail.${domain}`],
  [`mail.${domain} A`]: ["192.0.2.7"],
  [`mail.${domain} AAAA`]: ["2001:db8::7"],
  [`${domain} TXT`]: ["some-site-verification=1", "v=spf1 mx -all"],
  [`maillm._domainkey.${domain} TXT`]: [[record.slice(0, 200), record.slice(200)]],
  [`_dmarc.${domain} TXT`]: ["v=DMARC1; p=reject"],
  [`_mta-sts.${domain} TXT`]: ["v=STSv1; id=20261126"],
  [`_smtp._tls.${domain} TXT`]: ["v=TLSRPTv1; rua=mailto:ada@example.org"],
  ["7.2.0.192.in-addr.arpa PTR"]: [`mail.${domain}`],
  [`${reverseName("2001:db8::7")} PTR`]: [`mail.${domain}`],
}
const enforce: StsFetch = async () => ({ _tag: "Policy", mode: "enforce", mx: [`mail.${domain}`] })
const look = async (
  change: Record<string, unknown> = {},
  host: Partial<MailHost> = {},
  fetchSts: StsFetch = enforce,
) => {
  const entries = Object.entries({ ...good, ...change }).filter(([, value]) => value !== null)
  const zone = Zone.from(Object.fromEntries(entries))
  const checks = await checkRecords(
    {
      domain,
      selector: "maillm",
      key,
      leavesBy: "mx",
      addresses: [],
      reportTo: "ada@example.org",
      ...host,
    },
    { ask: async (name: string, type: RecordType) => zone.resolve(name.toLowerCase(), type), fetchSts },
  )
  return { checks, right: allRight(checks) }
}
const states = async (...given: Parameters<typeof look>) =>
  (await look(...given)).checks.map(({ kind, state }) => `${kind} ${state}`)
const of = async (kind: RecordKind, ...given: Parameters<typeof look>) => {
  const { checks, right } = await look(...given)
  const check = checks.find((candidate) => candidate.kind === kind)
  return { state: check?.state, detail: check?.detail ?? "", remedy: check?.remedy ?? "", right }
}

test("all is right", async () => {
  expect(await states()).toEqual([
    "mx ok",
    "spf ok",
    "dkim ok",
    "dmarc ok",
    "ptr warning",
    "ptr warning",
    "mta-sts ok",
    "mta-sts-policy ok",
    "tls-rpt ok",
  ])
  expect((await look()).right).toBe(true)
})

test("what it says to set is right once it is set", async () => {
  const { checks } = await look(Object.fromEntries(Object.keys(good).map((name) => [name, null])))
  const zone = Object.fromEntries(
    checks
      .filter(({ type }) => type !== "HTTPS")
      .map(({ name, type, value }) => [`${name} ${type}`, [value]]),
  )
  const set = { ...Object.fromEntries(Object.keys(good).map((name) => [name, null])), ...zone }
  const ip = { [`${domain} A`]: ["192.0.2.7"], "7.2.0.192.in-addr.arpa PTR": [domain] }
  expect((await states({ ...set, ...ip })).filter((state) => !state.endsWith(" ok"))).toEqual([
    // The policy file of this test names another server.
    "mta-sts-policy wrong",
  ])
})

const mxOf = (...values: ReadonlyArray<string>) => ({ [`${domain} MX`]: values })
const spfOf = (...values: ReadonlyArray<string>) => ({ [`${domain} TXT`]: values })
const dkimOf = (...values: ReadonlyArray<string>) => ({ [`maillm._domainkey.${domain} TXT`]: values })
const dmarcOf = (...values: ReadonlyArray<string>) => ({ [`_dmarc.${domain} TXT`]: values })

describe("what stops mail", () => {
  test.each<[string, RecordKind, Record<string, unknown>, string, RegExp]>([
    ["no MX", "mx", { [`${domain} MX`]: null }, "missing", /no server/],
    ["null MX", "mx", mxOf("0 ."), "wrong", /RFC 7505/],
    ["an MX that is an address", "mx", mxOf("10 192.0.2.7"), "wrong", /a name has to stand there/],
    [
      "an MX without address",
      "mx",
      mxOf("10 gone.example.org"),
      "wrong",
      /gone\.example\.org has no address/,
    ],
    ["an MX that is not answered for", "mx", { [`${domain} MX`]: "SERVFAIL" }, "unknown", /does not answer/],
    ["no SPF", "spf", spfOf("something else"), "missing", /nobody is allowed/],
    ["two SPF", "spf", spfOf("v=spf1 mx -all", "v=spf1 -all"), "wrong", /2 SPF records/],
    ["SPF for all", "spf", spfOf("v=spf1 +all"), "wrong", /everybody/],
    ["SPF for others", "spf", spfOf("v=spf1 ip4:198.51.100.1 -all"), "wrong", /192\.0\.2\.7 is not allowed/],
    ["SPF that is none", "spf", spfOf("v=spf1 ip4:abc -all"), "wrong", /cannot be evaluated/],
    ["SPF not answered for", "spf", { [`${domain} TXT`]: "TIMEOUT" }, "unknown", /ETIMEOUT/],
    ["no key", "dkim", { [`maillm._domainkey.${domain} TXT`]: null }, "missing", /no key/],
    ["another key", "dkim", dkimOf(dkimRecordOf(other)), "wrong", /another key/],
    ["a revoked key", "dkim", dkimOf("v=DKIM1; k=rsa; p="), "wrong", /revoked/],
    ["a key of another kind", "dkim", dkimOf("v=DKIM1; k=ed25519; p=AAAA"), "wrong", /type ed25519/],
    ["a broken key", "dkim", dkimOf("v=DKIM1; k=rsa; p=!!!"), "wrong", /another key/],
    ["no key record", "dkim", dkimOf("hello"), "wrong", /no DKIM key record/],
    ["two keys", "dkim", dkimOf(record, dkimRecordOf(other)), "wrong", /2 records/],
    ["a key for sha1", "dkim", dkimOf(`${record}; h=sha1`), "wrong", /sha1 only/],
    ["a key for others", "dkim", dkimOf(`${record}; s=tlsrpt`), "wrong", /not for mail/],
    ["no DMARC", "dmarc", { [`_dmarc.${domain} TXT`]: null }, "missing", /Gmail/],
    ["two DMARC", "dmarc", dmarcOf("v=DMARC1; p=none", "v=DMARC1; p=reject"), "wrong", /2 records/],
    ["DMARC without policy", "dmarc", dmarcOf("v=DMARC1"), "wrong", /not there/],
    ["DMARC of no kind", "dmarc", dmarcOf("p=reject; v=DMARC1"), "wrong", /begin with v=DMARC1/],
    ["no PTR", "ptr", { "7.2.0.192.in-addr.arpa PTR": null }, "missing", /has no name/],
    [
      "a PTR of another",
      "ptr",
      { "7.2.0.192.in-addr.arpa PTR": ["host.isp.example"] },
      "wrong",
      /has not that address/,
    ],
  ])("%s", async (_what, kind, change, state, detail) => {
    const found = await of(kind, change)
    expect(found.state).toBe(state)
    expect(found.detail).toMatch(detail)
    expect(found.remedy).not.toBe("")
    expect(found.right).toBe(false)
  })
})

describe("what does not stop it", () => {
  test.each<[string, RecordKind, Record<string, unknown>, string]>([
    ["no MTA-STS", "mta-sts", { [`_mta-sts.${domain} TXT`]: null }, "missing"],
    ["no TLS-RPT", "tls-rpt", { [`_smtp._tls.${domain} TXT`]: null }, "missing"],
    [
      "DMARC by the domain above",
      "dmarc",
      { [`_dmarc.${domain} TXT`]: null, "_dmarc.example.org TXT": ["v=DMARC1; p=none; sp=reject"] },
      "ok",
    ],
    ["DMARC that only watches", "dmarc", dmarcOf("v=DMARC1; p=none; rua=mailto:a@example.org"), "warning"],
    ["SPF without an end", "spf", spfOf("v=spf1 mx"), "warning"],
    [
      "SPF by another name",
      "spf",
      {
        ...spfOf("v=spf1 include:spf.example.net -all"),
        "spf.example.net TXT": ["v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"],
      },
      "ok",
    ],
    ["a key under test", "dkim", dkimOf(`${record}; t=y`), "warning"],
    ["a key with blanks", "dkim", dkimOf(record.replace("p=", "p= ").replace("IDAQAB", "IDA QAB")), "ok"],
    [
      "a private address",
      "mx",
      { [`mail.${domain} A`]: ["10.0.0.1"], "1.0.0.10.in-addr.arpa PTR": [`mail.${domain}`] },
      "warning",
    ],
  ])("%s", async (_what, kind, change, state) => {
    const found = await of(kind, change)
    expect(found).toMatchObject({ state, right: true })
  })
})

test.each<[string, Record<string, unknown>, StsFetch, string, boolean]>([
  [
    "leaves out the MX",
    {},
    async () => ({ _tag: "Policy", mode: "enforce", mx: ["*.example.net"] }),
    "wrong",
    false,
  ],
  ["cannot be had", {}, async () => ({ _tag: "NoPolicy", reason: "certificate expired" }), "wrong", false],
  ["tests only", {}, async () => ({ _tag: "Policy", mode: "testing", mx: [`*.${domain}`] }), "warning", true],
  ["is not looked at", {}, null, "unknown", true],
])("a policy of MTA-STS that %s", async (_what, change, fetch, state, right) => {
  expect(await of("mta-sts-policy", change, {}, fetch)).toMatchObject({ state, right })
})

test("with a relay, neither PTR nor the relay's own addresses are ours to know", async () => {
  const change = {
    "7.2.0.192.in-addr.arpa PTR": null,
    ...spfOf("v=spf1 include:relay.example.net -all"),
    "relay.example.net TXT": ["v=spf1 ip4:198.51.100.0/24 -all"],
  }
  expect(await of("spf", change, { leavesBy: "smtp.example.net" })).toMatchObject({
    state: "ok",
    right: true,
  })
  expect(
    await of("spf", change, { leavesBy: "smtp.example.net", addresses: ["198.51.100.3"] }),
  ).toMatchObject({ state: "ok" })
  expect(await of("spf", change, { leavesBy: "smtp.example.net", addresses: ["203.0.113.1"] })).toMatchObject(
    { state: "wrong" },
  )
})

test.each([
  ["192.0.2.7", "7.2.0.192.in-addr.arpa"],
  ["2001:db8::7", "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"],
  ["::1", `1.${"0.".repeat(31)}ip6.arpa`],
  ["::ffff:192.0.2.7", `7.0.2.0.0.0.0.c.f.f.f.f.${"0.".repeat(20)}ip6.arpa`],
])("the name of %s", (address, name) => expect(reverseName(address)).toBe(name))
