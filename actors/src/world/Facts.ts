import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { ActorEffect } from "@maillm/schema/Record"
import { Settings } from "@maillm/schema/Settings"
import type { NodeInfo } from "@maillm/schema/Turn"
import type { ActorContext, ActorDefinition, Decision } from "../runtime/Actor.ts"
import { watchLiveNodes } from "../runtime/LiveNodes.ts"
import { sessionAddressLocalPart } from "../session/sessionAddress.ts"

/** What user and session actors may know of the world. */
export interface Facts {
  /** Nodes whose heartbeat is fresh, in the order of their ids. */
  readonly nodes: ReadonlyArray<NodeInfo>
  readonly domain: string
  /** Base of links in mails without a trailing slash, or null. */
  readonly publicUrl: string | null
  /** Local part of a session's signed reply address. */
  readonly sessionLocalPart: (userId: string, sessionId: string) => string
}

export type WorldContext = ActorContext<Facts>
export type WorldDecision<Event> = Decision<Event, ActorEffect> & {
  readonly effects: ReadonlyArray<ActorEffect>
}
export interface WorldActor<State, Command extends { readonly _tag: string }, Event> extends Omit<
  ActorDefinition<State, Command, Event, ActorEffect, null, Facts>,
  "decide"
> {
  readonly decide: (state: State, command: Command, context: WorldContext) => WorldDecision<Event>
}

/** The facts of each moment, while the scope lives. */
export const watchFacts = Effect.gen(function* () {
  const settings = yield* Settings
  const liveNodes = yield* watchLiveNodes
  const secret = Redacted.value(settings.secret)
  return (): Facts => ({
    nodes: liveNodes(),
    domain: settings.domain,
    publicUrl: settings.publicUrl,
    sessionLocalPart: (userId, sessionId) => sessionAddressLocalPart(secret, userId, sessionId),
  })
})

export const nothing = { events: [], effects: [] } as const
