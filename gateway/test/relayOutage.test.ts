import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { outboxSubject } from "@maillm/schema/Subjects"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { EgressLayer, egressOptions } from "../src/mail/Egress.ts"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { Relay } from "../src/mail/Relay.ts"
import { sessionCommands, testBase } from "./testStack.ts"

const ackWaitMillis = 1_000
const claimMillis = 8_000
const make = (url: string, relayUrl: string) =>
  ManagedRuntime.make(
    EgressLayer({ ...egressOptions, firstRetryMillis: 50, ackWaitMillis, claimMillis }).pipe(
      Layer.provideMerge(Layer.merge(Relay.layer, MailSigner.layerNone)),
      Layer.provideMerge(testBase(url, { smtpRelay: Redacted.make(relayUrl) })),
    ),
  )

let nats: TestNats
let relay: SMTPServer
let relayUrl = ""
const taken: Array<string> = []
/** Called with what gives the relay's answer. */
let onMail: (answer: (text?: string) => void) => void = (answer) => answer()
beforeAll(async () => {
  nats = await startTestNats()
  relay = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onData(stream, _, callback) {
      const chunks: Array<Buffer> = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const id = /^Message-ID: *<([^.]+)\./im.exec(Buffer.concat(chunks).toString())?.[1] ?? "none"
        onMail((refusal) => {
          if (refusal === undefined) taken.push(id)
          callback(refusal === undefined ? null : Object.assign(new Error(refusal), { responseCode: 451 }))
        })
      })
    },
  })
  relay.on("error", () => undefined)
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const address = relay.server.address()
  relayUrl = `smtp://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`
})
afterAll(async () => {
  await new Promise<void>((resolve) => relay?.close(() => resolve()))
  await nats?.stop()
})

const soon = { timeout: 40_000, interval: 50 }
type Gateway = ReturnType<typeof make>
const queue = (gateway: Gateway, id: string) =>
  gateway.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() =>
        js.publish(outboxSubject("email", "u1"), JSON.stringify({ v: 1, effectId: id, mail: mailOf(id) })),
      ),
    ),
  )
const mailOf = (id: string) => ({
  messageId: id,
  internetMessageId: `<${id}.s1@maillm.localhost>`,
  userId: "u1",
  sessionId: "s1",
  requestId: "r1",
  epoch: 1,
  to: "ada@example.org",
  fromName: "maillm",
  fromAddress: "re.u1.s1.abcdefghijklmn23@maillm.localhost",
  subject: "Re: list the files",
  inReplyTo: "",
  references: [],
  outcome: "Done",
  answer: "a.txt",
  answerFormat: "terminal",
  facts: [],
  link: "",
  attachments: [],
  createdAtMillis: Date.now(),
})
const told = async (gateway: Gateway, id: string) =>
  (await gateway.runPromise(sessionCommands("s1"))).filter(({ commandId }) => commandId.startsWith(`${id}/`))
const isUp = (gateway: Gateway) => gateway.runPromise(Effect.map(Nats, (one) => one.connected()))
const emptied = (gateway: Gateway) =>
  expect
    .poll(
      () =>
        gateway.runPromise(
          Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info("OUTBOX"))).pipe(
            Effect.map((info) => info.state.messages),
          ),
        ),
      soon,
    )
    .toBe(0)

test("NATS is away for longer than the queue waits while the relay takes a mail: it goes out once", async () => {
  const own = await startTestNats({ storeDir: `${nats.storeDir}-away` })
  const one = make(own.url, relayUrl)
  const other = make(own.url, relayUrl)
  await one.runPromise(Nats)
  await other.runPromise(Nats)
  const asked = Promise.withResolvers<() => void>()
  onMail = (answer) => asked.resolve(() => answer())
  await queue(one, "away")
  const answer = await asked.promise
  await own.stop("SIGKILL")
  onMail = (respond) => respond()
  answer()
  await expect.poll(() => taken, soon).toEqual(["away"])
  await new Promise((resolve) => setTimeout(resolve, 2 * ackWaitMillis))
  const back = await startTestNats({ storeDir: own.storeDir, port: own.port })
  await expect.poll(() => isUp(one), soon).toBe(true)
  await expect.poll(() => isUp(other), soon).toBe(true)
  await emptied(one)
  expect((await told(one, "away")).map(({ commandId }) => commandId)).toEqual(["away/sent"])
  expect(taken).toEqual(["away"])
  await one.dispose()
  await other.dispose()
  await back.stop()
}, 150_000)

test("a slow relay keeps the claim; a sender that is gone is waited for, then its mail goes out", async () => {
  taken.length = 0
  const one = make(nats.url, relayUrl)
  await one.runPromise(Nats)
  const asked = Promise.withResolvers<() => void>()
  onMail = (answer) => asked.resolve(() => answer())
  await queue(one, "slow")
  const answer = await asked.promise
  // The same mail stands in the queue again, and is taken up by another: it waits for the claim, however long.
  const other = make(nats.url, relayUrl)
  await other.runPromise(Nats)
  await queue(other, "slow")
  onMail = (respond) => respond()
  await new Promise((resolve) => setTimeout(resolve, 1.5 * claimMillis))
  expect(taken).toEqual([])
  answer()
  await emptied(one)
  expect(taken).toEqual(["slow"])

  // One whose sender was killed: nobody renews its claim.
  const { bucket } = await one.runPromise(Nats)
  await bucket("MARKS").put("sent.gone", JSON.stringify({ claim: "of a gateway that was killed" }))
  await queue(one, "gone")
  await emptied(one)
  expect(taken).toEqual(["slow", "gone"])
  await one.dispose()
  await other.dispose()
}, 150_000)

test("a mail that the relay refuses for now is tried again without waiting for its own claim", async () => {
  taken.length = 0
  const one = make(nats.url, relayUrl)
  await one.runPromise(Nats)
  let refusals = 3
  onMail = (answer) => answer(refusals-- > 0 ? "4.3.0 later" : undefined)
  const began = performance.now()
  await queue(one, "refused")
  await emptied(one)
  expect(performance.now() - began).toBeLessThan(claimMillis)
  expect(taken).toEqual(["refused"])
  await one.dispose()
}, 60_000)
