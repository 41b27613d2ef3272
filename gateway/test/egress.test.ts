import PostalMime from "postal-mime"
import type { SMTPServerOptions } from "smtp-server"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import type { OutboundMail } from "@maillm/schema/Message"
import { outboxSubject } from "@maillm/schema/Subjects"
import { addressBlockKey } from "@maillm/actors/nats/addressBlocks"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { EgressLayer, egressOptions } from "../src/mail/Egress.ts"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { Relay } from "../src/mail/Relay.ts"
import { SentMarks } from "../src/mail/SentMarks.ts"
import { sampleMail as mail } from "./sampleMail.ts"
import { refusal, startRelay } from "./smtpReceiver.ts"
import { sessionCommands, testBase } from "./testStack.ts"

const make = (url: string, relayUrl: string | null) =>
  ManagedRuntime.make(
    EgressLayer({ ...egressOptions, firstRetryMillis: 50, heldMillis: 50 }).pipe(
      Layer.provideMerge(Layer.merge(Relay.layer, MailSigner.layerNone)),
      Layer.provideMerge(testBase(url, { smtpRelay: relayUrl === null ? null : Redacted.make(relayUrl) })),
    ),
  )
type Stack = ReturnType<typeof make>

const queue = (stack: Stack, item: OutboundMail) =>
  stack.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() =>
        js.publish(
          outboxSubject("email", "u1"),
          JSON.stringify({ v: 1, effectId: `e-${item.messageId}`, mail: item }),
        ),
      ),
    ),
  )
const told = async (stack: Stack, id: string) =>
  (await stack.runPromise(sessionCommands(`s-${id}`))).map(({ commandId, command }) => ({
    commandId,
    command,
  }))
const sentOf = async (stack: Stack, id: string) => {
  const found = (await told(stack, id)).find(({ command }) => command._tag === "MailSent")
  return found?.command._tag === "MailSent" ? { commandId: found.commandId, ...found.command } : undefined
}
const failuresOf = async (stack: Stack, id: string) =>
  (await told(stack, id)).flatMap(({ command }) => (command._tag === "MailFailed" ? [command] : []))
const left = (stack: Stack) =>
  stack.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info("OUTBOX"))).pipe(
      Effect.map((info) => info.state.messages),
    ),
  )
const soon = { timeout: 15_000, interval: 20 }

let nats: TestNats
beforeAll(async () => {
  nats = await startTestNats()
})
afterAll(() => nats?.stop())

