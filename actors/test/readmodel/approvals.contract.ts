import * as Effect from "effect/Effect"
import { RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { describe, expect, test } from "vitest"
import type { ApprovalFilter, ReadModel, ReadModelFailed } from "../../src/readmodel/ReadModel.ts"
import { approvalRow, changes } from "./rows.ts"

export const noRows = { users: [], requests: [], sessions: [], messages: [], approvals: [] } as const
export const anyApproval = {
  userId: "u1",
  sessionId: null,
  requestId: null,
  state: null,
  before: null,
} as const

/** What every store of the read model promises about approvals. `model` is empty before each test. */
export const approvalsContract = (model: () => ReadModel["Service"]) => {
  const run = <A>(effect: Effect.Effect<A, ReadModelFailed>) => Effect.runPromise(effect)

  describe("approvals", () => {
    const list = async (over: Partial<ApprovalFilter> = {}) =>
      (await run(model().approvals({ ...anyApproval, limit: 9, ...over }))).map((row) => row.id)
    const give = (...approvals: ReadonlyArray<ApprovalRow>) =>
      run(model().apply(1, "c", changes({ approvals })))

    test("are newest first, but those that wait oldest first: they are a queue", async () => {
      await give(
        approvalRow("a1", { askedAtMillis: 1 }),
        approvalRow("a2", { askedAtMillis: 2, state: "denied" }),
        approvalRow("a3", { askedAtMillis: 3 }),
        approvalRow("a4", { askedAtMillis: 4, userId: UserId.make("u2") }),
      )
      expect(await list()).toEqual(["a3", "a2", "a1"])
      expect(await list({ state: "pending" })).toEqual(["a1", "a3"])
      expect(await list({ state: "denied" })).toEqual(["a2"])
      expect(await list({ userId: "u2", state: "pending" })).toEqual(["a4"])
      expect(await list({ state: "' OR 1=1 --" })).toEqual([])
    })

    test("are those of a session or a request when it is named", async () => {
      await give(
        approvalRow("a1"),
        approvalRow("a2", { requestId: RequestId.make("r2") }),
        approvalRow("a3", { requestId: RequestId.make("r3"), sessionId: SessionId.make("s2") }),
      )
      expect(await list({ requestId: "r2" })).toEqual(["a2"])
      expect(await list({ sessionId: "s2" })).toEqual(["a3"])
      expect(await list({ sessionId: "s2", requestId: "r2" })).toEqual([])
    })

    test("change from waiting to answered in the lists as well", async () => {
      await give(approvalRow("a1"), approvalRow("a2"))
      const answered = approvalRow("a1", { state: "allowed", decidedBy: "ada", decidedVia: "link" })
      await run(model().apply(2, "c", changes({ approvals: [answered] })))
      expect(await list({ state: "pending" })).toEqual(["a2"])
      expect(await run(model().approval("a1"))).toEqual(answered)
      expect((await run(model().stored({ ...noRows, approvals: ["a1"] }))).approvals.get("a1")).toEqual({
        row: answered,
        evtSeq: 2,
      })
    })

    test.each(["pending", null])("are paged without a hole, state %s", async (state) => {
      const rows = Array.from({ length: 13 }, (_, i) =>
        approvalRow(`a${i}`, { askedAtMillis: i < 5 ? 100 : 100 + i }),
      )
      await give(...rows)
      const seen: Array<string> = []
      let before: number | null = null
      for (let page = 0; page < 20; page++) {
        const found: ReadonlyArray<ApprovalRow> = await run(
          model().approvals({ ...anyApproval, state, limit: 3, before }),
        )
        if (found.length === 0) break
        seen.push(...found.map((row) => row.id))
        before = found.at(-1)?.askedAtMillis ?? null
      }
      expect(seen.toSorted()).toEqual(rows.map((row) => row.id).toSorted())
      expect(new Set(seen).size).toBe(13)
    })
  })
}
