import { afterEach, describe, expect, it } from "vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { partitionCount } from "@maillm/schema/Subjects"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { jetStreamLeaseStore } from "../src/runtime/JetStreamLeaseStore.ts"
import { runOwnership } from "../src/runtime/Ownership.ts"
import type { PartitionServer } from "../src/runtime/Ownership.ts"
import { eventually } from "./testHost.ts"

/** The ownership of one host alone, on a real bucket; `close` gives everything up. */
const own = async (nats: TestNats, server: PartitionServer) => {
  const scope = Effect.runSync(Scope.make())
  const layer = Nats.layer({ servers: nats.url, name: "ownership" })
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  const service = Context.get(context, Nats)
  const identity = {
    host: "h1",
    incarnation: crypto.randomUUID(),
    formerIsGone: () => Effect.succeed(false),
  }
  const view = await Effect.runPromise(
    Effect.flatMap(jetStreamLeaseStore(service), (store) => runOwnership(store, identity, server)).pipe(
      Effect.provideService(Scope.Scope, scope),
    ),
  )
  return { view, close: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}

describe("ownership on a real bucket", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })

  it("a partition that does not start in time is started again, and keeps no other waiting", async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const served = new Map<number, number>()
    let hung = 0
    const { view, close } = await own(nats, {
      start: (partition, epoch) =>
        partition === 3 && hung++ === 0 ? Effect.never : Effect.sync(() => void served.set(partition, epoch)),
      stop: (partition) => Effect.sync(() => void served.delete(partition)),
    })
    cleanups.push(close)
    await eventually("the others", async () => (served.size === partitionCount - 1 ? true : null), 3_000)
    await eventually("all served", async () => (served.size === partitionCount ? true : null), 15_000)
    expect(view.partitions().length).toBe(partitionCount)
    expect(hung).toBe(2)
  })

  it("stops every partition when it ends, also when NATS is dead", async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const served = new Set<number>()
    const { close } = await own(nats, {
      start: (partition) => Effect.sync(() => void served.add(partition)),
      stop: (partition) => Effect.sync(() => void served.delete(partition)),
    })
    await eventually("all served", async () => (served.size === partitionCount ? true : null))
    await nats.stop("SIGKILL")
    const begun = Date.now()
    await close()
    expect([...served]).toEqual([])
    expect(Date.now() - begun).toBeLessThan(5_000)
  })
})
