import { createServer } from "node:net"
import type { AddressInfo, Server, Socket } from "node:net"
import type { SMTPServerOptions } from "smtp-server"
import { afterEach, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Settings } from "@maillm/schema/Settings"
import { Dns } from "../src/dns/Dns.ts"
import { Zone } from "../src/dns/Zone.ts"
import { DomainLimits } from "../src/mail/delivery/DomainLimits.ts"
import { MxDeliveryLayer } from "../src/mail/delivery/MxDelivery.ts"
import type { MxOptions } from "../src/mail/delivery/MxDelivery.ts"
import { StsPolicies } from "../src/mail/delivery/StsPolicies.ts"
import { Relay } from "../src/mail/Relay.ts"
import { refusal, startRelay } from "./smtpReceiver.ts"
import { testSettings } from "./testStack.ts"

const stops: Array<() => Promise<unknown> | void> = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
const receiver = async (options: SMTPServerOptions = {}) => {
  const server = await startRelay(options)
  stops.push(server.stop)
  return server
}

const zone = {
  "example.org MX": ["10 mx.example.org"],
  "mx.example.org A": ["127.0.0.1"],
}
const send = (
  port: number,
  {
    records = zone,
    to = "ada@example.org",
    raw = "Subject: x\r\n\r\nhello\r\n",
    ...options
  }: Partial<MxOptions> & {
    readonly records?: Record<string, unknown>
    readonly to?: string
    readonly raw?: string
  } = {},
) =>
  Effect.runPromise(
    Relay.pipe(
      Effect.flatMap((relay) =>
        relay === null
          ? Effect.die("no way out")
          : relay.send({
              raw: Buffer.from(raw),
              to,
              bounceAddress: "b.m1@maillm.localhost",
              fromAddress: "re@maillm.localhost",
            }),
      ),
      Effect.match({
        onFailure: (failed) =>
          failed._tag === "RelayBusy"
            ? { busy: true }
            : { permanent: failed.permanent, reason: failed.reason, dead: failed.deadStatus },
        onSuccess: (detail) => ({ detail }),
      }),
      Effect.provide(
        MxDeliveryLayer({
          port,
          policies: new StsPolicies(async () => ({ version: "STSv1", mode: "none", maxAge: 1, mx: [] })),
          ...options,
        }).pipe(
          Layer.provide(
            Layer.merge(Dns.layerZone(Zone.from(records)), Layer.succeed(Settings, testSettings())),
          ),
        ),
      ),
    ),
  )

test("it goes to the MX, over TLS where that is offered, with our domain as our name", async () => {
  const seen: Array<{ readonly secure: boolean; readonly helo: string }> = []
  const server = await receiver({
    disabledCommands: [],
    onMailFrom(_address, { hostNameAppearsAs: helo, secure }, callback) {
      seen.push({ secure, helo })
      callback()
    },
  })
  expect(await send(server.port)).toEqual({ detail: "250 2.0.0 taken (mx.example.org)" })
  expect(seen).toEqual([{ secure: true, helo: "maillm.localhost" }])
  expect(server.taken).toMatchObject([
    { from: "b.m1@maillm.localhost", to: ["ada@example.org"], raw: "Subject: x\r\n\r\nhello\r\n" },
  ])
})

test("lines of dots arrive as they were", async () => {
  const server = await receiver()
  const raw = "Subject: x\r\n\r\n.\r\n..\r\n.a\r\nMAIL FROM:<eve@example.net>\r\n.\r\n"
  await send(server.port, { raw })
  expect(server.taken.map((mail) => mail.raw)).toEqual([raw])
})

