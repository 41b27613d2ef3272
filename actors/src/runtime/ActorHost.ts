import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { Settings } from "@maillm/schema/Settings"
import { Nats } from "../nats/Nats.ts"
import type { ActorCells } from "./ActorCell.ts"
import { ActorStore } from "./ActorStore.ts"
import { answerPresence, isGone } from "./HostPresence.ts"
import { jetStreamLeaseStore } from "./JetStreamLeaseStore.ts"
import { runOwnership } from "./Ownership.ts"
import type { OwnershipView, PartitionServer } from "./Ownership.ts"
import { PartitionWorker } from "./PartitionWorker.ts"

/** Actors of the partitions that this process owns. */
export class ActorHost extends Context.Service<
  ActorHost,
  {
    readonly ownership: OwnershipView
    readonly workers: () => ReadonlyArray<PartitionWorker>
  }
>()("@maillm/actors/runtime/ActorHost") {
  static readonly layer = (kinds: ReadonlyArray<ActorCells>) => Layer.effect(ActorHost, makeHost(kinds))
}

const makeHost = Effect.fn("ActorHost")(function* (kinds: ReadonlyArray<ActorCells>) {
  const nats = yield* Nats
  const settings = yield* Settings
  const context = yield* Effect.context<ActorStore>()
  const running = new Map<number, { readonly scope: Scope.Closeable; readonly worker: PartitionWorker }>()
  let view: OwnershipView | null = null

  const stop = (partition: number) =>
    Effect.suspend(() => {
      const entry = running.get(partition)
      running.delete(partition)
      return entry === undefined ? Effect.void : Scope.close(entry.scope, Exit.void)
    })

  const server: PartitionServer = {
    start: (partition, epoch) =>
      Effect.gen(function* () {
        yield* stop(partition)
        const scope = yield* Scope.make()
        const owner = { host: settings.hostId, epoch }
        const worker = yield* PartitionWorker.start(partition, owner, kinds).pipe(
          Scope.provide(scope),
          Effect.onError(() => Scope.close(scope, Exit.void)),
        )
        running.set(partition, { scope, worker })
        yield* worker.ended.pipe(
          Effect.flatMap((reason) =>
            Effect.gen(function* () {
              yield* Effect.logError(`partition ${partition} (epoch ${epoch}) stops: ${reason}`)
              if (running.get(partition)?.worker !== worker) return
              yield* Effect.forkDetach(
                stop(partition).pipe(Effect.andThen(view === null ? Effect.void : view.lost(partition))),
              )
            }),
          ),
          Effect.forkIn(scope),
        )
      }).pipe(
        Effect.catchTag("StoreFailed", (error) =>
          Effect.logWarning(`partition ${partition} cannot start: ${error.message}`).pipe(
            Effect.andThen(view === null ? Effect.void : view.lost(partition)),
          ),
        ),
        Effect.provide(context),
      ),
    stop,
  }

  const host = settings.hostId
  const incarnation = crypto.randomUUID()
  yield* answerPresence(nats, host, incarnation)
  const identity = { host, incarnation, formerIsGone: isGone(nats, host) }
  view = yield* runOwnership(jetStreamLeaseStore(nats), identity, server)
  yield* Effect.suspend(() =>
    Effect.forEach([...running.values()], ({ worker }) => worker.passivate, { discard: true }),
  ).pipe(Effect.delay("10 seconds"), Effect.forever, Effect.forkScoped)
  return { ownership: view, workers: () => [...running.values()].map(({ worker }) => worker) }
})
