import { dkimVerify } from "mailauth"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { outboxSubject } from "@maillm/schema/Subjects"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { Dns } from "../src/dns/Dns.ts"
import { Zone } from "../src/dns/Zone.ts"
import { dkimRecordOf, newDkimKey, readDkimKey } from "../src/mail/dkim/DkimKey.ts"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { MxDeliveryLayer } from "../src/mail/delivery/MxDelivery.ts"
import { EgressLayer } from "../src/mail/Egress.ts"
import { freePort, Postfix } from "../src/smtp/testing/Postfix.ts"
import { hasPostfix } from "../src/smtp/testing/postfixFolder.ts"
import { sampleMail } from "./sampleMail.ts"
import { domain, sessionCommands, smtpPort, smtpStack, testBase } from "./testStack.ts"

const can = hasPostfix()
const pem = can ? newDkimKey() : ""
const zone = Zone.from({ "example.org MX": ["10 mx.example.org"], "mx.example.org A": ["127.0.0.1"] })

/**
 * Takes mail for example.org, has the mailbox of ada, and finds out only later that there is none of another name. Everything
 * that it sends goes to `relayPort`.
 */
const startPostfix = async (relayPort: number) =>
  Postfix.start({
    port: await freePort(),
    hostName: "mx.example.org",
    mailboxes: ["ada@example.org"],
    main: [
      "mydestination =",
      "mynetworks = 192.0.2.1/32",
      "smtpd_relay_restrictions = reject_unauth_destination",
      // Refused at RCPT TO: eve. Found out later: all others but ada.
      "smtpd_recipient_restrictions = check_recipient_access inline:{eve@example.org=REJECT}",
      "smtpd_reject_unlisted_recipient = no",
      `relayhost = [127.0.0.1]:${relayPort}`,
      "notify_classes =",
      "smtpd_tls_security_level = none",
      "smtp_tls_security_level = none",
    ],
  })

/** Egress by MX to the Postfix at the port. */
const sender = (url: string, port: number) =>
  ManagedRuntime.make(
    EgressLayer().pipe(
      Layer.provideMerge(
        Layer.merge(
          MxDeliveryLayer({ port }).pipe(Layer.provide(Dns.layerZone(zone))),
          MailSigner.layer({ domain, selector: "maillm", privateKey: Redacted.make(pem) }),
        ),
      ),
      Layer.provideMerge(testBase(url)),
    ),
  )

let nats: TestNats
let gateway: ReturnType<typeof smtpStack>
let postfix: Postfix
let egress: ReturnType<typeof sender>
beforeAll(async () => {
  if (!can) return
  nats = await startTestNats()
  gateway = smtpStack(nats.url)
  postfix = await startPostfix(await gateway.runPromise(smtpPort))
  egress = sender(nats.url, postfix.port)
  await egress.runPromise(Nats)
}, 60_000)
afterAll(async () => {
  await postfix?.stop()
  await egress?.dispose()
  await gateway?.dispose()
  await nats?.stop()
})

const soon = { timeout: 30_000, interval: 50 }
const queue = (id: string, change: Record<string, unknown>) =>
  egress.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() =>
        js.publish(
          outboxSubject("email", "u1"),
          JSON.stringify({ v: 1, effectId: `e-${id}`, mail: sampleMail(id, change) }),
        ),
      ),
    ),
  )
const told = async (id: string) =>
  (await egress.runPromise(sessionCommands(`s-${id}`))).map(({ command }) => command)

test.skipIf(!can)(
  "a real Postfix takes our mail, as it was signed, dots and all (needs root and postfix)",
  async () => {
    const answer = ["first", ".", "..", ".hidden", "MAIL FROM:<eve@example.net>", "ünïcode", "last"].join(
      "\n",
    )
    await queue("p1", { answer })
    await expect.poll(() => postfix.mails("ada@example.org").length, soon).toBe(1)
    await expect
      .poll(() => told("p1"), soon)
      .toMatchObject([
        {
          _tag: "MailSent",
          via: "mx",
          detail: expect.stringMatching(/^250 2\.0\.0 .*\(mx\.example\.org\)$/),
        },
      ])
    const [stored = ""] = postfix.mails("ada@example.org")
    expect(stored).toMatch(/^Return-Path: <b\.p1\.[a-z0-9]+\.[a-z2-7]{16}@maillm\.localhost>\n/)
    const ours = stored.slice(stored.indexOf("DKIM-Signature:")).replace(/\n/g, "\r\n")
    const { results } = await dkimVerify(Buffer.from(ours, "latin1"), {
      resolver: async () => [[dkimRecordOf(readDkimKey(pem))]],
    })
    expect(results.map(({ status }) => status.result)).toEqual(["pass"])
  },
  60_000,
)

test.skipIf(!can)(
  "a refusal at RCPT TO is final, with its status (needs root and postfix)",
  async () => {
    await queue("p2", { to: "eve@example.org" })
    await expect
      .poll(() => told("p2"), soon)
      .toMatchObject([
        { _tag: "MailFailed", retryAtMillis: null, reason: expect.stringContaining("554 5.7.1") },
      ])
  },
  60_000,
)

test.skipIf(!can)(
  "a mail that Postfix takes and cannot deliver comes back to us as a report, and its address is none (needs root and postfix)",
  async () => {
    await queue("p3", { to: "nobody@example.org" })
    await expect.poll(async () => (await told("p3")).length, soon).toBe(2)
    expect((await told("p3")).toSorted((a, b) => a._tag.localeCompare(b._tag))).toMatchObject([
      {
        _tag: "MailBounced",
        status: "5.1.1",
        reason: expect.stringContaining("unknown user"),
        unreachable: { address: "nobody@example.org", status: "5.1.1" },
      },
      { _tag: "MailSent", via: "mx" },
    ])
    // Taken for good, so Postfix does not bring it again.
    await expect.poll(() => postfix.log(), soon).toMatch(/to=<b\.p3\.[^>]+>.*status=sent \(250 2\.0\.0 /)
  },
  60_000,
)