test.each<[string, SMTPServerOptions, object]>([
  [
    "no such user",
    { onRcptTo: (_a, _s, done) => done(refusal(550, "5.1.1 no such user")) },
    {
      permanent: true,
      dead: "5.1.1",
      reason: expect.stringMatching(/mx\.example\.org \[127\.0\.0\.1\].*550 5\.1\.1 no such user/),
    },
  ],
  [
    "a policy",
    { onRcptTo: (_a, _s, done) => done(refusal(550, "5.7.1 not from you")) },
    { permanent: true, dead: null },
  ],
  [
    "a full mailbox at the end",
    { onData: (stream, _s, done) => void stream.resume().on("end", () => done(refusal(552, "5.2.2 full"))) },
    { permanent: true, dead: null, reason: expect.stringContaining("552 5.2.2") },
  ],
  [
    "greylisting",
    { onRcptTo: (_a, _s, done) => done(refusal(451, "4.7.1 later")) },
    { permanent: false, dead: null, reason: expect.stringContaining("451 4.7.1") },
  ],
  [
    "no service at all",
    { onConnect: (_s, done) => done(refusal(554, "no service here")) },
    { permanent: false, dead: null },
  ],
])("%s", async (_what, options, expected) => {
  const server = await receiver(options)
  expect(await send(server.port)).toMatchObject(expected)
})

/** A server that says what it is told to: a line for each line that it hears, then nothing. */
const scripted = async (greeting: string | null, answer: (line: string, socket: Socket) => string | null) => {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => undefined)
    if (greeting !== null) socket.write(greeting)
    let rest = ""
    socket.on("data", (chunk) => {
      const lines = (rest + chunk.toString("latin1")).split("\r\n")
      rest = lines.pop() ?? ""
      for (const line of lines) {
        const said = answer(line, socket)
        if (said !== null && !socket.destroyed) socket.write(said)
      }
    })
  })
  server.on("error", () => undefined)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  stops.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  )
  return (server.address() as AddressInfo).port
}
const polite = (line: string): string => {
  if (/^DATA/i.test(line)) return "354 go on\r\n"
  return /^(EHLO|HELO|MAIL|RCPT|RSET|QUIT)/i.test(line) ? "250 ok\r\n" : ""
}
const quick = { connectMillis: 500, greetingMillis: 300, idleMillis: 300, serverMillis: 3_000 }

describe("a server that", () => {
  test.each<[string, Parameters<typeof scripted>]>([
    ["says nothing", [null, () => null]],
    ["says nothing after its greeting", ["220 mx\r\n", () => null]],
    ["hangs up at once", ["", (_line, socket) => (socket.destroy(), null)]],
    [
      "hangs up at DATA",
      ["220 mx\r\n", (line, socket) => (line === "DATA" ? (socket.destroy(), null) : polite(line))],
    ],
    [
      "hangs up in the middle of the mail",
      [
        "220 mx\r\n",
        (line, socket) => (line.startsWith("Subject") ? (socket.destroy(), null) : polite(line)),
      ],
    ],
    ["never answers the mail", ["220 mx\r\n", (line) => (line === "." ? null : polite(line))]],
    ["speaks another protocol", ["HTTP/1.1 400 Bad Request\r\n\r\n", () => null]],
    ["answers without end", ["220-mx\r\n".repeat(200_000), () => null]],
    ["says 421 to everything", ["220 mx\r\n", () => "421 4.3.2 shutting down\r\n"]],
  ])("%s: tried again", async (_what, script) => {
    const port = await scripted(...script)
    expect(await send(port, quick)).toMatchObject({ permanent: false, dead: null })
  })

  test("nobody listens at: tried again", async () => {
    const server = await startRelay({})
    await server.stop()
    expect(await send(server.port)).toMatchObject({
      permanent: false,
      reason: expect.stringContaining("ECONNREFUSED"),
    })
  })

  test("drips a byte at a time is left after a while", async () => {
    const port = await scripted("2", (_line, socket) => {
      setInterval(() => socket.write("2"), 50).unref()
      return null
    })
    expect(await send(port, { ...quick, serverMillis: 1_000 })).toMatchObject({ permanent: false })
  })
})

