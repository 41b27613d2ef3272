import { describe, expect, it } from "vitest"
import { faultKinds, isNatsFault } from "./Fault.ts"
import { scheduleOf } from "./schedule.ts"

const targets = { hosts: ["h1", "h2", "h3"], nats: ["n1", "n2", "n3"], receivers: ["r1"], disk: "n3" }
const hour = 3_600_000
const seeds = Array.from({ length: 50 }, (_, seed) => seed)

describe("a schedule of faults", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(scheduleOf(7, hour, targets)).toEqual(scheduleOf(7, hour, targets))
    expect(scheduleOf(7, hour, targets)).not.toEqual(scheduleOf(8, hour, targets))
  })

  it("heals every fault within its length", () => {
    for (const seed of seeds) {
      for (const { atMillis, forMillis } of scheduleOf(seed, 120_000, targets)) {
        expect(atMillis + forMillis).toBeLessThanOrEqual(120_000)
      }
    }
  })

  it("does every kind in an hour, and only the kinds asked for", () => {
    const kinds = new Set(scheduleOf(1, hour, targets).map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual(faultKinds.toSorted())
    expect(new Set(scheduleOf(1, hour, targets, ["killHost"]).map(({ kind }) => kind))).toEqual(
      new Set(["killHost"]),
    )
    expect(scheduleOf(1, hour, { ...targets, disk: null }, ["fillDisk"])).toEqual([])
  })

  it("stops and cuts off owners for longer than a lease lasts", () => {
    const long = scheduleOf(2, hour, targets).filter(
      ({ kind }) => kind === "pauseHost" || kind === "partitionHost",
    )
    expect(Math.min(...long.map(({ forMillis }) => forMillis))).toBeGreaterThan(8_000)
  })

  it("takes one NATS server at a time or all of them, and joins only faults of hosts to it", () => {
    for (const seed of seeds) {
      const nats = scheduleOf(seed, hour, targets).filter(({ kind }) => isNatsFault(kind))
      for (const [i, fault] of nats.slice(1).entries()) {
        const before = nats[i]
        expect(fault.atMillis).toBeGreaterThan((before?.atMillis ?? 0) + (before?.forMillis ?? 0))
      }
    }
  })

  it("leaves calm periods: the longest pauses are longer than the quiet end of any other", () => {
    const pauses = scheduleOf(3, hour, targets)
      .slice(0, -1)
      .map(({ atMillis, forMillis }, i, all) => (all[i + 1]?.atMillis ?? 0) - atMillis - forMillis)
    expect(Math.max(...pauses)).toBeGreaterThan(20_000)
  })
})
