import type { MTASTSPolicy } from "mailauth"
import { expect, test } from "vitest"
import type { RecordType } from "../../dns/DnsAnswer.ts"
import { Zone } from "../../dns/Zone.ts"
import { DomainLimits } from "./DomainLimits.ts"
import { mailServers } from "./mailServers.ts"
import { StsPolicies } from "./StsPolicies.ts"

const look = (records: Record<string, unknown>, domain = "example.org", random = () => 0) => {
  const zone = Zone.from(records)
  return mailServers(async (name: string, type: RecordType) => zone.resolve(name, type), domain, random)
}
const tried = async (...given: Parameters<typeof look>) => {
  const found = await look(...given)
  return found._tag === "Servers" ? found.servers.map(({ address, host }) => `${host} ${address}`) : found
}
const addresses = {
  "a.example.org A": ["192.0.2.1"],
  "a.example.org AAAA": ["2001:db8::1"],
  "b.example.org A": ["192.0.2.2", "192.0.2.3"],
  "c.example.org A": ["192.0.2.4"],
}

test("MX by preference, IPv4 before IPv6, five addresses at most", async () => {
  const mx = { "example.org MX": ["20 b.example.org", "10 a.example.org", "30 c.example.org"] }
  expect(await tried({ ...mx, ...addresses, "c.example.org AAAA": ["2001:db8::4", "2001:db8::5"] })).toEqual([
    "a.example.org 192.0.2.1",
    "a.example.org 2001:db8::1",
    "b.example.org 192.0.2.2",
    "b.example.org 192.0.2.3",
    "c.example.org 192.0.2.4",
  ])
})

test("equal ones in any order", async () => {
  const mx = { "example.org MX": ["10 b.example.org", "10 c.example.org"], ...addresses }
  const firsts = new Set<unknown>()
  for (let i = 0; i < 50; i++) {
    const order = await tried(mx, "example.org", Math.random)
    firsts.add(Array.isArray(order) ? order[0] : order)
  }
  expect(firsts).toEqual(new Set(["b.example.org 192.0.2.2", "c.example.org 192.0.2.4"]))
})

test("no MX: the domain's own addresses", async () => {
  expect(await tried({ "example.org A": ["192.0.2.9"], "example.org AAAA": ["2001:db8::9"] })).toEqual([
    "example.org 192.0.2.9",
    "example.org 2001:db8::9",
  ])
})

test("names as they are written, case, last dot and other scripts", async () => {
  expect(await tried({ "xn--bcher-kva.example A": ["192.0.2.9"] }, "Bücher.example")).toEqual([
    "xn--bcher-kva.example 192.0.2.9",
  ])
  expect(await tried({ "example.org MX": ["10 A.Example.ORG."], ...addresses }, "EXAMPLE.org.")).toHaveLength(
    2,
  )
})

test.each([
  ["null MX", { "example.org MX": ["0 ."] }, "example.org", "5.1.10", /RFC 7505/],
  ["no such domain", {}, "example.org", "5.1.2", /no domain example\.org/],
  ["no domain", {}, "[192.0.2.1]", "5.1.2", /no domain/],
  ["nothing", {}, "", "5.1.2", /no domain/],
])("%s is final", async (_what, records, domain, status, reason) => {
  expect(await look(records, domain)).toEqual({
    _tag: "NoMail",
    status,
    reason: expect.stringMatching(reason),
  })
})

test.each([
  ["MX not answered", { "example.org MX": "SERVFAIL" }, /ESERVFAIL/],
  [
    "no address answered",
    { "example.org MX": ["10 a.example.org"], "a.example.org A": "TIMEOUT", "a.example.org AAAA": "TIMEOUT" },
    /a\.example\.org \(ETIMEOUT\)/,
  ],
  [
    "an MX that points nowhere",
    { "example.org MX": ["10 gone.example.org"] },
    /no mail server of example\.org has an address/,
  ],
  ["a domain of text only", { "example.org TXT": ["hello"] }, /no mail server/],
])("%s: tried again", async (_what, records, reason) => {
  expect(await look(records)).toEqual({ _tag: "Unknown", reason: expect.stringMatching(reason) })
})

