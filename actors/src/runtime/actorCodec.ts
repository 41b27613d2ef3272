import * as Schema from "effect/Schema"
import { commandEnvelope, recordOf } from "@maillm/schema/Record"
import type { ActorDefinition } from "./Actor.ts"

/** Encoders and decoders of one kind of actor, built once. Decoders answer a `Result`. */
export const actorCodec = <State, Command extends { readonly _tag: string }, Event>(
  definition: ActorDefinition<State, Command, Event>,
) => {
  const envelope = Schema.fromJsonString(commandEnvelope(definition.command))
  const record = Schema.fromJsonString(recordOf(definition.event))
  return {
    decodeCommand: Schema.decodeUnknownResult(envelope),
    decodeRecord: Schema.decodeUnknownResult(record),
    encodeRecord: Schema.encodeSync(record),
    decodeState: Schema.decodeUnknownResult(definition.state),
    encodeState: Schema.encodeSync(definition.state),
  }
}

export type ActorCodec<State, Command extends { readonly _tag: string }, Event> = ReturnType<
  typeof actorCodec<State, Command, Event>
>
