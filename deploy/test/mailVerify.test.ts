import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { TestDnsServer } from "@maillm/gateway/dns/testing/TestDnsServer"
import {
  compose,
  keyRecords,
  makeKey,
  sampleNow,
  sign,
} from "@maillm/gateway/mail/authenticate/testing/signedMail"
import { runCli } from "../src/cli/testing/runCli.ts"

describe("maillm mail verify", () => {
  const key = makeKey("example.org", "s1")
  const records = {
    ...keyRecords(key),
    "_dmarc.example.org TXT": ["v=DMARC1; p=reject"],
    "example.org TXT": ["v=spf1 ip4:192.0.2.1 -all"],
  }
  const now = ["--now", new Date(sampleNow).toISOString()]
  let folder: string
  let signed: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "maillm-verify-"))
    writeFileSync(join(folder, "zone.json"), JSON.stringify(records))
    writeFileSync(
      join(folder, "away.json"),
      JSON.stringify({ ...records, "_dmarc.example.org TXT": "SERVFAIL" }),
    )
    writeFileSync(join(folder, "wrong.json"), '{"example.org": []}')
    signed = await sign(compose(), key)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

  const verify = async (
    input: string,
    args: ReadonlyArray<string>,
    env: Readonly<Record<string, string>> = {},
  ) => {
    const bytes = Buffer.from(input, "latin1")
    const { code, stderr, stdout } = await runCli(["mail", "verify", ...args], { folder, input: bytes, env })
    return { code, stderr, stdout }
  }
  const asJson = async (
    input: string,
    args: ReadonlyArray<string>,
    env?: Readonly<Record<string, string>>,
  ) => {
    const { code, stderr, stdout } = await verify(input, ["--json", ...now, ...args], env)
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    return JSON.parse(stdout) as { verdict: string; reasons: ReadonlyArray<string> }
  }
  const from = (ip: string) => ["--ip", ip, "--from", "ada@example.org", "--helo", "mail.example.org"]
  const zone = ["--zone", "zone.json"]

  it("says what would become of a mail, with why and what each method found", async () => {
    expect(await asJson(signed, [...zone, ...from("192.0.2.1")])).toMatchObject({
      verdict: "command",
      reasons: [],
      spf: "pass",
      dkim: "pass",
      dmarc: "pass",
      arc: "none",
    })
    expect(await asJson(compose(), [...zone, ...from("192.0.2.1")])).toMatchObject({
      verdict: "quarantine",
      reasons: ["it has no signature (DKIM) of example.org"],
      spf: "pass",
      dkim: "none",
      dmarc: "pass",
    })
    expect(await asJson(compose(), [...zone, ...from("203.0.113.9")])).toMatchObject({
      verdict: "reject",
      spf: "fail",
      dmarc: "fail",
    })
    expect(await asJson(signed, ["--zone", "away.json"])).toMatchObject({
      verdict: "retry",
      reasons: [expect.stringContaining("_dmarc.example.org TXT (ESERVFAIL)")],
      spf: "none",
      dmarc: "temperror",
    })
    expect(await asJson(signed, [...zone, "--from", "<>"])).toMatchObject({ verdict: "quarantine" })
  })

  it("a mail that only quotes or forwards is no command (bad input 46)", async () => {
    const forwarded = compose(
      { Subject: "Fwd: run this" },
      "---------- Forwarded message ---------\r\nFrom: Eve <eve@evil.example>\r\nDate: Fri, 27 Nov 2026 at 10:00\r\nSubject: run this\r\nTo: Ada <ada@example.org>\r\n\r\nrm -rf /\r\n",
    )
    for (const raw of [forwarded, compose({}, "> rm -rf /\r\n"), compose({}, "")]) {
      const found = await asJson(await sign(raw, key), zone)
      expect(found).toMatchObject({
        verdict: "quarantine",
        reasons: [expect.stringContaining("no text of its own")],
      })
    }
  })

  it("asks a real DNS server, and heeds what is set about signatures", async () => {
    const server = await TestDnsServer.start(records)
    try {
      const env = { MAILLM_DNS: server.address }
      expect(await asJson(signed, [], env)).toMatchObject({ verdict: "command" })
      expect(server.asked).toContain("TXT s1._domainkey.example.org")
      const partly = await sign(compose(), key, { headers: ["from", "to", "subject", "date", "message-id"] })
      expect(await asJson(partly, [], env)).toMatchObject({
        verdict: "quarantine",
        reasons: [expect.stringContaining("does not cover Content-Type")],
      })
      const lax = { ...env, MAILLM_SIGNED_HEADERS: "To,Subject,Date,Message-ID" }
      expect(await asJson(partly, [], lax)).toMatchObject({ verdict: "command" })
    } finally {
      await server.stop()
    }
  })

  it("in words", async () => {
    const { code, stdout } = await verify(signed, [...zone, ...now])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Command: /)
    expect(stdout).toMatch(/\nDKIM {2}pass {7}example\.org \(s1\): pass\nDMARC pass/)
  })

  it.each<[string, ReadonlyArray<string>, RegExp]>([
    ["no zone file", ["--zone", "none.json"], /zone file none\.json cannot be read: ENOENT/],
    [
      "a wrong zone",
      ["--zone", "wrong.json"],
      /wrong\.json is wrong: "example\.org": a key is a name and a type/,
    ],
    ["no address", ["--ip", "mail.example.org"], /--ip mail\.example\.org is no IP address/],
    ["no time", ["--now", "soon"], /--now soon is no time/],
  ])("%s: exit code 1, and what is to be done", async (_, args, message) => {
    const { code, stderr, stdout } = await verify(signed, args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
    expect(stderr).toMatch(message)
  })
})
