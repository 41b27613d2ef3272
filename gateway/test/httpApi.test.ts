import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { Blobs } from "@maillm/actors/nats/Blobs"
import type { BlobRef } from "@maillm/schema/Message"
import { requestTextLimit } from "@maillm/schema/Message"
import { UserId } from "@maillm/schema/Ids"
import {
  bearer,
  fold,
  messageRow,
  requestRow,
  sessionRow,
  startHttpStack,
  timelineRow,
  until,
  userRow,
} from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner, sessionCommands, userCommands } from "./testStack.ts"

let stack: StartedHttp
let raw: BlobRef
const other = UserId.make("u2")

beforeAll(async () => {
  stack = await startHttpStack()
  raw = await stack.runtime.runPromise(
    Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from("Subject: <script>alert(1)</script>\r\n\r\nhi"))),
  )
  await fold(stack, {
    users: [userRow()],
    sessions: [sessionRow("s1"), sessionRow("s-other", { userId: other })],
    requests: [
      requestRow("r1", { createdAtMillis: 1 }),
      requestRow("r2", { createdAtMillis: 2, state: "done", title: "build the house" }),
      requestRow("r3", { createdAtMillis: 3 }),
      requestRow("r-other", { userId: other, sessionId: sessionRow("s-other").id }),
    ],
    messages: [
      messageRow("m1", {
        requestId: requestRow("r1").id,
        raw,
        attachments: [{ name: '../../e"vil\r\n\u202e.html', type: "text/html", blob: raw }],
      }),
      messageRow("m2", { direction: "out", state: "queued", atMillis: 2_000 }),
      messageRow("m-other", { userId: other, raw }),
    ],
    timeline: [
      timelineRow(1_000, { requestId: requestRow("r1").id }),
      timelineRow(2_000),
      timelineRow(3_000, { userId: other }),
    ],
  })
})
afterAll(() => stack.stop())

