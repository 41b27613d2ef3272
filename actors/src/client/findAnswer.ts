import type { JetStreamManager } from "@nats-io/jetstream"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { eventSubject } from "@maillm/schema/Subjects"
import type { Answer } from "./AnswerInbox.ts"

const decodeRecord = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({
      commandId: Schema.String,
      commandSeq: Schema.Int,
      prevSeq: Schema.Int,
      reply: Schema.optionalKey(Schema.Unknown),
      failed: Schema.optionalKey(Schema.String),
    }),
  ),
)

/** Records looked at, newest first: somewhat more than the commands whose ids an actor remembers. */
const recordLimit = 300

/**
 * What a command came to, as its actor's journal has it; null when no recent record is of that command. Records of
 * commands before `position` are not looked at: an actor handles its commands in the order of their positions, and
 * those who wait for a host that went away shall not read 300 records each.
 */
export const findAnswer = async (
  jsm: JetStreamManager,
  kind: string,
  id: string,
  commandId: string,
  position: number,
): Promise<Answer | null> => {
  const subject = eventSubject(kind, id)
  let message = await jsm.streams.getMessage("EVT", { last_by_subj: subject })
  for (let looked = 0; message !== null && looked < recordLimit; looked++) {
    const record = decodeRecord(message.string())
    if (Option.isNone(record) || message.subject !== subject) return null
    const { commandId: found, commandSeq, prevSeq, ...answer } = record.value
    if (found === commandId) return { sequence: message.seq, ...answer }
    if (prevSeq === 0 || commandSeq <= position) return null
    message = await jsm.streams.getMessage("EVT", { seq: prevSeq })
  }
  return null
}
