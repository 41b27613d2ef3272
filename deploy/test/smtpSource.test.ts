import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { TestDnsServer } from "@maillm/gateway/dns/testing/TestDnsServer"
import { Postfix } from "@maillm/gateway/smtp/testing/Postfix"
import { hasPostfix } from "@maillm/gateway/smtp/testing/postfixFolder"
import { freePort } from "../src/local/freePort.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"

const count = 400
const stranger = "stranger@example.net"

/*
 * The load generator of Postfix gives up at the first mail that is put off, so it hands them to a Postfix, which comes again
 * with what a full mailbox has put off: each has to be there in the end, and once.
 */
describe.skipIf(!hasPostfix())("many mails at once (needs root and Debian's postfix)", () => {
  let dns: TestDnsServer
  let postfix: Postfix
  let maillm: LocalProcess
  beforeAll(async () => {
    dns = await TestDnsServer.start({})
    maillm = new LocalProcess({ MAILLM_DRIVER: "shell", MAILLM_DNS: dns.address })
    await maillm.start()
    postfix = await Postfix.start({
      hostName: "mx.example.net",
      port: await freePort("127.0.0.1"),
      retrySeconds: 1,
      main: [
        "mydestination =",
        `relayhost = [127.0.0.1]:${maillm.ports.smtp}`,
        "smtpd_recipient_restrictions = permit_mynetworks",
        "default_destination_concurrency_limit = 20",
        "initial_destination_concurrency = 20",
      ],
    })
  }, 120_000)
  afterAll(async () => {
    await postfix?.stop()
    await maillm?.dispose()
    await dns?.stop()
  })

  /** All of them: pages overlap by a millisecond, in which many may have come. */
  const all = async (): Promise<ReadonlyArray<MessageRow>> => {
    const found = new Map<string, MessageRow>()
    for (let before = Date.now() + 60_000; ;) {
      const page = await maillm.messages(`direction=in&limit=200&before=${before}`)
      const size = found.size
      for (const row of page) found.set(row.id, row)
      const last = page.at(-1)
      if (last === undefined || found.size === size) return [...found.values()]
      before = last.atMillis + 1
    }
  }

  it(`${count} mails over 20 connections at a time are each taken, and each taken once`, async () => {
    const load = (subject: string, more: ReadonlyArray<string>) => {
      const size = ["-s", "20", "-m", String(count / 2), "-l", "5120"]
      const ends = ["-f", stranger, "-t", maillm.owner.address, "-S", subject]
      return promisify(execFile)("smtp-source", [...size, ...ends, ...more, `127.0.0.1:${postfix.port}`])
    }
    // A connection for each mail, and beside it one for many.
    await Promise.all([load("each its own", []), load("kept", ["-d"])])
    await eventually(
      "Postfix has delivered all",
      () => ((postfix.log().match(/status=sent \(250 2\.0\.0 Stored/g) ?? []).length >= count ? true : null),
      90_000,
    )
    const rows = await eventually(
      "all are read",
      async () => {
        const found = (await all()).filter(({ from, state }) => from === stranger && state === "quarantined")
        return found.length < count ? null : found
      },
      60_000,
    )
    const subjects = rows.map(({ subject }) => subject)
    for (const subject of ["each its own", "kept"])
      expect(subjects.filter((one) => one === subject)).toHaveLength(count / 2)
    // smtp-source gives each a Message-ID of its own.
    expect(new Set(rows.map(({ internetMessageId }) => internetMessageId)).size).toBe(count)
    expect(await all()).toHaveLength(count)
    expect(postfix.log()).not.toMatch(/status=(bounced|expired)/)
    expect(await maillm.requests()).toEqual([])
  }, 180_000)
})
