import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { SessionRecord, UserRecord } from "@maillm/schema/Record"
import { reasonOf } from "../readmodel/storedRow.ts"
import type { ActorRecord } from "./project.ts"

const userRecord = Schema.decodeUnknownSync(Schema.fromJsonString(UserRecord))
const sessionRecord = Schema.decodeUnknownSync(Schema.fromJsonString(SessionRecord))

/**
 * Whether a record is of a kind of actor that the read model shows nothing of, such as those of a later version or of
 * others who use the runtime. It is none of its business, and no dead letter.
 */
export const isOfOtherKind = (subject: string): boolean => {
  const [, kind, , ...rest] = subject.split(".")
  return rest.length === 0 && kind !== undefined && kind !== "user" && kind !== "session"
}

/** The record in a message of EVT, or why there is none that can be read. */
export const readRecord = (subject: string, data: Uint8Array): Result.Result<ActorRecord, string> => {
  const [, kind, id, ...rest] = subject.split(".")
  if (id === undefined || rest.length > 0) return Result.fail(`${subject} is no actor's journal`)
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(data)
    const read = kind === "user" ? user(text) : kind === "session" ? session(text) : null
    if (read === null) return Result.fail(`actors of kind ${kind} are not known to this version`)
    if (read.record.kind !== kind || read.record.id !== id) {
      return Result.fail(
        `it says it is of ${read.record.kind} ${read.record.id}, and stands under ${subject}`,
      )
    }
    return Result.succeed(read)
  } catch (error) {
    return Result.fail(reasonOf(error))
  }
}

const user = (text: string): ActorRecord => ({ kind: "user", record: userRecord(text) })
const session = (text: string): ActorRecord => ({ kind: "session", record: sessionRecord(text) })
