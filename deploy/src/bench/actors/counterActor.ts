import * as Schema from "effect/Schema"
import { defineActor } from "@maillm/actors/runtime/Actor"

/** The measured actor: a turn is one event and a reply with the new count. */
export const Counter = defineActor({
  kind: "counter",
  state: Schema.Struct({ count: Schema.Int }),
  command: Schema.TaggedStruct("Increment", { by: Schema.Int }),
  event: Schema.TaggedStruct("Incremented", { by: Schema.Int }),
  reply: Schema.Int,
  initial: () => ({ count: 0 }),
  decide: ({ count }, { by }) => ({ events: [{ _tag: "Incremented", by }], reply: count + by }),
  evolve: ({ count }, { by }) => ({ count: count + by }),
})
