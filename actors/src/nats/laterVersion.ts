import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { recordOf } from "@maillm/schema/Record"

/** The version of records that this version of maillm writes. */
const recordVersion = 1
const decodeFrame = Schema.decodeUnknownResult(recordOf(Schema.Unknown, Schema.Unknown))

/**
 * Why a record that does not decode is one of a later version of maillm, in words, and null where it is not: it says
 * so by its number, or it is a record of this very actor in everything but its events and effects. What earlier
 * versions wrote decodes, so those can only be of a later one.
 */
export const laterVersion = (value: unknown, kind: string, id: string): string | null => {
  const version = typeof value === "object" && value !== null && "v" in value ? value.v : undefined
  if (typeof version === "number" && version > recordVersion) {
    return `it is of version ${version}, and this is ${recordVersion}`
  }
  const frame = decodeFrame(value)
  if (Result.isFailure(frame) || frame.success.kind !== kind || frame.success.id !== id) return null
  return "it says what this version does not know"
}
