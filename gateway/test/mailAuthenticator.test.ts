import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { Dns } from "../src/dns/Dns.ts"
import { TestDnsServer } from "../src/dns/testing/TestDnsServer.ts"
import { MailAuthenticator } from "../src/mail/authenticate/MailAuthenticator.ts"
import type { AuthenticatorOptions } from "../src/mail/authenticate/MailAuthenticator.ts"
import { compose, keyRecords, makeKey, sign } from "../src/mail/authenticate/testing/signedMail.ts"

const key = makeKey("example.org", "s1")
const zone = {
  ...keyRecords(key),
  "_dmarc.example.org TXT": ["v=DMARC1; p=none"],
  "example.org TXT": ["v=spf1 ip4:192.0.2.1 -all"],
}
const envelope = {
  authenticatedAs: null,
  from: "ada@example.org",
  helo: "mx.example.org",
  remoteAddress: "192.0.2.1",
}
const today = () => new Date().toUTCString().replace("GMT", "+0000")

let server: TestDnsServer
let raw: Buffer
beforeAll(async () => {
  server = await TestDnsServer.start(zone)
  raw = Buffer.from(await sign(compose({ Date: today() }), key, { signedAt: new Date() }), "latin1")
})
afterAll(() => server.stop())

const using = async <A>(
  options: Partial<AuthenticatorOptions>,
  use: (
    originOf: (raw: Buffer) => ReturnType<MailAuthenticator["Service"]["originOf"]>,
  ) => Effect.Effect<A, unknown>,
) => {
  const runtime = ManagedRuntime.make(
    MailAuthenticator.layer({ domain: "maillm.test", workers: 1, ...options }).pipe(
      Layer.provide(Dns.layer({ servers: [server.address], queryMillis: 20_000 })),
    ),
  )
  try {
    return await runtime.runPromise(
      Effect.flatMap(MailAuthenticator, ({ originOf }) => use((bytes) => originOf(bytes, envelope))),
    )
  } finally {
    await runtime.dispose()
  }
}

describe("in a worker, by a real DNS server", () => {
  test("a proven mail, and many at a time, each by its own", async () => {
    const forged = Buffer.from(compose({ Date: today() }), "latin1")
    const mails = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? forged : raw))
    const found = await using({ workers: 2 }, (originOf) =>
      Effect.forEach(mails, originOf, { concurrency: "unbounded" }),
    )
    expect(found.map(({ verdict }) => verdict)).toEqual(
      mails.map((mail) => (mail === raw ? "command" : "quarantine")),
    )
    expect(found[1]?.origin).toMatchObject({
      _tag: "Relayed",
      standing: "proven",
      author: "ada@example.org",
      spf: { result: "pass" },
      dkim: { result: "pass" },
      dmarc: { result: "pass" },
      arc: { result: "none" },
    })
  })

  test("25 MiB", async () => {
    const large = Buffer.from(
      await sign(compose({ Date: today() }, `${"x".repeat(998)}\r\n`.repeat(25_000)), key, {
        signedAt: new Date(),
      }),
      "latin1",
    )
    expect((await using({}, (originOf) => originOf(large))).verdict).toBe("command")
  })

  test("a DNS that does not answer: to be tried again, when the time for it is over", async () => {
    server.zone = { ...zone, "_dmarc.example.org TXT": "TIMEOUT" }
    try {
      const found = await using({ dnsMillis: 3_000 }, (originOf) => originOf(raw))
      expect(found.verdict).toBe("retry")
      expect(found.origin).toMatchObject({
        reasons: ["the DNS did not answer: _dmarc.example.org TXT (ETIMEOUT)"],
      })
    } finally {
      server.zone = zone
    }
  })

  test("a mail that takes too long fails, and its worker is replaced", async () => {
    server.zone = { ...zone, "_dmarc.example.org TXT": "TIMEOUT" }
    const failure = await using({ dnsMillis: 60_000, timeMillis: 5_000 }, (originOf) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(originOf(raw))
        server.zone = zone
        // What was asked before waits for its answer still; another name is asked anew.
        const other = Buffer.from(compose({ From: "eve@other.example", Date: today() }), "latin1")
        return [error, yield* originOf(other)] as const
      }),
    )
    expect(String(failure[0])).toMatch(/longer than 5 s/)
    expect(failure[1].verdict).toBe("quarantine")
  })

  test("asks the DNS once for the same mail, and not for what is handed in here", async () => {
    const before = server.asked.length
    await using({}, (originOf) => Effect.andThen(originOf(raw), originOf(raw)))
    const asked = server.asked.slice(before)
    expect(asked.filter((question) => question === "TXT s1._domainkey.example.org")).toHaveLength(1)
    expect(new Set(asked).size).toBe(asked.length)
  })
})