test("a server that is not answered for does not stop the others", async () => {
  const mx = { "example.org MX": ["10 x.example.org", "20 c.example.org"], "x.example.org A": "SERVFAIL" }
  expect(await tried({ ...addresses, ...mx })).toEqual(["c.example.org 192.0.2.4"])
})

test("a domain gets so many at a time and in a minute; another is not touched by that", () => {
  const limits = new DomainLimits({ connections: 2, mailsPerMinute: 3 })
  const one = limits.enter("a.example")
  expect(one).not.toBeNull()
  expect(limits.enter("a.example")).not.toBeNull()
  expect(limits.enter("a.example")).toBeNull()
  expect(limits.enter("b.example")).not.toBeNull()
  one?.()
  const third = limits.enter("a.example")
  expect(third).not.toBeNull()
  third?.()
  expect(limits.enter("a.example")).toBeNull()
})

test("a policy is looked at once a minute, goes on to hold when it cannot be had anew, and is asked for with what is known", async () => {
  let now = 0
  const asked: Array<string | null> = []
  const enforce = {
    version: "STSv1",
    mode: "enforce" as const,
    maxAge: 1_000,
    mx: ["*.example.org"],
    id: "1",
  }
  let away = false
  const policies = new StsPolicies(
    async (_domain, known) => {
      asked.push(known?.id === undefined ? null : String(known.id))
      if (away) throw new Error("no network")
      return enforce
    },
    () => now,
  )
  const first = await policies.of("Example.org")
  expect([first.enforced, first.allows("mx.example.org"), first.allows("mx.example.net")]).toEqual([
    true,
    true,
    false,
  ])
  await policies.of("example.org")
  expect(asked).toEqual([null])
  now += 61_000
  away = true
  expect((await policies.of("example.org")).enforced).toBe(true)
  expect(asked).toEqual([null, "1"])
})

test("a policy is fetched anew from half of its time on, and is over at its end", async () => {
  let now = 0
  const expires = (inMillis: number) => new Date(Date.now() + inMillis).toISOString()
  const enforce = {
    version: "STSv1",
    mode: "enforce" as const,
    maxAge: 3_600,
    mx: ["mx.example.org"],
    id: "1",
  }
  let answer: MTASTSPolicy = { ...enforce, expires: expires(1_700_000) }
  const asked: Array<boolean> = []
  const policies = new StsPolicies(
    async (_domain, known) => {
      asked.push(known !== null)
      if (known === null) return answer
      // As mailauth does, with the record as it was.
      return known
    },
    () => now,
  )
  const holds = async () => {
    now += 61_000
    return (await policies.of("example.org")).enforced
  }
  expect(await holds()).toBe(true)
  // Less than half is left, and there is nothing new to be had.
  answer = { id: "1", mode: "none", error: new Error("away") }
  expect(await holds()).toBe(true)
  answer = { ...enforce, expires: expires(3_600_000) }
  expect(await holds()).toBe(true)
  expect(asked).toEqual([false, false, true, false])
  // More than half is left: only the record is looked at.
  expect(await holds()).toBe(true)
  expect(asked.slice(4)).toEqual([true])

  const seen: Array<MTASTSPolicy | null> = []
  const later = new StsPolicies(
    async (_domain, known) => {
      seen.push(known)
      return { ...enforce, expires: expires(-1) }
    },
    () => now,
  )
  await later.of("example.org")
  now += 61_000
  await later.of("example.org")
  expect(seen).toEqual([null, null])
})

test("a domain without a policy, or whose policy has no host, asks for nothing", async () => {
  const zone = Zone.from({ "_mta-sts.example.net TXT": ["v=STSv1; id=1"] })
  const policies = StsPolicies.of(async (name: string, type: RecordType) => zone.resolve(name, type))
  for (const domain of ["example.org", "example.net"]) {
    const policy = await policies.of(domain)
    expect([policy.enforced, policy.allows("mx.example.com")]).toEqual([false, true])
  }
})
