import { execFile, spawnSync } from "node:child_process"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { isLoopback, parseAddressList } from "../src/smtp/clientAddress.ts"
import { SmtpAddress } from "../src/smtp/SmtpAddress.ts"
import { SmtpServerLayer } from "../src/smtp/SmtpServerLayer.ts"
import { HealthProbes } from "../src/http/HealthProbes.ts"
import { SmtpProbeLayer } from "../src/http/SmtpProbe.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { CertificateFolder } from "../src/smtp/testing/CertificateFolder.ts"
import {
  bindAddress,
  domain,
  owner,
  smtpStack,
  testBase,
  userCommands,
  testAuthenticator,
} from "./testStack.ts"

const local = `ada.${"a".repeat(26)}`
const ada = `${local}@${domain}`
const content = (text: string) => `From: ${owner.email}\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`
const header = (address: string) => `PROXY TCP4 ${address} 10.0.0.1 49153 25\r\n`

const listOf = (text: string) => {
  const list = parseAddressList(text)
  if ("wrong" in list) throw new Error(list.wrong)
  return list
}

let nats: TestNats
let behind: ReturnType<typeof smtpStack>
let other: ReturnType<typeof smtpStack>
let smtp: SmtpAddress["Service"]
const certificate = new CertificateFolder()

beforeAll(async () => {
  certificate.make(domain)
  nats = await startTestNats()
  behind = smtpStack(nats.url, { ...certificate.files, smtpsPort: 0, proxies: listOf("127.0.0.0/8") })
  other = smtpStack(nats.url, { proxies: listOf("192.0.2.1, 2001:db8::/32") })
  smtp = await behind.runPromise(SmtpAddress)
  await behind.runPromise(bindAddress(local, "u1"))
})
afterAll(async () => {
  await behind?.dispose()
  await other?.dispose()
  await nats?.stop()
  certificate.remove()
})

const lastEnvelope = async () => {
  const last = (await behind.runPromise(userCommands("u1"))).at(-1)?.command
  if (last?._tag !== "ReceiveMail") throw new Error("no mail")
  return last.envelope
}
/** What the user actor takes for a mail of this machine. */
const isLocal = async () => isLoopback((await lastEnvelope()).remoteAddress)

test("the mail's address is the client's, and a proxy on loopback makes nobody local", async () => {
  const client = new RawSmtp(smtp.port)
  client.send(header("192.0.2.7"))
  expect(await client.reply()).toMatch(/^220/)
  // AUTH in clear is for loopback only, and this is not.
  expect(await client.command("EHLO behind")).not.toMatch(/AUTH/)
  expect(await client.mail([ada], content("proxied"), owner.email)).toMatch(/^250/)
  expect((await lastEnvelope()).remoteAddress).toBe("192.0.2.7")
  expect(await isLocal()).toBe(false)
  client.close()
})

const swaksHasTls = spawnSync("perl", ["-MNet::SSLeay", "-e1"]).status === 0
const bySwaks = async (name: string, options: ReadonlyArray<string>) => {
  const source = ["--proxy-source", "192.0.2.9", "--proxy-source-port", "49153"]
  const ends = [...source, "--proxy-dest", "10.0.0.1", "--proxy-dest-port", "25"]
  const fixed = ["--server", `127.0.0.1:${smtp.port}`, "--from", owner.email, "--to", ada, "--silent", "2"]
  const id = ["--header", `Message-ID: <${name.replaceAll(/\W/g, "")}@x>`]
  const { stderr } = await promisify(execFile)("swaks", [...fixed, ...id, ...options, ...ends])
  expect(stderr).toBe("")
  const { remoteAddress, secure } = await lastEnvelope()
  return { remoteAddress, secure }
}
const versions = [
  ["version 1", ["--proxy-version", "1", "--proxy-family", "TCP4"]],
  [
    "version 2",
    [
      "--proxy-version",
      "2",
      "--proxy-family",
      "AF_INET",
      "--proxy-protocol",
      "STREAM",
      "--proxy-command",
      "PROXY",
    ],
  ],
] as const

test.each(versions)("swaks behind a proxy's header of %s", async (name, options) => {
  expect(await bySwaks(name, options)).toEqual({ remoteAddress: "192.0.2.9", secure: false })
})

