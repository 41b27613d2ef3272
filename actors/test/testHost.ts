import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import { SessionEvent } from "@maillm/schema/SessionActor"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { ActorClient } from "../src/client/ActorClient.ts"
import { JetStreamActorClientLayer } from "../src/client/JetStreamActorClient.ts"
import { Nats } from "../src/nats/Nats.ts"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import { ActorEffect, SessionRecord } from "@maillm/schema/Record"
import type { ActorDefinition } from "../src/runtime/Actor.ts"
import { routeEffect } from "../src/world/routeEffect.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import type { ActorCells } from "../src/runtime/ActorCell.ts"
import { ActorHost } from "../src/runtime/ActorHost.ts"
import { JetStreamStoreLayer } from "../src/runtime/JetStreamStore.ts"
import { runWakeRelay } from "../src/runtime/WakeRelay.ts"

/** Where a test's processes find NATS; `TestNats` and `TestNatsCluster` are such. */
export interface TestServers {
  readonly url: string
  /** 1 unless given. */
  readonly replicas?: 1 | 3
}

const natsOf = ({ url, replicas = 1 }: TestServers, name: string) =>
  Nats.layer({ servers: url, name, replicas })

/** One actor host in this process; `close` releases its partitions, `abandon` drops it as a crash would. */
export const startHost = async (nats: TestServers, hostId: string, kinds: ReadonlyArray<ActorCells>) => {
  const scope = Effect.runSync(Scope.make())
  const layer = Layer.mergeAll(
    ActorHost.layer(hostId, kinds),
    Layer.effectDiscard(Effect.suspend(() => runWakeRelay)),
  ).pipe(
    Layer.provide(JetStreamStoreLayer),
    Layer.provideMerge(JetStreamActorClientLayer),
    Layer.provideMerge(natsOf(nats, hostId)),
  )
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  return {
    nats: Context.get(context, Nats),
    client: Context.get(context, ActorClient),
    host: Context.get(context, ActorHost),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
    /** The connection goes first, so nothing is said to anybody. */
    abandon: async () => {
      await Context.get(context, Nats).connection.close()
      await Effect.runPromise(Scope.close(scope, Exit.void))
    },
  }
}

/** A process that only sends. */
export const startClient = async (nats: TestServers) => {
  const scope = Effect.runSync(Scope.make())
  const layer = JetStreamActorClientLayer.pipe(Layer.provideMerge(natsOf(nats, "client")))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope))
  return {
    nats: Context.get(context, Nats),
    client: Context.get(context, ActorClient),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  }
}

/** Polls until the value is there; a deadline instead of luck. */
export const eventually = async <A>(
  what: string,
  read: () => Promise<A | null>,
  deadlineMillis = 20_000,
): Promise<A> => {
  const end = Date.now() + deadlineMillis
  for (;;) {
    const value = await read()
    if (value !== null) return value
    if (Date.now() > end) throw new Error(`not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const decodeRecord = Schema.decodeUnknownSync(Schema.fromJsonString(SessionRecord))
export const recordsOf = async (nats: Nats["Service"], ...subjects: ReadonlyArray<string>) => {
  const records = []
  const { state } = await nats.jsm.streams.info("EVT")
  for (let seq = 1; seq <= state.last_seq; seq++) {
    const message = await nats.jsm.streams.getMessage("EVT", { seq })
    if (message !== null && subjects.includes(message.subject))
      records.push({ seq, record: decodeRecord(message.string()) })
  }
  return records
}

/** Counts `CancelRequest` commands; each counted one orders a node, so effects can be counted too. */
const CounterState = Schema.Struct({ count: Schema.Int })
export const Counter: ActorDefinition<typeof CounterState.Type, SessionCommand, SessionEvent, ActorEffect> = {
  ...SessionProtocol,
  stateVersion: 1,
  initial: () => ({ count: 0 }),
  decide: (state, command, context) => {
    if (command._tag === "TimerFired") throw new Error(`planted failure at ${state.count}`)
    if (command._tag !== "CancelRequest") return { events: [], effects: [] }
    return {
      events: [{ _tag: "CancelAsked", requestId: command.requestId, by: String(state.count + 1) }],
      effects: [
        {
          _tag: "OrderNode",
          nodeId: "n1",
          order: {
            _tag: "InterruptTurn",
            orderId: context.commandId,
            epoch: context.epoch,
            userId: UserId.make("u1"),
            sessionId: SessionId.make("s1"),
            turnId: TurnId.make(command.requestId),
          },
        },
      ],
    }
  },
  evolve: (state, event) => (event._tag === "CancelAsked" ? { count: state.count + 1 } : state),
  poisoned: (commandId, commandTag, reason) => ({ _tag: "CommandFailed", commandId, commandTag, reason }),
  state: CounterState,
  event: SessionEvent,
  effect: ActorEffect,
  route: routeEffect,
}
export const counters = () => [actorCells(Counter)]
export const increment = (i: number) =>
  ({ _tag: "CancelRequest", requestId: RequestId.make(`r${i}`), by: "test" }) as const
