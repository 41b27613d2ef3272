import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { ActorCells } from "./ActorCell.ts"
import { ActorStore } from "./ActorStore.ts"
import type { PartitionServer } from "./Ownership.ts"
import { PartitionWorker } from "./PartitionWorker.ts"

/** The workers of the partitions that this host owns. */
export class PartitionServers implements PartitionServer {
  readonly #host: string
  readonly #kinds: ReadonlyArray<ActorCells>
  readonly #store: ActorStore["Service"]
  readonly #running = new Map<number, { readonly scope: Scope.Closeable; readonly worker: PartitionWorker }>()
  /** Told of every partition whose worker ended by itself, or could not start. */
  onLost: (partition: number) => Effect.Effect<void> = () => Effect.void

  constructor(host: string, kinds: ReadonlyArray<ActorCells>, store: ActorStore["Service"]) {
    this.#host = host
    this.#kinds = kinds
    this.#store = store
  }

  get workers(): ReadonlyArray<PartitionWorker> {
    return [...this.#running.values()].map(({ worker }) => worker)
  }

  start(partition: number, epoch: number): Effect.Effect<void> {
    return Effect.gen({ self: this }, function* () {
      yield* this.stop(partition)
      const scope = yield* Scope.make()
      const owner = { host: this.#host, epoch }
      const worker = yield* PartitionWorker.start(partition, owner, this.#kinds).pipe(
        Effect.provideService(ActorStore, this.#store),
        Scope.provide(scope),
        Effect.onError(() => Scope.close(scope, Exit.void)),
      )
      this.#running.set(partition, { scope, worker })
      const ended = worker.ended.pipe(
        Effect.flatMap((reason) =>
          Effect.logError(`partition ${partition} (epoch ${epoch}) stops: ${reason}`),
        ),
        Effect.andThen(this.#lose(partition, worker)),
      )
      yield* Effect.forkIn(ended, scope)
    }).pipe(
      Effect.catchTag("StoreFailed", (error) =>
        Effect.logWarning(`partition ${partition} cannot start: ${error.message}`).pipe(
          Effect.andThen(Effect.suspend(() => this.onLost(partition))),
        ),
      ),
    )
  }

  stop(partition: number): Effect.Effect<void> {
    return Effect.suspend(() => {
      const entry = this.#running.get(partition)
      this.#running.delete(partition)
      return entry === undefined ? Effect.void : Scope.close(entry.scope, Exit.void)
    })
  }

  /** Forgets idle actors from time to time. */
  get passivating(): Effect.Effect<never> {
    return Effect.suspend(() =>
      Effect.forEach(this.workers, ({ passivate }) => passivate, { discard: true }),
    ).pipe(Effect.delay("10 seconds"), Effect.forever)
  }

  /** Not in the worker's own scope, which it closes. */
  #lose(partition: number, worker: PartitionWorker) {
    return Effect.suspend(() =>
      this.#running.get(partition)?.worker === worker
        ? Effect.forkDetach(
            Effect.andThen(
              this.stop(partition),
              Effect.suspend(() => this.onLost(partition)),
            ),
          )
        : Effect.void,
    )
  }
}
