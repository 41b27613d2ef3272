import * as Schema from "effect/Schema"
import { ActorKind, EpochMillis, Token } from "@maillm/schema/Ids"
import { commandEnvelope } from "@maillm/schema/Record"
import { commandSubject, timerSubject, wakeSubject } from "@maillm/schema/Subjects"
import type { EffectMessage, EffectOrigin } from "./EffectMessage.ts"

/** What any actor may want done after its commit. */
export const CoreEffect = Schema.Union([
  /** `command` in its encoded form. */
  Schema.TaggedStruct("Tell", { kind: ActorKind, id: Token, command: Schema.Unknown }),
  /**
   * Wakes this actor with a command `{ _tag: "TimerFired", timer, generation }` at the time given, at once if that
   * is past. Timers of all generations fire: a state that has set a newer one ignores the older.
   */
  Schema.TaggedStruct("SetTimer", { timer: Token, generation: Schema.Int, atMillis: EpochMillis }),
])
export type CoreEffect = typeof CoreEffect.Type

const encodeCommand = Schema.encodeSync(Schema.fromJsonString(commandEnvelope(Schema.Unknown)))

/** What a fired timer says; read by WakeRelay. */
export const Wake = Schema.fromJsonString(Schema.Struct({ timer: Schema.String, generation: Schema.Int }))
const encodeWake = Schema.encodeSync(Wake)

/** The sender's id for an effect, by which its receiver's stream drops repeats. */
export const once = (effectId: string) => [["Nats-Msg-Id", effectId]] as const

export const routeCoreEffect = (effect: CoreEffect, origin: EffectOrigin): EffectMessage =>
  effect._tag === "Tell"
    ? {
        subject: commandSubject(effect.kind, effect.id),
        data: encodeCommand({
          v: 1,
          commandId: origin.effectId,
          sentAtMillis: origin.atMillis,
          command: effect.command,
        }),
        headers: once(origin.effectId),
      }
    : timerMessage(effect, origin)

/**
 * The server counts nanoseconds in 64 bits: what comes after April 2262 would fire at once. A year of more than four
 * digits it refuses, and an effect that is refused holds up its actor for ever.
 */
const latestMillis = Date.UTC(2262, 0, 1)

/** A schedule (ADR-51). It has no message id: the server would take the wake that it becomes for its repeat. */
export const timerMessage = (
  { timer, generation, atMillis }: Extract<CoreEffect, { readonly _tag: "SetTimer" }>,
  { actor: { kind, id } }: EffectOrigin,
): EffectMessage => ({
  subject: timerSubject(kind, id, timer, generation),
  data: encodeWake({ timer, generation }),
  headers: [
    ["Nats-Schedule", `@at ${new Date(Math.min(Math.max(atMillis, 0), latestMillis)).toISOString()}`],
    ["Nats-Schedule-Target", wakeSubject(kind, id)],
  ],
})
