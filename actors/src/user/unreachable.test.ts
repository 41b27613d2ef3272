import { describe, expect, test } from "vitest"
import { MessageId, SessionId } from "@maillm/schema/Ids"
import type { UserEvent } from "@maillm/schema/UserActor"
import { evolveUnreachable, noteUnreachable, retryAddress, unreachableLimit } from "./unreachable.ts"
import type { UnreachableState } from "./unreachable.ts"

const note = (change: Partial<Parameters<typeof noteUnreachable>[1]> = {}) => ({
  _tag: "NoteUnreachable" as const,
  address: "Ada@example.org",
  status: "5.1.1",
  reason: "550 5.1.1 no such user",
  messageId: MessageId.make("m1"),
  sessionId: SessionId.make("s1"),
  sentAtMillis: 1_000,
  ...change,
})
const fold = (before: ReadonlyArray<UnreachableState>, events: ReadonlyArray<UserEvent>) =>
  events.reduce(
    (state, event) =>
      event._tag === "AddressUnreachable" || event._tag === "AddressRetried"
        ? evolveUnreachable(state, event)
        : state,
    before,
  )
const noted = (before: ReadonlyArray<UnreachableState>, now: number, change = {}) =>
  noteUnreachable({ unreachable: before }, note(change), now)
const retried = (before: ReadonlyArray<UnreachableState>, now: number, address = "ada@EXAMPLE.org") =>
  retryAddress({ unreachable: before }, { _tag: "RetryAddress", address, by: "ada@example.org" }, now)

describe("an address that is none", () => {
  test("is stopped once, without regard to case", () => {
    const first = noted([], 2_000)
    expect(first.effects).toEqual([
      {
        _tag: "BlockAddress",
        address: "ada@example.org",
        blocked: { status: "5.1.1", reason: "550 5.1.1 no such user", sinceMillis: 2_000 },
      },
    ])
    const state = fold([], first.events)
    expect(noted(state, 3_000)).toEqual({ events: [], effects: [] })
    expect(noted(state, 3_000, { address: "ADA@example.ORG", messageId: "m2" }).events).toEqual([])
    expect(noted(state, 3_000, { address: "grace@example.org" }).events).toHaveLength(1)
  })

  test("goes on when its user says so; a report about a mail of before then changes nothing", () => {
    const stopped = fold([], noted([], 2_000).events)
    const again = retried(stopped, 5_000)
    expect(again.effects).toEqual([{ _tag: "BlockAddress", address: "ada@example.org", blocked: null }])
    const state = fold(stopped, again.events)
    expect(retried(state, 6_000)).toEqual({ events: [], effects: [] })
    expect(noted(state, 6_000).events).toEqual([])
    expect(noted(state, 6_000, { sentAtMillis: 5_000 }).events).toEqual([])
    expect(noted(state, 6_000, { sentAtMillis: 5_001 }).events).toHaveLength(1)
  })

  test("one that was never stopped is not tried again", () => {
    expect(retried([], 1_000)).toEqual({ events: [], effects: [] })
  })

  test("only so many are remembered", () => {
    let state: ReadonlyArray<UnreachableState> = []
    for (let i = 0; i < unreachableLimit + 5; i++)
      state = fold(state, noted(state, i, { address: `a${i}@example.org` }).events)
    expect(state).toHaveLength(unreachableLimit)
    expect(state.at(-1)?.address).toBe(`a${unreachableLimit + 4}@example.org`)
  })
})
