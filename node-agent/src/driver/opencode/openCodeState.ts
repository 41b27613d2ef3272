import { join } from "node:path"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { RuntimeFailed } from "../../container/PaneRuntime.ts"
import type { AgentPlace, AgentStatus, LastTurn } from "../AgentDriver.ts"
import { OpenCodeFault, openCodeFault } from "./openCodeHooks.ts"

/** Where the plugin of this session writes. */
export const stateFolder = (place: AgentPlace) => join(place.configFolder, "maillm", place.sessionId)
export const statusFile = "status.json"

const messagesLimitBytes = 64 * 1024 * 1024
const turnLimitBytes = 4 * 1024 * 1024

const read = async (place: AgentPlace, name: string, outputLimitBytes: number): Promise<Buffer | null> => {
  const path = join(stateFolder(place), name)
  const { exitCode, stdout } = await place.run(["cat", "--", path], {
    outputLimitBytes,
    timeoutMillis: 10_000,
  })
  return exitCode === 0 ? stdout : null
}

/** OpenCode's ids are its own; ours of a session that has none yet is a UUID. */
const isOwn = (conversationId: string) => /^ses_[A-Za-z0-9]{1,64}$/.test(conversationId)

export const hasSession = async (place: AgentPlace): Promise<boolean> =>
  isOwn(place.conversationId) &&
  (await read(place, `${place.conversationId}.turn.json`, turnLimitBytes)) !== null

export const readMessages = async (place: AgentPlace): Promise<Buffer | null> =>
  isOwn(place.conversationId)
    ? read(place, `${place.conversationId}.messages.json`, messagesLimitBytes)
    : null

const Status = Schema.fromJsonString(
  Schema.Struct({ state: Schema.Literals(["idle", "busy", "waiting"]), atMillis: Schema.Number }),
)
const decodeStatus = Schema.decodeUnknownOption(Status)

/** What the plugin has written, and for `idle` the screen too: there must be a line to write in. */
export const openCodeStatus = async (
  place: AgentPlace,
  screen: () => Promise<string>,
): Promise<AgentStatus | null> => {
  const written = await read(place, statusFile, 4_096)
  return written === null ? null : statusOf(written.toString(), await screen())
}

export const statusOf = (written: string, screen: string): AgentStatus | null => {
  const status = Option.getOrNull(decodeStatus(written))
  if (status === null) return null
  const { atMillis, state } = status
  if (/△ Permission required/.test(screen))
    return { state: "waiting", waitingFor: "permission", version: `waiting ${atMillis}` }
  if (state === "idle" && !/ctrl\+p commands/.test(screen)) return null
  return { state, waitingFor: "", version: `${state} ${atMillis}` }
}

/** Whether what was pasted has come to the line to write in: longer text is shown as its number of lines. */
export const isPasted = (screen: string, text: string): boolean =>
  /\[Pasted ~\d+ lines?\]/.test(screen) || screen.includes(`┃  ${(text.split("\n")[0] ?? "").slice(0, 20)}`)

const Turn = Schema.fromJsonString(
  Schema.Struct({
    prompt: Schema.String,
    atMillis: Schema.Number,
    end: Schema.Literals(["answered", "interrupted", "open"]),
    answer: Schema.String,
    fault: Schema.NullOr(OpenCodeFault),
  }),
)
const decodeTurn = Schema.decodeUnknownOption(Turn)

export const openCodeLastTurn = async (
  place: AgentPlace,
  prompt: string,
  sinceMillis: number,
): Promise<LastTurn> => {
  const nothing = { promptSeen: false, end: "open", answer: "" } as const
  if (!isOwn(place.conversationId)) return nothing
  try {
    const written = await read(place, `${place.conversationId}.turn.json`, turnLimitBytes)
    return written === null ? nothing : lastTurnOf(written.toString(), prompt, sinceMillis)
  } catch (error) {
    if (error instanceof RuntimeFailed) return { ...nothing, end: "unknown" }
    throw error
  }
}

export const lastTurnOf = (written: string, prompt: string, sinceMillis: number): LastTurn => {
  const turn = Option.getOrNull(decodeTurn(written))
  if (turn === null) return { promptSeen: false, end: "open", answer: "" }
  return {
    promptSeen: turn.prompt.trim() === prompt.trim() && turn.atMillis >= sinceMillis,
    end: turn.end,
    answer: turn.answer,
    ...(turn.fault === null ? {} : { fault: openCodeFault(turn.fault) }),
  }
}