describe("without a relay", () => {
  let stack: Stack
  beforeAll(async () => {
    stack = make(nats.url, null)
    await stack.runPromise(Nats)
  })
  afterAll(() => stack.dispose())

  test("the mail is composed, kept, and the session told", async () => {
    const blob = await stack.runPromise(
      Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("whole output"))),
    )
    await queue(stack, mail("m1", { attachments: [{ name: "output.txt", type: "text/plain", blob }] }))
    await expect.poll(() => sentOf(stack, "m1"), soon).toMatchObject({ commandId: "m1/sent", via: "outbox" })
    const sent = await sentOf(stack, "m1")
    if (sent === undefined) throw new Error("not sent")
    const raw = await stack.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(sent.raw)))
    const parsed = await PostalMime.parse(raw, { attachmentEncoding: "utf8" })
    expect(parsed.messageId).toBe("<m1.s1@maillm.localhost>")
    expect(parsed.text).toMatch(/^Done in 2\.1 s: exit code 0\n\na\.txt\n/)
    expect(parsed.attachments[0]?.content).toBe("whole output")
    await expect.poll(() => left(stack), soon).toBe(0)
  })

  test("a question goes the same way, and its session is told by the question's id", async () => {
    const question = {
      approvalId: "a1",
      code: "7F3K5",
      tool: "Bash",
      command: "git push --force",
      cwd: "/workspace",
      class: "force-push",
      reason: "It rewrites what others have.",
      expiresAtMillis: Date.now() + 3_600_000,
      link: "",
      reminder: false,
    }
    await queue(stack, mail("qa1", { outcome: "Claude Code wants to run this.", answer: "", question }))
    await expect
      .poll(() => sentOf(stack, "qa1"), soon)
      .toMatchObject({ commandId: "qa1/sent", messageId: "qa1" })
    const sent = await sentOf(stack, "qa1")
    if (sent === undefined) throw new Error("not sent")
    const raw = await stack.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(sent.raw)))
    expect((await PostalMime.parse(raw)).text).toContain("    git push --force\n")
  })

  test("delivered again after a crash: told again, and it is the same raw mail", async () => {
    await queue(stack, mail("m1", { answer: "another text, which must not be used" }))
    await expect.poll(() => left(stack), soon).toBe(0)
    expect((await told(stack, "m1")).length).toBe(1)
  })

  test("marks of mails sent long ago go, and no other mark", async () => {
    const marks = (await stack.runPromise(Nats)).bucket("MARKS")
    await marks.put("web.kept", "{}")
    for (let i = 0; i < 20; i++) await marks.put(`sent.old${i}`, "{}")
    const pruning = ManagedRuntime.make(
      EgressLayer({ ...egressOptions, marksKept: 5 }).pipe(
        Layer.provideMerge(Layer.merge(Relay.layer, MailSigner.layerNone)),
        Layer.provideMerge(testBase(nats.url, { smtpRelay: null })),
      ),
    )
    try {
      await pruning.runPromise(Nats)
      const keys = async (filter: string) => {
        const found: Array<string> = []
        for await (const key of await marks.keys(filter)) found.push(key)
        return found.toSorted()
      }
      await expect
        .poll(() => keys("sent.*"), soon)
        .toEqual(["sent.old15", "sent.old16", "sent.old17", "sent.old18", "sent.old19"])
      expect(await keys("web.*")).toEqual(["web.kept"])
    } finally {
      await pruning.dispose()
    }
  })

  test("what is no mail is put aside, and does not stop the next", async () => {
    await stack.runPromise(
      Effect.flatMap(Nats, ({ js }) => Effect.promise(() => js.publish(outboxSubject("email", "u1"), "{}"))),
    )
    await queue(stack, mail("m2"))
    await expect.poll(() => sentOf(stack, "m2"), soon).toBeDefined()
    await expect.poll(() => left(stack), soon).toBe(0)
  })
})

