import { existsSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ReleaseTaken } from "@maillm/schema/api/MessagesApi"
import { TimelineRow } from "@maillm/schema/ReadModel"
import { TestDnsServer } from "@maillm/gateway/dns/testing/TestDnsServer"
import { compose, keyRecords, makeKey, sign } from "@maillm/gateway/mail/authenticate/testing/signedMail"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { askingMail } from "../src/testing/askingMail.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendRaw } from "../src/testing/sendMail.ts"

const decodeReleased = Schema.decodeUnknownSync(ReleaseTaken)
const decodeAudit = Schema.decodeUnknownSync(Schema.Array(TimelineRow))

describe("who sent a mail, end to end: a real DNS server, mail by way of another server (needs tmux)", () => {
  const key = makeKey("example.org", "s1")
  let dns: TestDnsServer
  let maillm: LocalProcess
  beforeAll(async () => {
    dns = await TestDnsServer.start({
      ...keyRecords(key),
      "_dmarc.example.org TXT": ["v=DMARC1; p=none"],
      "_dmarc.silent.example TXT": "SERVFAIL",
    })
    maillm = new LocalProcess({ MAILLM_DNS: dns.address, MAILLM_OWNER_EMAIL: "ada@example.org" })
    await maillm.start()
  })
  afterAll(async () => {
    await maillm?.dispose()
    await dns?.stop()
  })

  let number = 0
  const write = (text: string, from = "Ada <ada@example.org>", to = maillm.owner.address) =>
    compose(
      {
        From: from,
        To: to,
        Date: new Date().toUTCString().replace("GMT", "+0000"),
        "Message-ID": `<${++number}.${Date.now()}@example.org>`,
      },
      `${text}\r\n`,
    )
  const signed = (text: string) => sign(write(text), key, { signedAt: new Date() })
  /** As a mail server of this machine delivers what it has received. */
  const deliver = (raw: string, by = "mx.example.org", to = maillm.owner.address) =>
    sendRaw({
      port: maillm.ports.smtp,
      from: "ada@example.org",
      to,
      raw: Buffer.from(`Received: from ${by} by mail.localhost (Postfix)\r\n${raw}`, "latin1"),
    })
  const message = (answer: string, state: string) => {
    const id = /^250 .*Stored as (\w+)/.exec(answer)?.[1]
    expect(answer).toMatch(/^250 /)
    return eventually(`${id} is ${state}`, async () => {
      const row = (await maillm.messages()).find((one) => one.id === id)
      return row?.state === state ? row : null
    })
  }
  const replyTo = (requestId: string | null) =>
    eventually(
      `a reply to ${requestId}`,
      async () =>
        (await maillm.messages("direction=out")).find(
          (row) => row.state === "kept" && row.requestId === requestId && row.requestId !== null,
        ) ?? null,
    )

  it("the owner's signed mail is done; the same once more is not", async () => {
    const raw = await signed("echo it is me")
    const accepted = await message(await deliver(raw), "accepted")
    expect(accepted.origin).toMatchObject({ _tag: "Relayed", standing: "proven", dkim: { result: "pass" } })
    expect((await replyTo(accepted.requestId)).text).toContain("it is me")
    const repeated = await message(await deliver(raw, "mx2.example.org"), "quarantined")
    expect(repeated.reasons).toEqual([expect.stringContaining(`a repeat of mail ${accepted.id}`)])
  })

  it("a mail that says it is the owner's is kept, unanswered, with why; the owner may have it done, once", async () => {
    const held = await message(await deliver(write("echo $((6 * 7)) > released; echo done")), "quarantined")
    expect(held.reasons).toEqual([
      "it is not proven that its author wrote it",
      expect.stringContaining("DMARC fail"),
      "it has no signature (DKIM) of example.org",
    ])
    const outcome = join(nodeFolder(maillm.dataDir).workspace("owner"), "released")
    expect(existsSync(outcome)).toBe(false)
    const release = () => maillm.api(`/api/messages/${held.id}/release`, { method: "POST", body: "{}" })
    const both = await Promise.all([release(), release()])
    expect(both.map((body) => decodeReleased(body).message.released?.by)).toEqual([
      "ada@example.org",
      "ada@example.org",
    ])
    const done = await eventually("it is a request", async () => {
      const row = (await maillm.messages()).find(({ id }) => id === held.id)
      return row?.state === "accepted" ? row : null
    })
    const reply = await replyTo(done.requestId)
    expect({ to: reply.to, done: existsSync(outcome) }).toEqual({ to: "ada@example.org", done: true })
    decodeReleased(await release())
    expect((await maillm.requests()).filter(({ id }) => id === done.requestId)).toHaveLength(1)
    const audit = decodeAudit(await maillm.api("/api/audit?limit=200"))
    const steps = audit.filter(({ messageId }) => messageId === held.id).map(({ type }) => type)
    expect(steps.toReversed()).toEqual(["MailReceived", "MailQuarantined", "MailReleased", "MailAccepted"])
  })

  it("another address is confirmed by a reply only when that is proven, and commands only then", async () => {
    const second = "ada.byron@example.org"
    await maillm.api("/api/senders", { method: "POST", body: JSON.stringify({ address: second }) })
    const { from: asks } = await askingMail(maillm, second)
    const by = (text: string, from: string, to: string) =>
      sign(write(text, from, to), key, { signedAt: new Date() })
    const early = await message(
      await deliver(await by("echo early", second, maillm.owner.address)),
      "quarantined",
    )
    expect(early.reasons).toContainEqual(`its author ${second} is not ada@example.org`)
    // Everybody can write "From: the address", and the owner's proven yes is not that address' yes.
    await message(await deliver(write("Yes", second, asks), "mx.example.org", asks), "quarantined")
    const other = await by("Yes", "ada@example.org", asks)
    await message(await deliver(other, "mx.example.org", asks), "quarantined")
    await message(await deliver(await by("Yes", second, asks), "mx.example.org", asks), "answered")
    const done = await message(
      await deliver(await by("echo proven", second, maillm.owner.address)),
      "accepted",
    )
    expect(await replyTo(done.requestId)).toMatchObject({
      to: second,
      text: expect.stringContaining("proven"),
    })
  })

  it("while the DNS does not answer it is put off", async () => {
    const before = (await maillm.messages()).length
    expect(await deliver(write("echo later", "ada@silent.example"))).toMatch(/^451 4\.4\.3 .*ESERVFAIL/)
    expect(await maillm.messages()).toHaveLength(before)
  })

  it("what is handed in here, by no mail server, stays the owner's", async () => {
    const { email, address } = maillm.owner
    const raw = Buffer.from(write("echo from here"), "latin1")
    const accepted = await message(
      await sendRaw({ port: maillm.ports.smtp, from: email, to: address, raw }),
      "accepted",
    )
    expect(accepted.origin).toEqual({ _tag: "Submitted", way: "this-machine" })
    expect((await replyTo(accepted.requestId)).text).toContain("from here")
  })
})