describe("several servers", () => {
  const two = {
    "example.org MX": ["10 down.example.org", "20 mx.example.org"],
    "down.example.org A": ["127.0.0.2"],
    "mx.example.org A": ["127.0.0.1"],
  }

  test("the next one is tried when one is down", async () => {
    const server = await receiver()
    expect(await send(server.port, { records: two })).toEqual({
      detail: "250 2.0.0 taken (mx.example.org)",
    })
  })

  test("a no is that of the domain: no other is asked", async () => {
    const server = await receiver({ onRcptTo: (_a, _s, done) => done(refusal(550, "5.1.1 no such user")) })
    let rcpts = 0
    const same = { "example.org MX": ["10 mx.example.org"], "mx.example.org A": ["127.0.0.1", "127.0.0.1"] }
    const counted = await receiver({
      onRcptTo: (_a, _s, done) => {
        rcpts += 1
        done(refusal(550, "5.1.1 no such user"))
      },
    })
    expect(await send(counted.port, { records: same })).toMatchObject({ permanent: true })
    expect(rcpts).toBe(1)
    expect(await send(server.port, { records: same })).toMatchObject({ permanent: true })
  })

  test("all reasons are told when none takes it", async () => {
    const server = await receiver({ onRcptTo: (_a, _s, done) => done(refusal(451, "4.2.0 busy")) })
    const found = await send(server.port, { records: two })
    expect(found).toMatchObject({
      permanent: false,
      reason: expect.stringMatching(/down\.example\.org.*ECONNREFUSED.*mx\.example\.org.*451/),
    })
  })
})

test.each([
  ["a domain that takes no mail", { "example.org MX": ["0 ."] }, { permanent: true, dead: "5.1.10" }],
  ["no such domain", {}, { permanent: true, dead: "5.1.2" }],
  ["a DNS that does not answer", { "example.org MX": "SERVFAIL" }, { permanent: false, dead: null }],
])("%s", async (_what, records, expected) => {
  expect(await send(1, { records })).toMatchObject(expected)
})

test("what is over the limits waits, and is not called a failure", async () => {
  const server = await receiver()
  const limits = new DomainLimits({ connections: 2, mailsPerMinute: 1 })
  expect(await send(server.port, { limits })).toMatchObject({ detail: expect.any(String) })
  expect(await send(server.port, { limits })).toEqual({ busy: true })
})

describe("TLS", () => {
  const enforce = (...mx: ReadonlyArray<string>) =>
    new StsPolicies(async () => ({ version: "STSv1", mode: "enforce", maxAge: 1_000, mx: [...mx] }))

  test("what fails is gone without, unless the domain's policy asks for it", async () => {
    const port = await scripted("220 mx\r\n", (line, socket) => {
      if (/^EHLO/i.test(line)) return "250-mx\r\n250 STARTTLS\r\n"
      if (line === "STARTTLS") {
        socket.write("220 go\r\n")
        // What comes back is no TLS.
        socket.once("data", () => socket.destroy())
        return "plain words, no handshake\r\n"
      }
      return line === "." ? "250 2.0.0 taken\r\n" : polite(line)
    })
    expect(await send(port, quick)).toEqual({ detail: "250 2.0.0 taken (mx.example.org)" })
    expect(await send(port, { ...quick, policies: enforce("mx.example.org") })).toMatchObject({
      permanent: false,
    })
  })

  test("a policy is kept: no server without STARTTLS, none with a certificate that nobody vouches for, none that it does not name", async () => {
    const clear = await receiver()
    expect(await send(clear.port, { policies: enforce("mx.example.org") })).toMatchObject({
      permanent: false,
      reason: expect.stringContaining("STARTTLS"),
    })
    const selfSigned = await receiver({ disabledCommands: [] })
    expect(await send(selfSigned.port, { policies: enforce("mx.example.org") })).toMatchObject({
      permanent: false,
      reason: expect.stringMatching(/certificate/i),
    })
    expect(await send(selfSigned.port, { policies: enforce("*.example.net") })).toMatchObject({
      permanent: false,
      reason: expect.stringContaining("allows none"),
    })
    expect([clear.taken, selfSigned.taken]).toEqual([[], []])
  })
})
