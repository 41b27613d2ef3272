import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { Blobs } from "@maillm/actors/nats/Blobs"
import {
  approvalRow,
  bearer,
  fold,
  requestRow,
  sessionRow,
  startHttpStack,
  until,
  userRow,
} from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner, sessionCommands, userCommands } from "./testStack.ts"

let stack: StartedHttp
const other = UserId.make("u2")

beforeAll(async () => {
  stack = await startHttpStack()
  await fold(stack, {
    users: [userRow()],
    sessions: [sessionRow("s1"), sessionRow("s-other", { userId: other })],
    requests: [requestRow("r1", { state: "waiting" })],
    approvals: [
      approvalRow("a1", { askedAtMillis: 1 }),
      approvalRow("a2", {
        askedAtMillis: 2,
        state: "denied",
        decidedBy: "bob@example.org",
        decidedVia: "email",
      }),
      approvalRow("a3", { askedAtMillis: 3, requestId: RequestId.make("r3") }),
      approvalRow("a-other", { userId: other, sessionId: SessionId.make("s-other") }),
    ],
  })
})
afterAll(() => stack.stop())

const get = (path: string) => fetch(`${stack.url}${path}`, { headers: bearer })
const ids = async (path: string) =>
  ((await (await get(path)).json()) as ReadonlyArray<{ id: string }>).map((row) => row.id)
const answer = (id: string, body: unknown) =>
  fetch(`${stack.url}/api/approvals/${id}`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify(body),
  })
const answersTo = async (id: string) =>
  (await stack.runtime.runPromise(sessionCommands("s1"))).flatMap(({ command }) =>
    command._tag === "AnswerApproval" && command.approvalId === id ? [command] : [],
  )
/** Plays the session's actor: once it has `count` answers, the approval is what is given. */
const decide = async (row: ApprovalRow, count = 1) => {
  await until("the answer is stored", async () => (await answersTo(row.id)).length >= count)
  await fold(stack, { approvals: [row] })
}
const decided = (id: string, change: Partial<ApprovalRow>) =>
  approvalRow(id, {
    decidedBy: owner.email,
    decidedVia: "console",
    decidedAtMillis: 1_790_000_000_000,
    ...change,
  })

describe("reading", () => {
  test("all newest first, those that wait oldest first, of the caller only", async () => {
    expect(await ids("/api/approvals")).toEqual(["a3", "a2", "a1"])
    expect(await ids("/api/approvals?state=pending")).toEqual(["a1", "a3"])
    expect(await ids("/api/approvals?state=pending&limit=1&before=1")).toEqual(["a3"])
    expect(await ids("/api/approvals?sessionId=s-other")).toEqual([])
    expect((await get("/api/approvals?state=happy")).status).toBe(400)
  })

  test("one, and none of another user's", async () => {
    expect(await (await get("/api/approvals/a1")).json()).toMatchObject({
      id: "a1",
      command: "rm -rf ../other",
    })
    expect((await get("/api/approvals/a-other")).status).toBe(404)
    expect((await get("/api/approvals/none")).status).toBe(404)
  })

  test("a request has its own", async () => {
    const detail = (await (await get("/api/requests/r1")).json()) as {
      approvals: ReadonlyArray<{ id: string }>
    }
    expect(detail.approvals.map((row) => row.id)).toEqual(["a1", "a2"])
  })
})

