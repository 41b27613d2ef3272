import { request as httpRequest } from "node:http"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { bearer, fold, httpStack, linkToken, signIn, startHttpStack, userRow } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { failureLimit } from "../src/identity/FailureLimiter.ts"
import { HttpAddress } from "../src/http/NodeServer.ts"

let stack: StartedHttp
beforeAll(async () => {
  stack = await startHttpStack()
  await fold(stack, { users: [userRow()] })
})
afterAll(() => stack.stop())

const me = (headers: Record<string, string>, url = stack.url) => fetch(`${url}/api/me`, { headers })
const trade = (token: string, headers: Record<string, string> = {}, url = stack.url) =>
  fetch(`${url}/api/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ token }),
  })

interface Operation {
  readonly method: string
  readonly path: string
}

const operations = async (): Promise<ReadonlyArray<Operation>> => {
  const response = await fetch(`${stack.url}/api/openapi.json`)
  const document = (await response.json()) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, "0".repeat(64)),
    })),
  )
}

describe("every route of the OpenAPI document", () => {
  test.each([
    ["without a credential", {}],
    ["with an empty token", { authorization: "Bearer " }],
    ["with another scheme", { authorization: "Basic dTE6dGhlLW93bmVyLXRva2Vu" }],
    ["with an unknown cookie", { cookie: `maillm_session=${"a".repeat(43)}`, origin: "SELF" }],
  ])("refuses %s", async (_, given) => {
    const headers: Record<string, string> = { ...given }
    if (headers["origin"] === "SELF") headers["origin"] = stack.url
    const all = await operations()
    expect(all.length).toBeGreaterThan(14)
    for (const { method, path } of all) {
      const signIn = path === "/api/auth/sign-in"
      const response = await fetch(stack.url + path, {
        method,
        headers: { ...headers, "content-type": "application/json" },
        ...(method === "GET" ? {} : { body: signIn ? '{"token":"x"}' : "{}" }),
      })
      expect(response.status, `${method} ${path}`).toBe(401)
    }
  })
})

describe("the one-time link", () => {
  test("works once, and the cookie it gives is the console's", async () => {
    const fresh = await otherGateway()
    const token = await linkToken(stack)
    const [first, second] = await Promise.all([trade(token, {}, fresh.url), trade(token, {}, stack.url)])
    expect(new Set([first.status, second.status])).toEqual(new Set([200, 401]))
    const winner = first.status === 200 ? first : second
    const cookie = winner.headers.getSetCookie()[0] ?? ""
    expect(cookie).toMatch(/^maillm_session=[A-Za-z0-9_-]{43};/)
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
    expect(cookie).toMatch(/Path=\//i)
    // On another gateway too: the session is in NATS.
    expect((await me({ cookie: cookie.split(";")[0] ?? "" }, fresh.url)).status).toBe(200)
    await fresh.dispose()
  })

  test("has its token in the fragment only, and is stored as a hash only", async () => {
    const token = await linkToken(stack)
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect((await fetch(`${stack.url}/api/auth/sign-in?token=${token}`)).status).toBe(404)
  })

  test("a form of another site cannot use it to sign its visitor in", async () => {
    const token = await linkToken(stack)
    expect((await trade(token, { origin: "https://evil.example" })).status).toBe(403)
    expect((await trade(token)).status).toBe(200)
  })
})

describe("the cookie", () => {
  test("changes nothing unless a page of ours asks", async () => {
    const cookie = await signIn(stack)
    const send = (headers: Record<string, string>) =>
      fetch(`${stack.url}/api/requests`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json", ...headers },
        body: '{"text":""}',
      })
    // 400 is the answer of the handler: the text is empty.
    expect((await send({ origin: stack.url })).status).toBe(400)
    expect((await send({ "sec-fetch-site": "same-origin" })).status).toBe(400)
    expect((await send({})).status).toBe(403)
    expect((await send({ origin: "https://evil.example" })).status).toBe(403)
    expect((await send({ origin: "null" })).status).toBe(403)
    expect((await send({ "sec-fetch-site": "same-site" })).status).toBe(403)
    expect((await me({ cookie })).status).toBe(200)
  })

  test("ends with sign-out, everywhere and for good", async () => {
    const cookie = await signIn(stack)
    const response = await fetch(`${stack.url}/api/auth/sign-out`, {
      method: "POST",
      headers: { cookie, origin: stack.url },
    })
    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie()[0]).toMatch(/^maillm_session=;.*Max-Age=0/i)
    expect((await me({ cookie })).status).toBe(401)
  })

  test("a wrong token is not helped by a right cookie", async () => {
    const cookie = await signIn(stack)
    const response = await me({ cookie, authorization: "Bearer wrong" })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining("token") })
  })
})

test("a token in a foreign page's request is refused for changes", async () => {
  const response = await fetch(`${stack.url}/api/requests`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json", origin: "https://evil.example" },
    body: '{"text":"ls"}',
  })
  expect(response.status).toBe(403)
})

test.each([
  ["evil.example", "/api/me", 403],
  ["evil.example", "/", 403],
  ["evil.example", "/health", 200],
  ["localhost", "/api/me", 200],
])("host %s at %s is %i", async (host, path, status) => {
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    httpRequest({ host: "127.0.0.1", port: stack.port, path, headers: { ...bearer, host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once("error", reject)
      .end()
  })
  expect(answered).toBe(status)
})

test("an address that fails too often waits, whoever was signed in there goes on", async () => {
  const fresh = await otherGateway()
  const cookie = await signIn(stack)
  expect((await me(bearer, fresh.url)).status).toBe(200)
  expect((await me({ cookie }, fresh.url)).status).toBe(200)
  for (let i = 0; i < failureLimit; i++) {
    expect((await me({ authorization: `Bearer guess${i}` }, fresh.url)).status).toBe(401)
  }
  const locked = await me({ authorization: "Bearer guess" }, fresh.url)
  expect(locked.status).toBe(429)
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0)
  expect((await trade(await linkToken(stack), {}, fresh.url)).status).toBe(429)
  expect((await me(bearer, fresh.url)).status).toBe(200)
  expect((await me({ cookie }, fresh.url)).status).toBe(200)
  await fresh.dispose()
})

/** A second gateway on the same NATS, with its own count of failures and an empty read model. */
const otherGateway = async () => {
  const runtime = httpStack(stack.nats.url)
  const { url } = await runtime.runPromise(HttpAddress)
  await fold({ ...stack, runtime }, { users: [userRow()] })
  return { url, dispose: () => runtime.dispose() }
}
