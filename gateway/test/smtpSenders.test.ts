import { execFile, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { promisify } from "node:util"
import nodemailer from "nodemailer"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { SmtpAddress } from "../src/smtp/SmtpAddress.ts"
import { CertificateFolder } from "../src/smtp/testing/CertificateFolder.ts"
import { freePort, Postfix } from "../src/smtp/testing/Postfix.ts"
import { hasPostfix } from "../src/smtp/testing/postfixFolder.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, owner, smtpStack, userCommands } from "./testStack.ts"

const swaksHasTls = spawnSync("perl", ["-MNet::SSLeay", "-e1"]).status === 0

const local = `ada.${"a".repeat(26)}`
const ada = `${local}@${domain}`

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let smtp: SmtpAddress["Service"]
const certificate = new CertificateFolder()

beforeAll(async () => {
  certificate.make(domain)
  nats = await startTestNats()
  runtime = smtpStack(nats.url, { ...certificate.files, smtpsPort: 0 })
  smtp = await runtime.runPromise(SmtpAddress)
  await runtime.runPromise(bindAddress(local, "u1"))
})
afterAll(async () => {
  await runtime?.dispose()
  await nats?.stop()
  certificate.remove()
})

const received = async () =>
  (await runtime.runPromise(userCommands("u1"))).flatMap(({ command }) =>
    command._tag === "ReceiveMail" ? [command] : [],
  )
const textOf = async (mail: Awaited<ReturnType<typeof received>>[number]) =>
  Buffer.from(await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(mail.raw)))).toString(
    "utf8",
  )

describe("real senders", () => {
  const signIn = ["--auth", "PLAIN", "--au", owner.email, "--ap", owner.token]
  const sendBySwaks = async (name: string, options: ReadonlyArray<string>, port = smtp.port) => {
    const fixed = ["--server", `127.0.0.1:${port}`, "--from", owner.email, "--to", ada, "--silent", "2"]
    const { stderr } = await promisify(execFile)("swaks", [...fixed, "--body", `swaks ${name}`, ...options])
    expect(stderr).toBe("")
    const mail = (await received()).at(-1)
    if (mail === undefined) throw new Error("no mail")
    expect(await textOf(mail)).toContain(`swaks ${name}`)
    expect(mail.envelope.authenticatedAs).toBe(options.includes("--auth") ? owner.email : null)
    return mail.envelope
  }

  test.each([
    ["as it is", []],
    ["pipelined", ["--pipeline"]],
    ["signed in", signIn],
  ])("swaks %s", async (name, options) => {
    expect(await sendBySwaks(name, options)).toMatchObject({ secure: false })
  })

  const verified = () => ["--tls-verify", "--tls-ca-path", certificate.files.certFile]
  test.skipIf(!swaksHasTls).each<[string, () => ReadonlyArray<string>, () => number]>([
    ["with STARTTLS", () => ["--tls", ...verified()], () => smtp.port],
    ["with STARTTLS, pipelined", () => ["--tls", "--pipeline", ...verified()], () => smtp.port],
    ["with STARTTLS, signed in", () => ["--tls", ...verified(), ...signIn], () => smtp.port],
    ["with TLS at once", () => ["--tls-on-connect", ...verified()], () => smtp.smtpsPort ?? 0],
    ["with TLS at once, signed in", () => ["--tlsc", ...verified(), ...signIn], () => smtp.smtpsPort ?? 0],
  ])("swaks %s (needs libnet-ssleay-perl)", async (name, options, port) => {
    expect(await sendBySwaks(name, options(), port())).toMatchObject({ secure: true })
  })

  test.each([
    ["STARTTLS", () => ({ port: smtp.port, requireTLS: true })],
    ["TLS at once", () => ({ port: smtp.smtpsPort ?? 0, secure: true })],
  ])("nodemailer with %s: many mails on few connections", async (name, options) => {
    const before = (await received()).length
    const tls = { ca: readFileSync(certificate.files.certFile, "utf8"), servername: domain }
    const transport = nodemailer.createTransport({
      host: "127.0.0.1",
      tls,
      pool: true,
      maxConnections: 3,
      ...options(),
    })
    const mails = Array.from({ length: 20 }, (_, i) =>
      transport.sendMail({
        from: owner.email,
        to: ada,
        subject: `${name} ${i}`,
        text: `Grüße, 你好 ${i}\n.\n..\n`,
      }),
    )
    for (const { response } of await Promise.all(mails)) expect(response).toMatch(/^250 2\.0\.0 Stored/)
    transport.close()
    const all = (await received()).slice(before)
    expect(all.map(({ envelope }) => envelope.secure)).toEqual(Array.from({ length: 20 }, () => true))
  })
})

