import { createHash, randomBytes } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { JobItem } from "@maillm/schema/Record"
import { jobSubject } from "@maillm/schema/Subjects"
import { RequestId } from "@maillm/schema/Ids"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { MailParser } from "../src/mail/MailParser.ts"
import { MailReaderLayer, readMail } from "../src/mail/MailReader.ts"
import { testBase, userCommands } from "./testStack.ts"

const make = (url: string) =>
  ManagedRuntime.make(
    MailReaderLayer.pipe(Layer.provideMerge(MailParser.layer()), Layer.provideMerge(testBase(url))),
  )
let nats: TestNats
let runtime: ReturnType<typeof make>
beforeAll(async () => {
  nats = await startTestNats()
  runtime = make(nats.url)
  await runtime.runPromise(Nats)
})
afterAll(async () => {
  await runtime?.dispose()
  await nats?.stop()
})

const decodeItem = Schema.decodeUnknownSync(JobItem)
const job = async (
  mailId: string,
  raw: Uint8Array | { sha256: string; sizeBytes: number },
  userId = "u1",
) => {
  const ref =
    raw instanceof Uint8Array
      ? await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(raw)))
      : raw
  const item = decodeItem({
    v: 1,
    effectId: `effect-${mailId}`,
    job: { _tag: "ParseMail", userId, mailId, raw: ref, recipient: { _tag: "Private" } },
  })
  await publish(JSON.stringify(item))
}
const publish = (text: string) =>
  runtime.runPromise(
    Effect.flatMap(Nats, ({ js }) => Effect.promise(() => js.publish(jobSubject("parse-mail", "u1"), text))),
  )
const left = (stream: string) =>
  runtime.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info(stream))).pipe(
      Effect.map((info) => info.state.messages),
    ),
  )
const reads = async (mailId: string, userId = "u1") =>
  (await runtime.runPromise(userCommands(userId))).flatMap(({ commandId, command }) =>
    command._tag === "MailRead" && command.mailId === mailId ? [{ commandId, content: command.content }] : [],
  )

test("a mail is read, its attachments are stored, and its user is told once", async () => {
  const file = randomBytes(200_000)
  const mail = [
    "From: Ada <ada@example.org>",
    "Subject: =?utf-8?Q?caf=C3=A9?=",
    "Message-ID: <a@x>",
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "look at this",
    "",
    "-- ",
    "Ada",
    "--b",
    "Content-Type: image/png",
    "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="../a.png"',
    "",
    file.toString("base64"),
    "--b--",
    "",
  ].join("\r\n")
  await job("m1", Buffer.from(mail))
  await expect.poll(() => reads("m1"), { timeout: 15_000 }).toHaveLength(1)
  const [read] = await reads("m1")
  if (read?.content._tag !== "Readable") throw new Error("unreadable")
  expect(read.commandId).toBe("m1/read")
  expect(read.content.mail).toMatchObject({
    from: ["ada@example.org"],
    fromName: "Ada",
    subject: "café",
    newestText: "look at this",
    signature: "-- \nAda",
  })
  const [attachment] = read.content.mail.attachments
  expect(attachment).toEqual({
    name: "a.png",
    type: "image/png",
    blob: { sha256: createHash("sha256").update(file).digest("hex"), sizeBytes: file.length },
  })
  if (attachment === undefined) throw new Error("no attachment")
  const stored = await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(attachment.blob)))
  expect(Buffer.from(stored).equals(file)).toBe(true)
  // Delivered again, as after a crash before the ack: no second effect.
  await job("m1", Buffer.from(mail))
  await expect.poll(() => left("JOBS"), { timeout: 15_000 }).toBe(0)
  expect(await reads("m1")).toHaveLength(1)
})

test("malformed MIME is told with its reason; what is no job is put aside in DEAD", async () => {
  await job(
    "m2",
    Buffer.from("From: a@x.example\r\nContent-Type: multipart/mixed; boundary=none\r\n\r\nhello\r\n"),
  )
  await expect.poll(() => reads("m2"), { timeout: 15_000 }).toHaveLength(1)
  expect((await reads("m2"))[0]?.content).toEqual({
    _tag: "Unreadable",
    reason:
      "The mail could not be read: it is announced as multipart/mixed, but nothing to read was found in it.",
  })
  await publish('{"v":7}')
  await expect.poll(() => left("DEAD"), { timeout: 15_000 }).toBe(1)
  await expect.poll(() => left("JOBS"), { timeout: 15_000 }).toBe(0)
})

test("bytes that are gone are asked for again later, and others do not wait", async () => {
  await job("m3", { sha256: "0".repeat(64), sizeBytes: 10 })
  await job("m4", Buffer.from("From: ada@example.org\r\n\r\nhello\r\n"))
  await expect.poll(() => reads("m4"), { timeout: 20_000 }).toHaveLength(1)
  expect(await reads("m3")).toEqual([])
  expect(await left("JOBS")).toBe(1)
})

