import * as Schema from "effect/Schema"
import { nodeSubject } from "@maillm/schema/Subjects"
import type { ActorDefinition } from "@maillm/actors/runtime/Actor"
import { once } from "@maillm/actors/runtime/CoreEffect"

/** Who carries out the counter's effects, each from a work queue of its own. */
export const receivers = ["r1", "r2"] as const

export const kind = "chaos"

const State = Schema.Struct({ count: Schema.Int })
const Increment = Schema.TaggedStruct("Increment", {})
const Incremented = Schema.TaggedStruct("Incremented", {})
const Notify = Schema.TaggedStruct("Notify", { receiver: Schema.Literals(receivers), count: Schema.Int })

/** What a receiver is told; `effectId` is by what it drops repeats. */
export const Notice = Schema.fromJsonString(Schema.Struct({ effectId: Schema.String, count: Schema.Int }))
const encodeNotice = Schema.encodeSync(Notice)

export const increment: typeof Increment.Type = { _tag: "Increment" }

const receiverOf = (count: number) => (count % 4 < 2 ? "r1" : "r2")

/**
 * Counts, answers with the count and notifies a receiver of it, of every other count twice: an owner that dies
 * between two effects of one record leaves the second to its successor.
 */
export const Counter: ActorDefinition<
  typeof State.Type,
  typeof Increment.Type,
  typeof Incremented.Type,
  typeof Notify.Type,
  number
> = {
  kind,
  stateVersion: 1,
  state: State,
  command: Increment,
  event: Incremented,
  effect: Notify,
  reply: Schema.Int,
  initial: () => ({ count: 0 }),
  decide: (state) => {
    const count = state.count + 1
    const notify = { _tag: "Notify", receiver: receiverOf(count), count } as const
    return {
      events: [{ _tag: "Incremented" }],
      effects: count % 2 === 0 ? [notify, notify] : [notify],
      reply: count,
    }
  },
  evolve: ({ count }) => ({ count: count + 1 }),
  route: ({ receiver, count }, { effectId }) => ({
    subject: nodeSubject(receiver, "count"),
    data: encodeNotice({ effectId, count }),
    headers: once(effectId),
  }),
}
