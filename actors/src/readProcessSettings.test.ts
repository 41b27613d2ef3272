import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import * as Redacted from "effect/Redacted"
import { readProcessSettings, SettingsWrong } from "./readProcessSettings.ts"

const good = {
  MAILLM_NATS_URL: "nats://a:4222,nats://b:4222",
  MAILLM_DOMAIN: "Agents.example.org",
  MAILLM_SECRET: "s".repeat(43),
}
const refusal = (env: NodeJS.ProcessEnv) => {
  try {
    readProcessSettings(env, "host")
  } catch (error) {
    if (error instanceof SettingsWrong) return error.message
    throw error
  }
  return "no refusal"
}

test("everything that is unset is named at once", () => {
  const message = refusal({ MAILLM_NATS_URL: " " })
  for (const name of ["MAILLM_NATS_URL", "MAILLM_DOMAIN", "MAILLM_SECRET"]) expect(message).toContain(name)
  expect(message.split("\n").length).toBe(3)
})

test("the host id follows from the machine's name and is a token", () => {
  expect(readProcessSettings(good, "actors-1.example.org").hostId).toBe("actors-1-example-org")
  expect(readProcessSettings({ ...good, MAILLM_HOST_ID: "a_1" }, "other").hostId).toBe("a_1")
  expect(readProcessSettings(good, "x".repeat(100)).hostId.length).toBe(64)
})

test.each([
  ["MAILLM_HOST_ID", "a.b", /1 to 64 letters/],
  ["MAILLM_NATS_URL", "http://me:hush@a", /must begin with nats:\/\//],
  ["MAILLM_NATS_REPLICAS", "2", /1, or 3/],
  ["MAILLM_REPLY_DAYS", "hush", /days from 1 to 3650/],
  ["MAILLM_DOMAIN", "hush hush", /domain of the private addresses/],
  ["MAILLM_SECRET", "hush", /32 random bytes/],
  ["MAILLM_SECRET_FILE", "/nonexistent/hush", /cannot be read \(ENOENT\)/],
  ["MAILLM_MONGODB_URL", "postgres://hush", /must begin with mongodb/],
  ["MAILLM_PUBLIC_URL", "hush", /must begin with http/],
])("a wrong %s is named with what it may be, and never shown", (name, value, may) => {
  const message = refusal({ ...good, [name]: value })
  expect(message).toContain(name)
  expect(message).toMatch(may)
  expect(message).not.toContain("hush")
})

test("the secret may stand in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-settings-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, "secret")
  writeFileSync(file, `${"f".repeat(43)}\n`)
  const settings = readProcessSettings({ ...good, MAILLM_SECRET: "", MAILLM_SECRET_FILE: file }, "host")
  expect(Redacted.value(settings.secret)).toBe("f".repeat(43))
  expect(settings.domain).toBe("agents.example.org")
  expect(settings.natsReplicas).toBe(1)
})
