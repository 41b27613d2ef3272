import * as Schema from "effect/Schema"
import { describe, expect, test } from "vitest"
import { ApprovalRow, MessageRow, RequestRow, TimelineRow, UserRow } from "@maillm/schema/ReadModel"
import { SessionEvent } from "@maillm/schema/SessionActor"
import { UserEvent } from "@maillm/schema/UserActor"
import { randomOf, syntheticRecords } from "../../test/projector/syntheticRecords.ts"
import type { StoredRows } from "../readmodel/ReadModel.ts"
import { StoredSession } from "../readmodel/storedRow.ts"
import { foldBatch } from "./Batch.ts"
import type { Placed } from "./Batch.ts"
import type { ActorRecord } from "./project.ts"

/** A store in memory that keeps whatever it is given, as MongoDB does between rows and position. */
const memory = () => {
  const rows = {
    users: new Map(),
    requests: new Map(),
    sessions: new Map(),
    messages: new Map(),
    approvals: new Map(),
  } as StoredRows
  const maps = rows as unknown as Record<keyof StoredRows, Map<string, unknown>>
  const timeline = new Map<number, TimelineRow>()
  const fold = (batch: ReadonlyArray<Placed>) => {
    const { together, single } = foldBatch(batch, rows)
    const evtSeq = batch.at(-1)?.sequence ?? 0
    for (const kind of ["users", "requests", "sessions", "messages", "approvals"] as const)
      for (const row of together[kind]) maps[kind].set(row.id, { row, evtSeq })
    for (const row of together.timeline) timeline.set(row.position, row)
    return single
  }
  const plain = () => ({
    users: [...rows.users].map(([, { row }]) => row),
    requests: [...rows.requests].map(([, { row }]) => row),
    sessions: [...rows.sessions].map(([, { row }]) => row),
    messages: [...rows.messages].map(([, { row }]) => row),
    approvals: [...rows.approvals].map(([, { row }]) => row),
    timeline: [...timeline.values()],
  })
  return { rows, fold, plain }
}

const placed = (records: ReadonlyArray<ActorRecord>): ReadonlyArray<Placed> =>
  records.map((record, index) => ({ sequence: index + 1, record }))

const tagsOf = (stream: ReadonlyArray<Placed>): ReadonlyArray<string> => {
  const tags: Array<string> = []
  for (const { record } of stream) for (const event of record.record.events) tags.push(event._tag)
  return tags
}

describe("a stream of records", () => {
  const stream = placed(syntheticRecords(3_200, 7))
  const whole = memory()
  for (const one of stream) whole.fold([one])

  test("has every event that there is, or the tests below say nothing", () => {
    const known = [...UserEvent.members, ...SessionEvent.members].map(
      (member) => member.fields._tag.schema.literal,
    )
    expect([...new Set(tagsOf(stream))].toSorted()).toEqual([...new Set<string>(known)].toSorted())
  })

  test("gives rows that the schema allows", () => {
    const { users, requests, sessions, messages, approvals, timeline } = whole.plain()
    expect(requests.length).toBeGreaterThan(300)
    for (const row of users) expect(Schema.is(UserRow)(row)).toBe(true)
    for (const row of requests) expect(Schema.is(RequestRow)(row)).toBe(true)
    for (const row of sessions) expect(Schema.is(StoredSession)(row)).toBe(true)
    for (const row of messages) expect(Schema.is(MessageRow)(row)).toBe(true)
    for (const row of approvals) expect(Schema.is(ApprovalRow)(row)).toBe(true)
    for (const row of timeline) expect(Schema.is(TimelineRow)(row)).toBe(true)
    expect(timeline.length).toBe(tagsOf(stream).length)
    for (const row of timeline) expect(row.summary).not.toMatch(/undefined|null|NaN|\[object/)
  })

  test("gives the same rows in batches of any size", () => {
    const random = randomOf(3)
    const batched = memory()
    for (let at = 0; at < stream.length;) {
      const size = 1 + Math.floor(random() * 300)
      batched.fold(stream.slice(at, at + size))
      at += size
    }
    expect(batched.plain()).toEqual(whole.plain())
  })

  test("changes nothing when any stretch of it is folded again", () => {
    const again = memory()
    again.fold(stream)
    const before = structuredClone(again.plain())
    for (const [from, to] of [
      [0, 1],
      [0, 1_500],
      [700, 3_000],
      [2_999, 3_000],
      [0, 3_000],
    ] as const) {
      for (const { changes } of again.fold(stream.slice(from, to))) {
        const { users, requests, sessions, messages, approvals } = changes
        expect([...users, ...requests, ...sessions, ...messages, ...approvals]).toEqual([])
      }
      expect(again.plain()).toEqual(before)
    }
  })

  test("comes out the same after a crash that kept only some of a batch's rows", () => {
    const random = randomOf(11)
    for (let round = 0; round < 20; round++) {
      const torn = memory()
      const cut = 200 + Math.floor(random() * 400)
      torn.fold(stream.slice(0, cut))
      const ahead = memory()
      ahead.fold(stream.slice(0, cut))
      ahead.fold(stream.slice(cut, cut + 256))
      for (const kind of ["users", "requests", "sessions", "messages", "approvals"] as const) {
        const to = torn.rows[kind] as Map<string, unknown>
        for (const [id, row] of ahead.rows[kind]) if (random() < 0.5) to.set(id, row)
      }
      torn.fold(stream.slice(cut, cut + 100))
      torn.fold(stream.slice(cut + 100, 1_200))
      const right = memory()
      right.fold(stream.slice(0, 1_200))
      const sorted = (rows: ReturnType<typeof right.plain>) =>
        rows.requests.toSorted((a, b) => a.id.localeCompare(b.id))
      expect(sorted(torn.plain())).toEqual(sorted(right.plain()))
      expect(new Map(torn.rows.sessions)).toEqual(
        new Map([...right.rows.sessions].map(([id, { row }]) => [id, expect.objectContaining({ row })])),
      )
      expect(new Set(torn.rows.messages.keys())).toEqual(new Set(right.rows.messages.keys()))
    }
  })

  test("leaves no approval waiting for a request that has ended, and says who decided the others", () => {
    const { requests, approvals } = whole.plain()
    const ended = new Set(requests.filter((row) => row.endedAtMillis !== null).map((row) => row.id))
    expect(approvals.length).toBeGreaterThan(50)
    for (const row of approvals) {
      if (ended.has(row.requestId)) expect(row.state).not.toBe("pending")
      if (row.state !== "pending") expect(row.decidedAtMillis).not.toBeNull()
      expect(row.title).not.toBe("")
    }
  })

  test("leaves every request that has ended with its end, and no session working on nothing", () => {
    const { requests, sessions } = whole.plain()
    const open = new Set(requests.filter((row) => row.endedAtMillis === null).map((row) => row.id))
    for (const row of sessions) {
      for (const id of row.openRequestIds ?? []) expect(open.has(id as never)).toBe(true)
      if ((row.openRequestIds ?? []).length === 0) expect(row.state).toBe("idle")
    }
    for (const row of requests.filter((one) => one.state === "done" || one.state === "failed")) {
      expect(row.endedAtMillis).not.toBeNull()
      expect(row.outcome).not.toBe("")
    }
  })
})
