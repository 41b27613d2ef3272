import { rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { SmtpAddress } from "../src/smtp/SmtpAddress.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { CertificateFolder } from "../src/smtp/testing/CertificateFolder.ts"
import { bindAddress, domain, owner, smtpStack, userCommands } from "./testStack.ts"

const local = `ada.${"a".repeat(26)}`
const ada = `${local}@${domain}`
const content = (text: string) => `From: ada@example.org\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`
const plain = Buffer.from(`\0${owner.email}\0${owner.token}`).toString("base64")

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let smtp: SmtpAddress["Service"]
const certificate = new CertificateFolder()

beforeAll(async () => {
  certificate.make("first.example")
  nats = await startTestNats()
  runtime = smtpStack(nats.url, { ...certificate.files, smtpsPort: 0, certificateMillis: 20 })
  smtp = await runtime.runPromise(SmtpAddress)
  await runtime.runPromise(bindAddress(local, "u1"))
})
afterAll(async () => {
  await runtime?.dispose()
  await nats?.stop()
  certificate.remove()
})

const startTls = async () => {
  const client = await RawSmtp.open(smtp.port)
  expect(await client.command("STARTTLS")).toMatch(/^220/)
  return client.inTls()
}
const implicit = async () => {
  const client = RawSmtp.secure(smtp.smtpsPort ?? 0)
  expect(await client.reply()).toMatch(/^220/)
  return client
}
const envelopes = async () =>
  (await runtime.runPromise(userCommands("u1"))).flatMap(({ command }) =>
    command._tag === "ReceiveMail" ? [command.envelope] : [],
  )

describe.each([
  ["STARTTLS", startTls],
  ["TLS from the first byte on", implicit],
] as const)("%s", (name, open) => {
  test("takes mail and sign-in, and the envelope says that it was secure", async () => {
    const client = await open()
    expect(["TLSv1.2", "TLSv1.3"]).toContain((await client.peer()).version)
    const hello = await client.command("EHLO secure.example")
    expect(hello).toMatch(/AUTH PLAIN LOGIN/)
    expect(hello).not.toMatch(/STARTTLS/)
    expect(await client.command("STARTTLS")).toMatch(/^50[0-9]/)
    expect(await client.command(`AUTH PLAIN ${plain}`)).toMatch(/^235/)
    expect(await client.mail([ada], content(name))).toMatch(/^250 2\.0\.0 Stored/)
    expect((await envelopes()).at(-1)).toMatchObject({ secure: true, authenticatedAs: owner.email })
    client.close()
  })

  test("nothing below TLS 1.2", async () => {
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" } as const
    const port = name === "STARTTLS" ? smtp.port : (smtp.smtpsPort ?? 0)
    const client = name === "STARTTLS" ? await RawSmtp.open(port) : null
    if (client !== null) expect(await client.command("STARTTLS")).toMatch(/^220/)
    client?.socket.removeAllListeners("data")
    const secure = RawSmtp.secure(port, { ...old, ...(client === null ? {} : { socket: client.socket }) })
    await expect(secure.peer()).rejects.toThrow(/protocol|version|reset/i)
    secure.close()
  })
})

describe("what was said in clear before STARTTLS is forgotten", () => {
  test.each([
    ["a whole command behind it", "STARTTLS\r\nMAIL FROM:<x@y.z>\r\n"],
    ["half a command behind it", "STARTTLS\r\nNOOP"],
    ["a hundred commands behind it", `STARTTLS\r\n${"NOOP\r\n".repeat(100)}MAIL FROM:<x@y.z>\r\n`],
  ])("%s in the same segment", async (_name, text) => {
    const client = await RawSmtp.open(smtp.port)
    client.send(text)
    expect(await client.reply()).toMatch(/^220/)
    const secure = client.inTls()
    // The first answer inside is to this, and not to what was injected.
    expect(await secure.command("RCPT TO:<x@y.z>")).toMatch(/^503/)
    expect(await secure.command("EHLO inside")).toMatch(/^250-/)
    expect(await secure.command("RCPT TO:<x@y.z>")).toMatch(/^503 .*MAIL/)
    secure.close()
  })

  test("sender, recipients and sign-in", async () => {
    const client = await RawSmtp.open(smtp.port)
    expect(await client.command(`AUTH PLAIN ${plain}`)).toMatch(/^235/)
    expect(await client.command("MAIL FROM:<x@y.z>")).toMatch(/^250/)
    expect(await client.command(`RCPT TO:<${ada}>`)).toMatch(/^250/)
    expect(await client.command("STARTTLS")).toMatch(/^220/)
    const secure = client.inTls()
    expect(await secure.command("DATA")).toMatch(/^503/)
    expect(await secure.command("EHLO inside")).toMatch(/^250-/)
    expect(await secure.command("DATA")).toMatch(/^503/)
    expect(await secure.mail([ada], content("after starttls"))).toMatch(/^250/)
    expect((await envelopes()).at(-1)?.authenticatedAs).toBeNull()
    secure.close()
  })

  test("STARTTLS with an argument is refused, and the connection stays as it was", async () => {
    const client = await RawSmtp.open(smtp.port)
    expect(await client.command("STARTTLS now")).toMatch(/^501/)
    expect(await client.command("MAIL FROM:<x@y.z>")).toMatch(/^250/)
    client.close()
  })
})

test.each(["STARTTLS", "TLS at once"])("connections with %s give their places back", async (name) => {
  const limits = { connectionsPerNetwork: 2 }
  const own = smtpStack(nats.url, { ...certificate.files, smtpsPort: 0, limits })
  try {
    const at = await own.runPromise(SmtpAddress)
    const open = async () => {
      if (name !== "STARTTLS") return RawSmtp.secure(at.smtpsPort ?? 0)
      const client = await RawSmtp.open(at.port)
      expect(await client.command("STARTTLS")).toMatch(/^220/)
      return client.inTls()
    }
    for (let i = 0; i < 3; i++) {
      for (const client of [await open(), await open()]) {
        await client.peer()
        client.close()
      }
      const free = async () => {
        const client = new RawSmtp(at.port)
        const greeting = await client.reply()
        client.close()
        return greeting
      }
      await expect.poll(free).toMatch(/^220/)
      await expect.poll(free).toMatch(/^220/)
    }
  } finally {
    await own.dispose()
  }
})

test("no TLS on the port for TLS ends the connection, and others are served", async () => {
  const client = new RawSmtp(smtp.smtpsPort ?? 0)
  client.send("EHLO in.clear\r\n")
  expect(await client.reply()).toBe("closed")
  ;(await implicit()).close()
})

test("a handshake that does not go on is given up", async () => {
  const limits = { handshakeMillis: 50, idleMillis: 10_000, sweepMillis: 10 }
  const own = smtpStack(nats.url, { ...certificate.files, smtpsPort: 0, limits })
  try {
    const { port, smtpsPort } = await own.runPromise(SmtpAddress)
    const atOnce = new RawSmtp(smtpsPort ?? 0)
    expect(await atOnce.reply()).toBe("closed")
    const later = await RawSmtp.open(port)
    expect(await later.command("STARTTLS")).toMatch(/^220/)
    // Not in clear: the client would take it for a part of the handshake.
    expect(await later.reply()).toBe("closed")
  } finally {
    await own.dispose()
  }
})

describe("a new certificate", () => {
  const names = async () => {
    const all = [await startTls(), await implicit()]
    const found = await Promise.all(all.map((client) => client.peer()))
    for (const client of all) client.close()
    return found.map(({ name }) => name)
  }
  const state = () => smtp.certificate() ?? { state: "none", detail: "none" }

  test("is used from the next handshake on, and open connections go on", async () => {
    const before = await implicit()
    certificate.make("second.example")
    await expect.poll(names, { timeout: 20_000 }).toEqual(["second.example", "second.example"])
    expect(await before.command("EHLO still")).toMatch(/^250/)
    expect(state()).toMatchObject({ state: "ok", detail: expect.stringContaining("second.example") })
    before.close()
  })

  test("that is broken is not used, and said so, until it is whole", async () => {
    const waitFor = (detail: RegExp) => expect.poll(() => state().detail, { timeout: 20_000 }).toMatch(detail)
    certificate.make("third.example", "cert")
    await waitFor(/old certificate stays in use .*second\.example.* does not belong to the certificate/)
    expect(await names()).toEqual(["second.example", "second.example"])
    writeFileSync(certificate.files.certFile, "nonsense")
    await waitFor(/holds no certificate/)
    writeFileSync(certificate.files.keyFile, "nonsense")
    rmSync(certificate.files.certFile)
    await waitFor(/cannot be read \(ENOENT\)/)
    expect(state().state).toBe("degraded")
    expect(await names()).toEqual(["second.example", "second.example"])
    certificate.make("fourth.example")
    await expect.poll(names, { timeout: 20_000 }).toEqual(["fourth.example", "fourth.example"])
    expect(state().state).toBe("ok")
  })

  test("can be asked for", async () => {
    const own = new CertificateFolder()
    own.make("asked.example")
    const slow = smtpStack(nats.url, { ...own.files, certificateMillis: 3_600_000 })
    try {
      const at = await slow.runPromise(SmtpAddress)
      own.make("answered.example")
      at.reloadCertificate()
      expect(at.certificate()?.detail).toContain("answered.example")
      expect(at.smtpsPort).toBeNull()
    } finally {
      await slow.dispose()
      own.remove()
    }
  })
})

test("a start with an unusable certificate is one line with its remedy", async () => {
  const { certFile } = certificate.files
  const failure = async (options: Parameters<typeof smtpStack>[1]) => {
    const stack = smtpStack(nats.url, options)
    try {
      return await stack.runPromise(Effect.as(SmtpAddress, "it started"))
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    } finally {
      await stack.dispose()
    }
  }
  expect(await failure({ certFile: "/nonexistent/cert.pem", keyFile: certFile })).toBe(
    "MAILLM_SMTP_TLS_CERT: /nonexistent/cert.pem cannot be read (ENOENT): correct the path or its permissions",
  )
  expect(await failure({ certFile, keyFile: certFile })).toMatch(
    /^MAILLM_SMTP_TLS_KEY: .* holds no private key that can be read: it must be PEM and without a passphrase/,
  )
  expect(await failure({ certFile })).toMatch(/^MAILLM_SMTP_TLS_CERT is set alone: set .* both, or none$/)
  expect(await failure({ keyFile: certFile })).toMatch(/^MAILLM_SMTP_TLS_KEY is set alone/)
  expect(await failure({ smtpsPort: 0 })).toMatch(
    /^MAILLM_SMTPS_PORT needs a certificate: set MAILLM_SMTP_TLS_CERT/,
  )
})