const get = (path: string) => fetch(`${stack.url}${path}`, { headers: bearer })
const json = async <A = unknown>(path: string) => (await (await get(path)).json()) as A
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${stack.url}${path}`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  })
interface HasId {
  readonly id: string
}
const ids = (rows: unknown) => (rows as ReadonlyArray<HasId>).map((row) => row.id)

describe("reading", () => {
  test("requests are an array, newest first, of the caller only, paged by before", async () => {
    expect(ids(await json("/api/requests"))).toEqual(["r3", "r2", "r1"])
    expect(ids(await json("/api/requests?limit=2"))).toEqual(["r3", "r2"])
    expect(ids(await json("/api/requests?limit=2&before=2"))).toEqual(["r1"])
    expect(ids(await json("/api/requests?state=done"))).toEqual(["r2"])
    expect(ids(await json("/api/requests?search=house"))).toEqual(["r2"])
    expect(ids(await json("/api/requests?sessionId=s-other"))).toEqual([])
  })

  test("a request has its state, timeline, messages and session", async () => {
    expect(await json("/api/requests/r1")).toMatchObject({
      id: "r1",
      state: "running",
      request: { id: "r1", text: "ls" },
      timeline: [{ position: 1_000 }],
      messages: [{ id: "m1" }],
      session: { id: "s1" },
    })
  })

  test("a session has its requests", async () => {
    expect(ids(await json("/api/sessions"))).toEqual(["s1"])
    const detail = await json<{ session: HasId; requests: unknown }>("/api/sessions/s1")
    expect(detail.session.id).toBe("s1")
    expect(ids(detail.requests)).toEqual(["r3", "r2", "r1"])
  })

  test("messages are filtered by direction and state; the audit is the caller's", async () => {
    expect(ids(await json("/api/messages"))).toEqual(["m2", "m1"])
    expect(ids(await json("/api/messages?direction=out&state=queued"))).toEqual(["m2"])
    const audit = await json<ReadonlyArray<{ position: number }>>("/api/audit")
    expect(audit.map((row) => row.position)).toEqual([2_000, 1_000])
  })

  test.each([
    "/api/requests/r-other",
    "/api/requests/none",
    "/api/sessions/s-other",
    "/api/messages/m-other",
    "/api/messages/m-other/raw",
    "/api/messages/m2/raw",
  ])("%s is 404", async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ _tag: "NotFound", remedy: expect.stringMatching(/./) })
  })

  test("HEAD answers as GET does, without the body", async () => {
    const response = await fetch(`${stack.url}/api/requests`, { method: "HEAD", headers: bearer })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe("")
  })

  test.each([
    "/api/requests?limit=0",
    "/api/requests?limit=201",
    "/api/requests?limit=abc",
    "/api/requests?state=happy",
    "/api/requests/a.b",
    "/api/messages?direction=sideways",
    `/api/requests?search=${"x".repeat(201)}`,
    "/api/blobs/abc",
  ])("%s is 400 and says why", async (path) => {
    const response = await get(path)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      _tag: "InputRefused",
      message: expect.stringMatching(/^(query|params): /),
    })
  })

  test("who I am, and how the system is", async () => {
    expect(await json("/api/me")).toMatchObject({
      user: { email: owner.email },
      address: "ada.aaaaaaaaaaaaaaaaaaaaaaaaaa@maillm.localhost",
      signedInBy: "token",
      expiresAtMillis: null,
    })
    const system = await json<{ streams: unknown }>("/api/system")
    expect(system.streams).toContainEqual(expect.objectContaining({ name: "CMD" }))
    expect(system).toMatchObject({
      components: expect.arrayContaining([expect.objectContaining({ name: "nats", state: "ok" })]),
      requestCounts: { running: 3, done: 1 },
    })
  })
})

describe("downloads", () => {
  test("a raw mail is text, an attachment, and never sniffed or run", async () => {
    const response = await get("/api/messages/m1/raw")
    expect(await response.text()).toContain("<script>")
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8")
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="m1\.eml\.txt"/)
    expect(response.headers.get("x-content-type-options")).toBe("nosniff")
    expect(response.headers.get("content-security-policy")).toContain("sandbox")
  })

  test("a blob is given by the row that refers to it, with a harmless name", async () => {
    const response = await get(`/api/blobs/${raw.sha256}?messageId=m1`)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toBe("application/octet-stream")
    const disposition = response.headers.get("content-disposition") ?? ""
    expect(disposition).toMatch(
      /^attachment; filename="[A-Za-z0-9._ -]+"; filename\*=UTF-8''[A-Za-z0-9._%~!-]+$/,
    )
  })

  test.each([
    ["messageId=m-other", 404],
    ["messageId=m2", 404],
    ["requestId=r1", 404],
    ["", 400],
  ])("a blob by %s is %i", async (query, status) => {
    expect((await get(`/api/blobs/${raw.sha256}?${query}`)).status).toBe(status)
  })
})

describe("asking for work", () => {
  test("202 once the command is in the user's mailbox, and readable when the row comes", async () => {
    const answer = post("/api/requests", { text: "uname -a" }, { "idempotency-key": "k1" })
    await until("the command is stored", async () => (await submitted()).length === 1)
    const [command] = await submitted()
    await fold(stack, { requests: [requestRow(command!.requestId, { text: "uname -a" })] })
    const response = await answer
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ id: command!.requestId, sessionId: "s1" })
  })

  test("the same key again is the same request, and another text with it a conflict", async () => {
    const before = await submitted()
    const again = await post("/api/requests", { text: "uname -a" }, { "idempotency-key": "k1" })
    expect(again.status).toBe(202)
    expect(await again.json()).toMatchObject({ id: before[0]?.requestId })
    const differs = await post("/api/requests", { text: "rm -rf /" }, { "idempotency-key": "k1" })
    expect(differs.status).toBe(409)
    expect(await submitted()).toEqual(before)
  })

  test("text that is empty or too long is refused with the limit, and nothing is stored", async () => {
    const before = await submitted()
    const empty = await post("/api/requests", { text: " \n" })
    expect(empty.status).toBe(400)
    const long = await post("/api/requests", { text: "é".repeat(requestTextLimit + 1) })
    expect(long.status).toBe(400)
    expect(await long.json()).toMatchObject({ message: expect.stringContaining(String(requestTextLimit)) })
    expect(await submitted()).toEqual(before)
  })

  test("text of exactly the limit goes through, however it is escaped", async () => {
    const text = "\u0001".repeat(requestTextLimit)
    const response = await post("/api/requests", { text })
    expect(response.status).toBe(202)
    expect((await submitted()).some((command) => command.text === text)).toBe(true)
  })

  test.each([
    ["another user's session", { text: "ls", sessionId: "s-other" }, {}, 404],
    ["no text", {}, {}, 400],
    ["text that is no text", { text: 5 }, {}, 400],
    ["a bad key", { text: "ls" }, { "idempotency-key": "a b" }, 400],
    ["a body that is too long", { text: "x".repeat(300_000) }, {}, 413],
  ])("%s is refused", async (_, body, headers, status) => {
    const before = await submitted()
    expect((await post("/api/requests", body, headers)).status).toBe(status)
    expect(await submitted()).toEqual(before)
  })

  test("a body that is not JSON, not said to be, or endless is refused and harms nothing", async () => {
    const send = (body: string | ReadableStream, type: string) => {
      const headers = { ...bearer, "content-type": type }
      return fetch(`${stack.url}/api/requests`, { method: "POST", headers, body, duplex: "half" })
    }
    expect((await send("{", "application/json")).status).toBe(400)
    expect((await send("text=ls", "application/x-www-form-urlencoded")).status).toBe(415)
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536
        if (sent > 64 * 1024 * 1024) controller.close()
        else controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const outcome = await send(endless, "application/json").then(
      (response) => response.status,
      () => "closed",
    )
    expect([400, 413, "closed"]).toContain(outcome)
    expect(sent).toBeLessThan(16 * 1024 * 1024)
    expect((await get("/api/me")).status).toBe(200)
  })

  test("cancelling tells the session's actor once; what has ended is a conflict", async () => {
    expect((await post("/api/requests/r1/cancel", undefined)).status).toBe(202)
    expect((await post("/api/requests/r1/cancel", undefined)).status).toBe(202)
    expect((await post("/api/requests/r2/cancel", undefined)).status).toBe(409)
    expect((await post("/api/requests/r-other/cancel", undefined)).status).toBe(404)
    const commands = await stack.runtime.runPromise(sessionCommands("s1"))
    expect(commands.map((envelope) => envelope.command)).toEqual([
      { _tag: "CancelRequest", requestId: "r1", by: owner.email },
    ])
  })
})

const submitted = async () =>
  (await stack.runtime.runPromise(userCommands(owner.userId))).flatMap(({ command }) =>
    command._tag === "SubmitRequest" ? [command] : [],
  )
