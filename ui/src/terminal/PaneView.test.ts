import { describe, expect, it } from "vitest"
import {
  acceptChunk,
  afterSnapshot,
  emptyPaneView,
  emptyPending,
  keepPending,
  type PaneChunk,
  pendingLimitBytes,
} from "./PaneView.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (value: Uint8Array) => new TextDecoder().decode(value)
const chunk = (generation: string, offset: number, data: string): PaneChunk => ({
  generation,
  offset,
  bytes: bytes(data),
})

describe("acceptChunk", () => {
  const view = { generation: "g1", offset: 10 }
  const cases: ReadonlyArray<
    readonly [name: string, given: PaneChunk, verdict: string, written: string, offset: number]
  > = [
    ["the next bytes are written", chunk("g1", 10, "abc"), "Write", "abc", 13],
    ["a prefix that is there already is skipped", chunk("g1", 8, "abcde"), "Write", "cde", 13],
    ["all of it is there already", chunk("g1", 4, "abcdef"), "Skip", "", 10],
    ["an old one is skipped", chunk("g1", 0, "ab"), "Skip", "", 10],
    ["an empty one is skipped", chunk("g1", 10, ""), "Skip", "", 10],
    ["bytes are missing before it", chunk("g1", 11, "abc"), "NeedSnapshot", "", 10],
    ["another pane", chunk("g2", 10, "abc"), "NeedSnapshot", "", 10],
    ["another pane from its beginning", chunk("g2", 0, "abc"), "NeedSnapshot", "", 10],
  ]
  it.each(cases)("%s", (_name, given, tag, written, offset) => {
    const verdict = acceptChunk(view, given)
    expect(verdict._tag).toBe(tag)
    if (verdict._tag === "Write") {
      expect(text(verdict.bytes)).toBe(written)
      expect(verdict.view).toEqual({ generation: "g1", offset })
    }
  })

  it("asks for a snapshot before there was one", () => {
    expect(acceptChunk(emptyPaneView, chunk("g1", 0, "abc"))._tag).toBe("NeedSnapshot")
  })
})

describe("afterSnapshot", () => {
  const pendingOf = (...chunks: ReadonlyArray<PaneChunk>) => chunks.reduce(keepPending, emptyPending)

  it("writes what came meanwhile, without what the snapshot shows", () => {
    const result = afterSnapshot(
      "g1",
      4,
      pendingOf(chunk("g1", 0, "ab"), chunk("g1", 2, "cdef"), chunk("g1", 6, "gh")),
    )
    expect(result.writes.map(text)).toEqual(["ef", "gh"])
    expect(result).toMatchObject({ view: { generation: "g1", offset: 8 }, stale: false })
  })

  it("is stale when something between is missing", () => {
    expect(afterSnapshot("g1", 4, pendingOf(chunk("g1", 9, "x"))).stale).toBe(true)
  })

  it("is stale when a newer pane speaks already", () => {
    expect(afterSnapshot("g1", 4, pendingOf(chunk("g2", 0, "x"))).stale).toBe(true)
  })

  it("keeps no more than the bound, and says so", () => {
    const half = "x".repeat(pendingLimitBytes / 2 + 1)
    const pending = pendingOf(chunk("g1", 0, half), chunk("g1", half.length, half))
    expect(pending.bytes).toBe(half.length)
    expect(pending.overflowed).toBe(true)
    expect(afterSnapshot("g1", 0, pending).stale).toBe(true)
  })
})

/** A small generator with a seed, so that a failure can be repeated. */
const dice = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

it("shows exactly the pane's bytes whatever is lost, repeated or cut differently on the way", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed)
    const whole = Array.from({ length: 200 }, () => String.fromCharCode(97 + roll(26))).join("")
    let view = emptyPaneView
    let shown = ""
    let said = 0
    while (said < whole.length) {
      const from = Math.max(0, said - roll(9))
      const end = Math.min(whole.length, said + 1 + roll(12))
      said = end
      if (roll(6) === 0) continue
      const verdict = acceptChunk(view, chunk("g", from, whole.slice(from, end)))
      if (verdict._tag === "NeedSnapshot") {
        shown = whole.slice(0, said)
        view = { generation: "g", offset: said }
      }
      if (verdict._tag === "Write") {
        shown += text(verdict.bytes)
        view = verdict.view
      }
      expect(shown, `seed ${seed}`).toBe(whole.slice(0, view.offset))
    }
  }
})
