import type * as Schema from "effect/Schema"
import type { ActorProtocol } from "@maillm/schema/ActorProtocol"
import { CoreEffect, routeCoreEffect } from "./CoreEffect.ts"
import type { EffectMessage, EffectOrigin } from "./EffectMessage.ts"

/** What a decision may know besides state and command. Whatever of it matters later is written into the events. */
export interface ActorContext<Facts = unknown> {
  /** Wall clock of the owner, milliseconds since 1970. May step back between commands. */
  readonly now: number
  readonly epoch: number
  readonly commandId: string
  /** What the host knows of the world at this moment. */
  readonly facts: Facts
}

export interface Decision<Event, Effect = CoreEffect, Reply = null> {
  readonly events: ReadonlyArray<Event>
  /** Done after the commit, in this order, until each is stored by its receiver's stream. */
  readonly effects?: ReadonlyArray<Effect>
  /** What a sender who asks is answered. Stored with the events, so a repeated command gets the first answer. */
  readonly reply?: Reply
}

interface Tagged {
  readonly _tag: string
}

/** A command that was set aside; its copy is in DEAD. */
export interface SetAside<Command> {
  /** Null when it could not be read. */
  readonly command: Command | null
  /** As its source gave it, also of a command that could not be read; empty where there is none. */
  readonly sourceId: string
  readonly reason: string
}

/**
 * An actor is two pure functions and its schemas. `decide` neither waits nor throws for bad input: it says so in
 * events or its reply; one that throws three times is set aside in DEAD. `evolve` is total over every event ever
 * written. Both are run again on replay, so neither may look at anything but its arguments. Every schema must encode
 * to JSON and decode back to the same.
 */
export interface ActorDefinition<
  State,
  Command extends Tagged,
  Event,
  Effect = CoreEffect,
  Reply = null,
  Facts = unknown,
> extends ActorProtocol<Command, Reply> {
  /** Raise it when the shape of `state` changes: older snapshots are then ignored and the records replayed. */
  readonly stateVersion: number
  readonly initial: (id: string) => State
  readonly decide: (
    state: State,
    command: Command,
    context: ActorContext<Facts>,
  ) => Decision<Event, Effect, Reply>
  readonly evolve: (state: State, event: Event, atMillis: number) => State
  /** The event that says a command was set aside, where the state or its readers must know. */
  readonly poisoned?: (commandId: string, commandTag: string, reason: string) => Event
  /**
   * What else follows from that, behind the event of `poisoned`: whatever waits for the command must not wait for
   * ever. Where it throws or does not fit, it is done without.
   */
  readonly settle?: (
    state: State,
    aside: SetAside<Command>,
    context: ActorContext<Facts>,
  ) => Decision<Event, Effect, Reply>
  readonly state: Schema.Codec<State, unknown>
  readonly event: Schema.Codec<Event, unknown>
  readonly effect: Schema.Codec<Effect, unknown>
  /** The one message that an effect is. */
  readonly route: (effect: Effect, origin: EffectOrigin) => EffectMessage
}

/** An actor whose effects are the runtime's own: tell another actor, set a timer. */
export const defineActor = <State, Command extends Tagged, Event, Reply>(
  definition: Omit<
    ActorDefinition<State, Command, Event, CoreEffect, Reply>,
    "effect" | "route" | "stateVersion"
  > & { readonly stateVersion?: number },
): ActorDefinition<State, Command, Event, CoreEffect, Reply> => ({
  stateVersion: 1,
  effect: CoreEffect,
  route: routeCoreEffect,
  ...definition,
})
