import { createHash } from "node:crypto"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Commands whose ids an actor remembers, to catch a source that repeats itself after the dedupe window. */
export const recentCommandLimit = 256

/** An actor as its records up to `evtSeq` left it. */
export interface Image {
  readonly state: unknown
  readonly evtSeq: number
  readonly commandSeq: number
  readonly epoch: number
  readonly recentCommandIds: ReadonlyArray<string>
  /** EVT sequences of their records, in the same order; absent in a snapshot of version 0.1.0. */
  readonly recentSequences?: ReadonlyArray<number>
}

const Stored = Schema.fromJsonString(
  Schema.Struct({
    v: Schema.Literal(1),
    stateVersion: Schema.Int,
    journal: Schema.String,
    evtSeq: Schema.Int,
    commandSeq: Schema.Int,
    epoch: Schema.Int,
    recentCommandIds: Schema.Array(Schema.String),
    recentSequences: Schema.optionalKey(Schema.Array(Schema.Int)),
    /** The state as JSON text, so that what is hashed is what is read. */
    state: Schema.String,
    sha256: Schema.String,
  }),
)
const decode = Schema.decodeUnknownResult(Stored)
const encode = Schema.encodeSync(Stored)

type Hashed = Pick<Image, "evtSeq" | "commandSeq" | "recentCommandIds" | "recentSequences"> & {
  readonly state: string
}

/** Over all that is restored. What 0.1.0 wrote has no sequences and no hash of its ids. */
const digest = (journal: string, stored: Hashed) => {
  const { evtSeq, commandSeq, recentCommandIds, recentSequences, state } = stored
  const hash = createHash("sha256").update(`${journal}\n${evtSeq}\n${commandSeq}\n${state}`)
  if (recentSequences !== undefined) hash.update(`\n${JSON.stringify([recentCommandIds, recentSequences])}`)
  return hash.digest("hex")
}

export const encodeSnapshot = (image: Image, stateVersion: number, journal: string): string => {
  const stored = { ...image, state: JSON.stringify(image.state) }
  return encode({ v: 1, stateVersion, journal, ...stored, sha256: digest(journal, stored) })
}

/** The image, or null when it is damaged, of another journal, or of another shape: then the records are replayed. */
export const decodeSnapshot = (data: string, stateVersion: number, journal: string): Image | null => {
  const result = decode(data)
  if (Result.isFailure(result)) return null
  const stored = result.success
  if (stored.stateVersion !== stateVersion || stored.journal !== journal) return null
  if (stored.sha256 !== digest(journal, stored)) return null
  const state: unknown = JSON.parse(stored.state)
  return { ...stored, state }
}
