import { headers as newHeaders } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ActorInspection, ActorsReport } from "@maillm/schema/api/ActorsApi"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { UserId } from "@maillm/schema/Ids"
import { partitionOf } from "@maillm/schema/Subjects"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { deadMessage } from "@maillm/actors/nats/deadMessage"
import { Nats } from "@maillm/actors/nats/Nats"
import * as Schema from "effect/Schema"
import { SignInLinks } from "../src/identity/SignInLinks.ts"
import { bearer, signIn, startHttpStack } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner } from "./testStack.ts"

let stack: StartedHttp
beforeAll(async () => {
  stack = await startHttpStack()
})
afterAll(() => stack.stop())

const call = async (method: "GET" | "POST", path: string, headers: Record<string, string> = bearer) => {
  const response = await fetch(`${stack.url}${path}`, { method, headers: { origin: stack.url, ...headers } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const nats = <A>(run: (nats: Nats["Service"]) => Promise<A>) =>
  stack.runtime.runPromise(Effect.flatMap(Nats, (service) => Effect.promise(() => run(service))))

/** Puts a mail into DEAD, as the sender of mails does; answers its number there. */
const putAside = (sequence: number, text: string) =>
  nats(async ({ js }) => {
    const data = new TextEncoder().encode(text)
    const aside = { stream: "OUTBOX", subject: "out.email.u1", sequence, data, reason: "not a mail" }
    const letter = deadMessage(aside, 1_000_000)
    const headers = newHeaders()
    for (const [name, value] of letter.headers) headers.set(name, value)
    return (await js.publish(letter.subject, letter.data, { headers })).seq
  })
const left = (stream: string) => nats(async ({ jsm }) => (await jsm.streams.info(stream)).state.messages)

/** The cookie of another account than the owner's. */
const strangersCookie = async () => {
  const link = await stack.runtime.runPromise(
    Effect.flatMap(SignInLinks, (links) => links.make(UserId.make("u2"), stack.url)),
  )
  const response = await fetch(`${stack.url}/api/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: stack.url },
    body: JSON.stringify({ token: link.slice(link.indexOf("#token=") + "#token=".length) }),
  })
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? ""
}

describe("dead letters", () => {
  test("are listed, shown whole or cut, put back, dropped", async () => {
    const one = await putAside(1, "first")
    const two = await putAside(2, "\u0000\u{1f600}".repeat(40_000))
    const { body: rows } = await call("GET", "/api/dead?limit=2")
    expect(rows).toMatchObject([
      { sequence: two, stream: "OUTBOX", reason: "not a mail", refusal: null },
      { sequence: one, subject: "out.email.u1", originalSequence: 1, bodyBytes: 5 },
    ])
    expect(JSON.stringify(rows)).not.toContain("first")
    expect((await call("GET", `/api/dead?before=${two}`)).body).toMatchObject([{ sequence: one }])
    expect((await call("GET", `/api/dead/${one}`)).body).toMatchObject({ body: "first", bodyCut: false })
    const long = (await call("GET", `/api/dead/${two}`)).body
    expect(long).toMatchObject({ bodyCut: true })
    expect(String(long["body"])).toHaveLength(65_536)
    expect((await call("GET", "/api/dead/usage")).body).toMatchObject({ letters: 2, limitBytes: 67_108_864 })

    expect(await call("POST", `/api/dead/${one}/retry`)).toMatchObject({
      status: 200,
      body: { sequence: one, subject: "out.email.u1", outcome: "stored", commandId: null },
    })
    expect(await left("OUTBOX")).toBe(1)
    expect(await call("POST", `/api/dead/${two}/drop`)).toMatchObject({
      status: 200,
      body: { sequence: two },
    })
    expect([await left("OUTBOX"), await left("DEAD")]).toEqual([1, 0])
    for (const [method, tail] of [
      ["GET", ""],
      ["POST", "/retry"],
      ["POST", "/drop"],
    ] as const)
      expect(await call(method, `/api/dead/${one}${tail}`)).toMatchObject({
        status: 404,
        body: { _tag: "NotFound" },
      })
  })

  test("one that cannot be put back is a conflict that says what to do", async () => {
    const sequence = await nats(
      async ({ js }) =>
        (await js.publish("dead.EVT.user.u1", '{"reason":"r","seq":1,"subject":"evt.user.u1"}')).seq,
    )
    const refused = await call("POST", `/api/dead/${sequence}/retry`)
    expect(refused).toMatchObject({
      status: 409,
      body: { remedy: expect.stringMatching(/readmodel rebuild/) },
    })
    expect(await left("DEAD")).toBe(1)
  })

  test.each(["0", "-1", "1.5", "x", "99999999999999999999"])("the number %s is refused", async (number) => {
    const { status } = await call("GET", `/api/dead/${number}`)
    expect(status).toBe(400)
    expect((await call("GET", `/api/dead?actor=${encodeURIComponent("session.>")}`)).status).toBe(400)
  })
})

describe("who may", () => {
  const paths = [
    ["GET", "/api/actors"],
    ["GET", "/api/actors/user/u1"],
    ["GET", "/api/dead"],
    ["GET", "/api/dead/usage"],
    ["GET", "/api/dead/1"],
    ["POST", "/api/dead/1/retry"],
    ["POST", "/api/dead/1/drop"],
  ] as const

  test.each(paths)("%s %s: nobody without a credential, and no other account", async (method, path) => {
    expect((await call(method, path, {})).status).toBe(401)
    const stranger = await call(method, path, { cookie: await strangersCookie() })
    expect(stranger).toMatchObject({ status: 403, body: { _tag: "NotAllowed" } })
  })

  test("the owner's console may, from its own pages only", async () => {
    const cookie = await signIn(stack)
    const sequence = await putAside(50, "x")
    const path = `/api/dead/${sequence}/drop`
    expect((await call("POST", path, { cookie, origin: "https://evil.example" })).status).toBe(403)
    expect((await call("POST", path, { cookie })).status).toBe(200)
  })
})

describe("the actors", () => {
  test("are reported though no host lives, and one is inspected", async () => {
    await stack.runtime.runPromise(
      Effect.flatMap(ActorClient, (client) =>
        client.tell(UserProtocol, owner.userId, "c1", {
          _tag: "CreateUser",
          name: "Ada",
          email: owner.email,
          privateLocalPart: "ada.a",
        }),
      ),
    )
    const partition = partitionOf("user", owner.userId)
    const report = Schema.decodeUnknownSync(ActorsReport)((await call("GET", "/api/actors")).body)
    expect(report.state).toBe("down")
    expect(report.partitions[partition]).toMatchObject({ state: "stopped", depth: 1, host: null })
    const seen = (await call("GET", `/api/actors/user/${owner.userId}`)).body
    expect(Schema.decodeUnknownSync(ActorInspection)(seen)).toMatchObject({
      partition,
      waiting: 1,
      journal: { state: "empty" },
      advice: [expect.stringMatching(/Nobody alive owns its partition/)],
    })
    expect((await call("GET", "/api/actors/user/a.b")).status).toBe(400)
    expect((await call("GET", "/api/actors/user/%3E")).status).toBe(400)
  })
})
