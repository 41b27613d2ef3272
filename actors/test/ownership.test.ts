import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import { partitionCount } from "@maillm/schema/Subjects"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { preferredHost } from "../src/runtime/preferredHost.ts"
import { ServingLog, startOwnership } from "./ownershipHost.ts"
import { eventually } from "./testHost.ts"

const partitions = Array.from({ length: partitionCount }, (_, partition) => partition)
const sharesOf = (hosts: ReadonlyArray<string>) =>
  Object.fromEntries(
    hosts.map((host) => [host, partitions.filter((partition) => preferredHost(partition, hosts) === host)]),
  )

describe("ownership on a real bucket", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const server = async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    return nats
  }

  it("a partition that does not start in time is started again, and keeps no other waiting", async () => {
    const nats = await server()
    const served = new Map<number, number>()
    let hung = 0
    const { view, close } = await startOwnership(nats, "h1", {
      start: (partition, epoch) =>
        partition === 3 && hung++ === 0 ? Effect.never : Effect.sync(() => void served.set(partition, epoch)),
      stop: (partition) => Effect.sync(() => void served.delete(partition)),
    })
    cleanups.push(close)
    await eventually("the others", async () => (served.size >= partitionCount - 1 ? true : null))
    // By then it was not started again.
    expect(hung).toBe(1)
    await eventually("all served", async () => (served.size === partitionCount ? true : null), 15_000)
    expect(view.partitions().length).toBe(partitionCount)
    expect(hung).toBe(2)
  })

  it("stops every partition when it ends, also when NATS is dead", async () => {
    const nats = await server()
    const log = new ServingLog()
    const { close } = await startOwnership(nats, "h1", log.of("h1"))
    await eventually("all served", async () => (log.now("h1").length === partitionCount ? true : null))
    await nats.stop("SIGKILL")
    const begun = Date.now()
    await close()
    expect(log.now("h1")).toEqual([])
    expect(Date.now() - begun).toBeLessThan(5_000)
  })

  it("three hosts have their shares; a join or a leave moves what must move and nothing else, with no overlap", async () => {
    const nats = await server()
    const log = new ServingLog()
    const shares = (hosts: ReadonlyArray<string>) =>
      eventually(`shares of ${hosts.join(", ")}`, async () => {
        const now = hosts.map((host) =>
          log
            .now(host)
            .map(({ partition }) => partition)
            .toSorted((a, b) => a - b),
        )
        return JSON.stringify(now) === JSON.stringify(Object.values(sharesOf(hosts))) ? true : null
      })
    const start = async (host: string) => {
      const started = await startOwnership(nats, host, log.of(host))
      cleanups.push(started.close)
      return started
    }
    const one = await start("h1")
    await shares(["h1"])
    await start("h2")
    await shares(["h1", "h2"])
    const third = await start("h3")
    await shares(["h1", "h2", "h3"])
    // Every partition began once, and once more for each time that its preferred host changed.
    const owners = [["h1"], ["h1", "h2"], ["h1", "h2", "h3"]]
    const moves = partitions.map((partition) => owners.map((hosts) => preferredHost(partition, hosts)))
    const changes = moves.flatMap((hosts) => hosts.slice(1).filter((host, i) => host !== hosts[i])).length
    expect(log.served.length).toBe(partitionCount + changes)
    await third.close()
    await shares(["h1", "h2"])
    await one.close()
    await shares(["h2"])
    expect(log.conflicts()).toEqual([])
    const moved = sharesOf(["h1", "h2", "h3"])["h3"]?.length ?? 0
    const rest = sharesOf(["h1", "h2"])["h1"]?.length ?? 0
    expect(log.served.length).toBe(partitionCount + changes + moved + rest)
  })

  it("tells of hosts and leases as it sees them", async () => {
    const nats = await server()
    const log = new ServingLog()
    const one = await startOwnership(nats, "h1", log.of("h1"))
    cleanups.push(one.close)
    const two = await startOwnership(nats, "h2", log.of("h2"))
    await eventually("both seen", async () => {
      const leases = one.view.leases()
      const hosts = await Effect.runPromise(one.view.hosts)
      return hosts.length === 2 && leases.length === partitionCount && leases.every(({ host }) => host !== "")
        ? true
        : null
    })
    const hosts = await Effect.runPromise(one.view.hosts)
    expect(hosts.map(({ id, alive, leaving }) => ({ id, alive, leaving }))).toEqual([
      { id: "h1", alive: true, leaving: false },
      { id: "h2", alive: true, leaving: false },
    ])
    await two.abandon()
    await eventually("one taken for dead", async () => {
      const found = await Effect.runPromise(one.view.hosts)
      return found.find(({ id }) => id === "h2")?.alive === false ? true : null
    })
    await eventually("all served", async () => (log.now("h1").length === partitionCount ? true : null))
    expect(one.view.leases().every(({ host }) => host === "h1")).toBe(true)
  })
})
