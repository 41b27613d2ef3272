import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { fileURLToPath } from "node:url"
import { SMTPServer } from "smtp-server"
import { expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { jobSubject, outboxSubject } from "@maillm/schema/Subjects"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { sessionCommands, testBase, userCommands } from "./testStack.ts"

const mails = 60
const kills = 6

const outItem = (id: string) => ({
  v: 1,
  effectId: `e-${id}`,
  mail: {
    messageId: id,
    internetMessageId: `<${id}@maillm.localhost>`,
    userId: "u1",
    sessionId: `s-${id}`,
    requestId: "r1",
    epoch: 1,
    to: "ada@example.org",
    fromName: "maillm",
    fromAddress: "re.u1.s1.abcdefghijklmn23@maillm.localhost",
    subject: "Re: x",
    inReplyTo: "",
    references: [],
    outcome: `Done: ${id}`,
    answer: "a.txt",
    answerFormat: "terminal",
    facts: [],
    link: "",
    attachments: [],
    createdAtMillis: Date.now(),
  },
})

const startWorkers = (natsUrl: string, relayUrl: string): ChildProcess =>
  spawn(process.execPath, [fileURLToPath(new URL("mailWorkers.ts", import.meta.url)), natsUrl, relayUrl], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: process.env["PATH"] },
  })
const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once("exit", () => resolve()))

/**
 * The process is killed with SIGKILL just after the relay has taken a mail, which is the worst moment there is:
 * the mail is out, and nothing on our side knows it.
 */
test(`${kills} kills while ${mails} mails go out and ${mails} are read: nothing lost, nothing told twice`, async () => {
  const nats = await startTestNats()
  const base = ManagedRuntime.make(testBase(nats.url))
  const taken = new Map<string, Array<string>>()
  let total = 0
  let child: ChildProcess | undefined
  const killAt = new Set(Array.from({ length: kills }, (_, i) => 4 + i * 9))
  const relay = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onData(stream, _session, callback) {
      const chunks: Array<Buffer> = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("latin1")
        const id = /^Message-ID: <(.*)@/m.exec(raw)?.[1] ?? "none"
        taken.set(id, [...(taken.get(id) ?? []), raw])
        total++
        callback(null, "taken")
        if (killAt.has(total)) child?.kill("SIGKILL")
      })
    },
  })
  // A killed client leaves its connections broken.
  relay.on("error", () => undefined)
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const address = relay.server.address()
  const relayUrl = `smtp://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`
  try {
    await base.runPromise(
      Effect.gen(function* () {
        const { js } = yield* Nats
        const blobs = yield* Blobs
        for (let i = 0; i < mails; i++) {
          const raw = yield* blobs.put(Buffer.from(`From: ada@example.org\r\n\r\nnumber ${i}\r\n`))
          const job = {
            _tag: "ParseMail",
            userId: "u1",
            mailId: `in${i}`,
            raw,
            recipient: { _tag: "Private" },
          }
          yield* Effect.promise(() =>
            js.publish(jobSubject("parse-mail", "u1"), JSON.stringify({ v: 1, effectId: `j${i}`, job })),
          )
          yield* Effect.promise(() =>
            js.publish(outboxSubject("email", "u1"), JSON.stringify(outItem(`out${i}`))),
          )
        }
      }),
    )
    const run = { starts: 0, finished: false }
    const keepRunning = (async () => {
      while (!run.finished) {
        run.starts++
        child = startWorkers(nats.url, relayUrl)
        await ended(child)
      }
    })()
    const left = (stream: string) =>
      base.runPromise(
        Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info(stream))).pipe(
          Effect.map((info) => info.state.messages),
        ),
      )
    await expect
      .poll(async () => (await left("OUTBOX")) + (await left("JOBS")), { timeout: 60_000, interval: 100 })
      .toBe(0)
    run.finished = true
    child?.kill("SIGKILL")
    await keepRunning
    expect(run.starts).toBeGreaterThan(kills)

    const copies = [...taken.values()]
    expect(copies.length).toBe(mails)
    expect(copies.every((raws) => new Set(raws).size === 1)).toBe(true)
    // Each kill can have each of the eight mails on their way sent once more, and no other.
    expect(total - mails).toBeLessThanOrEqual(kills * 8)
    for (let i = 0; i < mails; i++) {
      const told = await base.runPromise(sessionCommands(`s-out${i}`))
      expect(told.filter(({ command }) => command._tag === "MailSent").length).toBe(1)
    }
    const reads = (await base.runPromise(userCommands("u1"))).flatMap(({ command }) =>
      command._tag === "MailRead" && command.content._tag === "Readable"
        ? [command.content.mail.newestText]
        : [],
    )
    expect(reads.toSorted()).toEqual(Array.from({ length: mails }, (_, i) => `number ${i}`).toSorted())
  } finally {
    child?.kill("SIGKILL")
    await base.dispose()
    await new Promise<void>((resolve) => relay.close(() => resolve()))
    await nats.stop()
  }
}, 90_000)
