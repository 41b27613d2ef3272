import * as Schema from "effect/Schema"
import { Token } from "@maillm/schema/Ids"
import type { ActorDefinition } from "../../src/runtime/Actor.ts"
import { once, routeCoreEffect } from "../../src/runtime/CoreEffect.ts"

const CountingCommand = Schema.Union([
  /** Counts one up; tells another counter to do so too, if `tell` names one. */
  Schema.TaggedStruct("Increment", { tell: Schema.NullOr(Token) }),
  /** Counts one up as well. */
  Schema.TaggedStruct("TimerFired", { timer: Token, generation: Schema.Int }),
])
export type CountingCommand = typeof CountingCommand.Type

const State = Schema.Struct({ id: Token, count: Schema.Int })
const Counted = Schema.TaggedStruct("Counted", { count: Schema.Int })
const CountingEffect = Schema.Union([
  /** An order to a node, which works on one after another. */
  Schema.TaggedStruct("Order", {}),
  /** A mail, whose senders work side by side. */
  Schema.TaggedStruct("Mail", {}),
  Schema.TaggedStruct("TellCounter", { id: Token }),
  Schema.TaggedStruct("SetTimer", { timer: Token, generation: Schema.Int, atMillis: Schema.Int }),
])
type CountingEffect = typeof CountingEffect.Type

export const kind = "counter"

const effectsOf = ({ id, count }: typeof State.Type, command: CountingCommand, now: number) => {
  const effects: Array<CountingEffect> = [{ _tag: "Order" }]
  if (count % 2 === 1) effects.push({ _tag: "Mail" })
  if (command._tag === "TimerFired") return effects
  if (command.tell !== null) effects.push({ _tag: "TellCounter", id: command.tell })
  if (count % 6 === 3) {
    // In some seconds, or long ago.
    const atMillis = now + (count % 12 === 3 ? 2_500 : -1_000)
    effects.push({ _tag: "SetTimer", timer: `of-${id}`, generation: count, atMillis })
  }
  if (count % 3 === 0) effects.push({ _tag: "Order" })
  return effects
}

/** A counter with effects of every kind: every command orders something of a node, every second one mails. */
export const CountingActor: ActorDefinition<
  typeof State.Type,
  CountingCommand,
  typeof Counted.Type,
  CountingEffect,
  number
> = {
  kind,
  stateVersion: 1,
  initial: (id) => ({ id, count: 0 }),
  decide: (state, command, { now }) => ({
    events: [{ _tag: "Counted", count: state.count + 1 }],
    effects: effectsOf(state, command, now),
    reply: state.count + 1,
  }),
  evolve: ({ id }, { count }) => ({ id, count }),
  state: State,
  command: CountingCommand,
  event: Counted,
  effect: CountingEffect,
  reply: Schema.Int,
  route: (effect, origin) => {
    const headers = once(origin.effectId)
    switch (effect._tag) {
      case "Order":
        return { subject: "node.n1.count", data: "", headers }
      case "Mail":
        return { subject: "out.email.owner", data: "", headers }
      case "SetTimer":
        return routeCoreEffect(effect, origin)
      case "TellCounter": {
        const command = { _tag: "Increment", tell: null }
        return routeCoreEffect({ _tag: "Tell", kind, id: effect.id, command }, origin)
      }
    }
  },
}
