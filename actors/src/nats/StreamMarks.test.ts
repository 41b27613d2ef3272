import { describe, expect, it } from "vitest"
import { acceptanceOf, lossesOf, mergeMemories, raiseMarks } from "./StreamMarks.ts"
import type { StreamMemory } from "./StreamMarks.ts"

const mark = (created: string, lastSequence: number) => ({ created, lastSequence })
const memory = (installation: string, accepted: number, last: number): StreamMemory => ({
  v: 1,
  installation,
  accepted,
  streams: { CMD: mark("monday", last) },
})

describe("a loss", () => {
  const remembered = { CMD: mark("monday", 10), KV_OWN: mark("monday", 50) }
  const none: ReadonlySet<string> = new Set()

  it.each([
    ["the same", mark("monday", 10), []],
    ["one that went on", mark("monday", 11), []],
    ["one that went back", mark("monday", 9), ["CMD"]],
    ["another one", mark("tuesday", 11), ["CMD"]],
  ])("%s", (_, found, streams) => {
    expect(lossesOf(remembered, { CMD: found }, none).map(({ stream }) => stream)).toEqual(streams)
  })

  it("is known only of a stream that somebody answered for", () => {
    expect(lossesOf(remembered, {}, none)).toEqual([])
    expect(lossesOf(remembered, {}, new Set(["CMD"]))).toHaveLength(1)
  })

  it("is none of a bucket that may begin anew", () => {
    expect(lossesOf(remembered, { CMD: remembered.CMD }, new Set(["KV_OWN"]))).toEqual([])
  })

  it("is accepted by a value that fits nothing else", () => {
    const losses = lossesOf(remembered, { CMD: mark("monday", 9) }, none)
    const further = lossesOf({ CMD: mark("monday", 11) }, { CMD: mark("monday", 9) }, none)
    const values = [acceptanceOf("a", losses), acceptanceOf("b", losses), acceptanceOf("a", further)]
    expect(new Set(values).size).toBe(3)
    // What is there now may move on while a person decides.
    expect(acceptanceOf("a", lossesOf(remembered, { CMD: mark("tuesday", 3) }, none))).toBe(values[0])
  })
})

describe("what is remembered", () => {
  it("only rises, and keeps its identity", () => {
    const before = { CMD: mark("monday", 10) }
    expect(raiseMarks(before, { CMD: mark("monday", 12) })).toEqual({ CMD: mark("monday", 12) })
    expect(raiseMarks(before, { CMD: mark("monday", 8) })).toEqual(before)
    expect(raiseMarks(before, { CMD: mark("tuesday", 99) })).toEqual(before)
    expect(raiseMarks(before, { EVT: mark("monday", 1) })).toEqual({ ...before, EVT: mark("monday", 1) })
  })

  it("takes the new identity of a bucket that may begin anew, never a lower sequence", () => {
    const raised = raiseMarks({ KV_OWN: mark("monday", 50) }, { KV_OWN: mark("tuesday", 3) })
    expect(raised).toEqual({ KV_OWN: mark("tuesday", 50) })
  })

  it("in two places: acceptances count first, then sequences; another installation's never", () => {
    expect(mergeMemories(memory("a", 0, 10), memory("a", 0, 12)).streams["CMD"]?.lastSequence).toBe(12)
    expect(mergeMemories(memory("a", 0, 10), memory("a", 1, 2)).streams["CMD"]?.lastSequence).toBe(2)
    expect(mergeMemories(memory("a", 1, 2), memory("a", 0, 10)).streams["CMD"]?.lastSequence).toBe(2)
    expect(mergeMemories(memory("a", 0, 10), memory("b", 5, 99))).toEqual(memory("a", 0, 10))
  })
})
