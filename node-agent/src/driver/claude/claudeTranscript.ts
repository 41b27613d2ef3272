import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { RuntimeFailed } from "../../container/PaneRuntime.ts"
import type { AgentFaultFacts } from "../AgentSignal.ts"
import { claudeFault } from "./claudeHooks.ts"
import type { AgentPlace, LastTurn } from "../AgentDriver.ts"

/** Shell source: does $3 with the transcript of conversation $2 below folder $1, in whichever folder it is. */
const withTranscript = (action: string) =>
  `for file in "$1"/projects/*/"$2".jsonl; do [ -s "$file" ] && ${action} && exit 0; done; exit 1`

const transcriptLimitBytes = 64 * 1024 * 1024
const tailBytes = 1024 * 1024

const on = (place: AgentPlace, action: string, outputLimitBytes: number) =>
  place.run(["sh", "-c", withTranscript(action), "sh", place.configFolder, place.conversationId], {
    outputLimitBytes,
  })

/**
 * Shell source: whether $file has a message. Without one, as when the program was killed early, `--resume` fails and
 * `--session-id` refuses the id as taken, for ever: such a file is put aside.
 */
const hasMessage = `{ grep -qE '"type":"(user|assistant)".*[}]$' "$file" || { mv -f -- "$file" "$file.incomplete" && false; }; }`

export const hasTranscript = async (place: AgentPlace): Promise<boolean> =>
  (await on(place, hasMessage, 1_024)).exitCode === 0

/** All of it, or of a longer one its last 64 MiB. */
export const readTranscript = async (place: AgentPlace): Promise<Buffer | null> => {
  const { exitCode, stdout } = await on(
    place,
    `tail -c ${transcriptLimitBytes} -- "$file"`,
    transcriptLimitBytes,
  )
  return exitCode === 0 ? stdout : null
}

export const claudeLastTurn = async (
  place: AgentPlace,
  prompt: string,
  sinceMillis: number,
): Promise<LastTurn> => {
  try {
    const { exitCode, stdout } = await on(place, `tail -c ${tailBytes} -- "$file"`, tailBytes)
    return lastTurnIn(exitCode === 0 ? stdout.toString() : "", prompt, sinceMillis)
  } catch (error) {
    if (error instanceof RuntimeFailed) return { promptSeen: false, end: "unknown", answer: "" }
    throw error
  }
}

const Block = Schema.Struct({ type: Schema.String, text: Schema.optionalKey(Schema.String) })
const Row = Schema.fromJsonString(
  Schema.Struct({
    type: Schema.String,
    subtype: Schema.optionalKey(Schema.String),
    timestamp: Schema.optionalKey(Schema.String),
    isSidechain: Schema.optionalKey(Schema.Boolean),
    isApiErrorMessage: Schema.optionalKey(Schema.Boolean),
    error: Schema.optionalKey(Schema.Unknown),
    message: Schema.optionalKey(
      Schema.Struct({
        id: Schema.optionalKey(Schema.String),
        model: Schema.optionalKey(Schema.String),
        content: Schema.optionalKey(Schema.Union([Schema.String, Schema.Array(Block)])),
        stop_reason: Schema.optionalKey(Schema.NullOr(Schema.String)),
      }),
    ),
  }),
)
type Row = typeof Row.Type
const decode = Schema.decodeUnknownOption(Row)

const interrupted = "[Request interrupted by user"

/** Rows of kinds that are not known, and the cut-off first one, are left out. */
export const lastTurnIn = (jsonl: string, prompt: string, sinceMillis: number): LastTurn => {
  const rows = jsonl.split("\n").flatMap((line) => {
    const row = decode(line)
    return Option.isSome(row) && row.value.isSidechain !== true ? [row.value] : []
  })
  const start = rows.findLastIndex(
    (row) =>
      row.type === "user" &&
      textOf(row).trim() === prompt.trim() &&
      Date.parse(row.timestamp ?? "") >= sinceMillis,
  )
  // Without the prompt, which may be cut off or was never kept, nothing older than it counts: that was another turn's.
  const after =
    start < 0
      ? rows.filter(({ timestamp }) => Date.parse(timestamp ?? "") >= sinceMillis)
      : rows.slice(start + 1)
  const lastUser = after.findLastIndex((row) => row.type === "user")
  const last = after.findLastIndex((row) => row.type === "assistant")
  const spoken = after[last]
  if (lastUser > last && textOf(after[lastUser]).startsWith(interrupted))
    return { promptSeen: start >= 0, end: "interrupted", answer: "" }
  if (spoken === undefined || lastUser > last) return { promptSeen: start >= 0, end: "open", answer: "" }
  const fault = faultIn(spoken)
  if (fault !== null) return { promptSeen: start >= 0, end: "open", answer: "", fault }
  const ended =
    spoken.message?.stop_reason === "end_turn" ||
    after.slice(last).some((row) => row.type === "system" && row.subtype === "turn_duration")
  // A message is split into a row for each of its blocks.
  const message = after.filter((row) => row.type === "assistant" && row.message?.id === spoken.message?.id)
  const answer = message
    .map(textOf)
    .filter((text) => text !== "")
    .join("\n\n")
  return { promptSeen: start >= 0, end: ended ? "answered" : "open", answer }
}

/** Errors of the model's API stand there as a message of the agent's own making. */
const faultIn = (row: Row): AgentFaultFacts | null => {
  if (row.isApiErrorMessage !== true && row.message?.model !== "<synthetic>") return null
  const text = textOf(row)
  if (row.isApiErrorMessage !== true && !text.startsWith("API Error")) return null
  if (typeof row.error === "string") return claudeFault(row.error, text)
  const known = [
    [/\b429\b/, "rate_limit"],
    [/\b40[13]\b|\/login/, "authentication_failed"],
    [/\b5\d\d\b|ECONN|onnect/, "server_error"],
  ] as const
  return claudeFault(known.find(([pattern]) => pattern.test(text))?.[1] ?? "", text)
}

const textOf = (row: Row | undefined): string => {
  const content = row?.message?.content ?? ""
  if (typeof content === "string") return content
  return content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("")
}
