import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import { Api } from "@maillm/schema/Api"
import { MessageId, RequestId, UserId } from "@maillm/schema/Ids"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { fold, messageRow, requestRow, sessionRow, startHttpStack, userRow } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner } from "./testStack.ts"

let stack: StartedHttp
const request = requestRow("r1")
beforeAll(async () => {
  stack = await startHttpStack()
  const raw = await stack.runtime.runPromise(
    Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("Subject: hi\r\n\r\n\xff", "latin1"))),
  )
  await fold(stack, {
    users: [userRow()],
    sessions: [sessionRow("s1")],
    requests: [request, requestRow("r-other", { userId: UserId.make("u2") })],
    messages: [messageRow("m1", { raw })],
  })
})
afterAll(() => stack.stop())

/** The typed client, as the console has it. */
const client = (token = owner.token) =>
  HttpApiClient.make(Api, {
    baseUrl: stack.url,
    transformClient: HttpClient.mapRequest(HttpClientRequest.bearerToken(token)),
  }).pipe(Effect.provide(FetchHttpClient.layer))

test("decodes rows, details and bytes as the schema says", async () => {
  const result = await Effect.runPromise(
    Effect.gen(function* () {
      const api = yield* client()
      return {
        list: yield* api.requests.list({ query: { limit: 10 } }),
        detail: yield* api.requests.get({ params: { id: request.id } }),
        raw: yield* api.messages.raw({ params: { id: MessageId.make("m1") } }),
        me: yield* api.system.me(),
        taken: yield* api.requests.create({
          headers: { "idempotency-key": "k" },
          payload: { text: "ls" },
        }),
        report: yield* api.system.report(),
      }
    }),
  )
  expect(result.list).toEqual([request])
  expect(result.detail.request).toEqual(request)
  expect(Buffer.from(result.raw).at(-1)).toBe(0xff)
  expect(result.me.user.id).toBe(owner.userId)
  expect(result.taken.id).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(result.report.versions.maillm).toBe("0.0.0")
})

test("fails with the API's own errors, as classes with message and remedy", async () => {
  const wrong = await Effect.runPromise(
    Effect.flip(Effect.flatMap(client("wrong"), (api) => api.nodes.list())),
  )
  expect(wrong).toMatchObject({ _tag: "NotSignedIn", remedy: expect.stringContaining("owner.json") })
  const absent = await Effect.runPromise(
    Effect.flip(
      Effect.flatMap(client(), (api) => api.requests.get({ params: { id: RequestId.make("r-other") } })),
    ),
  )
  expect(absent._tag).toBe("NotFound")
  const empty = await Effect.runPromise(
    Effect.flip(
      Effect.flatMap(client(), (api) => api.requests.create({ headers: {}, payload: { text: "" } })),
    ),
  )
  expect(empty).toMatchObject({ _tag: "InputRefused", message: "text is empty" })
})

test("nodes are those that reported, alive while they do", async () => {
  const info = {
    nodeId: "n1",
    hostname: "host",
    runtime: "host",
    runtimeReason: "no Docker",
    drivers: ["shell"],
    version: "0.0.0",
    cpuCount: 2,
    memoryBytes: 1,
    memoryFreeBytes: 1,
    loadAverage: 0.5,
    paneCount: 0,
    turnsRunning: 0,
    startedAtMillis: 1,
  }
  await stack.runtime.runPromise(
    Effect.flatMap(Nats, (nats) =>
      Effect.promise(async () => {
        const bucket = nats.bucket("NODES")
        await bucket.put("n1", JSON.stringify({ ...info, beatAtMillis: Date.now() }))
        await bucket.put("n2", JSON.stringify({ ...info, nodeId: "n2", beatAtMillis: Date.now() - 60_000 }))
        await bucket.put("n3", "not a node")
      }),
    ),
  )
  const nodes = await Effect.runPromise(Effect.flatMap(client(), (api) => api.nodes.list()))
  expect(nodes.map(({ nodeId, alive }) => [nodeId, alive])).toEqual([
    ["n1", true],
    ["n2", false],
  ])
})
