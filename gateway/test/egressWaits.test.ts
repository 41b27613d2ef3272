import type { SMTPServerOptions } from "smtp-server"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { outboxSubject } from "@maillm/schema/Subjects"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { Dns } from "../src/dns/Dns.ts"
import { Zone } from "../src/dns/Zone.ts"
import { DomainLimits } from "../src/mail/delivery/DomainLimits.ts"
import { MxDeliveryLayer } from "../src/mail/delivery/MxDelivery.ts"
import { StsPolicies } from "../src/mail/delivery/StsPolicies.ts"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { EgressLayer, egressOptions } from "../src/mail/Egress.ts"
import { SentMarks } from "../src/mail/SentMarks.ts"
import { sampleMail } from "./sampleMail.ts"
import { refusal, startRelay } from "./smtpReceiver.ts"
import { sessionCommands, testBase } from "./testStack.ts"

const zone = Zone.from({ "example.org MX": ["10 mx.example.org"], "mx.example.org A": ["127.0.0.1"] })

/** One connection to a domain at a time, and waits that are short. */
const make = (url: string, port: number) =>
  ManagedRuntime.make(
    EgressLayer({ ...egressOptions, busyMillis: 10 }).pipe(
      Layer.provideMerge(
        Layer.merge(
          MxDeliveryLayer({
            port,
            limits: new DomainLimits({ connections: 1, mailsPerMinute: 1_000 }),
            policies: new StsPolicies(async () => ({ version: "STSv1", mode: "none", maxAge: 1, mx: [] })),
          }).pipe(Layer.provide(Dns.layerZone(zone))),
          MailSigner.layerNone,
        ),
      ),
      Layer.provideMerge(testBase(url)),
    ),
  )

let nats: TestNats
beforeAll(async () => {
  nats = await startTestNats()
})
afterAll(() => nats?.stop())

const soon = { timeout: 15_000, interval: 20 }

test("waiting until its domain has room counts as no attempt: the first failure after it is the first", async () => {
  let arrived = () => {}
  let letGo = () => {}
  const atServer = new Promise<void>((resolve) => (arrived = resolve))
  const goOn = new Promise<void>((resolve) => (letGo = resolve))
  const options: SMTPServerOptions = {
    onRcptTo({ address }, _session, callback) {
      if (!address.startsWith("slow")) return callback(refusal(451, "4.7.1 greylisted"))
      arrived()
      void goOn.then(() => callback())
    },
  }
  const receiver = await startRelay(options)
  const stack = make(nats.url, receiver.port)
  const queue = (id: string, to: string) =>
    stack.runPromise(
      Effect.flatMap(Nats, ({ js }) =>
        Effect.promise(() =>
          js.publish(
            outboxSubject("email", "u1"),
            JSON.stringify({ v: 1, effectId: `e-${id}`, mail: sampleMail(id, { to }) }),
          ),
        ),
      ),
    )
  const told = async (id: string) =>
    (await stack.runPromise(sessionCommands(`s-${id}`))).map(({ command }) => command)
  try {
    await queue("w1", "slow@example.org")
    await atServer
    await queue("w2", "grace@example.org")
    const waits = new SentMarks(await stack.runPromise(Nats), 0).waits("w2")
    await expect.poll(async () => (await stack.runPromise(waits)).waits ?? 0, soon).toBeGreaterThan(3)
    expect(await told("w2")).toEqual([])
    letGo()
    await expect
      .poll(() => told("w2"), soon)
      .toMatchObject([{ _tag: "MailFailed", attempt: 1, reason: expect.stringContaining("greylisted") }])
    await expect.poll(() => told("w1"), soon).toMatchObject([{ _tag: "MailSent" }])
  } finally {
    letGo()
    await stack.dispose()
    await receiver.stop()
  }
})
