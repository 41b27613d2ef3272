import { afterAll, beforeAll, expect, test } from "vitest"
import { headers as newHeaders } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Metric from "effect/Metric"
import { originHeaders, raise, succeededBy } from "../src/nats/EpochFence.ts"
import type { Fence } from "../src/nats/EpochFence.ts"
import { fenceStore } from "../src/nats/FenceStore.ts"
import { Nats } from "../src/nats/Nats.ts"
import { consumeWork } from "../src/nats/WorkConsumer.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"

const make = (url: string) => ManagedRuntime.make(Nats.layer({ servers: url, name: "fence-test" }))
type Process = ReturnType<typeof make>
let server: TestNats
let one: Process
let other: Process
beforeAll(async () => {
  server = await startTestNats()
  one = make(server.url)
  other = make(server.url)
  await one.runPromise(Nats)
  await other.runPromise(Nats)
})
afterAll(async () => {
  await one?.dispose()
  await other?.dispose()
  await server?.stop()
})

const soon = { timeout: 15_000, interval: 20 }
const publish = (process: Process, subject: string, data: string, actor: string, epoch: number | null) =>
  process.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() => {
        const headers = newHeaders()
        if (epoch !== null) {
          headers.set(originHeaders.actor, actor)
          headers.set(originHeaders.epoch, String(epoch))
        }
        return js.publish(subject, data, { headers })
      }),
    ),
  )
const admit = (process: Process, receiver: string, actor: string, epoch: number, sequence: number) =>
  process.runPromise(
    Effect.flatMap(Nats, (nats) => fenceStore(nats, receiver).admit({ actor, epoch }, sequence)),
  )
const writesToFence = (process: Process) =>
  process.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info("KV_FENCE"))).pipe(
      Effect.map((info) => info.state.last_seq),
    ),
  )
const refusedBy = (process: Process, consumer: string) =>
  process
    .runPromise(Metric.snapshot)
    .then((all) =>
      all.find(
        ({ id, attributes }) => id === "maillm_refused_items_total" && attributes?.["consumer"] === consumer,
      ),
    )

test("an item behind one of a higher epoch is taken off unseen and counted; late, headless and others' items pass", async () => {
  const seen: Array<string> = []
  let holding = true
  const subject = "job.fenced.x"
  await publish(one, subject, "a1 late", "session.a", 1)
  const fiber = one.runFork(
    consumeWork({
      stream: "JOBS",
      durable: "fenced",
      filter: "job.fenced.>",
      ackWaitMillis: 2_000,
      concurrency: 2,
      fenced: true,
      handle: (item) =>
        Effect.sync(() => {
          const text = new TextDecoder().decode(item.data)
          if (text === "a1 late" && holding) return { againAfterMillis: 50 }
          seen.push(text)
          return "done" as const
        }),
    }),
  )
  await publish(one, subject, "a2", "session.a", 2)
  await expect.poll(() => seen, soon).toEqual(["a2"])
  await publish(one, subject, "a1 stale", "session.a", 1)
  await publish(one, subject, "b1", "session.b", 1)
  await publish(one, subject, "no headers", "session.a", null)
  await publish(one, subject, "a2 again", "session.a", 2)
  await expect.poll(() => seen.length, soon).toBe(4)
  holding = false
  await expect.poll(() => seen.toSorted(), soon).toEqual(["a1 late", "a2", "a2 again", "b1", "no headers"])
  await expect
    .poll(
      () =>
        one.runPromise(
          Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info("JOBS"))).pipe(
            Effect.map((info) => info.state.messages),
          ),
        ),
      soon,
    )
    .toBe(0)
  expect(await refusedBy(one, "fenced")).toMatchObject({ state: { count: 1 } })
  await one.runPromise(Fiber.interrupt(fiber))
})

test("two processes that raise the same fence at the same time both hold to the higher", async () => {
  for (let round = 0; round < 20; round++) {
    const actor = `session.race${round}`
    const items = [4, 1, 3, 2, 4, 1].map((epoch, i) => ({ epoch, sequence: i + 1 }))
    await Promise.all(
      items.map(({ epoch, sequence }, i) => admit(i % 2 === 0 ? one : other, "race", actor, epoch, sequence)),
    )
    // Behind the first item, of epoch 4, nothing of a lower one passes from now on, at either of them.
    expect(await admit(one, "race", actor, 3, 3)).toBe(4)
    expect(await admit(other, "race", actor, 2, 4)).toBe(4)
    expect(await admit(other, "race", actor, 4, 9)).toBeNull()
  }
})

test("is the pure rule, item by item, and writes only what raises it", async () => {
  let fence: Fence = []
  let writes = 0
  const before = await writesToFence(one)
  for (const [epoch, sequence] of [
    [1, 5],
    [1, 6],
    [2, 9],
    [1, 10],
    [1, 7],
    [2, 8],
    [2, 12],
    [1, 8],
    [3, 13],
    [2, 14],
    [3, 15],
  ] as const) {
    const over = succeededBy(fence, { epoch, sequence })
    expect(await admit(sequence % 2 === 0 ? one : other, "pure", "user.u", epoch, sequence)).toBe(over)
    const raised = over === null ? raise(fence, { epoch, sequence }) : fence
    if (raised !== fence) writes++
    fence = raised
  }
  expect(await writesToFence(one)).toBe(before + writes)
  expect(writes).toBe(4)
})

test("receivers and actors have fences of their own", async () => {
  expect(await admit(one, "first", "user.z", 9, 1)).toBeNull()
  expect(await admit(one, "second", "user.z", 1, 2)).toBeNull()
  expect(await admit(one, "first", "user.y", 1, 2)).toBeNull()
  expect(await admit(one, "first", "user.z", 1, 2)).toBe(9)
})

test("holds after the server and the receiver were killed; without the server the item waits", async () => {
  const own = await startTestNats({ storeDir: `${server.storeDir}-own` })
  const first = make(own.url)
  expect(await admit(first, "r", "session.s", 5, 10)).toBeNull()
  await own.stop("SIGKILL")
  await expect(admit(first, "r", "session.s", 4, 12)).rejects.toMatchObject({ _tag: "FenceUnavailable" })
  await first.dispose()
  const back = await startTestNats({ storeDir: own.storeDir, port: own.port })
  const second = make(back.url)
  expect(await admit(second, "r", "session.s", 4, 12)).toBe(5)
  expect(await admit(second, "r", "session.s", 4, 9)).toBeNull()
  await second.dispose()
  await back.stop()
}, 60_000)
