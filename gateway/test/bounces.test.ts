import { readFileSync } from "node:fs"
import { join } from "node:path"
import nodemailer from "nodemailer"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { UserId } from "@maillm/schema/Ids"
import type { OutboundMail } from "@maillm/schema/Message"
import { outboxSubject } from "@maillm/schema/Subjects"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { bounceLocalPart } from "../src/identity/bounceAddress.ts"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { EgressLayer, egressOptions } from "../src/mail/Egress.ts"
import { Relay } from "../src/mail/Relay.ts"
import { SmtpServerLayer } from "../src/smtp/SmtpServerLayer.ts"
import { sampleMail } from "./sampleMail.ts"
import { startRelay } from "./smtpReceiver.ts"
import {
  bindAddress,
  domain,
  secret,
  sessionCommands,
  smtpPort,
  testAuthenticator,
  testBase,
  userCommands,
} from "./testStack.ts"

const make = (url: string, relayUrl: string) =>
  ManagedRuntime.make(
    Layer.merge(SmtpServerLayer(), EgressLayer({ ...egressOptions, firstRetryMillis: 50 })).pipe(
      Layer.provideMerge(Layer.merge(Relay.layer, MailSigner.layerNone)),
      Layer.provide(testAuthenticator()),
      Layer.provideMerge(testBase(url, { smtpRelay: Redacted.make(relayUrl) })),
    ),
  )

let nats: TestNats
let relay: Awaited<ReturnType<typeof startRelay>>
let gateway: ReturnType<typeof make>
let port = 0
beforeAll(async () => {
  nats = await startTestNats()
  relay = await startRelay({})
  gateway = make(nats.url, relay.url)
  port = await gateway.runPromise(smtpPort)
})
afterAll(async () => {
  await gateway?.dispose()
  await relay?.stop()
  await nats?.stop()
})

const fixtures = join(import.meta.dirname, "../src/mail/bounce/fixtures")
const report = (name: string) => readFileSync(join(fixtures, name), "utf8").replace(/\r?\n/g, "\r\n")

/** What the user was told of a mail of the account. */
const notes = async (id: string) =>
  (await gateway.runPromise(userCommands("u-account"))).flatMap(({ command }) =>
    command._tag === "NoteAccountMail" && command.messageId === id ? [command] : [],
  )

/** Sends a mail of ours; answers the MAIL FROM that it left with. */
const sent = async (id: string, change: Partial<OutboundMail> = {}) => {
  await gateway.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() =>
        js.publish(
          outboxSubject("email", "u1"),
          JSON.stringify({ v: 1, effectId: `e-${id}`, mail: { ...sampleMail(id), ...change } }),
        ),
      ),
    ),
  )
  const found = () => relay.taken.find(({ raw }) => raw.includes(`<${id}.s1@`))
  await expect.poll(found, { timeout: 15_000, interval: 20 }).toBeDefined()
  const told = async () =>
    change.account === true
      ? (await notes(id)).length
      : (await gateway.runPromise(sessionCommands(`s-${id}`))).length
  await expect.poll(told, { timeout: 15_000, interval: 20 }).toBe(1)
  return found()?.from ?? ""
}

/** A server brings a mail; answers what it was told. */
const bring = async (to: string, raw: string, from = "") => {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true })
  try {
    const { response } = await transport.sendMail({ raw, envelope: { from, to: [to] } })
    return response
  } catch (error) {
    return error instanceof Error && "response" in error ? String(error.response) : String(error)
  }
}
const bounced = async (id: string) =>
  (await gateway.runPromise(sessionCommands(`s-${id}`))).flatMap(({ command }) =>
    command._tag === "MailBounced" ? [command] : [],
  )

test("a mail of the account is told of to its user: that it left, and that it came back", async () => {
  const address = await sent("k1", { account: true, userId: UserId.make("u-account") })
  expect(await notes("k1")).toMatchObject([{ state: "delivered", raw: { sha256: expect.any(String) } }])
  expect(await bring(address, report("postfix.eml"))).toMatch(/^250 /)
  await expect.poll(() => notes("k1"), { timeout: 15_000, interval: 20 }).toHaveLength(2)
  expect((await notes("k1"))[1]).toMatchObject({
    state: "failed",
    detail: expect.stringContaining("it came back: "),
  })
  expect(await gateway.runPromise(sessionCommands("s-k1"))).toEqual([])
})

test("a report that an address does not exist is told to the mail's session, once, and is not answered", async () => {
  const address = await sent("b1")
  expect(await bring(address.toUpperCase(), report("postfix.eml"))).toMatch(/^250 /)
  expect(await bring(address, report("postfix.eml"))).toMatch(/^250 /)
  expect(await bounced("b1")).toEqual([
    {
      _tag: "MailBounced",
      messageId: "b1",
      requestId: "r1",
      status: "5.1.1",
      reason: expect.stringContaining("User unknown in virtual mailbox table"),
      unreachable: {
        userId: "u1",
        address: "ada@example.org",
        status: "5.1.1",
        sentAtMillis: expect.any(Number),
      },
      report: { sha256: expect.any(String), sizeBytes: expect.any(Number) },
    },
  ])
  expect(relay.taken.filter(({ raw }) => raw.includes("<b1.s1@"))).toHaveLength(1)
  expect(relay.taken.filter(({ to }) => !to.includes("ada@example.org"))).toEqual([])
})

