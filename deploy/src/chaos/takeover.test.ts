import { describe, expect, it } from "vitest"
import { partitionOf } from "@maillm/schema/Subjects"
import type { InjectedFault } from "./Fault.ts"
import { pausesOf, percentiles, takeoversOf } from "./takeover.ts"
import type { TimedCommit } from "./TimedCommit.ts"

const commit = (host: string, epoch: number, atMillis: number): TimedCommit => ({
  sequence: atMillis,
  actor: "chaos.c1",
  commandSequence: atMillis,
  commandId: `k-${atMillis}`,
  epoch,
  previousSequence: 0,
  host,
  effectIds: [],
  atMillis,
})
const fault = (about: Partial<InjectedFault>): InjectedFault => ({
  kind: "killHost",
  target: "h1",
  atMillis: 0,
  forMillis: 10_000,
  beganAtMillis: 10_000,
  healedAtMillis: 20_000,
  ...about,
})

describe("takeovers", () => {
  it("last from the fault to the first commit by another owner", () => {
    const commits = [
      commit("h1", 5, 9_900),
      // On its way when its owner was killed.
      commit("h1", 5, 10_003),
      commit("h2", 6, 17_000),
      commit("h2", 6, 17_100),
    ]
    const partition = partitionOf("chaos", "c1")
    expect(takeoversOf([fault({})], commits)).toEqual([
      { kind: "killHost", partition, millis: 7_000, combined: false },
    ])
  })

  it("that never came have no time", () => {
    expect(takeoversOf([fault({})], [commit("h1", 5, 9_900)])[0]?.millis).toBeNull()
  })

  it("are only of partitions that the target owned", () => {
    expect(takeoversOf([fault({})], [commit("h2", 5, 9_900), commit("h3", 6, 11_000)])).toEqual([])
    // Long ago: somebody else may own it by now.
    expect(takeoversOf([fault({})], [commit("h1", 5, 1_000), commit("h3", 6, 11_000)])).toEqual([])
  })

  it("are told apart when another fault was there", () => {
    const commits = [commit("h1", 5, 9_900), commit("h2", 6, 12_000)]
    const other = fault({ kind: "killNats", target: "n1", beganAtMillis: 22_000, healedAtMillis: 25_000 })
    expect(takeoversOf([fault({}), other], commits)[0]?.combined).toBe(true)
    const later = fault({ kind: "killNats", target: "n1", beganAtMillis: 40_000, healedAtMillis: 45_000 })
    expect(takeoversOf([fault({}), later], commits)[0]?.combined).toBe(false)
  })
})

describe("pauses", () => {
  it("are the longest between two commits of a partition that touch the fault", () => {
    const commits = [1_000, 9_900, 15_000, 15_100, 60_000].map((at) => commit("h1", 5, at))
    expect(pausesOf(fault({ kind: "killNats", target: "n1" }), commits)).toEqual([44_900])
    expect(pausesOf(fault({ kind: "killNats", target: "n1" }), commits.slice(0, -1))).toEqual([5_100])
  })
})

describe("percentiles", () => {
  it("are by nearest rank, none of nothing", () => {
    expect(percentiles([])).toBeNull()
    expect(percentiles([3, 1, 2])).toEqual({ count: 3, p50: 2, p99: 3, max: 3 })
  })
})
