import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Output at a time, in milliseconds since the beginning, with long pauses cut. */
export interface CastEvent {
  readonly atMillis: number
  readonly text: string
}

export interface Cast {
  readonly columns: number
  readonly rows: number
  readonly events: ReadonlyArray<CastEvent>
  readonly durationMillis: number
}

/** A longer pause is played as one of this length. */
const longestPauseMillis = 2_000
/** More events are left out: a recording of that size is for a player of its own. */
const eventLimit = 200_000
const bound = (value: number, low: number, high: number) => Math.min(high, Math.max(low, Math.floor(value)))

const Header = Schema.fromJsonString(
  Schema.Struct({ version: Schema.Literal(2), width: Schema.Number, height: Schema.Number }),
)
const Event = Schema.fromJsonString(Schema.Tuple([Schema.Number, Schema.String, Schema.String]))
const decodeHeader = Schema.decodeUnknownResult(Header)
const decodeEvent = Schema.decodeUnknownResult(Event)

/** Reads an asciicast v2 (https://docs.asciinema.org/manual/asciicast/v2/). Null when it is none; lines that cannot be read are left out. */
export const parseCast = (text: string): Cast | null => {
  const lines = text.split("\n")
  const header = decodeHeader(lines[0] ?? "")
  if (Result.isFailure(header)) return null
  const events: Array<CastEvent> = []
  let before = 0
  let atMillis = 0
  for (const line of lines.slice(1)) {
    if (line === "" || events.length >= eventLimit) continue
    const event = decodeEvent(line)
    if (Result.isFailure(event)) continue
    const [seconds, kind, data] = event.success
    const millis = seconds * 1_000
    if (kind !== "o" || !Number.isFinite(millis)) continue
    atMillis += Math.min(longestPauseMillis, Math.max(0, millis - before))
    before = Math.max(before, millis)
    events.push({ atMillis, text: data })
  }
  return {
    columns: bound(header.success.width, 20, 400),
    rows: bound(header.success.height, 5, 200),
    events,
    durationMillis: atMillis,
  }
}

/** The output from the event at `from` on that is due at a time, and the event after it. */
export const dueOutput = (
  cast: Cast,
  from: number,
  atMillis: number,
): { readonly text: string; readonly next: number } => {
  let next = from
  const due: Array<string> = []
  for (let event = cast.events[next]; event !== undefined && event.atMillis <= atMillis;) {
    due.push(event.text)
    next += 1
    event = cast.events[next]
  }
  return { text: due.join(""), next }
}
