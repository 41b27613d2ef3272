import { execFile } from "node:child_process"
import { promisify } from "node:util"
import nodemailer from "nodemailer"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { smtpLoad } from "../src/smtp/testing/smtpLoad.ts"
import { sessionReplyAddress } from "./sessionReplyAddress.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, owner, secret, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const run = promisify(execFile)
const adaLocal = `ada.${"a".repeat(26)}`
const bobLocal = `bob.${"b".repeat(26)}`
const ada = `${adaLocal}@${domain}`
const bob = `${bobLocal}@${domain}`
const content = (text: string) =>
  `From: ada@example.org\r\nSubject: s\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let port: number

beforeAll(async () => {
  nats = await startTestNats()
  runtime = smtpStack(nats.url)
  port = await runtime.runPromise(smtpPort)
  await runtime.runPromise(bindAddress(adaLocal, "u1"))
  await runtime.runPromise(bindAddress(bobLocal, "u2"))
})
afterAll(async () => {
  await runtime?.dispose()
  await nats?.stop()
})

const mailsOf = async (userId: string) =>
  (await runtime.runPromise(userCommands(userId))).flatMap(({ commandId, command }) =>
    command._tag === "ReceiveMail" ? [{ commandId, ...command }] : [],
  )
const rawOf = async (mail: { raw: { sha256: string; sizeBytes: number } }) =>
  Buffer.from(await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(mail.raw)))).toString(
    "latin1",
  )
const session = async <A>(use: (client: RawSmtp) => Promise<A>, hello = true) => {
  const client = await RawSmtp.open(port, hello)
  try {
    return await use(client)
  } finally {
    client.close()
  }
}

describe("what is accepted", () => {
  test("250 means: the raw bytes are in the store and the command is in the mailbox", async () => {
    const text = content("durable")
    const reply = await session((client) => client.mail([ada], text))
    expect(reply).toMatch(/^250 2\.0\.0 Stored as m[0-9a-f]{31}$/)
    const mail = (await mailsOf("u1")).find(({ mailId }) => reply.includes(mailId))
    if (mail === undefined) throw new Error("no command")
    expect(mail).toMatchObject({
      recipient: { _tag: "Private" },
      envelope: {
        from: "ada@example.org",
        to: ada,
        helo: "test.example",
        remoteAddress: "127.0.0.1",
        secure: false,
      },
    })
    expect(await rawOf(mail)).toBe(`${text}\r\n`)
  })

  test("the same mail twice has one effect, and the sender hears 250 both times", async () => {
    const before = (await mailsOf("u1")).length
    const first = await session((client) => client.mail([ada], content("twice")))
    const again = await session((client) => client.mail([ada], content("twice")))
    expect(again).toBe(`${first} (received before)`)
    expect((await mailsOf("u1")).length).toBe(before + 1)
  })

  test("two users in one mail: one command each; a session's address beats the private one of its user", async () => {
    const sessionTo = sessionReplyAddress(secret, domain, "u1", "s7")
    const reply = await session((client) =>
      client.mail([ada, bob, sessionTo, ada.toUpperCase()], content("both")),
    )
    expect(reply).toMatch(/^250 /)
    const [mine] = (await mailsOf("u1")).slice(-1)
    expect(mine?.recipient).toEqual({ _tag: "Session", sessionId: "s7" })
    expect((await mailsOf("u1")).filter(({ raw }) => raw.sha256 === mine?.raw.sha256).length).toBe(1)
    expect((await mailsOf("u2")).filter(({ raw }) => raw.sha256 === mine?.raw.sha256).length).toBe(1)
  })

  test("bounces are taken as such; dots are unstuffed; lines of 2,000 bytes and 8-bit bytes are kept", async () => {
    const text = `${content("bounce")}\r\n..leading\r\n${"x".repeat(2_000)}\r\n\xff\xfe\0`
    expect(await session((client) => client.mail([ada], text, ""))).toMatch(/^250 /)
    const mail = (await mailsOf("u1")).at(-1)
    if (mail === undefined) throw new Error("no command")
    expect(mail.envelope.from).toBe("")
    expect(await rawOf(mail)).toBe(`${text.replace("\r\n..l", "\r\n.l")}\r\n`)
  })

  test("a second mail in the same packet is a mail of its own, with its own checks", async () => {
    await session(async (client) => {
      expect(await client.start([ada])).toMatch(/^354/)
      client.send(`${content("p1")}\r\n.\r\nMAIL FROM:<x@y.z>\r\nRCPT TO:<nobody@${domain}>\r\nDATA\r\n`)
      expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
      expect(await client.reply()).toMatch(/^250/)
      expect(await client.reply()).toMatch(/^550 5\.1\.1/)
      expect(await client.reply()).toMatch(/^503/)
    })
  })

  test("swaks and nodemailer are served", async () => {
    const swaks = await run("swaks", [
      "--server",
      `127.0.0.1:${port}`,
      "--from",
      "ada@example.org",
      "--to",
      ada,
      "--body",
      "by swaks",
      "--silent",
      "2",
    ])
    expect(swaks.stderr).toBe("")
    const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true })
    const sent = await transport.sendMail({
      from: "ada@example.org",
      to: ada,
      subject: "by nodemailer",
      text: "hi",
      attachments: [{ filename: "a.bin", content: Buffer.alloc(100_000, 1) }],
    })
    expect(sent.response).toMatch(/^250 2\.0\.0 Stored/)
    const raws = await Promise.all((await mailsOf("u1")).slice(-2).map(rawOf))
    expect(raws[0]).toContain("by swaks")
    expect(raws[1]).toContain("Subject: by nodemailer")
  })
})

test("the load generator counts what is accepted, and what is not", async () => {
  const to = sessionReplyAddress(secret, domain, "load", "s1")
  const options = {
    host: "127.0.0.1",
    port,
    to: [to],
    connections: 10,
    mails: 100,
    mailBytes: 5_120,
    run: "a",
  }
  const good = await smtpLoad(options)
  expect(good).toMatchObject({ accepted: 100, refused: {} })
  expect(good.p99Millis).toBeGreaterThanOrEqual(good.p50Millis)
  expect((await mailsOf("load")).length).toBe(100)
  expect((await mailsOf("load"))[0]?.raw.sizeBytes).toBeGreaterThanOrEqual(5_120)
  const bad = await smtpLoad({ ...options, connections: 1, mails: 2, to: [`nobody@${domain}`] })
  expect(bad).toMatchObject({ accepted: 0, refused: { "550 5.1.1 No such recipient here": 2 } })
})

describe("sign-in", () => {
  const plain = (user: string, password: string) => Buffer.from(`\0${user}\0${password}`).toString("base64")

  test("the owner's address and API token; the envelope says who", async () => {
    await session(async (client) => {
      expect(await client.command("EHLO again")).toMatch(/AUTH PLAIN LOGIN/)
      expect(await client.command(`AUTH PLAIN ${plain(owner.email, owner.token)}`)).toMatch(/^235/)
      expect(await client.mail([ada], content("signed in"))).toMatch(/^250/)
    })
    expect((await mailsOf("u1")).at(-1)?.envelope.authenticatedAs).toBe(owner.email)
  })

  test("it opens no way to others' addresses", async () => {
    await session(async (client) => {
      expect(await client.command(`AUTH PLAIN ${plain(owner.email, owner.token)}`)).toMatch(/^235/)
      expect(await client.start(["someone@evil.example"], owner.email)).toMatch(/^550 5\.7\.1/)
    })
  })

  test("wrong ones are refused, and after ten the connection ends", async () => {
    await session(async (client) => {
      const replies: Array<string> = []
      for (let i = 0; i < 11; i++)
        replies.push(await client.command(`AUTH PLAIN ${plain(owner.email, `no${i}`)}`))
      expect(replies.slice(0, 10).every((reply) => reply.startsWith("535 5.7.8"))).toBe(true)
      expect(replies[10]).toMatch(/^421/)
    })
  })
})

describe("what is refused before DATA", () => {
  const unknown = /^550 5\.1\.1/
  const relay = /^550 5\.7\.1/
  const malformed = /^501/
  test.each([
    [`nobody@${domain}`, unknown],
    [`ada@${domain}`, unknown],
    [`ada.${"c".repeat(26)}@${domain}`, unknown],
    [sessionReplyAddress("another secret", domain, "u1", "s7"), unknown],
    [`a%evil.example@${domain}`, unknown],
    [`evil.example!a@${domain}`, unknown],
    [`${adaLocal}@sub.${domain}`, relay],
    ["a@evil.example", relay],
    ["a@[127.0.0.1]", relay],
    ["postmaster", relay],
    [`@${domain}:a@evil.example`, relay],
    [`"a@evil.example"@${domain}`, malformed],
    [`${ada}.`, malformed],
    [`${adaLocal}@`, malformed],
    [adaLocal, malformed],
    [`<${ada}>`, malformed],
    [`${adaLocal}\0@${domain}`, malformed],
    [`${adaLocal}@${domain}@evil.example`, malformed],
    [`${adaLocal}@mаillm.localhost`, /^553 5\.6\.7/],
    ["", malformed],
  ])("RCPT TO %s", async (address, reply) => {
    await session(async (client) => {
      await client.command("MAIL FROM:<x@y.z>")
      client.send(Buffer.from(`RCPT TO:<${address}>\r\n`, "utf8"))
      expect(await client.reply()).toMatch(reply)
      expect(await client.command("DATA")).toMatch(/^503/)
    })
  })

  test("with SMTPUTF8 a look-alike of our domain is another's domain", async () => {
    await session(async (client) => {
      expect(await client.command("MAIL FROM:<x@y.z> SMTPUTF8")).toMatch(/^250/)
      client.send(Buffer.from(`RCPT TO:<${adaLocal}@mаillm.localhost>\r\n`, "utf8"))
      expect(await client.reply()).toMatch(relay)
    })
  })

  test("a mail to ours and to another's is accepted for ours only", async () => {
    await session(async (client) => {
      await client.command("MAIL FROM:<x@y.z>")
      expect(await client.command("RCPT TO:<a@evil.example>")).toMatch(/^550/)
      expect(await client.command(`RCPT TO:<${ada}>`)).toMatch(/^250/)
    })
  })

  test("the 101st recipient; more than ten unknown ones", async () => {
    await session(async (client) => {
      await client.command("MAIL FROM:<x@y.z>")
      for (let i = 0; i < 100; i++) {
        expect(
          await client.command(`RCPT TO:<${sessionReplyAddress(secret, domain, "u3", `s${i}`)}>`),
        ).toMatch(/^250/)
      }
      expect(await client.command(`RCPT TO:<${ada}>`)).toMatch(/^452/)
    })
    await session(async (client) => {
      await client.command("MAIL FROM:<x@y.z>")
      for (let i = 0; i < 10; i++) expect(await client.command(`RCPT TO:<no${i}@${domain}>`)).toMatch(/^550/)
      expect(await client.command(`RCPT TO:<no@${domain}>`)).toMatch(/^421/)
    })
  })

  test("STARTTLS without a certificate, ETRN, VRFY, BDAT, XCLIENT give nothing away", async () => {
    await session(async (client) => {
      expect(await client.command("EHLO again")).not.toMatch(/STARTTLS|XCLIENT|CHUNKING/)
      for (const line of ["STARTTLS", "ETRN x", "BDAT 5 LAST", "XCLIENT ADDR=1.2.3.4", "WIZ", "SHELL"]) {
        expect(await client.command(line)).toMatch(/^5[0-9]{2}/)
      }
      expect(await client.command(`VRFY ${ada}`)).toMatch(/^252/)
    })
  })
})

test("QUIT, RST and silence in the middle of DATA leave no command", async () => {
  const before = (await mailsOf("u1")).length
  for (const end of ["reset", "fin"] as const) {
    const client = await RawSmtp.open(port)
    await client.start([ada])
    client.send(`${content(`cut by ${end}`)}\r\nQUIT\r\n.`)
    if (end === "reset") client.socket.resetAndDestroy()
    else client.socket.end()
    await new Promise((resolve) => client.socket.once("close", resolve))
  }
  expect(await session((client) => client.mail([bob], content("a later one")))).toMatch(/^250/)
  expect((await mailsOf("u1")).length).toBe(before)
})
