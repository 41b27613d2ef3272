import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { Nats } from "../src/nats/Nats.ts"
import { consumeWork } from "../src/nats/WorkConsumer.ts"
import type { Verdict } from "../src/nats/WorkConsumer.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { ProjectorLayer } from "../src/projection/Projector.ts"
import { ProjectorStatus } from "../src/readmodel/ProjectorStatus.ts"
import { SqliteReadModel } from "../src/readmodel/SqliteReadModel.ts"
import { Counter, counters, eventually, increment, startHost } from "./testHost.ts"

/** Promised for every consumer after NATS is there again. */
const promisedMillis = 10_000
const restarts = 10
const loadPauseMillis = 20

/** One of every partition. */
const sessions = Array.from({ length: partitionCount }, (_, partition) => {
  let i = 0
  while (partitionOf("session", `s${i}`) !== partition) i++
  return `s${i}`
})

const startProjector = async (nats: Nats["Service"], file: string) => {
  const scope = Effect.runSync(Scope.make())
  const layer = ProjectorLayer.pipe(
    Layer.provide(SqliteReadModel.layer(file)),
    Layer.provide(Layer.succeed(Nats, nats)),
  )
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  return {
    status: Context.get(context, ProjectorStatus),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  }
}

it(`every consumer goes on within ten seconds each of ${restarts} times that nats-server is killed`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-restarts-"))
  const storeDir = join(folder, "nats")
  let server = await startTestNats({ storeDir })
  const { port } = server
  const one = await startHost(server, "h1", counters())
  const { nats, client } = one
  const projector = await startProjector(nats, join(folder, "rows.db"))
  const worked = new Set<string>()
  const working = Effect.runFork(
    consumeWork({
      stream: "JOBS",
      durable: "restarts",
      filter: "job.restarts.>",
      ackWaitMillis: 60_000,
      concurrency: 2,
      handle: ({ data }) => Effect.sync((): Verdict => (worked.add(new TextDecoder().decode(data)), "done")),
    }).pipe(Effect.provideService(Nats, nats)),
  )

  const untilStored = Effect.retry(Schedule.spaced(50).pipe(Schedule.upTo({ times: 1_000 })))
  const tell = (id: string, name: string) =>
    Effect.runPromise(client.tell(Counter, id, name, increment(1)).pipe(untilStored))
  // What the library is given while there is no connection has no answer.
  const info = async (stream: string) =>
    nats.connected() ? nats.jsm.streams.info(stream).catch(() => null) : null
  const committed = new Set<string>()
  const watching = nats.connection.subscribe("evt.session.>", {
    callback: (_, message) => {
      committed.add(message.json<{ commandId: string }>().commandId)
    },
  })

  const loaded = new AbortController()
  let told = 0
  const load = (async () => {
    while (!loaded.signal.aborted) {
      await tell(sessions[told % sessions.length] ?? "s0", `load${told}`)
      told++
      await new Promise((resolve) => setTimeout(resolve, loadPauseMillis))
    }
  })()

  /** Gives every consumer something to do; answers how long each took, in milliseconds. */
  const round = async (name: string) => {
    const begun = performance.now()
    const took = async (consumer: string, what: () => Promise<unknown>) => {
      await what()
      return [consumer, Math.round(performance.now() - begun)] as const
    }
    const partitions = sessions.map((id, partition) =>
      took(`partition ${partition}`, async () => {
        const commandId = `${name}/${partition}`
        await tell(id, commandId)
        await eventually(
          `${commandId} committed`,
          async () => (committed.has(commandId) ? true : null),
          30_000,
        )
      }),
    )
    const publish = (subject: string, data: string) =>
      eventually(subject, () => nats.js.publish(subject, data, { timeout: 1_000 }).catch(() => null))
    return Promise.all([
      ...partitions,
      took("work queue", async () => {
        await publish("job.restarts.x", name)
        await eventually("the job is done", async () => (worked.has(name) ? true : null), 30_000)
      }),
      took("timers", async () => {
        await publish("wake.0.nobody.x", JSON.stringify({ timer: "t", generation: 1 }))
        const left = async () => (await info("TIMER"))?.state.messages
        await eventually("the wake is relayed", async () => ((await left()) === 0 ? true : null), 30_000)
      }),
      took("projector", async () => {
        const end = await eventually("EVT", async () => (await info("EVT"))?.state.last_seq ?? null)
        expect(await Effect.runPromise(projector.status.waitFor(end, 30_000))).toBe(true)
      }),
    ])
  }

  try {
    await round("before")
    const slowest: Array<readonly [string, number]> = []
    for (let i = 1; i <= restarts; i++) {
      await server.stop("SIGKILL")
      await eventually("the loss is noticed", async () => (nats.connected() ? null : true))
      server = await startTestNats({ storeDir, port })
      const times = (await round(`round${i}`)).toSorted(([, a], [, b]) => b - a)
      slowest.push(...times.slice(0, 1))
      expect(times.filter(([, millis]) => millis > promisedMillis)).toEqual([])
    }
    console.log(`slowest after each restart, ms: ${slowest.map((one) => one.join(" ")).join("; ")}`)
  } finally {
    loaded.abort()
    await load
    watching.unsubscribe()
    working.interruptUnsafe()
    await projector.close()
    await one.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}, 240_000)

it("a host that leaves takes its consumers along, and those of one that was killed are forgotten in a minute", async () => {
  const server = await startTestNats()
  const other = await startHost(server, "h2", [])
  try {
    const consumers = async () =>
      (await other.nats.jsm.consumers.list("CMD").next()).map(({ name, config }) => ({ name, config }))
    const names = async () => new Set((await consumers()).map(({ name }) => name))
    await eventually("a reader for each partition", async () =>
      other.host.workers().length === partitionCount && (await consumers()).length >= partitionCount
        ? true
        : null,
    )
    const before = await names()
    const leaving = await startHost(server, "h1", [])
    const its = await eventually("its share", async () => {
      const made = [...(await names())].filter((name) => !before.has(name))
      return leaving.host.workers().length > 0 && made.length >= leaving.host.workers().length ? made : null
    })
    await leaving.close()
    await eventually("none of its consumers", async () => {
      const left = await names()
      return its.some((name) => left.has(name)) ? null : true
    })
    const killed = await startHost(server, "h1", [])
    await eventually("its share", async () => (killed.host.workers().length > 0 ? true : null))
    await killed.abandon()
    for (const { config } of await consumers()) {
      expect(config.inactive_threshold ?? 0).toBeGreaterThan(0)
      expect(config.inactive_threshold ?? 0).toBeLessThanOrEqual(60_000_000_000)
    }
  } finally {
    await other.close()
    await server.stop()
  }
}, 60_000)
