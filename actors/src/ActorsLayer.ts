import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { actorCells } from "./runtime/ActorCell.ts"
import { ActorHost } from "./runtime/ActorHost.ts"
import { JetStreamStoreLayer } from "./runtime/JetStreamStore.ts"
import { runWakeRelay } from "./runtime/WakeRelay.ts"
import { SessionActor } from "./session/SessionActor.ts"
import { UserActor } from "./user/UserActor.ts"

/** The actors process: its share of the partitions, and the relay of fired timers. Needs Nats, ActorClient, Settings. */
export const ActorsLayer = Layer.mergeAll(
  ActorHost.layer([actorCells(UserActor), actorCells(SessionActor)]),
  Layer.effectDiscard(Effect.suspend(() => runWakeRelay)),
).pipe(Layer.provide(JetStreamStoreLayer))
