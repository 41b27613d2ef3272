import type * as Schema from "effect/Schema"
import type { ActorKind } from "@maillm/schema/Ids"
import type { ActorEffect } from "@maillm/schema/Record"
import type { NodeInfo } from "@maillm/schema/Turn"

/** What a decision may know of the world. Whatever of it matters later is written into the events. */
export interface Facts {
  /** Nodes whose heartbeat is fresh, in the order of their ids. */
  readonly nodes: ReadonlyArray<NodeInfo>
  readonly domain: string
  /** Base of links in mails without a trailing slash, or null. */
  readonly publicUrl: string | null
  /** Local part of a session's signed reply address. */
  readonly sessionLocalPart: (userId: string, sessionId: string) => string
}

export interface ActorContext {
  readonly now: number
  readonly epoch: number
  readonly commandId: string
  readonly facts: Facts
}

export interface Decision<Event> {
  readonly events: ReadonlyArray<Event>
  readonly effects: ReadonlyArray<ActorEffect>
}

/**
 * An actor is two pure functions and its schemas. `decide` neither waits nor throws for bad input: it says so in
 * events. `evolve` is total over every event ever written. Both are run again on replay, so neither may look at
 * anything but its arguments.
 */
export interface ActorDefinition<State, Command extends { readonly _tag: string }, Event> {
  readonly kind: ActorKind
  /** Raise it when the shape of `state` changes: older snapshots are then ignored and the records replayed. */
  readonly stateVersion: number
  readonly initial: (id: string) => State
  readonly decide: (state: State, command: Command, context: ActorContext) => Decision<Event>
  readonly evolve: (state: State, event: Event, atMillis: number) => State
  /** The event that says a command could not be handled. */
  readonly poisoned: (commandId: string, commandTag: string, reason: string) => Event
  readonly state: Schema.Codec<State, unknown>
  readonly command: Schema.Codec<Command, unknown>
  readonly event: Schema.Codec<Event, unknown>
}

export const nothing = { events: [], effects: [] } as const
