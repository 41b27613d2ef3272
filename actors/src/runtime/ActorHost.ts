import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Nats } from "../nats/Nats.ts"
import type { ActorCells } from "./ActorCell.ts"
import { ActorStore } from "./ActorStore.ts"
import { answerPresence, isGone } from "./HostPresence.ts"
import { jetStreamLeaseStore } from "./JetStreamLeaseStore.ts"
import { runOwnership } from "./Ownership.ts"
import type { OwnershipView } from "./Ownership.ts"
import { PartitionServers } from "./PartitionServers.ts"
import type { PartitionWorker } from "./PartitionWorker.ts"

/** Actors of the partitions that this process owns. */
export class ActorHost extends Context.Service<
  ActorHost,
  {
    readonly ownership: OwnershipView
    readonly workers: () => ReadonlyArray<PartitionWorker>
  }
>()("@maillm/actors/runtime/ActorHost") {
  /** `hostId`: a subject token that no other live process has. */
  static readonly layer = (hostId: string, kinds: ReadonlyArray<ActorCells>) =>
    Layer.effect(ActorHost, makeHost(hostId, kinds))
}

const makeHost = Effect.fn("ActorHost")(function* (host: string, kinds: ReadonlyArray<ActorCells>) {
  const nats = yield* Nats
  const incarnation = crypto.randomUUID()
  yield* answerPresence(nats, host, incarnation)
  const identity = { host, incarnation, formerIsGone: isGone(nats, host) }
  const servers = new PartitionServers(host, kinds, yield* ActorStore)
  const view = yield* runOwnership(yield* jetStreamLeaseStore(nats), identity, servers)
  servers.onLost = (partition) => view.lost(partition)
  yield* nats.guard.refused.pipe(
    Effect.flatMap((why) => view.end(why)),
    Effect.forkScoped,
  )
  yield* Effect.forkScoped(servers.passivating)
  return { ownership: view, workers: () => servers.workers }
})
