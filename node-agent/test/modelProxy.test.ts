import { once } from "node:events"
import { readFile, rm, stat, symlink } from "node:fs/promises"
import { request as httpRequest } from "node:http"
import type { IncomingMessage } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Redacted from "effect/Redacted"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { UserId } from "@maillm/schema/Ids"
import { errorOf, key, session, TestProxy, until, user } from "./testing/TestProxy.ts"
import { messageEvents, streams } from "./testing/Upstream.ts"

let at: TestProxy
beforeEach(async () => {
  at = await TestProxy.start()
})
afterEach(() => at.stop())

describe("credentials", () => {
  test("the real one replaces what the agent has; nothing else of an account is sent on", async () => {
    const response = await at.post("/anthropic/v1/messages?beta=true&evil=1", {
      "x-api-key": at.token,
      cookie: "a=b",
      "openai-organization": "org",
      "proxy-authorization": "Basic x",
      "x-forwarded-for": "1.2.3.4",
      "anthropic-version": "2023-06-01",
      "anthropic-beta": "a,b",
      "x-claude-code-session-id": "u-u-i-d",
    })
    expect(response.status).toBe(200)
    const { url, headers } = at.upstream.seen[0]!
    expect(url).toBe("/v1/messages?beta=true")
    expect(headers["x-api-key"]).toBe(key)
    expect(headers["anthropic-beta"]).toBe("a,b")
    expect(headers["x-claude-code-session-id"]).toBe("u-u-i-d")
    for (const name of [
      "authorization",
      "cookie",
      "openai-organization",
      "proxy-authorization",
      "x-forwarded-for",
    ])
      expect(headers[name], name).toBeUndefined()
    expect(JSON.stringify(at.upstream.seen)).not.toContain(at.token)
  })

  test("OpenAI's goes as Bearer, and an auth token of Anthropic too", async () => {
    await at.post("/openai/v1/responses")
    await at.post("/openai/chat/completions")
    await at.reopen({ anthropic: { baseUrl: at.upstream.url, key: Redacted.make(key), bearer: true } })
    await at.post("/anthropic/v1/messages")
    expect(at.upstream.seen.map(({ url }) => url)).toEqual([
      "/v1/responses",
      "/v1/chat/completions",
      "/v1/messages",
    ])
    for (const { headers } of at.upstream.seen) {
      expect(headers.authorization).toBe(`Bearer ${key}`)
      expect(headers["x-api-key"]).toBeUndefined()
    }
  })

  test.each([
    ["none", ""],
    ["nonsense", "abc"],
    ["the real key", key],
    ["another session's id", "s2"],
    ["a path", "../s1"],
  ])("refused with 401 and in the provider's form: %s", async (_, wrong) => {
    const bad = wrong === "s2" || wrong === "../s1" ? `${wrong}.${at.token.split(".")[1] ?? ""}` : wrong
    for (const path of ["/anthropic/v1/messages", "/openai/v1/responses", "/v1/models", "/"]) {
      const response = await fetch(`${at.proxy.baseUrl}${path}`, {
        method: "POST",
        headers: bad === "" ? {} : { "x-api-key": bad },
        body: "{}",
      })
      expect(response.status).toBe(401)
      expect(response.headers.get("x-should-retry")).toBe("false")
      expect((await errorOf(response)).message).toContain("no token")
    }
    expect(at.upstream.seen).toEqual([])
  })

  test("a token that is revoked is refused, its successor is taken", async () => {
    await at.proxy.revoke(session)
    expect((await at.post("/v1/messages")).status).toBe(401)
    at.token = await at.proxy.tokenOf(session, user)
    expect((await at.post("/v1/messages")).status).toBe(200)
  })

  test("is in no log and in no file; the token is in one that only the owner reads", async () => {
    at.upstream.answers(
      (_, response) => void response.writeHead(401).end(`{"error":{"message":"bad key ${key}"}}`),
    )
    await at.post("/v1/messages")
    const { fault } = await at.proxy.endTurn(session)
    expect(fault).toMatchObject({ kind: "authentication", message: "HTTP 401: bad key …" })
    const path = join(at.folder.session(session), "model.json")
    expect(await readFile(path, "utf8")).not.toContain(key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(at.log.join("\n")).toContain("anthropic 401 authentication")
    expect(at.log.join("\n")).not.toMatch(new RegExp(`${key}|${at.token.split(".")[1] ?? ""}`))
  })
})

describe("what may be called", () => {
  test.each([
    ["GET", "/anthropic/v1/organizations"],
    ["GET", "/v1/files"],
    ["DELETE", "/openai/v1/responses/r1"],
    ["GET", "/openai/v1/responses/r1"],
    ["POST", "/anthropic/v1/responses"],
    ["POST", "/openai/v1/messages"],
    ["GET", "/anthropic/v1/models/../../v1/files"],
    ["POST", "/v1/messages/batches"],
    ["POST", "//evil.example/v1/messages"],
  ])("not %s %s", async (method, path) => {
    const asked = httpRequest({
      port: at.port,
      method,
      path,
      headers: { authorization: `Bearer ${at.token}` },
    })
    asked.end()
    const [response] = (await once(asked, "response")) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(404)
    expect(at.upstream.seen).toEqual([])
  })

  test("a plain list of models is the provider's whose language is spoken", async () => {
    const headers = { authorization: `Bearer ${at.token}` }
    await fetch(`${at.proxy.baseUrl}/v1/models?limit=5`, {
      headers: { ...headers, "anthropic-version": "1" },
    })
    await fetch(`${at.proxy.baseUrl}/v1/models`, { headers })
    expect(at.upstream.seen.map(({ url, headers }) => [url, "x-api-key" in headers])).toEqual([
      ["/v1/models?limit=5", true],
      ["/v1/models", false],
    ])
  })

  test("the first connection of Claude Code is answered here", async () => {
    const response = await fetch(`${at.proxy.baseUrl}/anthropic`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${at.token}` },
    })
    expect(response.status).toBe(200)
    expect(at.upstream.seen).toEqual([])
  })

  test("an answer's cookies and redirects stay here", async () => {
    at.upstream.answers(
      (_, response) =>
        void response
          .writeHead(200, { "set-cookie": "a=b", "anthropic-organization-id": "o", "request-id": "r" })
          .end("{}"),
    )
    const good = await at.post("/v1/messages")
    expect(good.headers.get("set-cookie")).toBeNull()
    expect(good.headers.get("anthropic-organization-id")).toBeNull()
    expect(good.headers.get("request-id")).toBe("r")
    at.upstream.answers(
      (_, response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    )
    const redirect = await at.post("/v1/messages")
    expect(redirect.status).toBe(502)
    expect((await errorOf(redirect)).message).toContain("base URL")
  })
})

describe("bounds", () => {
  test("a body that is too large, announced or not", async () => {
    await at.reopen({ bounds: { bodyBytes: 1_000_000 } })
    expect((await at.post("/v1/messages", {}, "x".repeat(1_000_001))).status).toBe(413)
    const headers = { authorization: `Bearer ${at.token}` }
    const endless = httpRequest({ port: at.port, method: "POST", path: "/v1/messages", headers })
    for (let i = 0; i < 20; i++) endless.write(Buffer.alloc(100_000, "x"))
    const [response] = (await once(endless, "response")) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    endless.destroy()
    expect((await at.proxy.endTurn(session)).fault).toMatchObject({ kind: "other" })
  })

  test("a large body and a large answer arrive whole", async () => {
    const large = "y".repeat(8 * 1024 * 1024)
    at.upstream.answers((_, response) => void response.end(large))
    const response = await at.post("/v1/messages", {}, large)
    expect((await response.text()).length).toBe(large.length)
    expect(at.upstream.seen[0]?.body.length).toBe(large.length)
  })

  test("calls at the same time", async () => {
    await at.reopen({ bounds: { callsPerSession: 2 } })
    const release = Promise.withResolvers<void>()
    at.upstream.answers(async (_, response) => {
      await release.promise
      response.end("{}")
    })
    const first = [at.post("/v1/messages"), at.post("/v1/messages")]
    await until("two calls", () => at.upstream.seen.length === 2)
    const third = await at.post("/v1/messages")
    expect(third.status).toBe(429)
    expect(third.headers.get("retry-after")).toBe("1")
    release.resolve()
    for (const response of await Promise.all(first)) expect(response.status).toBe(200)
    await until("room", async () => (await at.post("/v1/messages")).status === 200)
  })

  test("a provider that says nothing is given up", async () => {
    await at.reopen({ bounds: { idleMillis: 200 } })
    at.upstream.answers(() => undefined)
    const response = await at.post("/v1/messages")
    expect(response.status).toBe(502)
    expect((await at.proxy.endTurn(session)).fault).toMatchObject({ kind: "provider-down" })
  })

  test("who reads slowly slows the provider down, and nothing is lost", async () => {
    const part = Buffer.alloc(1024 * 1024, "z")
    let written = 0
    const total = 64
    at.upstream.answers(async (_, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream" })
      for (; written < total; written++) if (!response.write(part)) await once(response, "drain")
      response.end()
    })
    const headers = { authorization: `Bearer ${at.token}` }
    const asked = httpRequest({ port: at.port, method: "POST", path: "/v1/messages", headers })
    asked.end("{}")
    const [response] = (await once(asked, "response")) as [IncomingMessage]
    response.pause()
    let seen = -1
    await until("the provider to stall", async () => {
      const stalled = written === seen && written > 0
      seen = written
      await new Promise((resolve) => setTimeout(resolve, 150))
      return stalled && written === seen
    })
    expect(written).toBeLessThan(total / 2)
    let bytes = 0
    for await (const chunk of response) bytes += (chunk as Buffer).length
    expect(bytes).toBe(total * part.length)
  })
})

describe("the user's socket", () => {
  const overSocket = async (userId: UserId, shown: string, path = "/v1/messages") => {
    const socketPath = join(at.folder.integration(userId), "model.sock")
    const asked = httpRequest({
      socketPath,
      method: "POST",
      path,
      headers: { authorization: `Bearer ${shown}` },
    })
    asked.end("{}")
    const [response] = (await once(asked, "response")) as [IncomingMessage]
    let body = ""
    for await (const chunk of response) body += String(chunk)
    return { status: response.statusCode, body }
  }
  const eve = UserId.make("eve")

  test("serves its user's sessions and nobody else's, and anybody in the container may connect", async () => {
    await at.proxy.serveUser(user)
    await at.proxy.serveUser(user)
    await at.proxy.serveUser(eve)
    at.upstream.answers(streams(messageEvents(3)))
    expect(await overSocket(user, at.token)).toEqual({ status: 200, body: messageEvents(3).join("") })
    expect((await overSocket(eve, at.token)).status).toBe(401)
    expect(at.log.join()).toContain("user eve came with the token of session s1")
    const { mode } = await stat(join(at.folder.integration(user), "model.sock"))
    expect(mode & 0o777).toBe(0o666)
  })

  test("takes the place of the one that an earlier agent left, also under a long path", async () => {
    await at.proxy.serveUser(user)
    at.dataDir = join(at.dataDir, "x".repeat(90))
    await at.reopen()
    at.token = await at.proxy.tokenOf(session, user)
    await at.proxy.serveUser(user)
    await at.reopen()
    await at.proxy.serveUser(user)
    // A client needs a short path, as a container's /run/maillm is.
    const short = join(tmpdir(), `maillm-short-${process.pid}`)
    await symlink(at.folder.integration(user), short)
    try {
      const asked = httpRequest({
        socketPath: join(short, "model.sock"),
        path: "/",
        headers: { "x-api-key": at.token },
      })
      asked.end()
      const [response] = (await once(asked, "response")) as [IncomingMessage]
      response.resume()
      expect(response.statusCode).toBe(200)
    } finally {
      await rm(short)
    }
  })
})
