import { existsSync, readFileSync } from "node:fs"
import * as Schema from "effect/Schema"

/** What the processes of a run write, one JSON object a line. The shapes are those of `History`. */
const Outcome = Schema.Literals(["acked", "refused", "unknown"])
const AttemptLine = Schema.Struct({
  commandId: Schema.String,
  actor: Schema.String,
  client: Schema.String,
  index: Schema.Int,
  sentAtMillis: Schema.Int,
  answeredAtMillis: Schema.NullOr(Schema.Int),
  outcome: Outcome,
  sequence: Schema.NullOr(Schema.Int),
  reply: Schema.NullOr(Schema.Int),
})
const CommitLine = Schema.Struct({
  sequence: Schema.Int,
  actor: Schema.String,
  commandSequence: Schema.Int,
  commandId: Schema.String,
  epoch: Schema.Int,
  previousSequence: Schema.Int,
  host: Schema.String,
  effectIds: Schema.Array(Schema.String),
  atMillis: Schema.Int,
})
const EffectLine = Schema.Struct({
  receiver: Schema.String,
  effectId: Schema.String,
  actor: Schema.String,
  epoch: Schema.Int,
  order: Schema.Int,
})
/** What a client process says of itself: how far it is, and at its end its last operations. */
export const LoadLine = Schema.fromJsonString(
  Schema.Struct({
    counts: Schema.Struct({
      commands: Schema.Int,
      acked: Schema.Int,
      unknown: Schema.Int,
      refused: Schema.Int,
      tries: Schema.Int,
    }),
    finals: Schema.optionalKey(Schema.Array(Schema.Struct({ client: Schema.String, outcome: Outcome }))),
  }),
)
/** What was left in mailboxes and work queues when the journal was read, and how the servers' copies compare. */
const JournalReading = Schema.Struct({
  left: Schema.Struct({ commands: Schema.Int, orders: Schema.Int }),
  commits: Schema.Int,
  /** Of three. */
  serversRead: Schema.Int,
  /** Those whose records differ from the first one's. */
  differing: Schema.Array(Schema.String),
})
export type JournalReading = typeof JournalReading.Type
export const JournalLine = Schema.fromJsonString(JournalReading)

const linesOf = <A>(schema: Schema.Codec<A, unknown>) => {
  const decode = Schema.decodeUnknownSync(Schema.fromJsonString(schema))
  return (file: string): ReadonlyArray<A> =>
    existsSync(file)
      ? readFileSync(file, "utf8")
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => decode(line))
      : []
}

export const readAttempts = linesOf(AttemptLine)
export const readCommits = linesOf(CommitLine)
export const readEffects = linesOf(EffectLine)
