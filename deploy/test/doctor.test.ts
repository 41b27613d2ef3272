import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { once } from "node:events"
import { createServer } from "node:net"
import type { AddressInfo, Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { Check } from "../src/cli/doctor/Check.ts"
import { runCli } from "../src/cli/testing/runCli.ts"

let folder: string
const servers: Array<Server> = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-cli-"))
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

/** A port of this process that never says a word. */
const takenPort = async (): Promise<number> => {
  const server = createServer()
  servers.push(server)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return (server.address() as AddressInfo).port
}

const freePorts = { MAILLM_HTTP_PORT: "0", MAILLM_SMTP_PORT: "0" }

const doctor = async (env: Readonly<Record<string, string>>) => {
  const { code, stdout } = await runCli(["doctor", "--json"], { folder, env: { ...freePorts, ...env } })
  const report: { readonly ok: boolean; readonly checks: ReadonlyArray<Check> } = JSON.parse(stdout)
  for (const { state, remedy } of report.checks) expect(remedy === "").toBe(state === "ok")
  expect(code).toBe(report.ok ? 0 : 1)
  expect(report.ok).toBe(report.checks.every(({ state }) => state !== "wrong"))
  return (name: string) => {
    const check = report.checks.find((candidate) => candidate.name === name)
    return `${check?.state}: ${check?.detail} → ${check?.remedy}`
  }
}

it("a machine on which all is well, and nothing is left behind", async () => {
  const data = join(folder, "data")
  const { code, stdout } = await runCli(["doctor"], {
    folder,
    env: { ...freePorts, MAILLM_DATA_DIR: data, MAILLM_RUNTIME: "host" },
  })
  expect(stdout).toMatch(/✓ node +\d+\.\d+\.\d+ at \//)
  expect(stdout).toMatch(/✓ tmux +tmux \S+ at \//)
  expect(stdout).toMatch(/✓ runtime +host, because MAILLM_RUNTIME says so/)
  expect(stdout).toMatch(/✓ data folder +.*not there yet/)
  expect(stdout).toMatch(/✓ disk +\d+ MiB free/)
  expect(stdout).toContain("Nothing that is needed is wrong.")
  expect(code).toBe(0)
  expect(existsSync(data)).toBe(false)
})

it("every wrong setting at once, and names that are none", async () => {
  writeFileSync(join(folder, "maillm.json"), `{"MAILLM_DOMAIN": "no domain", "MAILLM_CACHE_DIR": "x"}`)
  const check = await doctor({ MAILLM_HTTP_PORT: "http", MAILLM_RUNTIM: "host", MAILLM_DRIVER: "shell" })
  expect(check("MAILLM_HTTP_PORT")).toMatch(/^wrong: .*"http" \(from environment\).* → it must be a port/)
  expect(check("MAILLM_DOMAIN")).toMatch(/^wrong: .*"no domain" \(from maillm\.json\).* → it must be/)
  expect(check("MAILLM_RUNTIM")).toMatch(/^warning: .* → did you mean MAILLM_RUNTIME\?/)
  expect(check("MAILLM_CACHE_DIR")).toMatch(/^warning: it has no effect in maillm\.json/)
  expect(check("MAILLM_DRIVER")).toMatch(/^undefined/)
})

it("settings files that cannot be used", async () => {
  writeFileSync(join(folder, "maillm.json"), `{"MAILLM_HTTP_PROT": 1}`)
  expect((await doctor({}))("settings")).toMatch(
    /^wrong: .*MAILLM_HTTP_PROT.* → did you mean MAILLM_HTTP_PORT\?/,
  )
  writeFileSync(join(folder, "maillm.json"), `{"MAILLM_HTTP_PORT": 1`)
  expect((await doctor({}))("settings")).toMatch(/^wrong: maillm\.json is not valid JSON/)
})

it("programs missing, a Docker that does not answer", async () => {
  writeFileSync(join(folder, "docker"), "#!/bin/sh\nexit 1\n", { mode: 0o755 })
  const check = await doctor({
    PATH: folder,
    MAILLM_CACHE_DIR: join(folder, "cache"),
    MAILLM_RUNTIME: "docker",
  })
  expect(check("tmux")).toMatch(/^wrong: tmux is missing → install it/)
  expect(check("nats-server")).toMatch(/^wrong: neither in PATH.*Go: no go.* → Install nats-server/)
  expect(check("docker")).toMatch(/^wrong: no engine answers.* → start Docker/)
  expect(check("runtime")).toMatch(/^wrong: docker is asked for/)
  expect((await doctor({ PATH: folder }))("runtime")).toMatch(/^warning: host, because/)
  writeFileSync(join(folder, "nats-server"), "#!/bin/sh\necho nats-server: v2.9.10\n", { mode: 0o755 })
  writeFileSync(join(folder, "go"), "#!/bin/sh\nexit 1\n", { mode: 0o755 })
  const withGo = await doctor({ PATH: `${folder}:/bin`, MAILLM_CACHE_DIR: join(folder, "cache") })
  expect(withGo("nats-server")).toMatch(/^warning: .*nats-server is 2\.9\.10, too old.* gets it by Go/)
  expect(existsSync(join(folder, "cache/bin/nats-server"))).toBe(false)
})

it("ports in use, by whom; an address of another machine; a data folder that cannot be", async () => {
  const port = String(await takenPort())
  const taken = await doctor({ MAILLM_HTTP_PORT: port, MAILLM_DATA_DIR: "/sys/maillm" })
  expect(taken("http port")).toMatch(
    new RegExp(
      `^wrong: ${port} on 127\\.0\\.0\\.1 is in use by .*\\(pid ${process.pid}\\).*MAILLM_HTTP_PORT`,
    ),
  )
  expect(taken("smtp port")).toMatch(/^ok: any free one/)
  expect(taken("data folder")).toMatch(/^wrong: \/sys\/maillm cannot be written \(E\w+\).*MAILLM_DATA_DIR/)
  const elsewhere = await doctor({ MAILLM_BIND: "192.0.2.1" })
  expect(elsewhere("smtp port")).toMatch(/^wrong: .*192\.0\.2\.1 \(EADDRNOTAVAIL\).*MAILLM_BIND/)
  const same = await doctor({ MAILLM_HTTP_PORT: "4711", MAILLM_SMTP_PORT: "4711" })
  expect(same("ports")).toMatch(/^wrong: HTTP and SMTP both have port 4711/)
  const secure = await doctor({ MAILLM_SMTP_PORT: "4711", MAILLM_SMTPS_PORT: "4711" })
  expect(secure("ports")).toMatch(/^wrong: SMTP and SMTPS both have port 4711 .*MAILLM_SMTPS_PORT/)
  expect(secure("smtp certificate")).toMatch(/^wrong: MAILLM_SMTPS_PORT needs a certificate/)
})

it("services that are set: away, silent, and there", async () => {
  const silent = await takenPort()
  const away = await doctor({
    MAILLM_SMTP_RELAY: "smtp://user:geheim@127.0.0.1:1",
    MAILLM_NATS_URL: `nats://user:geheim@127.0.0.1:${silent}`,
    MAILLM_MONGODB_URL: `mongodb://user:geheim@127.0.0.1:${silent}/maillm`,
  })
  expect(away("smtp relay")).toMatch(/^wrong: 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/)
  expect(away("nats")).toMatch(/^wrong: cannot reach NATS at .*MAILLM_NATS_URL/)
  expect(away("read model")).toMatch(/^wrong: MongoDB cannot be used.*MAILLM_MONGODB_URL/)
  expect(["smtp relay", "nats", "read model"].map(away).join()).not.toContain("geheim")
  const nats = await startTestNats()
  try {
    const there = await doctor({
      MAILLM_SMTP_RELAY: `smtp://127.0.0.1:${silent}`,
      MAILLM_NATS_URL: nats.url,
    })
    expect(there("nats")).toMatch(/^ok: nats-server \d+\.\d+\.\d+ with JetStream/)
    expect(there("smtp relay")).toMatch(/^ok: 127\.0\.0\.1:\d+ takes connections/)
    expect(there("read model")).toMatch(/^ok: SQLite/)
  } finally {
    await nats.stop()
  }
})