describe.skipIf(!hasPostfix())("Postfix (needs root and Debian's postfix)", () => {
  let postfix: Postfix
  beforeAll(async () => {
    postfix = await Postfix.start({
      port: await freePort(),
      hostName: "sender.example",
      main: [
        `relayhost = [127.0.0.1]:${smtp.port}`,
        "mydestination =",
        "smtp_tls_security_level = encrypt",
        "smtpd_recipient_restrictions = permit_mynetworks",
      ],
    })
  })
  afterAll(() => postfix?.stop())

  test("relays to us over TLS what it was given, dots, long lines and 8-bit text as they were", async () => {
    const before = (await received()).length
    const client = await RawSmtp.open(postfix.port)
    const body = `..dot\r\n..\r\n${"x".repeat(1_500)}\r\n${"ü".repeat(100)}`
    client.send(`MAIL FROM:<${owner.email}> BODY=8BITMIME\r\nRCPT TO:<${ada}>\r\nDATA\r\n`)
    for (const code of ["250", "250", "354"]) expect((await client.reply()).slice(0, 3)).toBe(code)
    client.send(
      Buffer.from(`From: ${owner.email}\r\nSubject: by Postfix\r\n\r\n${body}\r\n.\r\nQUIT\r\n`, "utf8"),
    )
    expect(await client.reply()).toMatch(/^250 .*queued/)
    await expect.poll(async () => (await received()).length, { timeout: 15_000 }).toBe(before + 1)
    const mail = (await received()).at(-1)
    if (mail === undefined) throw new Error("no mail")
    expect(mail.envelope).toMatchObject({ secure: true, helo: "sender.example", from: owner.email })
    const text = await textOf(mail)
    expect(text).toContain("\r\n.dot\r\n.\r\n")
    expect(text).toContain("ü".repeat(100))
    // Postfix breaks lines at 998 bytes itself.
    expect(text.replace(/\r\n /g, "")).toContain("x".repeat(1_500))
  })

  test("relays to us an address and a header beyond ASCII as they were (SMTPUTF8)", async () => {
    const before = (await received()).length
    const client = await RawSmtp.open(postfix.port)
    const lines = ["MAIL FROM:<grüße@bücher.example> SMTPUTF8 BODY=8BITMIME", `RCPT TO:<${ada}>`, "DATA"]
    client.send(Buffer.from(lines.map((line) => `${line}\r\n`).join(""), "utf8"))
    for (const code of ["250", "250", "354"]) expect((await client.reply()).slice(0, 3)).toBe(code)
    client.send(
      Buffer.from("From: grüße@bücher.example\r\nSubject: Grüße, 你好\r\n\r\nhello\r\n.\r\n", "utf8"),
    )
    expect(await client.reply()).toMatch(/^250 .*queued/)
    client.close()
    await expect.poll(async () => (await received()).length, { timeout: 15_000 }).toBe(before + 1)
    const mail = (await received()).at(-1)
    if (mail === undefined) throw new Error("no mail")
    expect(mail.envelope).toMatchObject({ from: "grüße@bücher.example", secure: true })
    expect(await textOf(mail)).toContain("\r\nSubject: Grüße, 你好\r\n")
  })

  test("gives up at once on what we refuse for good", async () => {
    const client = await RawSmtp.open(postfix.port)
    expect(await client.mail([`nobody@${domain}`], "Subject: x\r\n\r\nx", owner.email)).toMatch(
      /^250 .*queued/,
    )
    await expect
      .poll(() => postfix.log(), { timeout: 15_000 })
      .toMatch(/to=<nobody@maillm\.localhost>.*status=bounced .*550 5\.1\.1 No such recipient here/)
    client.close()
  })
})
