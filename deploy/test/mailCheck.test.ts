import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { TestDnsServer } from "@maillm/gateway/dns/testing/TestDnsServer"
import { runCli } from "../src/cli/testing/runCli.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-cli-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

const domain = "agents.example.org"
const check = async (zone: Record<string, unknown>, args: ReadonlyArray<string> = [], env = {}) => {
  writeFileSync(join(folder, "zone.json"), JSON.stringify(zone))
  const { code, stderr, stdout } = await runCli(
    ["mail", "check", "--domain", domain, "--zone", "zone.json", ...args],
    { folder, env },
  )
  return { code, stderr, stdout }
}
interface Report {
  readonly ok: boolean
  readonly records: ReadonlyArray<{
    readonly kind: string
    readonly name: string
    readonly type: string
    readonly value: string
    readonly state: string
  }>
}

it("prints what to set, and is content once it is set", async () => {
  const first = await check({}, ["--json"])
  expect(first.code).toBe(1)
  const { ok, records }: Report = JSON.parse(first.stdout)
  expect(ok).toBe(false)
  const zone = Object.fromEntries(
    records.filter(({ kind }) => kind !== "ptr").map(({ name, type, value }) => [`${name} ${type}`, [value]]),
  )
  const addressed = { ...zone, [`${domain} A`]: ["192.0.2.9"], "9.2.0.192.in-addr.arpa PTR": [domain] }
  const second = await check(addressed, ["--json"])
  const report: Report = JSON.parse(second.stdout)
  expect(report.records.filter(({ state }) => state !== "ok").map(({ kind }) => kind)).toEqual([
    "mta-sts-policy",
  ])
  expect({ code: second.code, ok: report.ok, stderr: second.stderr }).toEqual({
    code: 0,
    ok: true,
    stderr: "",
  })
  // Mail that leaves another way.
  expect((await check(addressed, ["--ip", "192.0.2.10"])).code).toBe(1)
  expect((await check(addressed, ["--selector", "other"])).code).toBe(1)
})

it("asks real name servers where no zone file is given", async () => {
  const first = await check({}, ["--json"])
  const { records }: Report = JSON.parse(first.stdout)
  const needed = records.filter(
    ({ kind }) => kind === "mx" || kind === "spf" || kind === "dkim" || kind === "dmarc",
  )
  const server = await TestDnsServer.start({
    ...Object.fromEntries(needed.map(({ name, type, value }) => [`${name} ${type}`, [value]])),
    [`${domain} A`]: ["192.0.2.9"],
    "9.2.0.192.in-addr.arpa PTR": [domain],
  })
  const ask = () =>
    runCli(["mail", "check", "--json", "--domain", domain], { folder, env: { MAILLM_DNS: server.address } })
  const right = await ask()
  expect({ code: right.code, stderr: right.stderr }).toEqual({ code: 0, stderr: "" })
  const report: Report = JSON.parse(right.stdout)
  expect(report.records.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "mx ok",
    "spf ok",
    "dkim ok",
    "dmarc ok",
    "ptr ok",
    "mta-sts missing",
    "tls-rpt missing",
  ])
  server.zone = { [`${domain} MX`]: ["0 ."], [`${domain} TXT`]: "SERVFAIL" }
  const wrong = await ask()
  const after: Report = JSON.parse(wrong.stdout)
  expect({ code: wrong.code, ok: after.ok }).toEqual({ code: 1, ok: false })
  expect(after.records.slice(0, 2).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "mx wrong",
    "spf unknown",
  ])
  await server.stop()
})

it("in words: zone lines that a name server takes, what is wrong, what to do; the key is made once and kept secret", async () => {
  const { code, stdout } = await check({ [`${domain} MX`]: ["0 ."] })
  expect(code).toBe(1)
  expect(stdout).toContain(`  ${domain}. MX 10 ${domain}.`)
  const texts = [...stdout.matchAll(/"([^"]*)"/g)].map(([, text]) => text ?? "")
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(255)
  expect(stdout).toMatch(/✗ MX +it says that the domain takes no mail \(RFC 7505\)\n +→ set/)
  expect(stdout).toMatch(/The key was made now: .*dkim\.pem/)
  expect(statSync(join(folder, "dkim.pem")).mode & 0o777).toBe(0o600)
  expect(stdout).not.toContain("PRIVATE KEY")
  expect((await check({})).stdout).not.toContain("The key was made now")
})

it.each([
  [["--ip", "nowhere"], {}, /no IP address/],
  [["--domain", "no domain"], {}, /no domain name/],
  [["--selector", "a b"], {}, /such as maillm/],
  [["--zone", "missing.json"], {}, /zone file missing\.json cannot be read/],
  [[], { MAILLM_DKIM_KEY: "missing.pem" }, /missing\.pem is not there: correct MAILLM_DKIM_KEY/],
  [[], { MAILLM_DKIM_SELECTOR: "a..b" }, /MAILLM_DKIM_SELECTOR is "a\.\.b"/],
] as const)("%j with %j is refused in one line", async (args, env, words) => {
  const { code, stderr, stdout } = await runCli(["mail", "check", ...args], { folder, env })
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
  expect(stderr).toMatch(words)
  expect(stderr.trim().split("\n")).toHaveLength(1)
})

it("the doctor makes no key, and says where it will be", async () => {
  const { stdout } = await runCli(["doctor", "--json"], {
    folder,
    env: { MAILLM_HTTP_PORT: "0", MAILLM_SMTP_PORT: "0" },
  })
  expect(stdout).toContain("dkim.pem, not there yet; the first start makes it")
  expect(existsSync(join(folder, "dkim.pem"))).toBe(false)
})
