import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Dns } from "../src/dns/Dns.ts"
import { TestDnsServer } from "../src/dns/testing/TestDnsServer.ts"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { MailAuthenticator } from "../src/mail/authenticate/MailAuthenticator.ts"
import { compose, keyRecords, makeKey, sign } from "../src/mail/authenticate/testing/signedMail.ts"
import { RawSmtp } from "./rawSmtp.ts"
import {
  bindAddress,
  domain,
  owner,
  smtpPort,
  smtpStack,
  testAuthenticator,
  userCommands,
} from "./testStack.ts"

/* What SMTP says to mail that other servers have passed on: here one of this machine, which puts a Received on it. */

const key = makeKey("example.org", "s1")
const zone = {
  ...keyRecords(key),
  "_dmarc.example.org TXT": ["v=DMARC1; p=none"],
  "_dmarc.strict.example TXT": ["v=DMARC1; p=reject"],
}
const adaLocal = `ada.${"a".repeat(26)}`
const ada = `${adaLocal}@${domain}`

let nats: TestNats
let server: TestDnsServer
let runtime: ReturnType<typeof smtpStack>
let port: number
beforeAll(async () => {
  nats = await startTestNats()
  server = await TestDnsServer.start(zone)
  // Each test has names of its own: what was answered is remembered for a minute.
  const dns = Dns.layer({ servers: [server.address], queryMillis: 3_000, tries: 1, failureMillis: 1 })
  runtime = smtpStack(nats.url, {}, {}, testAuthenticator({ dnsMillis: 10_000 }, dns))
  port = await runtime.runPromise(smtpPort)
  await runtime.runPromise(bindAddress(adaLocal, "u1"))
})
afterAll(async () => {
  await runtime?.dispose()
  await server?.stop()
  await nats?.stop()
})
afterEach(() => {
  server.zone = zone
})

const today = () => new Date().toUTCString().replace("GMT", "+0000")
let number = 0
/** Each another mail. */
const mail = (change: Readonly<Record<string, string>> = {}) =>
  compose({ Date: today(), "Message-ID": `<${++number}@example.org>`, ...change })
const signed = (raw: string, as = key) => sign(raw, as, { signedAt: new Date() })
const relayed = (raw: string) => `Received: from mx.example.org by mail.localhost (Postfix)\r\n${raw}`

const send = async (raw: string, login?: string) => {
  const client = await RawSmtp.open(port)
  try {
    if (login !== undefined) {
      const plain = Buffer.from(`\0${owner.email}\0${login}`).toString("base64")
      expect(await client.command(`AUTH PLAIN ${plain}`)).toMatch(/^235/)
    }
    return await client.mail([ada], raw.trimEnd())
  } finally {
    client.close()
  }
}
const received = async () =>
  (await runtime.runPromise(userCommands("u1"))).flatMap(({ command }) =>
    command._tag === "ReceiveMail" ? [command] : [],
  )
const stored = async (answer: string) => {
  expect(answer).toMatch(/^250 /)
  const found = (await received()).find(({ mailId }) => answer.includes(mailId))
  if (found?.origin === undefined) throw new Error("it has no origin")
  return found.origin
}

describe("what is taken in says how it came", () => {
  test("handed in on this machine", async () => {
    expect(await stored(await send(mail()))).toEqual({ _tag: "Submitted", way: "this-machine" })
  })

  test("handed in after signing in, by whatever way", async () => {
    expect(await stored(await send(relayed(mail()), owner.token))).toEqual({
      _tag: "Submitted",
      way: "signed-in",
    })
  })

  test("passed on by a server of this machine: proven, or not", async () => {
    expect(await stored(await send(relayed(await signed(mail()))))).toMatchObject({
      _tag: "Relayed",
      standing: "proven",
      author: "ada@example.org",
      spf: { result: "none" },
    })
    expect(await stored(await send(relayed(mail())))).toMatchObject({
      standing: "unproven",
      reasons: expect.arrayContaining(["it has no signature (DKIM) of example.org"]),
    })
  })
})

describe("what is not taken in", () => {
  test.each([
    ["broken.example", "SERVFAIL", /ESERVFAIL/],
    ["silent.example", "TIMEOUT", /ETIMEOUT/],
  ])("451 when the DNS does not answer, and nothing is stored: %s", async (name, outcome, code) => {
    const theirs = makeKey(name, "s1")
    const known = { ...zone, ...keyRecords(theirs), [`_dmarc.${name} TXT`]: ["v=DMARC1; p=none"] }
    server.zone = { ...known, [`_dmarc.${name} TXT`]: outcome }
    const before = (await received()).length
    const raw = relayed(await signed(mail({ From: `ada@${name}` }), theirs))
    const first = await send(raw)
    expect(first).toMatch(/^451 4\.4\.3 Try again later: the DNS did not answer: _dmarc\./)
    expect(first).toMatch(code)
    expect(await received()).toHaveLength(before)
    // As its sender's retry, once the DNS is back.
    server.zone = known
    expect(await send(raw)).toMatch(/^250 /)
    expect(await received()).toHaveLength(before + 1)
  })

  test("not 550 for what a server of this machine has relayed: only that one saw who sent it", async () => {
    expect(await stored(await send(relayed(mail({ From: "boss@strict.example" }))))).toMatchObject({
      standing: "unproven",
      dmarc: { result: "fail" },
    })
  })

  test("550 when its author's domain asks for it, and nothing is stored", async () => {
    const before = (await received()).length
    const rejecting = Layer.effect(
      MailAuthenticator,
      Effect.map(MailAuthenticator, ({ originOf }) => ({
        originOf: (raw: Uint8Array, envelope: Parameters<typeof originOf>[1]) =>
          originOf(raw, { ...envelope, remoteAddress: "203.0.113.9" }),
      })),
    ).pipe(Layer.provide(testAuthenticator({}, Dns.layer({ servers: [server.address] }))))
    const outside = smtpStack(nats.url, {}, {}, rejecting)
    try {
      const client = await RawSmtp.open(await outside.runPromise(smtpPort))
      const answer = await client.mail([ada], mail({ From: "boss@strict.example" }).trimEnd())
      expect(answer).toBe(
        "550 5.7.26 strict.example asks that mail which it did not authenticate be refused (DMARC)",
      )
      client.close()
    } finally {
      await outside.dispose()
    }
    expect(await received()).toHaveLength(before)
  })
})
