import * as Schema from "effect/Schema"
import { SessionId, text, UserId } from "@maillm/schema/Ids"
import { RuntimeName } from "@maillm/schema/Turn"
import { readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"

/** What is remembered of a session's pane, so that it is found again. */
export const PaneRecord = Schema.Struct({
  v: Schema.Literal(1),
  sessionId: SessionId,
  userId: UserId,
  /** A new one for every pane that is made. */
  generation: text(64),
  nonce: text(64),
  runtime: RuntimeName,
  /** How the pane's process ended, once that is known. */
  ended: Schema.NullOr(
    Schema.Struct({ exitCode: Schema.NullOr(Schema.Int), signal: Schema.NullOr(Schema.Int) }),
  ),
})
export type PaneRecord = typeof PaneRecord.Type

const json = Schema.fromJsonString(PaneRecord)
const decode = Schema.decodeUnknownSync(json)
const encode = Schema.encodeSync(json)

export const readPaneRecord = async (path: string): Promise<PaneRecord | null> => {
  const content = await readFileIfThere(path)
  return content === null ? null : decode(content)
}

export const writePaneRecord = (path: string, record: PaneRecord) => writeFileAtomically(path, encode(record))