/** Chunks and names of blobs. */
const stored = () =>
  gateway.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info("OBJ_BLOBS"))).pipe(
      Effect.map(({ state }) => state.messages),
    ),
  )

test("a report about a mail of the account is not kept: it may return what only the receiver is to read", async () => {
  const address = await sent("b12", { userId: UserId.make("u-account"), account: true })
  const before = await stored()
  expect(
    await bring(address, `${report("postfix.eml")}\r\nhttps://console.example/confirm#secret\r\n`),
  ).toMatch(/^250 /)
  expect(await notes("b12")).toMatchObject([{ state: "delivered" }, { state: "failed", raw: null }])
  expect(await stored()).toBe(before)
})

test("the report is kept as it came, and its beginning where it is long; no second one for the same mail", async () => {
  const keptOf = async (id: string) => {
    const [told] = await bounced(id)
    const blob = told?.report
    if (blob === undefined) throw new Error("no report is kept")
    const bytes = await gateway.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(blob)))
    return Buffer.from(bytes).toString("latin1")
  }
  const short = await sent("b10")
  expect(await bring(short, report("exim-full.eml"))).toMatch(/^250 /)
  expect(await keptOf("b10")).toBe(report("exim-full.eml"))
  const before = await stored()
  expect(await bring(short, report("gmail.eml"))).toMatch(/^250 /)
  expect(await stored()).toBe(before)

  const long = await sent("b11")
  const whole = `${report("postfix.eml")}${"returned text\r\n".repeat(40_000)}`
  expect(await bring(long, whole)).toMatch(/^250 /)
  expect(await keptOf("b11")).toBe(whole.slice(0, 262_144))
})

test("a full mailbox, and one that it is forwarded to, say nothing of the address itself", async () => {
  const full = await sent("b2")
  expect(await bring(full, report("exim-full.eml"))).toMatch(/^250 /)
  expect(await bounced("b2")).toMatchObject([{ status: "5.2.2" }])
  expect((await bounced("b2"))[0]).not.toHaveProperty("unreachable")
  const forwarded = await sent("b3")
  expect(await bring(forwarded, report("gmail.eml"))).toMatch(/^250 /)
  expect(await bounced("b3")).toMatchObject([{ reason: expect.stringContaining("(for ada@gmail.example)") }])
  expect((await bounced("b3"))[0]).not.toHaveProperty("unreachable")
})

test("delays, automatic replies and noise are taken and come to nothing", async () => {
  const address = await sent("b4")
  for (const name of ["sendmail-delayed.eml", "vacation.eml", "read-receipt.eml"])
    expect(await bring(address, report(name))).toMatch(/^250 /)
  expect(await bring(address, `Subject: x\r\n\r\n${"y".repeat(400)}`)).toMatch(/^250 /)
  expect(await bounced("b4")).toEqual([])
})

describe("what has no effect", () => {
  test("a sender of its own", async () => {
    const address = await sent("b5")
    expect(await bring(address, report("postfix.eml"), "eve@example.net")).toMatch(/^550 5\.7\.1 /)
    expect(await bounced("b5")).toEqual([])
  })

  test("a forged, an outdated and an unknown address", async () => {
    const address = await sent("b6")
    const [, id, day, signature] = address.split("@")[0]?.split(".") ?? []
    const forged = [
      `b.${id}.${day}.${"a".repeat(16)}@${domain}`,
      `b.${id}.zzz.${signature}@${domain}`,
      `b.other.${day}.${signature}@${domain}`,
      `${bounceLocalPart(secret, "b6", Date.now() - 16 * 86_400_000)}@${domain}`,
    ]
    for (const to of forged) expect(await bring(to, report("postfix.eml"))).toMatch(/^550 5\.1\.1 /)
    // Signed, and not known: it may be on its way out right now.
    const early = `${bounceLocalPart(secret, "never-sent", Date.now())}@${domain}`
    expect(await bring(early, report("postfix.eml"))).toMatch(/^451 /)
    expect(await bounced("b6")).toEqual([])
  })

  test("a report to the session's own address, or to the private one: kept in quarantine as any bounce", async () => {
    const localPart = `ada.${"a".repeat(26)}`
    await gateway.runPromise(bindAddress(localPart, "u1"))
    expect(await bring(`${localPart}@${domain}`, report("postfix.eml"))).toMatch(/^250 /)
    const received = await gateway.runPromise(userCommands("u1"))
    expect(received).toMatchObject([{ command: { _tag: "ReceiveMail", envelope: { from: "" } } }])
  })

  test("two recipients at once", async () => {
    const [one, other] = [await sent("b7"), await sent("b8")]
    const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true })
    const { accepted, rejected } = await transport.sendMail({
      raw: report("postfix.eml"),
      envelope: { from: "", to: [one, other] },
    })
    expect({ accepted, rejected }).toEqual({ accepted: [one], rejected: [other] })
    expect(await bounced("b7")).toHaveLength(1)
    expect(await bounced("b8")).toEqual([])
  })
})
