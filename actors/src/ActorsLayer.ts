import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Settings } from "@maillm/schema/Settings"
import { actorCellsWith } from "./runtime/actorCells.ts"
import { ActorHost } from "./runtime/ActorHost.ts"
import { JetStreamStoreLayer } from "./runtime/JetStreamStore.ts"
import { runWakeRelay } from "./runtime/WakeRelay.ts"
import { SessionActor } from "./session/SessionActor.ts"
import { UserActor } from "./user/UserActor.ts"
import { watchFacts } from "./world/Facts.ts"

const HostLayer = Layer.unwrap(
  Effect.gen(function* () {
    const { hostId } = yield* Settings
    const facts = yield* watchFacts
    return ActorHost.layer(hostId, [actorCellsWith(UserActor, facts), actorCellsWith(SessionActor, facts)])
  }),
)

/** The actors process: its share of the partitions, and the relay of fired timers. Needs Nats and Settings. */
export const ActorsLayer = Layer.mergeAll(
  HostLayer,
  Layer.effectDiscard(Effect.suspend(() => runWakeRelay)),
).pipe(Layer.provide(JetStreamStoreLayer))
