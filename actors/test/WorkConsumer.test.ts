import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Fiber from "effect/Fiber"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { Nats } from "../src/nats/Nats.ts"
import { consumeWork } from "../src/nats/WorkConsumer.ts"
import type { Verdict, WorkItem } from "../src/nats/WorkConsumer.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"

const make = (url: string) => ManagedRuntime.make(Nats.layer({ servers: url, name: "work-test" }))
let server: TestNats
let runtime: ReturnType<typeof make>
beforeAll(async () => {
  server = await startTestNats()
  runtime = make(server.url)
  await runtime.runPromise(Nats)
})
afterAll(async () => {
  await runtime?.dispose()
  await server?.stop()
})

const publish = (subject: string, data: string) =>
  runtime.runPromise(Effect.flatMap(Nats, ({ js }) => Effect.promise(() => js.publish(subject, data))))
const left = (stream: string, filter: string) =>
  runtime.runPromise(
    Effect.flatMap(Nats, ({ jsm }) =>
      Effect.promise(() => jsm.streams.info(stream, { subjects_filter: filter })),
    ).pipe(Effect.map((info) => Object.values(info.state.subjects ?? {}).reduce((sum, n) => sum + n, 0))),
  )
const consume = (kind: string, handle: (item: WorkItem) => Effect.Effect<Verdict>, ackWaitMillis = 2_000) =>
  runtime.runFork(
    consumeWork({
      stream: "JOBS",
      durable: kind,
      filter: `job.${kind}.>`,
      ackWaitMillis,
      concurrency: 3,
      handle,
    }),
  )
const stop = (fiber: Fiber.Fiber<never, unknown>) => runtime.runPromise(Fiber.interrupt(fiber))
const soon = { timeout: 15_000, interval: 20 }

test("at most so many at once; again when asked to; put aside with its reason; then the queue is empty", async () => {
  const seen: Array<string> = []
  let running = 0
  let most = 0
  const full = Effect.runSync(Latch.make())
  const fiber = consume("one", (item) =>
    Effect.gen(function* () {
      running++
      most = Math.max(most, running)
      // The first ones wait until there are as many as there may be; one more would be seen by then.
      if (running === 3) yield* Effect.andThen(Effect.sleep(50), full.open)
      yield* full.await
      running--
      const text = new TextDecoder().decode(item.data)
      seen.push(`${text} ${item.attempt}`)
      if (text === "bad") return { deadBecause: "it is\nbad" }
      return text === "again" && item.attempt < 3 ? { againAfterMillis: 20 } : ("done" as const)
    }),
  )
  for (let i = 0; i < 30; i++) await publish("job.one.x", `item${i}`)
  await publish("job.one.x", "again")
  await publish("job.one.x", "bad")
  await expect.poll(() => left("JOBS", "job.one.>"), soon).toBe(0)
  expect(most).toBe(3)
  expect(seen.filter((text) => text.startsWith("again"))).toEqual(["again 1", "again 2", "again 3"])
  expect(seen.length).toBe(34)
  const dead = await runtime.runPromise(
    Effect.flatMap(Nats, ({ jsm }) =>
      Effect.promise(() => jsm.streams.getMessage("DEAD", { last_by_subj: "dead.JOBS.one.x" })),
    ),
  )
  expect(dead?.string()).toBe("bad")
  expect(dead?.header.get("Maillm-Reason")).toBe("it is bad")
  await stop(fiber)
})

test("a handler that takes longer than the ack wait keeps its item", async () => {
  const attempts: Array<number> = []
  const fiber = consume(
    "slow",
    (item) => {
      attempts.push(item.attempt)
      // Its signs of life may be late by as much as a busy machine makes them.
      return Effect.as(Effect.sleep(7_000), "done" as const)
    },
    3_000,
  )
  await publish("job.slow.x", "takes long")
  await expect.poll(() => left("JOBS", "job.slow.>"), soon).toBe(0)
  expect(attempts).toEqual([1])
  await stop(fiber)
})

test("a consumer that an older version made with other settings is taken over, with what it has left", async () => {
  const attempts: Array<number> = []
  const first = consume(
    "kept",
    (item) => {
      attempts.push(item.attempt)
      return Effect.never
    },
    60_000,
  )
  await publish("job.kept.x", "first")
  await expect.poll(() => attempts, soon).toEqual([1])
  await stop(first)
  const seen: Array<string> = []
  const second = consume(
    "kept",
    (item) => Effect.sync((): Verdict => (seen.push(new TextDecoder().decode(item.data)), "done")),
    1_000,
  )
  await publish("job.kept.x", "second")
  await expect.poll(() => seen.toSorted(), soon).toEqual(["first", "second"])
  const info = await runtime.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.consumers.info("JOBS", "kept"))),
  )
  expect(info.config.ack_wait).toBe(1_000 * 1_000_000)
  await stop(second)
})

test("goes on after the server was killed and came back", async () => {
  const own = await startTestNats({ storeDir: `${server.storeDir}-own` })
  const other = make(own.url)
  const seen: Array<string> = []
  await other.runPromise(
    Effect.flatMap(Nats, ({ js }) => Effect.promise(() => js.publish("job.k.x", "before"))),
  )
  const fiber = other.runFork(
    consumeWork({
      stream: "JOBS",
      durable: "k",
      filter: "job.k.>",
      ackWaitMillis: 2_000,
      concurrency: 2,
      handle: (item) => Effect.sync((): Verdict => (seen.push(new TextDecoder().decode(item.data)), "done")),
    }),
  )
  await expect.poll(() => seen, soon).toEqual(["before"])
  await own.stop("SIGKILL")
  const back = await startTestNats({ storeDir: own.storeDir, port: own.port })
  await expect.poll(() => other.runPromise(Effect.map(Nats, (nats) => nats.connected())), soon).toBe(true)
  await other.runPromise(
    Effect.flatMap(Nats, ({ js }) => Effect.promise(() => js.publish("job.k.x", "after"))),
  )
  await expect.poll(() => seen, { timeout: 25_000, interval: 50 }).toContain("after")
  await other.runPromise(Fiber.interrupt(fiber))
  await other.dispose()
  await back.stop()
}, 60_000)
