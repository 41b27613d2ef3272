import * as Schema from "effect/Schema"
import { commandEnvelope, recordOf } from "@maillm/schema/Record"
import type { ActorDefinition } from "./Actor.ts"

/** Encoders and decoders of one kind of actor, built once. Decoders ending in `Safely` answer a `Result`. */
export const actorCodec = <State, Command extends { readonly _tag: string }, Event, Effect, Reply, Facts>(
  definition: ActorDefinition<State, Command, Event, Effect, Reply, Facts>,
) => {
  const envelope = Schema.fromJsonString(commandEnvelope(definition.command))
  const record = recordOf(definition.event, definition.effect)
  return {
    decodeCommandSafely: Schema.decodeUnknownResult(envelope),
    decodeRecordSafely: Schema.decodeUnknownResult(Schema.fromJsonString(record)),
    encodeRecord: Schema.encodeSync(record),
    decodeEvents: Schema.decodeUnknownSync(Schema.Array(definition.event)),
    encodeReply: Schema.encodeSync(definition.reply),
    decodeStateSafely: Schema.decodeUnknownResult(definition.state),
    encodeState: Schema.encodeSync(definition.state),
  }
}

export type ActorCodec<
  State,
  Command extends { readonly _tag: string },
  Event,
  Effect,
  Reply,
  Facts,
> = ReturnType<typeof actorCodec<State, Command, Event, Effect, Reply, Facts>>
