import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readSettings } from "./readSettings.ts"
import { StartFailure } from "./StartFailure.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-settings-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

const failure = (env: NodeJS.ProcessEnv): string => {
  try {
    readSettings(env, folder)
  } catch (error) {
    if (error instanceof StartFailure) return error.message
    throw error
  }
  return "no failure"
}

test.each([
  ["MAILLM_HTTP_PORT", "http", /must be a port/],
  ["MAILLM_SMTP_PORT", "65536", /must be a port/],
  ["MAILLM_SMTP_PORT", "-1", /must be a port/],
  ["MAILLM_DOMAIN", "not a domain", /must be a domain name/],
  ["MAILLM_RUNTIME", "podman", /may be docker or host/],
  ["MAILLM_DRIVER", "bash", /may be shell, claude, codex, opencode/],
  ["MAILLM_OWNER_EMAIL", "nobody", /must be one address/],
  ["MAILLM_OWNER_EMAIL", "a@example.org, b@example.org", /must be one address/],
  ["MAILLM_MAIL_SIZE_LIMIT", "25MB", /must be a number of bytes/],
  ["MAILLM_REPLY_DAYS", "0", /days from 1 to 3650/],
  ["MAILLM_REPLY_DAYS", "3651", /days from 1 to 3650/],
  ["MAILLM_REPLY_DAYS", "1.5", /days from 1 to 3650/],
  ["MAILLM_PANE_LIMIT", "0", /from 1 to 10000/],
  ["MAILLM_PANE_LIMIT", "10001", /from 1 to 10000/],
  ["MAILLM_PANE_LIMIT", "many", /from 1 to 10000/],
  ["MAILLM_FAILOVER", "codex,gemini", /several with commas/],
  ["MAILLM_APPROVAL_MINUTES", "0", /from 1 to 1380/],
  ["MAILLM_REMINDER_MINUTES", "soon", /from 0 to 1380/],
  ["MAILLM_SPENDING_CAP_USD", "-5", /US dollars a month/],
  ["MAILLM_ANTHROPIC_BASE_URL", "api.example.org", /must begin with http/],
  ["MAILLM_EGRESS_HOSTS", "github.com, 10.0.0.1", /host names/],
  ["MAILLM_POLICY", "missing.json", /readable JSON file \(ENOENT\)/],
  ["MAILLM_PUBLIC_URL", "example.org", /must begin with http/],
  ["MAILLM_HOST_ID", "a.b", /1 to 64 letters/],
  ["MAILLM_NATS_REPLICAS", "2", /1, or 3 with a cluster/],
  ["MAILLM_DNS", "dns.example.org", /addresses of DNS servers/],
  ["MAILLM_DNS", "192.0.2.53:70000", /addresses of DNS servers/],
  ["MAILLM_TRUSTED_FORWARDERS", "lists example/org", /domains that seal/],
  ["MAILLM_SIGNED_HEADERS", "To:, Subject", /names of headers/],
  ["MAILLM_TRUST_THIS_MACHINE", "maybe", /yes or no/],
  ["MAILLM_SMTPS_PORT", "smtps", /a port from 1 to 65535, or 0 for any free one; unset, there is none/],
  ["MAILLM_SMTP_PROXY_FROM", "10.0.0.7, proxy", /"proxy" is no address or network/],
  ["MAILLM_SMTP_PROXY_FROM", "10.0.0.0/33", /"10\.0\.0\.0\/33" is no address or network/],
  ["MAILLM_SMTP_CONNECTIONS", "0", /connections from 1 to 100000/],
  ["MAILLM_SMTP_CONNECTIONS_PER_ADDRESS", "many", /connections from 1 to 100000/],
  ["MAILLM_SMTP_CONNECTION_RATE", "1.5", /connections a minute from 1 to 1000000/],
  ["MAILLM_SMTP_MAIL_RATE", "-1", /mails a minute from 1 to 1000000/],
  ["MAILLM_SMTP_MIN_DATA_RATE", "10000000", /bytes a second from 1 to 1000000/],
])("a wrong %s, %s, is named with its source and what it may be", (name, value, may) => {
  const message = failure({ [name]: value })
  expect(message).toContain(`${name} is ${JSON.stringify(value)} (from environment): `)
  expect(message).toMatch(may)
})

