import { readFileSync } from "node:fs"
import { join } from "node:path"
import { dkimVerify } from "mailauth"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Schema from "effect/Schema"
import { Me } from "@maillm/schema/api/SystemApi"
import { dkimRecordOf, readDkimKey } from "@maillm/gateway/mail/dkim/DkimKey"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendMail, sendRaw } from "../src/testing/sendMail.ts"

const decodeMe = Schema.decodeUnknownSync(Me)
interface Taken {
  readonly from: string
  readonly raw: string
}

/** The world outside: takes what maillm sends. */
const startRelay = async (taken: Array<Taken>) => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onData(stream, { envelope }, callback) {
      const chunks: Array<Buffer> = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address
        taken.push({ from, raw: Buffer.concat(chunks).toString("latin1") })
        callback()
      })
    },
  })
  server.on("error", () => undefined)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.server.address()
  return {
    url: `smtp://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const reportOf = (address: string) =>
  [
    "From: MAILER-DAEMON@mx.example.org",
    "Subject: Undelivered Mail Returned to Sender",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    "",
    "--b1",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.org",
    "",
    `Final-Recipient: rfc822; ${address}`,
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 5.1.1 no such user",
    "",
    "--b1--",
    "",
  ].join("\r\n")

describe("mail that leaves, and comes back", () => {
  const taken: Array<Taken> = []
  let relay: Awaited<ReturnType<typeof startRelay>>
  let maillm: LocalProcess
  beforeAll(async () => {
    relay = await startRelay(taken)
    maillm = new LocalProcess({ MAILLM_SMTP_RELAY: relay.url, MAILLM_DRIVER: "shell" })
    await maillm.start()
  }, 120_000)
  afterAll(async () => {
    await maillm?.dispose()
    await relay?.stop()
  })

  const ask = (text: string) =>
    sendMail({
      port: maillm.ports.smtp,
      from: maillm.owner.email,
      to: maillm.owner.address,
      subject: text,
      text,
      messageId: `<${text.replaceAll(/\W/g, "")}@sender.test>`,
    })
  const replyTo = (text: string) =>
    eventually(
      `the reply to ${text}`,
      () => taken.find(({ raw }) => raw.includes(`Subject: Re: ${text}`)) ?? null,
    )
  const unreachable = async () => decodeMe(await maillm.api("/api/me")).user.unreachable ?? []
  const outWith = (subject: string, state: string, deadlineMillis?: number) =>
    eventually(
      `the mail ${subject} is ${state}`,
      async () => {
        const messages = await maillm.messages("direction=out&limit=50")
        return (
          messages.find((message) => message.subject === `Re: ${subject}` && message.state === state) ?? null
        )
      },
      deadlineMillis,
    )

  it("is signed with the key that was made at the first start", async () => {
    await ask("echo one")
    const { raw } = await replyTo("echo one")
    const key = readDkimKey(readFileSync(join(maillm.dataDir, "dkim.pem"), "utf8"))
    const { results } = await dkimVerify(Buffer.from(raw, "latin1"), {
      resolver: async () => [[dkimRecordOf(key)]],
    })
    expect(results.map(({ signingDomain, status }) => `${status.result} ${String(signingDomain)}`)).toEqual([
      "pass maillm.localhost",
    ])
  }, 60_000)

  it("a report that the address is none stops mail to it; the console says so, until it is tried again", async () => {
    const { from } = await replyTo("echo one")
    expect(from).toMatch(/^b\.m[a-z0-9]+\.[a-z0-9]+\.[a-z2-7]{16}@maillm\.localhost$/)
    const raw = Buffer.from(reportOf(maillm.owner.email))
    const { smtp: port } = maillm.ports
    expect(await sendRaw({ port, from: "", to: from, raw })).toMatch(/^250 /)
    const back = await outWith("echo one", "failed")
    expect(back.reasons).toEqual(["it came back: 550 5.1.1 no such user"])
    const report = await fetch(
      `http://127.0.0.1:${maillm.ports.http}/api/blobs/${back.report?.sha256}?messageId=${back.id}`,
      { headers: { authorization: `Bearer ${maillm.owner.token}` } },
    )
    expect(await report.text()).toBe(reportOf(maillm.owner.email))
    await eventually("it is unreachable", async () => ((await unreachable()).length === 1 ? true : null))
    expect(await unreachable()).toMatchObject([
      { address: maillm.owner.email, status: "5.1.1", messageId: back.id },
    ])

    await ask("echo two")
    const waiting = await outWith("echo two", "retrying")
    expect(waiting.reasons[0]).toMatch(
      /^it waits: .* cannot be reached since .*; "Try again" under Needs you sends it, until /,
    )
    expect(taken.some((mail) => mail.raw.includes("Subject: Re: echo two"))).toBe(false)

    await maillm.api("/api/me/addresses/retry", {
      method: "POST",
      body: JSON.stringify({ address: maillm.owner.email }),
    })
    await eventually("it is reachable", async () => ((await unreachable()).length === 0 ? true : null))
    await outWith("echo two", "delivered", 60_000)
    await replyTo("echo two")
    // Brought once more, it says nothing of an address that was confirmed since.
    expect(await sendRaw({ port, from: "", to: from, raw })).toMatch(/^250 /)
    await ask("echo three")
    await replyTo("echo three")
    expect(await unreachable()).toEqual([])
  }, 120_000)
})
