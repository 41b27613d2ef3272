import { afterEach, expect, it } from "vitest"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { partitionOf } from "@maillm/schema/Subjects"
import { Counter } from "../examples/counter.ts"
import { ActorClient } from "../src/client/ActorClient.ts"
import { JetStreamActorClientLayer } from "../src/client/JetStreamActorClient.ts"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { ActorStore } from "../src/runtime/ActorStore.ts"
import { JetStreamStoreLayer } from "../src/runtime/JetStreamStore.ts"
import { PartitionWorker } from "../src/runtime/PartitionWorker.ts"

const cleanups: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A point where the store waits: `reached` when somebody does, who goes on after `open`. */
const gate = () => {
  const [reached, opened] = [Deferred.makeUnsafe<void>(), Deferred.makeUnsafe<void>()]
  return {
    pass: Effect.andThen(Deferred.succeed(reached, undefined), Deferred.await(opened)),
    reached: Deferred.await(reached),
    open: Deferred.succeed(opened, undefined),
  }
}

it("an actor that two passivations forget at the same time is not forgotten again when it is back", async () => {
  const server = await startTestNats()
  cleanups.push(() => server.stop())
  const snapshotGate = gate()
  const appendGate = gate()
  let appends = 0
  const slowStore = Layer.effect(
    ActorStore,
    Effect.map(ActorStore, (store) => ({
      ...store,
      putSnapshot: (...args: Parameters<typeof store.putSnapshot>) =>
        Effect.andThen(snapshotGate.pass, store.putSnapshot(...args)),
      append: (...args: Parameters<typeof store.append>) =>
        Effect.suspend(() => {
          const appended = store.append(...args)
          return ++appends === 17 ? Effect.andThen(appendGate.pass, appended) : appended
        }),
    })),
  ).pipe(Layer.provide(JetStreamStoreLayer))
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(slowStore, JetStreamActorClientLayer).pipe(
      Layer.provideMerge(Nats.layer({ servers: server.url, name: "forgotten" })),
    ),
  )
  cleanups.push(() => runtime.dispose())

  const ask = (id: string, i: number) =>
    Effect.flatMap(ActorClient, (actors) =>
      actors.ask(Counter, id, `c${i}`, { _tag: "Increment", by: 1 }),
    ).pipe(Effect.map(({ reply }) => reply))
  const partition = partitionOf("counter", "c1")
  const neighbour = Array.from({ length: 1_000 }, (_, i) => `n${i}`).find(
    (id) => partitionOf("counter", id) === partition,
  )
  const aMinuteLater = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Clock.clockWith((clock) =>
      Effect.provideService(effect, Clock.Clock, {
        currentTimeMillisUnsafe: () => Date.now() + 60_000,
        currentTimeMillis: Effect.sync(() => Date.now() + 60_000),
        currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
        currentTimeNanos: clock.currentTimeNanos,
        monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
        monotonicTimeNanos: clock.monotonicTimeNanos,
        sleep: (duration) => clock.sleep(duration),
      }),
    )

  const replies = await runtime.runPromise(
    Effect.gen(function* () {
      const worker = yield* PartitionWorker.start(partition, { host: "h1", epoch: 1 }, [actorCells(Counter)])
      // As many as passivation writes a snapshot for.
      for (let i = 1; i <= 16; i++) yield* ask("c1", i)
      const first = yield* Effect.forkChild(aMinuteLater(worker.passivate))
      yield* snapshotGate.reached
      yield* aMinuteLater(worker.passivate)
      expect(worker.stats().live).toBe(0)
      const back = yield* Effect.forkChild(ask("c1", 17))
      yield* appendGate.reached
      yield* snapshotGate.open
      yield* Fiber.await(first)
      const next = yield* Effect.forkChild(ask("c1", 18))
      // What comes behind it is done, so it is in hand.
      for (let i = 1; i <= 5; i++) yield* ask(String(neighbour), i)
      yield* appendGate.open
      return [yield* Fiber.join(back), yield* Fiber.join(next)]
    }).pipe(Effect.scoped),
  )
  expect(replies).toEqual([17, 18])
})
