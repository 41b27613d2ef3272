import { describe, expect, it } from "vitest"
import { encodeClaim, LeaseTable, leaseTiming } from "./LeaseTable.ts"
import { preferredHost } from "./preferredHost.ts"

const beat = (host: string, revision: number, incarnation = "1") => ({
  key: `host.${host}`,
  revision,
  value: encodeClaim({ host, incarnation }),
})
const lease = (partition: number, host: string, revision: number, incarnation = "1") => ({
  key: `p.${partition}`,
  revision,
  value: encodeClaim({ host, incarnation }),
})
const { expireMillis } = leaseTiming

describe("LeaseTable", () => {
  it("takes a host for dead when its beat has not changed for as long, by the time that it was seen", () => {
    const table = new LeaseTable()
    table.learn(beat("a", 5), 1_000)
    expect(table.isAlive("a", 1_000 + expireMillis - 1)).toBe(true)
    expect(table.isAlive("a", 1_000 + expireMillis)).toBe(false)
    expect(table.nextExpiry(1_000)).toBe(1_000 + expireMillis)
    // The same beat again is no sign of life, nor is an older one.
    expect(table.learn(beat("a", 5), 9_500)).toBe(false)
    expect(table.learn(beat("a", 4), 9_500)).toBe(false)
    expect(table.isAlive("a", 9_500)).toBe(false)
    expect(table.learn(beat("a", 6), 9_500)).toBe(true)
    expect(table.isAlive("a", 9_500)).toBe(true)
  })

  it("a lease binds while the process that took it lives", () => {
    const table = new LeaseTable()
    table.learn(beat("a", 1), 0)
    table.learn(lease(3, "a", 2), 0)
    const held = () => table.isHeld(table.leases.get(3) ?? { host: "", incarnation: "", revision: 0 }, 100)
    expect(held()).toBe(true)
    table.learn(beat("a", 3, "another"), 50)
    expect(held()).toBe(false)
    table.learn({ key: "host.a", revision: 4, value: null }, 60)
    expect(held()).toBe(false)
    expect(table.candidates(60)).toEqual([])
  })

  it("who takes a partition lives, also before its beat is seen; who has left does not", () => {
    const table = new LeaseTable()
    table.learn(lease(3, "b", 9), 0)
    expect(table.isAlive("b", 1)).toBe(true)
    table.learn({ key: "host.c", revision: 20, value: null }, 0)
    table.learn(lease(4, "c", 10), 0)
    expect(table.isAlive("c", 1)).toBe(false)
  })

  it("one that is leaving keeps what it has and gets nothing", () => {
    const table = new LeaseTable()
    const value = encodeClaim({ host: "a", incarnation: "1", leaving: true })
    expect(table.learn(beat("a", 1), 0)).toBe(true)
    expect(table.learn({ key: "host.a", revision: 2, value }, 10)).toBe(true)
    expect(table.candidates(20)).toEqual([])
    expect(table.isAlive("a", 20)).toBe(true)
  })

  it("gives hosts a whole term after a time in which nothing was heard, but not those that were dead before", () => {
    const table = new LeaseTable()
    table.learn(beat("dead", 1), 0)
    table.learn(beat("a", 2), 9_000)
    table.grant(10_000, 30_000)
    expect(table.isAlive("a", 30_000 + expireMillis - 1)).toBe(true)
    expect(table.isAlive("dead", 30_000)).toBe(false)
  })

  it("says whether a beat expired since the store was asked, and who is to be taken off the list", () => {
    const table = new LeaseTable()
    table.learn(beat("a", 1), 0)
    expect(table.expiredSince(0, expireMillis - 1)).toBe(false)
    expect(table.expiredSince(0, expireMillis)).toBe(true)
    expect(table.expiredSince(expireMillis, expireMillis + 500)).toBe(false)
    expect(table.longDead(59_999)).toEqual([])
    expect(table.longDead(60_000).map(([id]) => id)).toEqual(["a"])
  })

  it("leaves alone what is no host and no lease, and reads what is no claim as nobody's", () => {
    const table = new LeaseTable()
    for (const key of ["attempt.7", "p.x", "p.32", "p.1.2", "host", "p.-1", "p.99999", ""])
      expect(table.learn({ key, revision: 1, value: "{}" }, 0)).toBe(false)
    expect(table.leases.size + table.hosts.size).toBe(0)
    table.learn({ key: "p.1", revision: 2, value: "\u0000 not json" }, 0)
    expect(table.leases.get(1)).toEqual({ host: "", incarnation: "", revision: 2 })
    // Hosts of version 0.1 wrote a second line.
    table.learn({ key: "host.old", revision: 3, value: `${beat("old", 3).value}\n1700000000000` }, 0)
    expect(table.hosts.get("old")?.incarnation).toBe("1")
  })
})

describe("preferredHost", () => {
  const partitions = Array.from({ length: 32 }, (_, partition) => partition)
  const hosts = (count: number, fleet: number) =>
    Array.from({ length: count }, (_, i) => `actors-${fleet}-${i}`)

  it("shares partitions as evenly as chance does, over many fleets", () => {
    const shares = Array.from({ length: 200 }, (_, fleet) => {
      const of = hosts(4, fleet)
      return of.map((host) => partitions.filter((p) => preferredHost(p, of) === host).length)
    }).flat()
    const variance = shares.reduce((sum, share) => sum + (share - 8) ** 2, 0) / shares.length
    // 32 draws of one in four: mean 8, variance 6.
    expect(shares.reduce((a, b) => a + b, 0) / shares.length).toBe(8)
    expect(variance).toBeGreaterThan(4.5)
    expect(variance).toBeLessThan(7.5)
    expect(Math.max(...shares)).toBeLessThan(20)
  })

  it("moves to one that joins only what is its share, and from one that leaves only what it had", () => {
    for (let fleet = 0; fleet < 50; fleet++) {
      const [before, after] = [hosts(3, fleet), hosts(4, fleet)]
      for (const partition of partitions) {
        const owner = preferredHost(partition, after)
        if (owner !== after[3]) expect(preferredHost(partition, before)).toBe(owner)
      }
    }
  })

  it("does not depend on the order of hosts, and prefers nobody of none", () => {
    const of = hosts(5, 0)
    for (const partition of partitions)
      expect(preferredHost(partition, of.toReversed())).toBe(preferredHost(partition, of))
    expect(preferredHost(1, [])).toBe(null)
  })
})