test.each([
  ["MAILLM_NATS_URL", "http://me:hush@127.0.0.1", /must begin with nats:\/\//],
  ["MAILLM_MONGODB_URL", "postgres://me:hush@127.0.0.1", /must begin with mongodb:\/\//],
  ["MAILLM_SMTP_RELAY", "me:hush@mail.example.org", /must begin with smtp:\/\//],
])("a wrong %s is named, and not shown, for it may hold a password", (name, value, may) => {
  const message = failure({ [name]: value })
  expect(message).toContain(`${name} is wrong (from environment): `)
  expect(message).toMatch(may)
  expect(message).not.toContain("hush")
})

test.each([
  ["maillm.json", `{"MAILLM_HTTP_PORT": "all"}`, /^MAILLM_HTTP_PORT is "all" \(from maillm\.json\)/],
  ["maillm.json", `{"MAILLM_HTTP_PROT": 4000}`, /^maillm\.json: there is no setting MAILLM_HTTP_PROT/],
  ["maillm.json", `{"MAILLM_DOMAIN": ["a"]}`, /^maillm\.json: MAILLM_DOMAIN must be a text or a number/],
  ["maillm.json", `{"MAILLM_DOMAIN":`, /^maillm\.json is not valid JSON: /],
  ["maillm.json", `[4000]`, /^maillm\.json must hold an object/],
  [".env", "MAILLM_RUNTIME=vm", /^MAILLM_RUNTIME is "vm" \(from \.env\)/],
  [".env", "MAILLM_RUNTIM=host", /^\.env: there is no setting MAILLM_RUNTIM/],
])("a wrong %s, %s, is told", (name, content, message) => {
  writeFileSync(join(folder, name), content)
  expect(failure({})).toMatch(message)
})

test("a settings file that is there and cannot be read is not passed over", () => {
  mkdirSync(join(folder, "maillm.json"))
  expect(failure({})).toMatch(/maillm\.json cannot be read \(EISDIR\)/)
})

test("environment before .env before maillm.json, empty means unset, and secrets are not shown", () => {
  writeFileSync(
    join(folder, "maillm.json"),
    `{"MAILLM_HTTP_PORT": 1, "MAILLM_SMTP_PORT": 1, "MAILLM_DOMAIN": "a.example"}`,
  )
  writeFileSync(join(folder, ".env"), "MAILLM_HTTP_PORT=2\nMAILLM_SMTP_PORT=2\nPATH=/elsewhere\n")
  const settings = readSettings(
    { MAILLM_HTTP_PORT: "3", MAILLM_DOMAIN: "", MAILLM_SMTP_RELAY: "smtp://me:secret@mail.example" },
    folder,
  )
  expect(settings).toMatchObject({ httpPort: 3, smtpPort: 2, domain: "a.example" })
  expect(settings.sources).toContainEqual({ name: "MAILLM_SMTP_RELAY", value: "set", source: "environment" })
  expect(settings.ownerEmail).toBe("owner@a.example")
  expect(settings.smtp).toMatchObject({ smtpsPort: null, certFile: null, keyFile: null, limits: {} })
})

test("what is set about inbound mail", () => {
  const { smtp } = readSettings(
    {
      MAILLM_SMTPS_PORT: "0",
      MAILLM_SMTP_TLS_CERT: "tls/cert.pem",
      MAILLM_SMTP_TLS_KEY: "/etc/key.pem",
      MAILLM_SMTP_PROXY_FROM: "10.0.0.0/8, ::1",
      MAILLM_SMTP_CONNECTION_RATE: "30",
      MAILLM_SMTP_MIN_DATA_RATE: "100",
    },
    folder,
  )
  expect(smtp).toMatchObject({
    smtpsPort: 0,
    certFile: join(folder, "tls/cert.pem"),
    keyFile: "/etc/key.pem",
  })
  expect([smtp.proxies.has("10.1.2.3"), smtp.proxies.has("::1"), smtp.proxies.has("11.0.0.1")]).toEqual([
    true,
    true,
    false,
  ])
  expect(smtp.limits).toEqual({ connectionsPerMinute: 30, dataBytesPerSecond: 100 })
})

test("who is believed to have sent a mail: as it is safe, and as it is set", () => {
  expect(readSettings({}, folder).mailTrust).toEqual({
    dnsServers: [],
    trustedForwarders: [],
    signedHeaders: ["from", "to", "subject", "date", "message-id", "content-type"],
    excuseServices: true,
    trustThisMachine: true,
  })
  const set = readSettings(
    {
      MAILLM_DNS: "192.0.2.53, 192.0.2.54:5353 [2001:db8::53]:53,2001:db8::54",
      MAILLM_TRUSTED_FORWARDERS: "Lists.example.org",
      MAILLM_SIGNED_HEADERS: "To,Subject,Date",
      MAILLM_TRUST_THIS_MACHINE: "no",
    },
    folder,
  )
  expect(set.mailTrust).toEqual({
    dnsServers: ["192.0.2.53", "192.0.2.54:5353", "[2001:db8::53]:53", "2001:db8::54"],
    trustedForwarders: ["lists.example.org"],
    signedHeaders: ["from", "to", "subject", "date"],
    excuseServices: false,
    trustThisMachine: false,
  })
})
