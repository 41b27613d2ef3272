import * as Schema from "effect/Schema"
import { SessionId, text, UserId } from "@maillm/schema/Ids"
import { DriverName, RuntimeName } from "@maillm/schema/Turn"
import { readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"

/** Why a pane was closed to make room for another. */
export const PaneClosed = Schema.Struct({
  /** Since its last output. */
  idleMillis: Schema.Int,
  /** Panes that the node kept at most. */
  limit: Schema.Int,
  /** The shell's idea of its id, for whoever must end it in a container. */
  shellPid: Schema.NullOr(Schema.Int),
})
export type PaneClosed = typeof PaneClosed.Type

/** What is remembered of a session's pane, so that it is found again. */
export const PaneRecord = Schema.Struct({
  v: Schema.Literal(1),
  sessionId: SessionId,
  userId: UserId,
  /** A new one for every pane that is made. */
  generation: text(64),
  nonce: text(64),
  runtime: RuntimeName,
  /** What runs in it; a shell when absent. */
  driver: Schema.optionalKey(DriverName),
  /** How the pane's process ended, once that is known. */
  ended: Schema.NullOr(
    Schema.Struct({ exitCode: Schema.NullOr(Schema.Int), signal: Schema.NullOr(Schema.Int) }),
  ),
  /** Set before the pane is closed to make room: whoever finds it finishes that. */
  closed: Schema.optionalKey(PaneClosed),
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

/** In words, such as "closed after 5 h idle, because this node keeps at most 200". */
export const closedBecause = ({ idleMillis, limit }: PaneClosed): string =>
  `closed after ${span(idleMillis)} idle, because this node keeps at most ${limit}`

const span = (millis: number): string => {
  const minutes = Math.floor(millis / 60_000)
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h`
  return minutes >= 1 ? `${minutes} min` : `${Math.floor(millis / 1_000)} s`
}