describe("with a relay", () => {
  const withRelay = async (
    options: SMTPServerOptions,
    use: (stack: Stack, relay: Awaited<ReturnType<typeof startRelay>>) => Promise<void>,
  ) => {
    const relay = await startRelay(options)
    const stack = make(nats.url, relay.url)
    try {
      await use(stack, relay)
    } finally {
      await stack.dispose()
      await relay.stop()
    }
  }

  test("delivered with an address for reports about it as MAIL FROM; the bytes are those that are kept", async () => {
    await withRelay({}, async (stack, relay) => {
      await queue(stack, mail("m10"))
      await expect
        .poll(() => sentOf(stack, "m10"), soon)
        .toMatchObject({ via: "relay", detail: "250 2.0.0 taken" })
      expect(relay.taken).toMatchObject([
        {
          from: expect.stringMatching(/^b\.m10\.[a-z0-9]+\.[a-z2-7]{16}@maillm\.localhost$/),
          to: ["ada@example.org"],
        },
      ])
      const sent = await sentOf(stack, "m10")
      if (sent === undefined) throw new Error("not sent")
      const raw = await stack.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(sent.raw)))
      expect(relay.taken[0]?.raw.trimEnd()).toBe(Buffer.from(raw).toString("latin1").trimEnd())
    })
  })

  test("one that fails three times: each try is told with the time of the next, then it is out once", async () => {
    let failures = 0
    const options: SMTPServerOptions = {
      onRcptTo(_address, _session, callback) {
        if (failures < 3) {
          failures++
          return callback(refusal(451, "4.7.1 greylisted"))
        }
        callback()
      },
    }
    await withRelay(options, async (stack, relay) => {
      await queue(stack, mail("m11"))
      await expect.poll(() => sentOf(stack, "m11"), soon).toBeDefined()
      const failed = await failuresOf(stack, "m11")
      expect(failed.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
      expect(
        failed.every(({ reason, retryAtMillis }) => reason.includes("greylisted") && retryAtMillis !== null),
      ).toBe(true)
      const waits = failed.map(({ retryAtMillis }) => retryAtMillis ?? 0)
      expect(waits[0]! < waits[1]! && waits[1]! < waits[2]!).toBe(true)
      expect(relay.taken.length).toBe(1)
    })
  })

  test("a mail that waits for its next try keeps no other waiting", async () => {
    const options: SMTPServerOptions = {
      onRcptTo: ({ address }, _session, callback) =>
        callback(address.startsWith("slow") ? refusal(450, "4.2.0 busy") : null),
    }
    await withRelay(options, async (stack, relay) => {
      for (let i = 0; i < 20; i++) await queue(stack, mail(`slow${i}`, { to: "slow@example.org" }))
      await queue(stack, mail("m12"))
      await expect.poll(() => sentOf(stack, "m12"), soon).toBeDefined()
      expect(relay.taken.length).toBe(1)
    })
    await nats.stop()
    nats = await startTestNats()
  })

  test("a 550 is final, and so is an impossible recipient", async () => {
    await withRelay(
      { onRcptTo: (_a, _s, callback) => callback(refusal(550, "5.1.1 no such user")) },
      async (stack) => {
        await queue(stack, mail("m13"))
        await queue(stack, mail("m14", { to: "a@b\r\nDATA" }))
        await expect
          .poll(() => failuresOf(stack, "m13"), soon)
          .toMatchObject([
            {
              attempt: 1,
              retryAtMillis: null,
              reason: expect.stringContaining("no such user"),
              unreachable: { userId: "u1", address: "ada@example.org", status: "5.1.1" },
            },
          ])
        await expect.poll(() => failuresOf(stack, "m14"), soon).toMatchObject([{ retryAtMillis: null }])
        await expect.poll(() => left(stack), soon).toBe(0)
      },
    )
  })

  test.each([
    ["m30", { onRcptTo: (_a, _s, callback) => callback(refusal(550, "5.7.1 your IP is listed")) }],
    ["m31", { onRcptTo: (_a, _s, callback) => callback(refusal(552, "5.2.2 mailbox full")) }],
    ["m32", { onMailFrom: (_a, _s, callback) => callback(refusal(550, "5.1.1 bad sender")) }],
    ["m33", { onRcptTo: (_a, _s, callback) => callback(refusal(550, "no such user")) }],
  ] satisfies ReadonlyArray<readonly [string, SMTPServerOptions]>)(
    "%s: what is refused for another reason says nothing of the address",
    async (id, options) => {
      await withRelay(options, async (stack) => {
        await queue(stack, mail(id))
        await expect.poll(() => failuresOf(stack, id), soon).toMatchObject([{ retryAtMillis: null }])
        expect((await failuresOf(stack, id))[0]).not.toHaveProperty("unreachable")
      })
    },
  )

  test("what is for an address that is stopped waits, told once, until it is not any more; others get theirs", async () => {
    await withRelay({}, async (stack, relay) => {
      const marks = (await stack.runPromise(Nats)).bucket("MARKS")
      const key = addressBlockKey("Ada@example.org")
      const blocked = { status: "5.1.1", reason: "550 no such user", sinceMillis: 1_790_000_000_000 }
      await marks.put(key, JSON.stringify({ blocked }))
      await queue(stack, mail("m40"))
      await queue(stack, mail("m41", { to: "grace@example.org" }))
      await expect.poll(() => sentOf(stack, "m41"), soon).toBeDefined()
      const waits = new SentMarks(await stack.runPromise(Nats), 0).waits("m40")
      await expect.poll(async () => (await stack.runPromise(waits)).waits ?? 0, soon).toBeGreaterThan(2)
      expect(await failuresOf(stack, "m40")).toEqual([
        expect.objectContaining({
          attempt: 1,
          retryAtMillis: expect.any(Number),
          reason: expect.stringMatching(/^it waits: ada@example\.org .*5\.1\.1.*"Try again" under Needs you/),
        }),
      ])
      await marks.put(key, JSON.stringify({ blocked: null }))
      await expect.poll(() => sentOf(stack, "m40"), soon).toBeDefined()
      expect(relay.taken.map(({ to }) => to)).toEqual([["grace@example.org"], ["ada@example.org"]])
      await expect.poll(() => left(stack), soon).toBe(0)
    })
  })

  test("one that has waited two days for its address is given up, and says so", async () => {
    await withRelay({}, async (stack, relay) => {
      const marks = (await stack.runPromise(Nats)).bucket("MARKS")
      const key = addressBlockKey("ada@example.org")
      const blocked = { status: "5.1.1", reason: "550 no such user", sinceMillis: 1_790_000_000_000 }
      await marks.put(key, JSON.stringify({ blocked }))
      await queue(stack, mail("m43", { createdAtMillis: Date.now() - 48 * 3_600_000 }))
      await expect
        .poll(() => failuresOf(stack, "m43"), soon)
        .toMatchObject([
          {
            retryAtMillis: null,
            reason: expect.stringMatching(/^not sent: ada@example\.org .*, and it waited for two days$/),
          },
        ])
      await marks.put(key, JSON.stringify({ blocked: null }))
      await expect.poll(() => left(stack), soon).toBe(0)
      expect(relay.taken).toEqual([])
    })
  })

  test("given up after 48 hours", async () => {
    await withRelay(
      { onRcptTo: (_a, _s, callback) => callback(refusal(451, "4.3.0 later")) },
      async (stack) => {
        await queue(stack, mail("m15", { createdAtMillis: Date.now() - 48 * 3_600_000 }))
        await expect.poll(() => failuresOf(stack, "m15"), soon).toMatchObject([{ retryAtMillis: null }])
        await expect.poll(() => left(stack), soon).toBe(0)
      },
    )
  })

  test("a relay that does not want that sender gets the session's address", async () => {
    const options: SMTPServerOptions = {
      onMailFrom: ({ address }, _session, callback) =>
        callback(address.startsWith("b.") ? refusal(550, "5.7.1 sender not allowed") : null),
    }
    await withRelay(options, async (stack, relay) => {
      await queue(stack, mail("m16"))
      await expect.poll(() => sentOf(stack, "m16"), soon).toBeDefined()
      expect(relay.taken[0]?.from).toBe("re.u1.s1.abcdefghijklmn23@maillm.localhost")
    })
  })

  test("a relay that is away, then back at the same address", async () => {
    const first = await startRelay({})
    await first.stop()
    const stack = make(nats.url, first.url)
    try {
      await queue(stack, mail("m17"))
      await expect.poll(async () => (await failuresOf(stack, "m17")).length, soon).toBeGreaterThan(0)
      expect((await failuresOf(stack, "m17"))[0]?.reason).toMatch(/ECONNREFUSED/)
      const second = await startRelay({}, first.port)
      await expect.poll(() => sentOf(stack, "m17"), soon).toBeDefined()
      expect(second.taken.length).toBe(1)
      await second.stop()
    } finally {
      await stack.dispose()
    }
  })

  test("a crash after the mail was marked: not sent again, its outcome told", async () => {
    await withRelay({}, async (stack, relay) => {
      const raw = await stack.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("as sent"))))
      await stack.runPromise(
        Effect.flatMap(Nats, (all) =>
          Effect.promise(() =>
            all
              .bucket("MARKS")
              .put("sent.m18", JSON.stringify({ via: "relay", raw, detail: "250 before the crash" })),
          ),
        ),
      )
      await queue(stack, mail("m18"))
      await expect
        .poll(() => sentOf(stack, "m18"), soon)
        .toMatchObject({ raw, detail: "250 before the crash" })
      expect(relay.taken).toEqual([])
    })
  })
})
