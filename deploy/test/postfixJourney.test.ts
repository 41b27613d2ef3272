import { writeFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest"
import { hasNsd, Nsd, txtRecord } from "@maillm/gateway/dns/testing/Nsd"
import { hasOpenDkim, OpenDkim } from "@maillm/gateway/mail/authenticate/testing/OpenDkim"
import { compose, makeKey } from "@maillm/gateway/mail/authenticate/testing/signedMail"
import { dkimRecordOf, newDkimKey, readDkimKey } from "@maillm/gateway/mail/dkim/DkimKey"
import { Postfix } from "@maillm/gateway/smtp/testing/Postfix"
import { hasPostfix, listenerAt } from "@maillm/gateway/smtp/testing/postfixFolder"
import { freePort } from "../src/local/freePort.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendRaw } from "../src/testing/sendMail.ts"

const ada = "ada@example.org"
const can = hasPostfix() && hasOpenDkim && hasNsd

/*
 * Ada's mail server is a Postfix with three doors: at one OpenDKIM signs what she hands in, at one it verifies what comes for
 * her, and one passes on what others bring, as it is. It delivers to maillm what is for maillm's domain, and by itself comes
 * again when it is put off. All of them ask one NSD.
 */
describe.skipIf(!can)(
  "mail by Postfix, OpenDKIM and NSD (needs root, postfix, opendkim, nsd and tmux)",
  () => {
    const key = makeKey("example.org", "od")
    const ownPem = newDkimKey()
    let folder: string
    let dns: Nsd
    let signer: OpenDkim
    let verifier: OpenDkim
    let postfix: Postfix
    let maillm: LocalProcess
    /** Ports of Postfix's doors. */
    let doors: { readonly signing: number; readonly passing: number }

    const policies = [
      txtRecord("_dmarc.example.org", "v=DMARC1; p=none"),
      txtRecord("_dmarc.maillm.test", "v=DMARC1; p=reject"),
      txtRecord("maillm._domainkey.maillm.test", dkimRecordOf(readDkimKey(ownPem))),
      "example.org. 60 IN MX 10 mx.example.org.",
      "mx.example.org. 60 IN A 192.0.2.25",
    ]
    const records = [...policies, txtRecord("od._domainkey.example.org", key.record)]

    beforeAll(async () => {
      const ports: Array<number> = []
      for (let i = 0; i < 7; i++) ports.push(await freePort("127.0.0.1"))
      const [dnsPort = 0, signerPort = 0, verifierPort = 0, inbound = 0, signing = 0, passing = 0, smtp = 0] =
        ports
      doors = { signing, passing }
      dns = new Nsd(dnsPort)
      signer = await OpenDkim.start({ key, port: signerPort })
      verifier = await OpenDkim.start({ port: verifierPort, dnsPort })
      postfix = await Postfix.start({
        hostName: "mx.example.org",
        port: inbound,
        mailboxes: [ada],
        retrySeconds: 1,
        services: [
          listenerAt(signing, [`smtpd_milters=inet:127.0.0.1:${signerPort}`]),
          listenerAt(passing, ["smtpd_milters="]),
        ],
        main: [
          "mydestination =",
          `relayhost = [127.0.0.1]:${smtp}`,
          "smtpd_recipient_restrictions = permit_mynetworks",
          `smtpd_milters = inet:127.0.0.1:${verifierPort}`,
        ],
      })
      folder = await mkdtemp(join(tmpdir(), "maillm-postfix-journey-"))
      writeFileSync(join(folder, "dkim.pem"), ownPem, { mode: 0o600 })
      maillm = new LocalProcess({
        MAILLM_DNS: dns.address,
        MAILLM_DOMAIN: "maillm.test",
        MAILLM_OWNER_EMAIL: ada,
        MAILLM_SMTP_PORT: String(smtp),
        MAILLM_SMTP_RELAY: `smtp://127.0.0.1:${inbound}`,
        MAILLM_DKIM_KEY: join(folder, "dkim.pem"),
        MAILLM_DRIVER: "shell",
      })
      await maillm.start()
    }, 120_000)
    afterAll(async () => {
      await maillm?.dispose()
      await postfix?.stop()
      await signer?.stop()
      await verifier?.stop()
      await dns?.dispose()
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    })

    beforeEach(() =>
      onTestFailed(async () => {
        console.error(postfix.log(), maillm.output, await maillm.messages("direction=in"))
      }),
    )

    const write = (subject: string, text: string) =>
      compose(
        {
          From: `Ada <${ada}>`,
          To: maillm.owner.address,
          Subject: subject,
          Date: new Date().toUTCString().replace("GMT", "+0000"),
          "Message-ID": `<${subject.replaceAll(" ", ".")}@example.org>`,
        },
        `${text}\r\n`,
      )
    const handIn = async (port: number, raw: string, from = ada) =>
      expect(
        await sendRaw({ port, from, to: maillm.owner.address, raw: Buffer.from(raw, "latin1") }),
      ).toMatch(/^250 .*queued/)
    const incoming = (subject: string, state: string, but = "") =>
      eventually(`the mail ${subject} is ${state}`, async () => {
        const rows = await maillm.messages("direction=in&limit=200")
        return rows.find((row) => row.subject === subject && row.state === state && row.id !== but) ?? null
      })
    const replyTo = (subject: string) =>
      eventually(
        `the reply to ${subject} is in Ada's mailbox`,
        () => postfix.mails(ada).find((mail) => mail.includes(`\nSubject: Re: ${subject}\n`)) ?? null,
      )
    /** As it came over the wire to maillm. */
    const rawOf = async (id: string) => {
      const response = await fetch(`http://127.0.0.1:${maillm.ports.http}/api/messages/${id}/raw`, {
        headers: { authorization: `Bearer ${maillm.owner.token}` },
      })
      expect(response.status).toBe(200)
      return Buffer.from(await response.arrayBuffer()).toString("latin1")
    }

    it("with the DNS away it is put off, and comes by itself once that is back; its answer is verified", async () => {
      await handIn(doors.signing, write("DNS away", "echo the answer is $((6 * 7))"))
      await eventually("Postfix is told to come later", () =>
        /status=deferred .*451 4\.4\.3 Try again later: the DNS did not answer/.test(postfix.log())
          ? true
          : null,
      )
      expect(await maillm.messages("direction=in")).toEqual([])
      await dns.start(records)
      const mail = await incoming("DNS away", "accepted")
      expect(mail.origin).toMatchObject({ _tag: "Relayed", standing: "proven", dkim: { result: "pass" } })
      const reply = await replyTo("DNS away")
      expect(reply).toContain("the answer is 42")
      expect(reply).toMatch(/^Return-Path: <b\.[^@>]+@maillm\.test>\n/)
      expect(reply.replaceAll(/\n\s+/g, " ")).toMatch(
        /\nAuthentication-Results: mx\.example\.org;\s+dkim=pass[^\n]* header\.d=maillm\.test/,
      )
      // Put off is not refused: Ada was told nothing.
      expect(postfix.mails(ada).filter((one) => one.includes("Undelivered"))).toEqual([])
    }, 90_000)

    it("the verifier tells a changed answer from ours", async () => {
      const reply = await replyTo("DNS away")
      const ours = reply.slice(reply.indexOf("DKIM-Signature:")).replaceAll("\n", "\r\n")
      const changed = ours.replace("Subject: Re: DNS away", "Subject: Re: DNS changed")
      const raw = Buffer.from(changed, "latin1")
      expect(await sendRaw({ port: postfix.port, from: "x@maillm.test", to: ada, raw })).toMatch(/^250 /)
      const verdict = (await replyTo("DNS changed")).replaceAll(/\n\s+/g, " ")
      expect(verdict).toMatch(/\nAuthentication-Results: mx\.example\.org;\s+dkim=fail/)
    })

    it("what was changed on the way, is not signed, or comes once more is kept and not done", async () => {
      const marker = join(maillm.dataDir, "ran")
      const count = `echo ran >>${marker}`
      await handIn(doors.signing, write("done once", `${count}; wc -l <${marker}`))
      const first = await incoming("done once", "accepted")
      expect(await replyTo("done once")).toMatch(/^1$/m)
      const signed = await rawOf(first.id)

      await handIn(doors.passing, signed)
      const repeated = await incoming("done once", "quarantined", first.id)
      expect(repeated.reasons).toEqual([expect.stringContaining(`a repeat of mail ${first.id}`)])

      const withId = (raw: string, id: string) =>
        raw.replace("<done.once@example.org>", `<${id}@example.org>`)
      await handIn(
        doors.passing,
        withId(signed, "other.id").replace("Subject: done once", "Subject: other id"),
      )
      const tampered = await incoming("other id", "quarantined")
      expect(tampered.origin).toMatchObject({ standing: "unproven", dkim: { result: "fail" } })

      const [head = "", body = ""] = signed.split(/\r\n\r\n(.*)/s)
      await handIn(doors.passing, `${head}\r\n\r\n${body.replace("echo ran", "echo two >>ran; echo ran")}`)
      const changed = await eventually("the mail with another body is kept", async () => {
        const rows = await maillm.messages("direction=in&state=quarantined")
        return rows.find((row) => row.text?.includes("echo two") ?? false) ?? null
      })
      expect(changed.reasons.join("\n")).toMatch(/body hash/)

      await handIn(doors.passing, write("not signed", count), "eve@elsewhere.example")
      expect((await incoming("not signed", "quarantined")).reasons).toContain(
        "it has no signature (DKIM) of example.org",
      )
      await handIn(doors.signing, write("counted", `wc -l <${marker}`))
      expect(await replyTo("counted")).toMatch(/^1$/m)
      expect(await maillm.requests()).toHaveLength(3)
    }, 90_000)

    it("a key that is taken out of the DNS proves nothing any more", async () => {
      await dns.start(policies)
      // Answers are remembered for a minute, by the process.
      await maillm.end("SIGTERM")
      await maillm.start()
      await handIn(doors.signing, write("key gone", "echo key gone"))
      const held = await incoming("key gone", "quarantined")
      expect(held.reasons.join("\n")).toMatch(/no key/)
      expect(await maillm.requests()).toHaveLength(3)
    }, 90_000)
  },
)
