import { headers as newHeaders } from "@nats-io/transport-node"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { jobSubject, outboxSubject } from "@maillm/schema/Subjects"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { originHeaders } from "@maillm/actors/nats/EpochFence"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { EgressLayer } from "../src/mail/Egress.ts"
import { MailParser } from "../src/mail/MailParser.ts"
import { MailReaderLayer } from "../src/mail/MailReader.ts"
import { Relay } from "../src/mail/Relay.ts"
import { testBase, userCommands } from "./testStack.ts"

/** A gateway's mail in and out. */
const make = (url: string, relayUrl: string) =>
  ManagedRuntime.make(
    Layer.mergeAll(EgressLayer(), MailReaderLayer).pipe(
      Layer.provideMerge(Layer.mergeAll(Relay.layer, MailSigner.layerNone, MailParser.layer())),
      Layer.provideMerge(testBase(url, { smtpRelay: Redacted.make(relayUrl) })),
    ),
  )
type Gateway = ReturnType<typeof make>

let nats: TestNats
let relay: SMTPServer
let relayUrl = ""
/** Message-IDs that the relay has taken, in order. */
const taken: Array<string> = []
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
        taken.push(/^Message-ID: *<([^.]+)\./im.exec(Buffer.concat(chunks).toString())?.[1] ?? "none")
        callback(null, "2.0.0 taken")
      })
    },
  })
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const address = relay.server.address()
  relayUrl = `smtp://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`
})
afterAll(async () => {
  await new Promise<void>((resolve) => relay.close(() => resolve()))
  await nats?.stop()
})

const soon = { timeout: 15_000, interval: 20 }
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
const publish = (gateway: Gateway, subject: string, item: unknown, actor: string, epoch: number | null) =>
  gateway.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() => {
        const headers = newHeaders()
        if (epoch !== null) {
          headers.set(originHeaders.actor, actor)
          headers.set(originHeaders.epoch, String(epoch))
        }
        return js.publish(subject, JSON.stringify(item), { headers })
      }),
    ),
  )
const send = (gateway: Gateway, id: string, epoch: number | null, session = "s1") =>
  publish(
    gateway,
    outboxSubject("email", "u1"),
    { v: 1, effectId: `session.${session}/1/0`, mail: mailOf(id) },
    `session.${session}`,
    epoch,
  )
const left = (gateway: Gateway, stream: string) =>
  gateway.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info(stream))).pipe(
      Effect.map((info) => info.state.messages),
    ),
  )
/** As after a long time: the marks of sent mails are gone, the fence is what remains. */
const forgetMarks = (gateway: Gateway) =>
  gateway.runPromise(Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.purge("KV_MARKS"))))

test("a mail of an owner that was succeeded is not sent again, by no gateway, also after their restart", async () => {
  const one = make(nats.url, relayUrl)
  const other = make(nats.url, relayUrl)
  await one.runPromise(Nats)
  await other.runPromise(Nats)
  await send(one, "first", 1)
  await expect.poll(() => taken, soon).toEqual(["first"])
  await send(one, "second", 2)
  await expect.poll(() => taken, soon).toEqual(["first", "second"])
  await forgetMarks(one)
  for (let i = 0; i < 4; i++) await send(one, "first", 1)
  await expect.poll(() => left(one, "OUTBOX"), soon).toBe(0)
  await one.dispose()
  await other.dispose()

  const third = make(nats.url, relayUrl)
  await third.runPromise(Nats)
  await send(third, "first", 1)
  await send(third, "headless", null)
  await send(third, "elsewhere", 1, "s2")
  await send(third, "last", 2)
  await expect.poll(() => left(third, "OUTBOX"), soon).toBe(0)
  expect(taken.slice(2).toSorted()).toEqual(["elsewhere", "headless", "last"])
  await third.dispose()
})

test("neither is a mail read again for a user whose owner was succeeded", async () => {
  const gateway = make(nats.url, relayUrl)
  const raw = await gateway.runPromise(
    Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("From: a@b\r\n\r\nhi\r\n"))),
  )
  const read = (mailId: string, epoch: number) =>
    publish(
      gateway,
      jobSubject("parse-mail", "u1"),
      {
        v: 1,
        effectId: `user.u1/${mailId}/0`,
        job: { _tag: "ParseMail", userId: "u1", mailId, raw, recipient: { _tag: "Private" } },
      },
      "user.u1",
      epoch,
    )
  await read("new", 2)
  await expect.poll(() => left(gateway, "JOBS"), soon).toBe(0)
  await read("old", 1)
  await read("newer", 3)
  await expect.poll(() => left(gateway, "JOBS"), soon).toBe(0)
  const told = await gateway.runPromise(userCommands("u1"))
  expect(told.map(({ commandId }) => commandId)).toEqual(["new/read", "newer/read"])
  await gateway.dispose()
})