describe("answering", () => {
  test("tells the session who answers and waits for what it says", async () => {
    await fold(stack, { approvals: [approvalRow("b1")] })
    const response = answer("b1", { decision: "allow", note: "fine" })
    await decide(decided("b1", { state: "allowed" }))
    expect((await response).status).toBe(202)
    expect(await (await response).json()).toMatchObject({
      id: "b1",
      state: "allowed",
      approval: { decidedBy: owner.email },
    })
    expect(await answersTo("b1")).toEqual([
      {
        _tag: "AnswerApproval",
        approvalId: "b1",
        decision: "allow",
        by: owner.email,
        via: "console",
        note: "fine",
        replyTo: null,
      },
    ])
  })

  test("the same answer again is taken and changes nothing, also when what was allowed has begun", async () => {
    expect((await answer("b1", { decision: "allow" })).status).toBe(202)
    await fold(stack, { approvals: [decided("b1", { state: "consumed" })] })
    expect((await answer("b1", { decision: "allow" })).status).toBe(202)
    expect((await answer("b1", { decision: "deny" })).status).toBe(409)
    expect(await answersTo("b1")).toHaveLength(1)
  })

  test("two at the same time: the session has both, and who came second is told who was first", async () => {
    await fold(stack, { approvals: [approvalRow("b2")] })
    const late = answer("b2", { decision: "deny" })
    await decide(decided("b2", { state: "allowed", decidedBy: "bob@example.org", decidedVia: "email" }))
    expect((await late).status).toBe(409)
    expect(await (await late).json()).toMatchObject({
      _tag: "Conflict",
      message:
        "approval b2 is decided already. Allowed by bob@example.org, by email, 21 Sep 2026, 14:13 UTC.",
    })
  })

  test.each([
    ["denied", /Denied by bob@example\.org/],
    ["cancelled", /Withdrawn/],
    ["expired", /Nobody answered before/],
  ] as const)(
    "what is %s already is a conflict that says so, and nothing is stored",
    async (state, message) => {
      await fold(stack, { approvals: [decided("b3", { state, decidedBy: "bob@example.org" })] })
      const response = await answer("b3", { decision: "deny" })
      expect(response.status).toBe(409)
      expect(await response.json()).toMatchObject({ message: expect.stringMatching(message) })
      expect(await answersTo("b3")).toEqual([])
    },
  )

  test("what has run out of time is denied, though nothing has said so yet", async () => {
    await fold(stack, { approvals: [approvalRow("b4", { expiresAtMillis: Date.now() - 1 })] })
    expect((await answer("b4", { decision: "allow" })).status).toBe(409)
    expect(await answersTo("b4")).toEqual([])
  })

  test("an actor that is away delays no answer for longer than 3 s, and what is not known is not claimed", async () => {
    await fold(stack, { approvals: [approvalRow("b5")] })
    const before = performance.now()
    const response = await answer("b5", { decision: "allow" })
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(response.status).toBe(202)
    expect(await response.json()).toMatchObject({ state: "pending" })
    expect(await answersTo("b5")).toHaveLength(1)
    expect((await answer("b5", { decision: "allow" })).status).toBe(202)
    expect(await answersTo("b5")).toHaveLength(1)
  })

  test.each([
    ["a-other", { decision: "allow" }, 404],
    ["none", { decision: "allow" }, 404],
    ["a1", { decision: "maybe" }, 400],
    ["a1", {}, 400],
    ["a1", { decision: "allow", note: "x".repeat(1_001) }, 400],
  ])("%s with %j is refused", async (id, body, status) => {
    expect((await answer(id, body)).status).toBe(status)
    expect(await answersTo(id)).toEqual([])
  })

  test("nobody who is not signed in", async () => {
    const response = await fetch(`${stack.url}/api/approvals/a1`, { method: "POST", body: "{}" })
    expect(response.status).toBe(401)
  })
})

test("a request may wish for an agent and a repository", async () => {
  const repository = { url: "https://git.example.org/shop.git", branch: "main" }
  const response = fetch(`${stack.url}/api/requests`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify({ text: "fix it", driver: "codex", repository }),
  })
  const stored = async () =>
    (await stack.runtime.runPromise(userCommands(owner.userId))).map(({ command }) => command)
  await until("it is stored", async () => (await stored()).length > 0)
  expect(await stored()).toMatchObject([{ _tag: "SubmitRequest", driver: "codex", repository }])
  expect((await response).status).toBe(202)
})

test("a patch and a recording are given to whose request refers to them, and to nobody else", async () => {
  const put = (words: string) =>
    stack.runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(Buffer.from(words))))
  const patch = await put("diff --git a/x b/x")
  const recording = await put('{"version": 2}')
  const changes = { files: [], fileCount: 1, addedLines: 1, removedLines: 0, patch }
  await fold(stack, {
    requests: [
      requestRow("r7", { changes, recording }),
      requestRow("r8", { userId: other, changes, recording }),
      requestRow("r9"),
    ],
  })
  const file = await get(`/api/blobs/${patch.sha256}?requestId=r7`)
  expect(await file.text()).toBe("diff --git a/x b/x")
  expect(file.headers.get("content-disposition")).toContain('filename="r7.patch"')
  const cast = await get(`/api/blobs/${recording.sha256}?requestId=r7`)
  expect(cast.headers.get("content-disposition")).toContain('filename="r7.cast"')
  for (const id of ["r8", "r9"]) {
    expect((await get(`/api/blobs/${patch.sha256}?requestId=${id}`)).status).toBe(404)
    expect((await get(`/api/blobs/${recording.sha256}?requestId=${id}`)).status).toBe(404)
  }
})

test("the document of the API names them", async () => {
  const document = (await (await fetch(`${stack.url}/api/openapi.json`)).json()) as {
    paths: Record<string, unknown>
  }
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(["/api/approvals", "/api/approvals/{id}"]),
  )
})