test("users whose mailboxes are full keep no other waiting, and their mails are read however often they came", async () => {
  const filling = Effect.gen(function* () {
    const actors = yield* ActorClient
    for (let i = 0; i < 256; i++) {
      yield* actors.tell(UserProtocol, "u2", `fill-${i}`, {
        _tag: "SubmitRequest",
        requestId: RequestId.make(`r${i}`),
        text: "x",
        sessionId: null,
      })
    }
  })
  await runtime.runPromise(filling)
  const raw = Buffer.from("From: ada@example.org\r\n\r\nhello\r\n")
  for (let i = 0; i < 12; i++) await job(`m-full-${i}`, raw, "u2")
  await job("m5", raw)
  await expect.poll(() => reads("m5"), { timeout: 20_000 }).toHaveLength(1)
  const again = async () => {
    const ref = await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(raw)))
    return runtime.runPromise(
      readMail({
        subject: jobSubject("parse-mail", "u2"),
        data: Buffer.from(
          JSON.stringify({
            v: 1,
            effectId: "e",
            job: {
              _tag: "ParseMail",
              userId: "u2",
              mailId: "m-full-0",
              raw: ref,
              recipient: { _tag: "Private" },
            },
          }),
        ),
        attempt: 40,
        sequence: 1,
        origin: null,
      }),
    )
  }
  expect(await again()).toEqual({ againAfterMillis: 60_000 })
  await runtime.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.purge("CMD", { keep: 0 }))),
  )
  expect(await again()).toBe("done")
  expect((await reads("m-full-0", "u2"))[0]?.content._tag).toBe("Readable")
})

const delivery = (mailId: string, ref: { sha256: string; sizeBytes: number }, attempt: number) => ({
  subject: jobSubject("parse-mail", "u1"),
  data: Buffer.from(
    JSON.stringify({
      v: 1,
      effectId: mailId,
      job: { _tag: "ParseMail", userId: "u1", mailId, raw: ref, recipient: { _tag: "Private" } },
    }),
  ),
  attempt,
  sequence: 1,
  origin: null,
})

test("a mail whose bytes are not in the store is unreadable, after some deliveries", async () => {
  const ref = { sha256: "0".repeat(64), sizeBytes: 10 }
  const read = (attempt: number) => runtime.runPromise(readMail(delivery("m-lost", ref, attempt)))
  expect(await read(4)).toEqual({ againAfterMillis: 64_000 })
  expect(await read(5)).toBe("done")
  expect((await reads("m-lost"))[0]?.content).toMatchObject({
    _tag: "Unreadable",
    reason: expect.stringMatching(/not in the object store/),
  })
})

test("a mail that was begun five times and never done is unreadable; one that was done once may come for ever", async () => {
  const raw = await runtime.runPromise(
    Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("From: a@b\r\n\r\nhi\r\n"))),
  )
  const mark = (mailId: string, text: string) =>
    runtime.runPromise(
      Effect.flatMap(Nats, (nats) => Effect.promise(() => nats.bucket("MARKS").put(`read.${mailId}`, text))),
    )
  const contentOf = async (mailId: string, attempt: number) => {
    expect(await runtime.runPromise(readMail(delivery(mailId, raw, attempt)))).toBe("done")
    return (await reads(mailId))[0]?.content
  }
  await mark("m-killer", "4")
  expect(await contentOf("m-killer", 6)).toMatchObject({
    _tag: "Unreadable",
    reason: expect.stringMatching(/every attempt/),
  })
  await mark("m-last-try", "3")
  expect(await contentOf("m-last-try", 5)).toMatchObject({ _tag: "Readable" })
  await mark("m-done", "read")
  expect(await contentOf("m-done", 50)).toMatchObject({ _tag: "Readable" })
  // As version 0.1.0 marked it.
  await mark("m-old", "")
  expect(await contentOf("m-old", 50)).toMatchObject({ _tag: "Readable" })
})

test("a mail waits as long as NATS is away, however often that was", async () => {
  const own = await startTestNats({ storeDir: `${nats.storeDir}-away` })
  const other = make(own.url)
  const ref = await other.runPromise(
    Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("From: a@b\r\n\r\nhi\r\n"))),
  )
  await own.stop("SIGKILL")
  await expect
    .poll(() => other.runPromise(Effect.map(Nats, (n) => n.connected())), { timeout: 15_000 })
    .toBe(false)
  for (const attempt of [1, 5, 6, 40]) {
    const verdict = await other.runPromise(readMail(delivery("m-away", ref, attempt)))
    expect(verdict).toHaveProperty("againAfterMillis")
  }
  const back = await startTestNats({ storeDir: own.storeDir, port: own.port })
  await expect
    .poll(() => other.runPromise(Effect.map(Nats, (n) => n.connected())), { timeout: 15_000 })
    .toBe(true)
  expect(await other.runPromise(readMail(delivery("m-away", ref, 41)))).toBe("done")
  const [told] = await other.runPromise(userCommands("u1"))
  expect(told?.command).toMatchObject({ _tag: "MailRead", content: { _tag: "Readable" } })
  await other.dispose()
  await back.stop()
}, 60_000)
