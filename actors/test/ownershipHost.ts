import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { Nats } from "../src/nats/Nats.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { answerPresence, isGone } from "../src/runtime/HostPresence.ts"
import { jetStreamLeaseStore } from "../src/runtime/JetStreamLeaseStore.ts"
import { runOwnership } from "../src/runtime/Ownership.ts"
import type { PartitionServer } from "../src/runtime/Ownership.ts"

/** The ownership of one host without actors, on a real bucket; `close` gives everything up. */
export const startOwnership = async (
  server: TestNats,
  host: string,
  partitions: PartitionServer,
  formerIsGone?: (incarnation: string) => Effect.Effect<boolean>,
) => {
  const scope = Effect.runSync(Scope.make())
  const layer = Nats.layer({ servers: server.url, name: host })
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  const nats = Context.get(context, Nats)
  const incarnation = crypto.randomUUID()
  const close = () => Effect.runPromise(Scope.close(scope, Exit.void))
  const view = await Effect.runPromise(
    Effect.gen(function* () {
      yield* answerPresence(nats, host, incarnation)
      const identity = { host, incarnation, formerIsGone: formerIsGone ?? isGone(nats, host) }
      return yield* runOwnership(yield* jetStreamLeaseStore(nats), identity, partitions)
    }).pipe(Effect.provideService(Scope.Scope, scope)),
  ).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    host,
    nats,
    view,
    close,
    /** The connection goes first, so nothing is said to anybody. */
    abandon: async () => {
      await nats.connection.close()
      await close()
    },
  }
}

/** One time that a partition was served: `until` is when it ended, by the clock of this process. */
interface Served {
  readonly partition: number
  readonly host: string
  readonly epoch: number
  readonly from: number
  until: number
}

/** Plays the workers of several hosts and keeps what each was told to serve. */
export class ServingLog {
  readonly served: Array<Served> = []

  of(host: string): PartitionServer {
    return {
      start: (partition, epoch) =>
        Effect.sync(() => {
          const from = performance.now()
          this.served.push({ partition, host, epoch, from, until: Number.POSITIVE_INFINITY })
        }),
      stop: (partition) =>
        Effect.sync(() => {
          for (const entry of this.now(host)) {
            if (entry.partition === partition) entry.until = performance.now()
          }
        }),
    }
  }

  /** What a host serves now. */
  now(host: string): ReadonlyArray<Served> {
    return this.served.filter((entry) => entry.host === host && entry.until === Number.POSITIVE_INFINITY)
  }

  /** Times in which two hosts served the same partition, and epochs under which one was served twice. */
  conflicts(): ReadonlyArray<readonly [Served, Served]> {
    return this.served.flatMap((a, index) =>
      this.served
        .slice(index + 1)
        .filter(
          (b) =>
            a.partition === b.partition && (a.epoch >= b.epoch || (b.from < a.until && a.host !== b.host)),
        )
        .map((b) => [a, b] as const),
    )
  }
}