test.skipIf(!swaksHasTls).each(versions)(
  "swaks behind a proxy's header of %s, then STARTTLS (needs libnet-ssleay-perl)",
  async (name, options) => {
    const secure = await bySwaks(`${name} tls`, [...options, "--tls"])
    expect(secure).toEqual({ remoteAddress: "192.0.2.9", secure: true })
  },
)

test("an unknown client is greeted, as health checks ask for, and is nobody", async () => {
  const client = new RawSmtp(smtp.port)
  client.send("PROXY UNKNOWN\r\n")
  expect(await client.reply()).toMatch(/^220/)
  expect(await client.command("EHLO unknown")).not.toMatch(/AUTH/)
  expect(await client.mail([ada], content("unknown"), owner.email)).toMatch(/^250/)
  expect((await lastEnvelope()).remoteAddress).toBe("0.0.0.0")
  expect(await isLocal()).toBe(false)
  client.close()
})

test("header and talk in one segment is early talk", async () => {
  const client = new RawSmtp(smtp.port)
  client.send(`${header("192.0.2.7")}EHLO early\r\n`)
  expect(await client.reply()).toMatch(/^421 .*You talk too soon/)
})

test.each([
  ["none, but a command", "EHLO direct\r\n"],
  ["of this machine", header("127.0.0.1")],
  ["of this machine, in IPv6", "PROXY TCP6 ::1 ::1 1 2\r\n"],
  ["of this machine, in both", "PROXY TCP6 ::ffff:127.0.0.1 ::1 1 2\r\n"],
  ["malformed", "PROXY TCP4 evil\r\n"],
  ["too long", `PROXY TCP4 ${"1".repeat(2_000)}`],
])("from a listed proxy, a header %s is refused without a greeting", async (_name, text) => {
  const client = new RawSmtp(smtp.port)
  client.send(text)
  expect(await client.reply()).toBe("closed")
})

test("from a listed proxy, a header that does not come is not waited for long", async () => {
  const short = smtpStack(nats.url, { limits: { handshakeMillis: 100 }, proxies: listOf("127.0.0.1") })
  try {
    const client = new RawSmtp((await short.runPromise(SmtpAddress)).port)
    client.send("PROXY TCP4 192.0.2")
    expect(await client.reply()).toBe("closed")
  } finally {
    await short.dispose()
  }
})

test("from anyone else a header is talk like any other, and the address stays the socket's", async () => {
  const { port } = await other.runPromise(SmtpAddress)
  const early = new RawSmtp(port)
  early.send(header("192.0.2.7"))
  expect(await early.reply()).toMatch(/^421 .*You talk too soon/)
  const client = await RawSmtp.open(port)
  expect(await client.command("PROXY TCP4 192.0.2.7 10.0.0.1 49153 25")).toMatch(/^500/)
  expect(await client.mail([ada], content("not proxied"), owner.email)).toMatch(/^250/)
  expect((await lastEnvelope()).remoteAddress).toBe("127.0.0.1")
  expect(await isLocal()).toBe(true)
  client.close()
})

test("readiness is found out as a proxy's health check does", async () => {
  const proxies = listOf("127.0.0.1")
  const probed = ManagedRuntime.make(
    SmtpProbeLayer.pipe(
      Layer.provideMerge(SmtpServerLayer({ ...certificate.files, smtpsPort: 0, proxies })),
      Layer.provide(testAuthenticator()),
      Layer.provideMerge(HealthProbes.layer),
      Layer.provide(testBase(nats.url)),
    ),
  )
  try {
    expect(await probed.runPromise(Effect.flatMap(HealthProbes, ({ all }) => all))).toEqual([
      {
        name: "smtp",
        state: "ok",
        detail: expect.stringMatching(/^accepts mail on port \d+, with TLS from the first byte on \d+$/),
      },
      { name: "smtp certificate", state: "ok", detail: expect.stringContaining(domain) },
    ])
  } finally {
    await probed.dispose()
  }
})

test("with TLS from the first byte on, the header comes before the handshake", async () => {
  const raw = new RawSmtp(smtp.smtpsPort ?? 0)
  raw.send(header("192.0.2.8"))
  const client = raw.inTls()
  expect(await client.reply()).toMatch(/^220/)
  await client.command("EHLO secure")
  expect(await client.mail([ada], content("secure and proxied"))).toMatch(/^250/)
  expect(await lastEnvelope()).toMatchObject({ remoteAddress: "192.0.2.8", secure: true })
  client.close()
})
