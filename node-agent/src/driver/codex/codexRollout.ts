import { join } from "node:path"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { RuntimeFailed } from "../../container/PaneRuntime.ts"
import type { AgentPlace, AgentStatus, LastTurn } from "../AgentDriver.ts"
import type { AgentFaultFacts } from "../AgentSignal.ts"
import { codexScreen } from "./codexScreen.ts"

/** Shell source: does something with the rollout `$file` of conversation $2 below folder $1. */
const withRollout = (action: string) =>
  `for file in "$1"/sessions/*/*/*/rollout-*-"$2".jsonl; do [ -s "$file" ] && ${action} && exit 0; done; exit 1`

/**
 * The last event that begins or ends a turn. Within a string of JSON the quotes have backslashes, so what a tool
 * prints looks different.
 */
const lastEvent = `tail -c 1048576 -- "$file" | grep -aE '^.{0,200}"type":"event_msg","payload":\\{"type":"(task_started|task_complete|turn_aborted)"' | tail -n 1 | cut -c 1-200`

const rolloutLimitBytes = 64 * 1024 * 1024
const tailBytes = 1024 * 1024

const on = (place: AgentPlace, action: string, outputLimitBytes: number, timeoutMillis = 30_000) =>
  place.run(["sh", "-c", withRollout(action), "sh", place.configFolder, place.conversationId], {
    outputLimitBytes,
    timeoutMillis,
  })

export const hasRollout = async (place: AgentPlace): Promise<boolean> =>
  (await on(place, ":", 1_024)).exitCode === 0

/** All of it, or of a longer one its last 64 MiB. */
export const readRollout = async (place: AgentPlace): Promise<Buffer | null> => {
  const { exitCode, stdout } = await on(place, `tail -c ${rolloutLimitBytes} -- "$file"`, rolloutLimitBytes)
  return exitCode === 0 ? stdout : null
}

/** File that says when the session's Codex was started: what its rollout says from before is another's. */
export const startedFile = (place: AgentPlace) =>
  join(place.configFolder, `maillm-${place.sessionId}.started`)

const started = /"timestamp":"([^"]{20,30})".*"type":"(task_started|task_complete|turn_aborted)"/

/**
 * Idle when it shows its prompt and its rollout has no turn under way. A question on the screen is one of Codex's
 * own; those of the gate are asked without one.
 */
export const codexStatus = async (
  place: AgentPlace,
  screen: () => Promise<string>,
): Promise<AgentStatus | null> => {
  const { stdout } = await place.run(
    [
      "sh",
      "-c",
      `cat -- "$3" && echo || exit 0; ${withRollout(lastEvent)}`,
      "sh",
      place.configFolder,
      place.conversationId,
      startedFile(place),
    ],
    { outputLimitBytes: 4_096, timeoutMillis: 5_000 },
  )
  return statusOf(stdout.toString(), await screen())
}

/** `said`: when Codex was started, ms since 1970, and below it the last event. */
export const statusOf = (said: string, screen: string): AgentStatus | null => {
  const [startedAt = "", event = ""] = said.split("\n")
  const shown = codexScreen(screen)
  if (shown === "question")
    return { state: "waiting", waitingFor: "a question in the terminal", version: "question" }
  const [, time = "", type = ""] = started.exec(event) ?? []
  const own = Date.parse(time) >= Number(startedAt)
  if (own && type === "task_started") return { state: "busy", waitingFor: "", version: `busy ${time}` }
  return shown === "prompt"
    ? { state: "idle", waitingFor: "", version: `idle ${own ? time : startedAt}` }
    : null
}

const Part = Schema.Struct({ text: Schema.optionalKey(Schema.String) })
const Row = Schema.fromJsonString(
  Schema.Struct({
    timestamp: Schema.String,
    type: Schema.Literal("event_msg"),
    payload: Schema.Struct({
      type: Schema.String,
      item: Schema.optionalKey(
        Schema.Struct({ type: Schema.String, content: Schema.optionalKey(Schema.Array(Part)) }),
      ),
      last_agent_message: Schema.optionalKey(Schema.NullOr(Schema.String)),
      error: Schema.optionalKey(
        Schema.NullOr(
          Schema.Struct({ message: Schema.String, codex_error_info: Schema.optionalKey(Schema.Unknown) }),
        ),
      ),
    }),
  }),
)
type Row = typeof Row.Type
const decode = Schema.decodeUnknownOption(Row)

export const codexLastTurn = async (
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

/** Rows of kinds that are not known, and the cut-off first one, are left out. */
export const lastTurnIn = (jsonl: string, prompt: string, sinceMillis: number): LastTurn => {
  const rows = jsonl.split("\n").flatMap((line) => {
    const row = decode(line)
    return Option.isSome(row) ? [row.value] : []
  })
  const start = rows.findLastIndex(
    (row) =>
      row.payload.item?.type === "UserMessage" &&
      textOf(row).trim() === prompt.trim() &&
      Date.parse(row.timestamp) >= sinceMillis,
  )
  const promptSeen = start >= 0
  const end = rows
    .slice(start + 1)
    .findLast(({ payload: { type } }) =>
      ["task_started", "task_complete", "turn_aborted"].includes(type),
    )?.payload
  if (end?.type === "turn_aborted") return { promptSeen, end: "interrupted", answer: "" }
  if (end?.type !== "task_complete") return { promptSeen, end: "open", answer: "" }
  const fault =
    end.error === null || end.error === undefined
      ? {}
      : { fault: codexFault(end.error.message, end.error.codex_error_info) }
  return { promptSeen, end: "answered", answer: end.last_agent_message ?? "", ...fault }
}

const textOf = ({ payload }: Row) => (payload.item?.content ?? []).map(({ text = "" }) => text).join("")

/** By the HTTP status that Codex names, else by its own words. */
export const codexFault = (message: string, info: unknown): AgentFaultFacts => {
  const said = `${JSON.stringify(info ?? "")} ${message}`
  const status = Number(/(?:http_status_code"?:|status:? )\s*(\d{3})/.exec(said)?.[1] ?? 0)
  const kind = (): AgentFaultFacts["kind"] => {
    if (status === 429 || /usage_limit|rate.?limit/i.test(said)) return "rate-limit"
    if (status === 401 || status === 403 || /unauthorized/i.test(said)) return "authentication"
    if (status === 404) return "model-not-found"
    return status >= 500 || /overload|capacity|high demand|disconnected|connection/i.test(said)
      ? "provider-down"
      : "other"
  }
  return { kind: kind(), message: message.slice(0, 1_000), resetAtMillis: null }
}
