import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { buildWithScope } from "effect/Layer"
import * as Context from "effect/Context"
import { MessageId, RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { anyApproval, approvalsContract, noRows as none } from "./readmodel/approvals.contract.ts"
import { ReadModel, type ReadModelFailed, type RequestFilter } from "../src/readmodel/ReadModel.ts"
import {
  approvalRow,
  changes,
  messageRow,
  requestRow,
  sessionRow,
  timelineRow,
  userRow,
} from "./readmodel/rows.ts"

/** Opens a read model that lives as long as the scope. */
export const openReadModel = (layer: Layer.Layer<ReadModel, ReadModelFailed>, scope: Scope.Scope) =>
  Effect.map(buildWithScope(layer, scope), (context) => Context.get(context, ReadModel))

const all: Omit<RequestFilter, "search"> = {
  userId: "u1",
  sessionId: null,
  state: null,
  limit: 50,
  before: null,
}
const anyMessage = { userId: "u1", direction: null, state: null, requestId: null, sessionId: null } as const

/** What every store of the read model promises. `layer` opens the same empty store each time it is built. */
export const readModelContract = (layer: () => Layer.Layer<ReadModel, ReadModelFailed>) => {
  let scope: Scope.Closeable
  let model: ReadModel["Service"]

  beforeEach(async () => {
    scope = Effect.runSync(Scope.make())
    model = await Effect.runPromise(openReadModel(layer(), scope))
    await Effect.runPromise(model.reset)
  })
  afterEach(() => Effect.runPromise(Scope.close(scope, Exit.void)))

  const run = <A>(effect: Effect.Effect<A, ReadModelFailed>) => Effect.runPromise(effect)
  const found = async (search: string, over: Partial<RequestFilter> = {}) =>
    (await run(model.requests({ ...all, search, ...over }))).map((row) => row.id)

  describe("position", () => {
    test("starts at nothing and follows what is applied", async () => {
      expect(await run(model.position)).toMatchObject({ sequence: 0, streamCreated: "" })
      expect(await run(model.apply(7, "2026-01-01", changes({})))).toBe("applied")
      expect(await run(model.position)).toMatchObject({ sequence: 7, streamCreated: "2026-01-01" })
    })

    test("leaves everything alone at a sequence that is not above it", async () => {
      await run(model.apply(7, "c", changes({ requests: [requestRow("r1", { state: "running" })] })))
      const late = changes({ requests: [requestRow("r1"), requestRow("r2")], timeline: [timelineRow(7_000)] })
      expect(await run(model.apply(7, "c", late))).toBe("behind")
      expect(await run(model.apply(3, "c", late))).toBe("behind")
      expect((await run(model.request("r1")))?.state).toBe("running")
      expect(await run(model.request("r2"))).toBeNull()
      expect(await run(model.audit("u1", { limit: 10, before: null }))).toEqual([])
    })

    test("refuses who folds on a generation that was reset, and writes nothing", async () => {
      const { generation } = await run(model.position)
      expect(await run(model.apply(5, "c", changes({}), generation))).toBe("applied")
      await run(model.reset)
      const rows = changes({ requests: [requestRow("r1")] })
      expect(await run(model.apply(6, "c", rows, generation))).toBe("reset")
      expect(await run(model.request("r1"))).toBeNull()
      const after = await run(model.position)
      expect(after).toMatchObject({ sequence: 0, streamCreated: "" })
      expect(after.generation).not.toBe(generation)
    })

    test("is kept with the rows when the store is opened again", async () => {
      await run(model.apply(9, "c", changes({ users: [userRow("u1")] })))
      const again = await run(Effect.flatMap(Scope.make(), (other) => openReadModel(layer(), other)))
      expect(await run(again.position)).toEqual(await run(model.position))
      expect(await run(again.user("u1"))).toEqual(userRow("u1"))
    })
  })

  describe("rows", () => {
    test("come back as they were written, whatever is in them", async () => {
      const hostile = `'"; DROP TABLE requests; -- {"$gt":""} \u0000 \u{1F4E7} \\ %_ é`
      const request = requestRow("r1", {
        text: hostile,
        answer: `${hostile}\n`.repeat(2_000),
        outputBytes: 3_000_000_000,
        outputBlob: { sha256: "a".repeat(64), sizeBytes: 3_000_000_000 },
        exitCode: -1,
        attachments: [{ name: hostile, type: "text/plain", blob: { sha256: "b".repeat(64), sizeBytes: 0 } }],
        createdAtMillis: 1_790_000_000_000,
      })
      const message = messageRow("m1", {
        text: hostile,
        subject: hostile,
        reasons: [hostile],
        raw: request.outputBlob,
      })
      const session = sessionRow("s1", { title: hostile, runtime: "host" })
      const approval = approvalRow("a1", { command: hostile, cwd: hostile, reason: hostile, note: hostile })
      const timeline = timelineRow(1_000, { summary: hostile, requestId: request.id })
      await run(
        model.apply(
          1,
          "c",
          changes({
            users: [userRow("u1")],
            requests: [request],
            messages: [message],
            sessions: [session],
            approvals: [approval],
            timeline: [timeline],
          }),
        ),
      )
      expect(await run(model.request("r1"))).toEqual(request)
      expect(await run(model.message("m1"))).toEqual(message)
      expect(await run(model.session("s1"))).toEqual(session)
      expect(await run(model.approval("a1"))).toEqual(approval)
      expect(await run(model.timeline({ requestId: "r1" }))).toEqual([timeline])
      expect(await run(model.users)).toEqual([userRow("u1")])
    })

    test("that are not there are null", async () => {
      expect(await run(model.user("x"))).toBeNull()
      expect(await run(model.request("x"))).toBeNull()
      expect(await run(model.session("x"))).toBeNull()
      expect(await run(model.message("x"))).toBeNull()
      expect(await run(model.approval("x"))).toBeNull()
    })

    test("replace those of the same id, and say as of which record", async () => {
      await run(model.apply(1, "c", changes({ requests: [requestRow("r1")], messages: [messageRow("m1")] })))
      await run(model.apply(2, "c", changes({ requests: [requestRow("r1", { state: "queued" })] })))
      const stored = await run(
        model.stored({ ...none, requests: ["r1", "r2"], sessions: ["s1"], messages: ["m1"] }),
      )
      expect([...stored.requests.values()]).toEqual([
        { row: requestRow("r1", { state: "queued" }), evtSeq: 2 },
      ])
      expect(stored.messages.get("m1")?.evtSeq).toBe(1)
      expect(stored.sessions.size).toBe(0)
    })

    test("of a session keep what only the fold needs to themselves", async () => {
      const folded = {
        ...sessionRow("s1"),
        openRequestIds: [RequestId.make("r1")],
        openApprovals: [{ id: "a1", requestId: "r1", kind: "tool" as const, reason: "It pushes." }],
        runningRequestId: "r1",
      }
      await run(model.apply(1, "c", changes({ sessions: [folded] })))
      const stored = await run(model.stored({ ...none, sessions: ["s1"] }))
      expect(stored.sessions.get("s1")?.row).toEqual(folded)
      expect(await run(model.session("s1"))).toEqual(sessionRow("s1"))
      expect(await run(model.sessions("u1", { limit: 1, before: null }))).toEqual([sessionRow("s1")])
    })

    test("are all gone after a reset, and can be written again from the first record", async () => {
      const rows = changes({
        users: [userRow("u1")],
        requests: [requestRow("r1", { text: "needle" })],
        sessions: [sessionRow("s1")],
        messages: [messageRow("m1")],
        approvals: [approvalRow("a1")],
        timeline: [timelineRow(1_000)],
      })
      await run(model.apply(5, "c", rows))
      await run(model.reset)
      expect(await run(model.users)).toEqual([])
      expect(await found("")).toEqual([])
      expect(await run(model.sessions("u1", { limit: 9, before: null }))).toEqual([])
      expect(await run(model.messages({ ...anyMessage, limit: 9, before: null }))).toEqual([])
      expect(await run(model.approvals({ ...anyApproval, limit: 9 }))).toEqual([])
      expect(await run(model.audit("u1", { limit: 9, before: null }))).toEqual([])
      expect(await run(model.requestCounts)).toEqual({})
      expect(await run(model.apply(1, "d", rows))).toBe("applied")
      expect(await found("needle")).toEqual(["r1"])
      expect(await run(model.timeline({ sessionId: "s1" }))).toEqual([])
    })
  })

  describe("lists", () => {
    test("of requests hold one user's, newest first, by session and state", async () => {
      await run(
        model.apply(
          1,
          "c",
          changes({
            requests: [
              requestRow("r1", { createdAtMillis: 1 }),
              requestRow("r2", { createdAtMillis: 3, state: "done" }),
              requestRow("r3", { createdAtMillis: 2, state: "done", sessionId: SessionId.make("s2") }),
              requestRow("r4", { userId: UserId.make("u2"), state: "failed" }),
            ],
          }),
        ),
      )
      expect(await found("")).toEqual(["r2", "r3", "r1"])
      expect(await found("", { state: "done" })).toEqual(["r2", "r3"])
      expect(await found("", { state: "done", sessionId: "s2" })).toEqual(["r3"])
      expect(await found("", { userId: "u2" })).toEqual(["r4"])
      expect(await found("", { state: "' OR 1=1 --" })).toEqual([])
      expect(await run(model.requestCounts)).toEqual({ received: 1, done: 2, failed: 1 })
    })

    test("are paged without a hole, also among rows of one millisecond", async () => {
      const requests = Array.from({ length: 23 }, (_, i) =>
        requestRow(`r${i}`, { createdAtMillis: i < 9 ? 100 : 100 + i }),
      )
      await run(model.apply(1, "c", changes({ requests })))
      const seen: Array<string> = []
      let before: number | null = null
      for (let page = 0; page < 30; page++) {
        const rows: ReadonlyArray<RequestRow> = await run(
          model.requests({ ...all, search: "", limit: 4, before }),
        )
        if (rows.length === 0) break
        seen.push(...rows.map((row) => row.id))
        before = rows.at(-1)?.createdAtMillis ?? null
      }
      expect(seen.toSorted()).toEqual(requests.map((row) => row.id).toSorted())
      expect(new Set(seen).size).toBe(23)
    })

    test("of sessions go by their last change", async () => {
      const sessions = [
        sessionRow("s1", { updatedAtMillis: 30 }),
        sessionRow("s2", { updatedAtMillis: 10 }),
        sessionRow("s3", { updatedAtMillis: 20 }),
        sessionRow("s4", { userId: UserId.make("u2") }),
      ]
      await run(model.apply(1, "c", changes({ sessions })))
      const ids = async (limit: number, before: number | null) =>
        (await run(model.sessions("u1", { limit, before }))).map((row) => row.id)
      expect(await ids(2, null)).toEqual(["s1", "s3"])
      expect(await ids(2, 20)).toEqual(["s2"])
    })

    test("of messages are filtered by what each says", async () => {
      const messages = [
        messageRow("m1", { atMillis: 1, requestId: RequestId.make("r1"), sessionId: SessionId.make("s1") }),
        messageRow("m2", { atMillis: 2, direction: "out", state: "kept", requestId: RequestId.make("r1") }),
        messageRow("m3", { atMillis: 3, state: "quarantined" }),
        messageRow("m4", { atMillis: 4, userId: UserId.make("u2") }),
      ]
      await run(model.apply(1, "c", changes({ messages })))
      const ids = async (over: Partial<Parameters<typeof model.messages>[0]>) =>
        (await run(model.messages({ ...anyMessage, limit: 9, before: null, ...over }))).map((row) => row.id)
      expect(await ids({})).toEqual(["m3", "m2", "m1"])
      expect(await ids({ direction: "out" })).toEqual(["m2"])
      expect(await ids({ state: "quarantined" })).toEqual(["m3"])
      expect(await ids({ requestId: "r1" })).toEqual(["m2", "m1"])
      expect(await ids({ sessionId: "s1" })).toEqual(["m1"])
      expect(await ids({ before: 3, limit: 1 })).toEqual(["m2"])
    })
  })

  approvalsContract(() => model)

  describe("timelines", () => {
    test("of a request are oldest first and tell of its mail before it was a request", async () => {
      const mail = { messageId: MessageId.make("m1") }
      const request = { requestId: RequestId.make("r1"), sessionId: SessionId.make("s1") }
      const timeline = [
        timelineRow(1_000, mail),
        timelineRow(2_000, { ...mail, ...request, type: "MailAccepted" }),
        timelineRow(3_000, { ...request, type: "RequestQueued" }),
        timelineRow(3_001, { sessionId: SessionId.make("s1"), type: "SessionOpened" }),
        timelineRow(4_000, { messageId: MessageId.make("m2"), type: "MailQuarantined" }),
      ]
      const messages = [
        messageRow("m1", request),
        messageRow("m2", { sessionId: SessionId.make("s1"), state: "quarantined" }),
      ]
      await run(model.apply(4, "c", changes({ messages, timeline: timeline.toReversed() })))
      expect((await run(model.timeline({ requestId: "r1" }))).map((row) => row.position)).toEqual([
        1_000, 2_000, 3_000,
      ])
      expect((await run(model.timeline({ sessionId: "s1" }))).map((row) => row.position)).toEqual([
        1_000, 2_000, 3_000, 3_001,
      ])
      const audit = async (limit: number, before: number | null) =>
        (await run(model.audit("u1", { limit, before }))).map((row) => row.position)
      expect(await audit(2, null)).toEqual([4_000, 3_001])
      expect(await audit(3, 3_001)).toEqual([3_000, 2_000, 1_000])
    })

    test("keep a row that is written again as it was", async () => {
      await run(model.apply(1, "c", changes({ timeline: [timelineRow(1_000)] })))
      await run(
        model.apply(
          2,
          "c",
          changes({ timeline: [timelineRow(1_000, { summary: "later" }), timelineRow(2_000)] }),
        ),
      )
      const rows = await run(model.audit("u1", { limit: 9, before: null }))
      expect(rows.map((row) => row.summary)).toEqual([timelineRow(0).summary, timelineRow(0).summary])
    })
  })

  describe("search", () => {
    const needles = requestRow("r1", {
      title: "Fix the Build",
      text: "make ÄPFEL",
      answer: '100% done_ok (a.b)* \\ "x" z9',
    })
    beforeEach(() =>
      run(
        model.apply(1, "c", changes({ requests: [needles, requestRow("r2", { text: "something else" })] })),
      ),
    )

    test.each([
      ["build", ["r1"]],
      ["BUILD the", ["r1"]],
      ["uil", ["r1"]],
      ["äpfel", ["r1"]],
      ["z9", ["r1"]],
      ["e", ["r2", "r1"]],
      ["build else", []],
      ["  else\t\n", ["r2"]],
      ["", ["r2", "r1"]],
    ])("finds %j", async (search, ids) => {
      expect((await found(search)).toSorted()).toEqual([...ids].toSorted())
    })

    test.each([
      ["100%", true],
      ["%", true],
      ["done_ok", true],
      ["doneXok", false],
      ["(a.b)*", true],
      ["axb", false],
      ["\\", true],
      ['"x"', true],
      ['"', true],
      [".*", false],
      ["^fix", false],
      ["build OR nothing", false],
      ["title:build", false],
      ["bui*", false],
      ["NEAR(fix build)", false],
      ["' OR ''='", false],
      ["$where", false],
      ["(((((((((((((((((", false],
      ["[a-", false],
      ["\u0000", true],
      ["\ud800", false],
    ])("takes %j as plain words", async (search, matches) => {
      expect((await found(search)).includes(needles.id)).toBe(matches)
    })

    test("takes a search of any length", async () => {
      expect(await found("build ".repeat(10_000))).toEqual(["r1"])
      expect(await found("x".repeat(100_000))).toEqual([])
    })

    test("finds both ends of an answer that is as long as may be", async () => {
      const answer = `alpha ${"filler ".repeat(37_000)} omega`
      await run(model.apply(2, "c", changes({ requests: [{ ...needles, answer }] })))
      expect(await found("alpha omega filler build")).toEqual(["r1"])
    })

    test("follows the text of a request", async () => {
      await run(model.apply(2, "c", changes({ requests: [{ ...needles, answer: "brand new words" }] })))
      expect(await found("brand")).toEqual(["r1"])
      expect(await found("done_ok")).toEqual([])
    })
  })
}
