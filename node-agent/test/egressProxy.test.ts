import { once } from "node:events"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { UserId } from "@maillm/schema/Ids"
import { nodeFolder } from "../src/files/NodeFolder.ts"
import { EgressProxy } from "../src/model/EgressProxy.ts"
import type { EgressOptions } from "../src/model/EgressProxy.ts"

const user = UserId.make("ada")
let dataDir = ""
let proxy: EgressProxy
let log: Array<string> = []
/** Ports that are allowed are privileged: the test's server stands behind one of them by the resolver's word. */
let resolved: Array<string> = []

const open = async (more: Partial<EgressOptions> = {}) => {
  proxy = new EgressProxy({
    folder: nodeFolder(dataDir),
    hosts: ["github.com", "*.example.org"],
    log: (line) => log.push(line),
    resolve: (host) => {
      resolved.push(host)
      return Promise.resolve(host === "none.example.org" ? [] : ["10.0.0.1", "127.0.0.1"])
    },
    ...more,
  })
  await proxy.serveUser(user)
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "maillm-egress-"))
  log = []
  resolved = []
})
afterEach(async () => {
  await proxy.close()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10 })
})

const dialled = async (text: string) => {
  const socket = connect(join(nodeFolder(dataDir).integration(user), "egress.sock"))
  await once(socket, "connect")
  socket.write(text)
  return socket
}
const answerTo = async (text: string) => {
  const socket = await dialled(text)
  let answer = ""
  for await (const chunk of socket) answer += String(chunk)
  return answer
}
const ask = (target: string) => answerTo(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)

describe("what is refused", () => {
  beforeEach(() => open())

  test.each([
    ["evil.example:443", "evil.example is not in MAILLM_EGRESS_HOSTS"],
    ["example.org:443", "not in MAILLM_EGRESS_HOSTS"],
    ["github.com.evil.example:443", "not in MAILLM_EGRESS_HOSTS"],
    ["github.com:8080", "only ports"],
    ["github.com:99999", "only ports"],
    ["127.0.0.1:443", "no addresses"],
    ["2130706433:80", "no addresses"],
    ["[::1]:443", "no addresses"],
    ["169.254.169.254:80", "no addresses"],
    ["github.com", "no addresses"],
    [":443", "no addresses"],
  ])("%s, before any name is looked up", async (target, reason) => {
    const answer = await ask(target)
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toContain(reason)
    expect(resolved).toEqual([])
    expect(log).toHaveLength(1)
    expect(log[0]).toContain(`egress: ada ${target} refused: `)
  })

  test("a name that leads to this machine or its network, or nowhere", async () => {
    expect(await ask("github.com:443")).toMatch(
      /^HTTP\/1\.1 403 [^]*github\.com has no public address, only 10\.0\.0\.1, 127/,
    )
    expect(await ask("none.example.org:443")).toMatch(/^HTTP\/1\.1 502 /)
    expect(log).toHaveLength(2)
  })

  test("everything but CONNECT", async () => {
    const answer = await answerTo(
      "GET http://github.com/ HTTP/1.1\r\nHost: github.com\r\nConnection: close\r\n\r\n",
    )
    expect(answer).toMatch(/^HTTP\/1\.1 405 /)
  })

  test("headers without end", async () => {
    const answer = await answerTo(`CONNECT github.com:443 HTTP/1.1\r\nX: ${"x".repeat(9_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })
})

test("nobody is served when no host is allowed", async () => {
  await open({ hosts: [] })
  await expect(stat(join(nodeFolder(dataDir).integration(user), "egress.sock"))).rejects.toThrow("ENOENT")
})

test("an allowed host is connected to at the address that was checked, and each end is passed on", async () => {
  // Port 443 of the loopback is nobody's: what is connected to shows in the refusal.
  await open({ allowed: (address) => address === "127.0.0.1" })
  const answer = await ask("GitHub.com.:443")
  expect(answer).toMatch(
    /^HTTP\/1\.1 502 [^]*github\.com \(127\.0\.0\.1\) was not reached: connect ECONNREFUSED 127\.0\.0\.1:443/,
  )
  expect(resolved).toEqual(["github.com"])
})

test.skipIf(process.getuid?.() !== 0)("bytes go both ways (needs root, for a port below 1024)", async () => {
  const target = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("data", (chunk) => socket.write(`echo ${chunk.toString()}`))
    socket.on("end", () => socket.end("bye"))
  })
  target.listen(22, "127.0.0.9")
  await once(target, "listening")
  try {
    await open({ resolve: () => Promise.resolve(["127.0.0.9"]), allowed: () => true })
    const socket = await dialled("CONNECT a.example.org:22 HTTP/1.1\r\n\r\nearly")
    socket.end()
    let answer = ""
    for await (const chunk of socket) answer += String(chunk)
    expect(answer).toBe("HTTP/1.1 200 Connection established\r\n\r\necho earlybye")
    const deadline = performance.now() + 20_000
    while (log.length === 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 5))
    expect(log[0]).toMatch(
      /^egress: ada a\.example\.org:22 \(127\.0\.0\.9\) allowed: 5 bytes out, 13 in, [\d.]+ s$/,
    )
  } finally {
    target.close()
  }
})
