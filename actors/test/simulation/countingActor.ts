import * as Schema from "effect/Schema"
import { Token } from "@maillm/schema/Ids"
import type { ActorDefinition } from "../../src/runtime/Actor.ts"
import { once, routeCoreEffect } from "../../src/runtime/CoreEffect.ts"

/** Counts one up; tells another counter to do so too, if `tell` names one. */
export const Increment = Schema.TaggedStruct("Increment", { tell: Schema.NullOr(Token) })
export type Increment = typeof Increment.Type

const State = Schema.Struct({ count: Schema.Int })
const Counted = Schema.TaggedStruct("Counted", { count: Schema.Int })
const CountingEffect = Schema.Union([
  /** An order to a node, which works on one after another. */
  Schema.TaggedStruct("Order", {}),
  /** A mail, whose senders work side by side. */
  Schema.TaggedStruct("Mail", {}),
  Schema.TaggedStruct("TellCounter", { id: Token }),
])
type CountingEffect = typeof CountingEffect.Type

export const kind = "counter"

/** A counter with effects of every kind: the first is an order, every second mails, some tell another. */
export const CountingActor: ActorDefinition<
  typeof State.Type,
  Increment,
  typeof Counted.Type,
  CountingEffect,
  number
> = {
  kind,
  stateVersion: 1,
  initial: () => ({ count: 0 }),
  decide: ({ count }, { tell }) => ({
    events: [{ _tag: "Counted", count: count + 1 }],
    effects: [
      { _tag: "Order" },
      ...(count % 2 === 0 ? [] : [{ _tag: "Mail" } as const]),
      ...(tell === null ? [] : [{ _tag: "TellCounter", id: tell } as const]),
      ...(count % 3 === 0 ? [{ _tag: "Order" } as const] : []),
    ],
    reply: count + 1,
  }),
  evolve: (_, { count }) => ({ count }),
  state: State,
  command: Increment,
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
      case "TellCounter": {
        const command = { _tag: "Increment", tell: null }
        return routeCoreEffect({ _tag: "Tell", kind, id: effect.id, command }, origin)
      }
    }
  },
}
