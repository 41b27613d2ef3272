import { mkdirSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { HttpAddress } from "../src/http/NodeServer.ts"
import { bearer, httpStack, startHttpStack, temporaryFolder, until } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"

const folder = temporaryFolder()
const dist = join(folder.path, "dist")
const page = "<!doctype html><title>maillm</title>"
const script = "console.log('maillm')\n".repeat(200)
let stack: StartedHttp

beforeAll(async () => {
  mkdirSync(join(dist, "assets"), { recursive: true })
  writeFileSync(join(folder.path, "secret.txt"), "secret")
  writeFileSync(join(dist, ".env"), "secret")
  writeFileSync(join(dist, "assets/app-1a2b.js"), script)
  writeFileSync(join(dist, "assets/app-1a2b.js.br"), brotliCompressSync(script))
  writeFileSync(join(dist, "index.html"), page)
  stack = await startHttpStack({ consoleFolder: dist, smtp: true })
})
afterAll(async () => {
  await stack.stop()
  folder.remove()
})

/** What is answered to the request target as it is, which fetch would tidy up. */
const rawGet = (target: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(stack.port, "127.0.0.1")
    let text = ""
    socket.on("data", (bytes) => (text += bytes.toString()))
    socket.once("end", () => resolve(text))
    socket.once("error", reject)
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  })

describe("the console's files", () => {
  test.each(["/", "/requests/r1?x=1", "/sign-in", "/index.html"])("%s is the page", async (path) => {
    const response = await fetch(stack.url + path)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(page)
    expect(response.headers.get("cache-control")).toBe("no-cache")
    const policy = response.headers.get("content-security-policy") ?? ""
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
  })

  test("assets never change, come compressed to whom takes it, and are not sent twice", async () => {
    const path = `${stack.url}/assets/app-1a2b.js`
    const plain = await fetch(path, { headers: { "accept-encoding": "identity" } })
    expect(plain.headers.get("content-encoding")).toBeNull()
    expect(plain.headers.get("cache-control")).toContain("immutable")
    const compressed = await fetch(path, { headers: { "accept-encoding": "gzip, br" } })
    expect(compressed.headers.get("content-encoding")).toBe("br")
    expect(compressed.headers.get("content-type")).toContain("javascript")
    expect([await plain.text(), await compressed.text()]).toEqual([script, script])
    const again = await fetch(path, { headers: { "if-none-match": plain.headers.get("etag") ?? "" } })
    expect(again.status).toBe(304)
  })

  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/assets//../../secret.txt",
    "//etc/passwd",
    "/.env",
    "/%00",
    "/%ff.txt",
    "/assets/missing.js",
    "/assets/app-1a2b.js.br",
    "file:///etc/passwd",
  ])("%s gives nothing of the disk", async (target) => {
    const answer = await rawGet(target)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404)/)
    expect(answer).not.toContain("secret")
    expect(answer).not.toContain("root:")
    if (answer.startsWith("HTTP/1.1 200")) expect(answer).toContain(page)
  })

  test("a rebuilt console shows without a restart, and a missing one says how to build it", async () => {
    const own = temporaryFolder()
    const runtime = httpStack(stack.nats.url, { consoleFolder: own.path })
    const { url } = await runtime.runPromise(HttpAddress)
    const missing = await fetch(url)
    expect(missing.status).toBe(503)
    expect(await missing.text()).toContain("npm run build")
    writeFileSync(join(own.path, "index.html"), "first")
    await until("the first build shows", async () => (await (await fetch(url)).text()) === "first")
    writeFileSync(join(own.path, "index.html"), "second")
    await until("the second build shows", async () => (await (await fetch(url)).text()) === "second")
    await runtime.dispose()
    own.remove()
  })
})

describe("probes", () => {
  test("health and ready say how each component is", async () => {
    // Mail is taken though no actor host lives here to handle it.
    for (const [path, status] of [
      ["/health", "degraded"],
      ["/ready", "ok"],
    ] as const) {
      const response = await fetch(stack.url + path)
      expect(response.status).toBe(200)
      const report = (await response.json()) as { status: string; components: ReadonlyArray<unknown> }
      expect(report.status).toBe(status)
      expect(report.components).toContainEqual({
        name: "partitions",
        state: "degraded",
        detail: "No actor host lives; nothing waits yet; see maillm actors",
      })
      for (const name of ["nats", "streams", "read model", "smtp", "sockets"]) {
        expect(report.components).toContainEqual(expect.objectContaining({ name, state: "ok" }))
      }
    }
  })

  test("metrics are Prometheus text with requests, lag and sockets", async () => {
    const response = await fetch(`${stack.url}/metrics`)
    expect(response.headers.get("content-type")).toContain("version=0.0.4")
    const text = await response.text()
    expect(text).toMatch(/^maillm_sockets 0$/m)
    expect(text).toMatch(/^maillm_read_model_lag_records 0$/m)
    expect(text).toMatch(/^maillm_stream_messages\{stream="CMD"\} \d+$/m)
    expect(text).toMatch(/^maillm_http_requests_total\{[^}]*status="2xx"[^}]*\} \d+$/m)
    for (const line of text.trim().split("\n")) {
      expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{.*\})? [\d.e+-]+|[a-z_]+\{le="\+Inf"\} \d+)$/)
    }
  })

  test("without SMTP it lives and is not ready; without NATS neither hangs", async () => {
    const lone = await startHttpStack()
    const ready = await fetch(`${lone.url}/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({
      components: expect.arrayContaining([{ name: "smtp", state: "down", detail: "not started" }]),
    })
    expect((await fetch(`${lone.url}/health`)).status).toBe(200)
    await lone.nats.stop("SIGKILL")
    await until(
      "health reports NATS as down",
      async () => {
        const response = await fetch(`${lone.url}/health`)
        const report = (await response.json()) as { status: string }
        return response.status === 200 && report.status === "down"
      },
      10_000,
    )
    const response = await fetch(`${lone.url}/api/nodes`, { headers: bearer })
    expect(response.status).toBe(503)
    expect(response.headers.get("retry-after")).toBe("5")
    expect((await fetch(`${lone.url}/api/system`, { headers: bearer })).status).toBe(200)
    expect((await fetch(`${lone.url}/metrics`)).status).toBe(200)
    await lone.stop()
  })
})

test("the API's document and its viewer are served, with headers browsers obey", async () => {
  const document = await fetch(`${stack.url}/api/openapi.json`)
  expect(await document.json()).toMatchObject({ openapi: expect.stringMatching(/^3\./) })
  const viewer = await fetch(`${stack.url}/api/docs`)
  expect(viewer.headers.get("content-type")).toContain("text/html")
  const policy = viewer.headers.get("content-security-policy") ?? ""
  expect(policy).toContain("script-src 'sha256-")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(viewer.headers.get("x-content-type-options")).toBe("nosniff")
  expect(await viewer.text()).toContain("scalar")
  const unknown = await fetch(`${stack.url}/api/none`)
  expect(unknown.status).toBe(404)
  expect(await unknown.json()).toMatchObject({ _tag: "NotFound" })
})

test("a port in use is one line with the remedy", async () => {
  const second = httpStack(stack.nats.url, { settings: { httpPort: stack.port } })
  await expect(second.runPromise(HttpAddress)).rejects.toThrow(
    /port \d+ on 127\.0\.0\.1 is in use.*MAILLM_HTTP_PORT/,
  )
  await second.dispose()
})
