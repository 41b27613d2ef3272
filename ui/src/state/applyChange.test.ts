import type { LiveChange } from "@maillm/schema/LiveEvents"
import { describe, expect, it } from "vitest"
import { emptyWorld, makeWorld, newRequest, step, user } from "../mock/world.ts"
import { newApproval } from "../mock/agentWorld.ts"
import { samples } from "../mock/samples.ts"
import { applyChange, forgetSequence } from "./applyChange.ts"
import { type ConsoleState, emptyConsoleState, rowLimit } from "./ConsoleState.ts"
import { mergeRows } from "./mergeRows.ts"

const sample = samples[0]
if (sample === undefined) throw new Error("no samples")
const world = emptyWorld()
const row = newRequest(world, sample, 1, 1_000)

const change = (sequence: number, previous: number, rows: Partial<LiveChange> = {}): LiveChange => ({
  userId: user,
  sequence,
  previous,
  requests: [],
  sessions: [],
  messages: [],
  timeline: [],
  approvals: [],
  ...rows,
})
const at = (sequence: number, more: Partial<ConsoleState> = {}): ConsoleState => ({
  ...emptyConsoleState,
  sequence,
  ...more,
})

describe("sequence", () => {
  const cases: ReadonlyArray<
    readonly [name: string, held: number, sequence: number, previous: number, next: number, gaps: number]
  > = [
    ["the first change after connecting is taken as it is", 0, 40, 31, 40, 0],
    ["a change that follows the one held", 40, 41, 40, 41, 0],
    ["a change after others that were missed is a gap", 40, 44, 43, 44, 1],
    ["a change whose predecessor is not known is a gap", 40, 44, 0, 44, 1],
    ["a change that was folded already is left alone", 40, 40, 39, 40, 0],
    ["an older change is left alone", 40, 12, 11, 40, 0],
  ]
  it.each(cases)("%s", (_name, held, sequence, previous, next, gaps) => {
    const state = applyChange(at(held), change(sequence, previous))
    expect([state.sequence, state.gaps]).toEqual([next, gaps])
  })

  it("folds a change's rows also when there was a gap before it", () => {
    const state = applyChange(at(40), change(44, 43, { requests: [row] }))
    expect(state.requests[row.id]).toEqual(row)
  })

  it("compares nothing after the sequence was forgotten", () => {
    const state = applyChange(forgetSequence(at(40, { gaps: 2 })), change(7, 6))
    expect([state.sequence, state.gaps]).toEqual([7, 2])
  })
})

describe("rows", () => {
  it("replace rows of the same id", () => {
    const running = { ...row, state: "running" as const, updatedAtMillis: 2_000 }
    const state = applyChange(
      applyChange(at(0), change(1, 0, { requests: [row] })),
      change(2, 1, { requests: [running] }),
    )
    expect(Object.values(state.requests)).toEqual([running])
  })

  it("do not replace newer ones: a slow answer loses to a live change", () => {
    const running = { ...row, state: "running" as const, updatedAtMillis: 2_000 }
    const state = mergeRows(mergeRows(emptyConsoleState, { requests: [running] }), { requests: [row] })
    expect(state.requests[row.id]?.state).toBe("running")
  })

  it("of questions are folded as the others: an answer stays, whatever an older fetch says", () => {
    const asked = newApproval(row, { command: "ls", class: "unknown", reason: "why" }, 1, 1_000)
    const denied = { ...asked, state: "denied" as const, updatedAtMillis: 2_000 }
    const state = applyChange(at(0), change(1, 0, { approvals: [denied] }))
    expect(mergeRows(state, { approvals: [asked] }).approvals[asked.id]?.state).toBe("denied")
  })

  it("folded twice give the same state", () => {
    const rows = { requests: [row], timeline: [step(world, row, 1_000, "RequestQueued", "Queued")] }
    const once = mergeRows(emptyConsoleState, rows)
    expect(mergeRows(once, rows)).toEqual(once)
  })

  it("are let go, oldest first, beyond the bound", () => {
    const base = step(world, row, 1, "TurnEnded", "x")
    const steps = Array.from({ length: rowLimit + 5 }, (_, position) => ({ ...base, position }))
    const held = Object.values(mergeRows(emptyConsoleState, { timeline: steps }).timeline)
    expect(held).toHaveLength(rowLimit)
    expect(Math.min(...held.map((item) => item.position))).toBe(5)
  })

  it("never change the state given", () => {
    const whole = makeWorld(10_000_000)
    const state = mergeRows(emptyConsoleState, { requests: [...whole.requests.values()] })
    const before = JSON.stringify(state)
    applyChange(state, change(9, 8, { requests: [{ ...row, title: "another", updatedAtMillis: 9_999 }] }))
    expect(JSON.stringify(state)).toBe(before)
    expect(Object.keys(emptyConsoleState.requests)).toEqual([])
  })
})
