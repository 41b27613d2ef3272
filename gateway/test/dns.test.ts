import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { Dns } from "../src/dns/Dns.ts"
import type { DnsAnswer, RecordType } from "../src/dns/DnsAnswer.ts"
import { TestDnsServer } from "../src/dns/testing/TestDnsServer.ts"

const long = "v=DKIM1; k=rsa; p=".padEnd(700, "A")
let server: TestDnsServer
beforeAll(async () => {
  server = await TestDnsServer.start({
    "example.org TXT": ["v=spf1 -all", ["two ", "parts"]],
    "long.example.org TXT": [long],
    "example.org MX": ["10 mail.example.org"],
    "mail.example.org A": ["192.0.2.1"],
    "mail.example.org AAAA": ["2001:db8::1"],
    "1.2.0.192.in-addr.arpa PTR": ["mail.example.org"],
    "broken.example.org TXT": "SERVFAIL",
    "refused.example.org TXT": "REFUSED",
    "silent.example.org TXT": "TIMEOUT",
  })
})
afterAll(() => server.stop())

const layer = (queryMillis: number) => Dns.layer({ servers: [server.address], queryMillis, tries: 1 })
const resolve = (name: string, type: RecordType) =>
  Effect.runPromise(
    Effect.flatMap(Dns, (dns) => dns.resolve(name, type)).pipe(
      Effect.provide(layer(name.startsWith("silent") ? 200 : 20_000)),
    ),
  )

test.each<[string, RecordType, DnsAnswer]>([
  ["Example.org.", "TXT", { _tag: "Records", records: [["v=spf1 -all"], ["two ", "parts"]] }],
  ["example.org", "MX", { _tag: "Records", records: [{ exchange: "mail.example.org", priority: 10 }] }],
  ["mail.example.org", "A", { _tag: "Records", records: ["192.0.2.1"] }],
  ["mail.example.org", "AAAA", { _tag: "Records", records: ["2001:db8::1"] }],
  ["1.2.0.192.in-addr.arpa", "PTR", { _tag: "Records", records: ["mail.example.org"] }],
  ["mail.example.org", "TXT", { _tag: "None", code: "ENODATA" }],
  ["nobody.example.org", "TXT", { _tag: "None", code: "ENOTFOUND" }],
  ["x..example.org", "TXT", { _tag: "None", code: "ENOTFOUND" }],
  [`${"x".repeat(64)}.example.org`, "TXT", { _tag: "None", code: "ENOTFOUND" }],
  ["broken.example.org", "TXT", { _tag: "Failed", code: "ESERVFAIL" }],
  ["refused.example.org", "TXT", { _tag: "Failed", code: "EREFUSED" }],
  ["silent.example.org", "TXT", { _tag: "Failed", code: "ETIMEOUT" }],
])("a real server: %s %s", async (name, type, answer) => {
  const found = await resolve(name, type)
  const records = found._tag === "Records" ? found.records.map((record) => record) : []
  expect(found._tag === "Records" ? { ...found, records: records.map(withoutType) } : found).toEqual(answer)
})

/** Node adds the type to an MX. */
const withoutType = (record: unknown) => {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return record
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== "type"))
}

test("a slow answer is waited for, however quick the server was before", async () => {
  const names = ["example.org", "long.example.org", "nobody.example.org", "broken.example.org"]
  const answers = await Effect.runPromise(
    Effect.gen(function* () {
      const dns = yield* Dns
      for (const name of names) yield* dns.resolve(name, "TXT")
      server.answerAfterMillis = 2_500
      return yield* dns.resolve("mail.example.org", "A")
    }).pipe(Effect.provide(layer(20_000))),
  ).finally(() => (server.answerAfterMillis = 0))
  expect(answers).toEqual({ _tag: "Records", records: ["192.0.2.1"] })
})

test("asks nobody any more once it is closed", async () => {
  const runtime = ManagedRuntime.make(layer(20_000))
  const dns = await runtime.runPromise(Dns)
  const before = server.asked.length
  const answer = Effect.runPromise(dns.resolve("silent.example.org", "TXT"))
  await expect.poll(() => server.asked.length).toBeGreaterThan(before)
  await runtime.dispose()
  expect(await answer).toEqual({ _tag: "Failed", code: "ECANCELLED" })
})

test("a long record comes as one", async () => {
  const found = await resolve("long.example.org", "TXT")
  const [record] = found._tag === "Records" ? found.records : []
  expect(Array.isArray(record) ? record.join("") : record).toBe(long)
})
