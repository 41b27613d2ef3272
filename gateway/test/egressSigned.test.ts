import { dkimVerify } from "mailauth"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { outboxSubject } from "@maillm/schema/Subjects"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { dkimRecordOf, newDkimKey, readDkimKey } from "../src/mail/dkim/DkimKey.ts"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { EgressLayer, egressOptions } from "../src/mail/Egress.ts"
import { Relay } from "../src/mail/Relay.ts"
import { sampleMail } from "./sampleMail.ts"
import { refusal, startRelay } from "./smtpReceiver.ts"
import { domain, sessionCommands, testBase } from "./testStack.ts"

let nats: TestNats
beforeAll(async () => {
  nats = await startTestNats()
})
afterAll(() => nats?.stop())

const verdicts = async (raw: string, record: string) => {
  const { results } = await dkimVerify(Buffer.from(raw, "latin1"), {
    resolver: async (name: string) => {
      if (name === `mail._domainkey.${domain}`) return [[record]]
      throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
    },
  })
  return results.map(({ signingDomain, status }) => `${status.result} ${String(signingDomain)}`)
}

test("every attempt gives the relay the same signed bytes, and the copy that is kept is those", async () => {
  const pem = newDkimKey()
  const attempts: Array<string> = []
  const relay = await startRelay({
    onData(stream, _session, callback) {
      const chunks: Array<Buffer> = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        attempts.push(Buffer.concat(chunks).toString("latin1"))
        callback(attempts.length < 3 ? refusal(451, "4.3.0 later") : null)
      })
    },
  })
  const stack = ManagedRuntime.make(
    EgressLayer({ ...egressOptions, firstRetryMillis: 50 }).pipe(
      Layer.provideMerge(
        Layer.merge(
          Relay.layer,
          MailSigner.layer({ domain, selector: "mail", privateKey: Redacted.make(pem) }),
        ),
      ),
      Layer.provideMerge(testBase(nats.url, { smtpRelay: Redacted.make(relay.url) })),
    ),
  )
  // What an agent printed, which some server could take for the end of the mail and the beginning of another.
  const answer = "first\r\n.\r\nMAIL FROM:<eve@example.net>\n.\nRCPT TO:<a@b>\r.\rDATA\n\n..two dots\nüber"
  const mail = sampleMail("signed", { answer })
  await stack.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() =>
        js.publish(outboxSubject("email", "u1"), JSON.stringify({ v: 1, effectId: "e1", mail })),
      ),
    ),
  )
  const sent = async () =>
    (await stack.runPromise(sessionCommands("s-signed"))).flatMap(({ command }) =>
      command._tag === "MailSent" ? [command] : [],
    )
  await expect.poll(sent, { timeout: 15_000, interval: 20 }).toHaveLength(1)
  expect(attempts).toHaveLength(3)
  expect(new Set(attempts).size).toBe(1)
  const raw = attempts[0] ?? ""
  expect(await verdicts(raw, dkimRecordOf(readDkimKey(pem)))).toEqual([`pass ${domain}`])
  expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/)
  const [command] = await sent()
  if (command === undefined) throw new Error("not sent")
  const kept = await stack.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(command.raw)))
  expect(Buffer.from(kept).toString("latin1")).toBe(raw)
  await stack.dispose()
  await relay.stop()
})
