import { execFileSync } from "node:child_process"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connect as connectTls } from "node:tls"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { mailboxLimit } from "@maillm/schema/Streams"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const localPart = (name: string) => `${name}.${"a".repeat(26)}`
const address = (name: string) => `${localPart(name)}@${domain}`
const content = (text: string) => `From: ada@example.org\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let port: number
const serverSockets = new Map<number, Socket>()
const onSocket = (message: unknown) => {
  if (typeof message !== "object" || message === null || !("socket" in message)) return
  const { socket } = message
  if (socket instanceof Socket && socket.remotePort !== undefined)
    serverSockets.set(socket.remotePort, socket)
}

beforeAll(async () => {
  subscribe("net.server.socket", onSocket)
  nats = await startTestNats()
  runtime = smtpStack(nats.url)
  port = await runtime.runPromise(smtpPort)
  for (const name of ["ada", "eve", "full"]) await runtime.runPromise(bindAddress(localPart(name), name))
}, 30_000)
afterAll(async () => {
  unsubscribe("net.server.socket", onSocket)
  await runtime?.dispose()
  await nats?.stop()
})

/** Sends each part only when the server has read all before it, so that the parts are its segments. */
const sendInSegments = async (client: RawSmtp, parts: ReadonlyArray<string>) => {
  const server = serverSockets.get(client.socket.localPort ?? 0)
  if (server === undefined) throw new Error("the server's socket was not seen")
  for (const part of parts) {
    client.send(part)
    const sent = client.socket.bytesWritten
    await expect.poll(() => server.bytesRead, { interval: 1, timeout: 5_000 }).toBeGreaterThanOrEqual(sent)
  }
}

const fakeEndings = [
  "\n.\n",
  "\r.\r",
  "\r.\n",
  "\n.\r",
  "\n.\r\n",
  "\r\n.\n",
  "\r.\r\n",
  "\r\n.\r",
  "\r\n\0.\r\n",
  "\r\n.\0\r\n",
]
describe("a fake end of data, split at every byte, smuggles nothing", () => {
  test.each(fakeEndings.map((ending) => [JSON.stringify(ending), ending] as const))(
    "%s",
    async (name, ending) => {
      const client = await RawSmtp.open(port)
      const hidden = `MAIL FROM:<evil@x.y>\r\nRCPT TO:<${address("eve")}>\r\nDATA\r\nSubject: smuggled\r\n\r\nsmuggled`
      for (let split = 0; split <= ending.length; split++) {
        const head = `${content(`${name}${split}`)}${ending.slice(0, split)}`
        expect(await client.start([address("ada")])).toMatch(/^354/)
        await sendInSegments(client, [head, ending.slice(split), `${hidden}\r\n.\r\n`])
        // One answer for all of it. What follows is the answer to NOOP, not to a smuggled MAIL.
        expect(await client.reply()).toMatch(ending.includes("\0") ? /^250 2\.0\.0 Stored/ : /^550 5\.5\.2/)
        expect(await client.command("NOOP")).toBe("250 OK")
      }
      client.close()
      expect(await runtime.runPromise(userCommands("eve"))).toEqual([])
    },
  )

  test("a first line of .. in a segment of its own is content", async () => {
    const client = await RawSmtp.open(port)
    for (const parts of [
      ["..", "\r\n", "x\r\n.\r\n"],
      [".", ".", "\r\nx\r\n.\r\n"],
      ["..\r\n", "x\r\n", ".\r\n"],
    ]) {
      expect(await client.start([address("ada")])).toMatch(/^354/)
      await sendInSegments(client, parts)
      expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
      expect(await client.command("NOOP")).toBe("250 OK")
    }
    const last = (await runtime.runPromise(userCommands("ada"))).at(-1)?.command
    if (last?._tag !== "ReceiveMail") throw new Error("no mail")
    const raw = await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(last.raw)))
    expect(Buffer.from(raw).toString()).toBe(".\r\nx\r\n")
    client.close()
  })

  test("a bare CR or LF in a header", async () => {
    const client = await RawSmtp.open(port)
    for (const header of ["Subject: a\nBcc: b", "Subject: a\rBcc: b"]) {
      expect(await client.mail([address("ada")], `${header}\r\n\r\ntext`)).toMatch(/^550 5\.5\.2/)
    }
    client.close()
  })
})

test("a full mailbox is 451, and another's is not", async () => {
  await runtime.runPromise(
    Effect.gen(function* () {
      const { userCommandsBefore } = yield* Effect.map(userCommands("full"), (all) => ({
        userCommandsBefore: all.length,
      }))
      expect(userCommandsBefore).toBe(0)
    }),
  )
  const client = await RawSmtp.open(port)
  for (let i = 0; i < mailboxLimit; i++) {
    expect(await client.mail([address("full")], content(`full ${i}`))).toMatch(/^250/)
  }
  expect(await client.mail([address("full")], content("one too many"))).toMatch(
    /^451 4\.3\.0 .*mailbox.*full/,
  )
  expect(await client.mail([address("ada")], content("not full"))).toMatch(/^250/)
  expect((await runtime.runPromise(userCommands("full"))).length).toBe(mailboxLimit)
  client.close()
}, 30_000)

test("limits: connections of one address, all mails in flight, time of a connection, silence", async () => {
  const limits = { connectionsPerAddress: 2, inFlightBytes: 300_000, sessionMillis: 2_000, idleMillis: 700 }
  const small = smtpStack(nats.url, { limits })
  const at = await small.runPromise(smtpPort)
  try {
    const first = await RawSmtp.open(at)
    const second = await RawSmtp.open(at)
    const third = new RawSmtp(at)
    expect(await third.reply()).toMatch(/^421 4\.7\.0/)
    expect(await third.reply()).toBe("closed")

    expect(await first.start([address("ada")])).toMatch(/^354/)
    expect(await second.start([address("ada")])).toMatch(/^354/)
    await sendInSegments(first, ["x".repeat(200_000)])
    await sendInSegments(second, ["x".repeat(200_000), "\r\n.\r\n"])
    expect(await second.reply()).toMatch(/^452 4\.3\.1/)
    first.send("\r\n.\r\n")
    expect(await first.reply()).toMatch(/^250/)
    expect(await second.mail([address("ada")], "y".repeat(200_000))).toMatch(/^250/)

    const idleFrom = performance.now()
    expect(await second.reply()).toMatch(/^421/)
    expect(performance.now() - idleFrom).toBeGreaterThan(500)
    second.close()

    // One that trickles is never idle, and is cut off at the deadline.
    const slow = await RawSmtp.open(at)
    await slow.start([address("ada")])
    const trickle = setInterval(() => slow.send("x"), 50)
    expect(await slow.reply()).toMatch(/^421 4\.4\.2/)
    clearInterval(trickle)
    slow.close()
    first.close()
  } finally {
    await small.dispose()
  }
}, 20_000)

test("NATS away: 451 and nothing promised; back again: the same mail is taken", async () => {
  const own = await startTestNats({ storeDir: mkdtempSync(join(tmpdir(), "maillm-smtp-")) })
  const stack = smtpStack(own.url)
  let second: TestNats | undefined
  try {
    const at = await stack.runPromise(smtpPort)
    await stack.runPromise(bindAddress(localPart("ada"), "ada"))
    const client = await RawSmtp.open(at)
    expect(await client.mail([address("ada")], content("before"))).toMatch(/^250/)
    await own.stop("SIGKILL")
    expect(await client.mail([address("ada")], content("during"))).toMatch(/^451 4\.3\.0/)
    expect(await client.mail([address("nobody")], content("during"))).toMatch(/^451 4\.3\.0/)
    second = await startTestNats({ storeDir: own.storeDir, port: own.port })
    await expect
      .poll(() => client.mail([address("ada")], content("during")), { timeout: 20_000, interval: 200 })
      .toMatch(/^250/)
    const mails = await stack.runPromise(userCommands("ada"))
    expect(mails.length).toBe(2)
    client.close()
  } finally {
    await stack.dispose()
    await second?.stop()
    rmSync(own.storeDir, { recursive: true, force: true })
  }
}, 40_000)

test("with a certificate: STARTTLS works, what came in clear before it is forgotten", async () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-tls-"))
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "1",
      "-subj",
      `/CN=${domain}`,
      "-keyout",
      keyFile,
      "-out",
      certFile,
    ],
    { stdio: "ignore" },
  )
  const tls = { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") }
  rmSync(folder, { recursive: true })
  const stack = smtpStack(nats.url, { tls })
  try {
    const client = await RawSmtp.open(await stack.runPromise(smtpPort))
    client.send(`STARTTLS\r\nMAIL FROM:<x@y.z>\r\nRCPT TO:<${address("ada")}>\r\n`)
    expect(await client.reply()).toMatch(/^220/)
    client.socket.removeAllListeners("data")
    const secure = connectTls({ socket: client.socket, ca: tls.cert, servername: domain })
    const said = (text: string) =>
      new Promise<string>((resolve) => {
        let all = ""
        const onData = (data: Buffer) => {
          all += data.toString()
          if (!/^\d{3} .*\r\n$/m.test(all)) return
          secure.off("data", onData)
          resolve(all)
        }
        secure.on("data", onData)
        secure.write(text)
      })
    expect(await said("RCPT TO:<x@y.z>\r\n")).toMatch(/^503/)
    expect(await said("EHLO secure\r\n")).toMatch(/AUTH PLAIN LOGIN/)
    secure.destroy()
  } finally {
    await stack.dispose()
  }
}, 20_000)

test("a port in use is one clear line with the remedy", async () => {
  const second = smtpStack(nats.url, {}, { smtpPort: port })
  await expect(second.runPromise(smtpPort)).rejects.toThrow(
    `port ${port} on 127.0.0.1 is in use. Stop what uses it, or set MAILLM_SMTP_PORT to another (0 for any).`,
  )
  await second.dispose()
})
