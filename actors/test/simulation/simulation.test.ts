import { availableParallelism } from "node:os"
import { describe, expect, it } from "vitest"
import { runSeedProcess, summaryOf } from "./seedProcess.ts"
import { simulate } from "./simulate.ts"

/** CI runs them all in each run; a longer run sets the number. */
const seedCount = Number(process.env["MAILLM_SIMULATION_SEEDS"] ?? 10_000)
const limitMillis = 60_000 + seedCount * 100
/** Seeds of one process at a time: its reports come at its end. */
const chunk = 1_250

/** What some of a thousand runs must have been through: otherwise the simulation has become blind to it. */
const mustSee = [
  "request lost",
  "request late",
  "request doubled",
  "answer lost",
  "no answer",
  "no leader",
  "proposal kept by the next leader",
  "proposal lost with its leader",
  "cut off",
  "killed",
  "paused",
  "ended in order",
  "CMD duplicate",
  "CMD 10077",
  "EVT 10071",
  "EVT 10164",
  "NODE duplicate",
  "OUTBOX duplicate",
  "leftover command",
  "commit under a new epoch",
  "snapshot read",
  "effect dropped as a repeat",
  "effect refused as stale",
  "timer fired",
]

/** What to do about a seed that failed. */
const replayOf = (seed: number) => `node actors/test/simulation/replay.ts ${seed}`

describe("simulated fleet", () => {
  it("the same seed is the same run, to the last event", () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const first = simulate(seed, true)
      const second = simulate(seed, true)
      expect(second.trace).toEqual(first.trace)
      expect(second.fingerprint).toBe(first.fingerprint)
      // Nor does it matter whether somebody looks.
      expect(simulate(seed).fingerprint).toBe(first.fingerprint)
    }
    expect(simulate(9).fingerprint).not.toBe(simulate(10).fingerprint)
  })

  it(`keeps every promise in ${seedCount} seeds`, { timeout: limitMillis }, async () => {
    const ranges = Array.from({ length: Math.ceil(seedCount / chunk) }, (_, index) => ({
      folder: import.meta.dirname,
      from: index * chunk + 1,
      to: Math.min(seedCount, (index + 1) * chunk),
      limitMillis,
    }))
    const reports: Array<Awaited<ReturnType<typeof runSeedProcess>>> = []
    const lane = async () => {
      for (let range = ranges.shift(); range !== undefined; range = ranges.shift()) {
        reports.push(await runSeedProcess(range))
      }
    }
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane))
    const { seeds, broken, seen, cpuMillis } = summaryOf(reports.flat())
    console.info(
      `${seeds} seeds, ${seen.get("commit")} commits, ${Math.round(cpuMillis / 1_000)} s of processor`,
    )
    const words = broken.map(({ seed, violations }) =>
      [
        `seed ${seed}: ${replayOf(seed)}`,
        ...violations.map(({ rule, detail }) => `  ${rule}: ${detail}`),
      ].join("\n"),
    )
    expect(words.slice(0, 10).join("\n")).toBe("")
    expect(seeds).toBe(seedCount)
    if (seedCount >= 1_000) expect(mustSee.filter((event) => !seen.has(event))).toEqual([])
  })
})
