import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo, Server } from "node:net"
import { networkInterfaces, tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { startTestProcess } from "@maillm/actors/nats/testing/TestProcess"
import { eventually } from "../src/testing/eventually.ts"
import { failedStart } from "../src/testing/failedStart.ts"
import { localCommand } from "../src/testing/localCommand.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { processesOf } from "../src/testing/processesOf.ts"

let folder: string
const servers: Array<Server> = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-start-"))
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

/** A port that somebody else has, who never says a word. */
const takenPort = async (): Promise<number> => {
  const server = createServer()
  servers.push(server)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return (server.address() as AddressInfo).port
}

/** Fails as it should: soon, with one line that tells the remedy, and leaves nothing running. */
const expectFailure = async (
  extra: Readonly<Record<string, string>>,
  line: RegExp,
  { withinSeconds = 45 } = {},
) => {
  const { code, output, seconds } = await failedStart(folder, extra)
  expect(output.replace(/^Building the console.*\n/, "").trimEnd()).toMatch(
    new RegExp(`^maillm does not start: .*${line.source}.*$`),
  )
  expect(code).toBe(1)
  expect(seconds).toBeLessThan(withinSeconds)
  const natsPid = join(folder, "nats/pid")
  if (existsSync(natsPid)) expect(isAlive(Number(readFileSync(natsPid, "utf8")))).toBe(false)
  expect(existsSync(join(folder, "ports.json"))).toBe(false)
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const loopbackOf6 = networkInterfaces()["lo"]?.some(({ address }) => address === "::1") === true

it.skipIf(!loopbackOf6)(
  "starts on an IPv6 address (needs IPv6)",
  async () => {
    const maillm = new LocalProcess({ MAILLM_BIND: "::1" })
    try {
      await maillm.start()
      expect(await maillm.signInLink()).toMatch(/^http:\/\/\[::1\]:\d+\/sign-in#token=/)
    } finally {
      await maillm.dispose()
    }
  },
  60_000,
)

describe("a start that cannot be says why, and what to do, in one line", () => {
  it("HTTP port in use", async () => {
    const port = await takenPort()
    await expectFailure(
      { MAILLM_HTTP_PORT: String(port) },
      new RegExp(`port ${port} on 127\\.0\\.0\\.1 is in use.*MAILLM_HTTP_PORT`),
    )
  })

  it("SMTP port in use", async () => {
    const port = await takenPort()
    await expectFailure(
      { MAILLM_SMTP_PORT: String(port) },
      new RegExp(`port ${port} on 127\\.0\\.0\\.1 is in use.*MAILLM_SMTP_PORT`),
    )
  })

  it("an address that this machine has not", async () => {
    await expectFailure({ MAILLM_BIND: "192.0.2.1" }, /no port can be opened on 192\.0\.2\.1.*MAILLM_BIND/)
    await expectFailure({ MAILLM_BIND: "no such host", MAILLM_HTTP_PORT: "4000" }, /MAILLM_BIND/)
  })

  it("tmux missing, or too old", async () => {
    await expectFailure({ PATH: folder }, /tmux is missing: install it/)
    writeFileSync(join(folder, "tmux"), "#!/bin/sh\necho tmux 2.9a\n", { mode: 0o755 })
    await expectFailure({ PATH: `${folder}:/bin` }, /tmux 2\.9a is too old: install tmux 3\.2 or newer/)
  })

  it("a data folder that cannot be written", async () => {
    const file = join(folder, "file")
    writeFileSync(file, "")
    const remedy = /cannot be written \(E\w+\).*MAILLM_DATA_DIR/
    await expectFailure({ MAILLM_DATA_DIR: join(file, "below") }, remedy)
    await expectFailure({ MAILLM_DATA_DIR: file }, remedy)
    // Not even root can write there.
    await expectFailure({ MAILLM_DATA_DIR: "/sys/maillm" }, remedy)
    mkdirSync(join(folder, "closed"))
    chmodSync(join(folder, "closed"), 0o500)
    if (process.getuid?.() !== 0) await expectFailure({ MAILLM_DATA_DIR: join(folder, "closed") }, remedy)
  })

  it("a second one on the same folder; the first goes on", async () => {
    const first = new LocalProcess()
    try {
      await first.start()
      const { code, output } = await failedStart(first.dataDir, {})
      expect(output).toMatch(/^maillm does not start: another maillm runs on .*MAILLM_DATA_DIR.*\n$/)
      expect(code).toBe(1)
      expect(await first.api("/ready")).toMatchObject({ status: "ok" })
      expect(first.ports.http).toBeGreaterThan(0)
    } finally {
      await first.dispose()
    }
  })

  it("a NATS that does not answer, is silent, or cannot be used", async () => {
    const closed = createServer()
    closed.listen(0, "127.0.0.1")
    await once(closed, "listening")
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const remedy = (url: string) =>
      new RegExp(`cannot reach NATS at ${url}.*Start it, or correct MAILLM_NATS_URL`)
    for (const url of [
      `nats://127.0.0.1:${port}`,
      `nats://127.0.0.1:${await takenPort()}`,
      "nats://nowhere.invalid:4222",
    ]) {
      await expectFailure({ MAILLM_NATS_URL: url }, remedy(url), { withinSeconds: 30 })
    }
  })

  it("a NATS that wants other credentials, or is without JetStream", async () => {
    const guarded = await startTestNats({ config: `authorization { token: "other" }` })
    try {
      await expectFailure({ MAILLM_NATS_URL: guarded.url }, /cannot reach NATS.*Authorization Violation/)
    } finally {
      await guarded.stop()
    }
    const plain = startTestProcess(process.env["MAILLM_TEST_NATS_SERVER"] ?? "nats-server", [
      "-a",
      "127.0.0.1",
      "-p",
      "-1",
      "--ports_file_dir",
      folder,
    ])
    try {
      const ports = join(folder, `nats-server_${plain.pid}.ports`)
      const url = await plain.waitFor(() =>
        existsSync(ports) ? /nats:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(ports, "utf8"))?.[0] : undefined,
      )
      await expectFailure({ MAILLM_NATS_URL: url }, /JetStream is not enabled/)
    } finally {
      await plain.stop("SIGTERM")
    }
  })

  it("a MongoDB that does not answer", async () => {
    await expectFailure(
      { MAILLM_MONGODB_URL: `mongodb://127.0.0.1:${await takenPort()}/maillm` },
      /MAILLM_MONGODB_URL/,
      { withinSeconds: 30 },
    )
  })

  it("docker asked for, and no engine", async () => {
    await expectFailure(
      { MAILLM_RUNTIME: "docker", DOCKER_HOST: `unix://${folder}/none.sock` },
      /[Dd]ocker.*MAILLM_RUNTIME/,
    )
  })

  it("a wrong setting, in the environment or a file", async () => {
    await expectFailure({ MAILLM_HTTP_PORT: "http" }, /MAILLM_HTTP_PORT is "http".* must be a port/)
    writeFileSync(join(folder, "maillm.json"), `{"MAILLM_HTTP_PROT": 4000}`)
    await expectFailure({}, /maillm\.json: there is no setting MAILLM_HTTP_PROT/)
  })

  it("asked to end while it starts, it ends, and leaves nothing running", async () => {
    const { command, args, cwd, env } = localCommand(folder, {})
    const child = spawn(command, args, { cwd, env, stdio: "ignore" })
    const closed = once(child, "exit")
    await eventually("nats-server is started", () => (existsSync(join(folder, "nats/pid")) ? true : null))
    child.kill("SIGTERM")
    await closed
    expect(child.exitCode).toBe(0)
    expect(processesOf(folder)).toEqual([])
  })
})
