import type { FetchedPath, Files, LeftFile, SentFile } from "@maillm/schema/Files"
import { SessionId } from "@maillm/schema/Ids"
import type { NodeId } from "@maillm/schema/Ids"
import type { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import type { MessageCommand, RequestSpec } from "@maillm/schema/UserActor"
import { visibleText } from "@maillm/schema/visibleText"
import { nothing } from "../world/Facts.ts"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { count } from "./format.ts"
import { policyHere } from "./policyHere.ts"
import { Draft, endRequest } from "./SessionDraft.ts"
import { fetchLimit } from "./SessionState.ts"
import type { SessionState } from "./SessionState.ts"
import type { Ending } from "./turnEnding.ts"

type Send = Extract<MessageCommand, { readonly _tag: "Send" }>
type Fetched = Extract<SessionCommand, { readonly _tag: "FilesFetched" }>

/**
 * Has the node that has the workspace read the files that a message asks for. No turn is begun and nothing waits for
 * one: the job stands in JOBS until the node has done it.
 */
export const askFiles = (draft: Draft, request: RequestSpec, command: Send, context: WorldContext) => {
  const { requestId, userId } = request
  const place = placeOf(draft.state, context)
  const refusal =
    draft.state.fetches.length >= fetchLimit
      ? `${fetchLimit} messages wait for files in this session already. Wait for some of them.`
      : place === null
        ? "No node answers that has your workspace. Send it again when one does."
        : null
  if (refusal !== null || place === null) {
    const ending = { state: "failed", outcome: "No file was sent.", detail: refusal ?? "" } as const
    return endRequest(draft, request, ending, null, "maillm", context)
  }
  const { nodeId, reason } = place
  const credentials = policyHere(draft.state, request, context).classes.credentials === "allow"
  const sessionId = SessionId.make(draft.state.id)
  draft.add(
    { _tag: "FilesAsked", requestId, nodeId, reason },
    {
      _tag: "RunJob",
      job: { _tag: "FetchFiles", userId, sessionId, requestId, nodeId, paths: command.paths, credentials },
    },
  )
}

/** The session's own node; for a new session one that lives. */
const placeOf = (
  { nodeId }: SessionState,
  { facts }: WorldContext,
): { readonly nodeId: NodeId; readonly reason: string } | null => {
  if (nodeId !== null) {
    const lives = facts.nodes.some((node) => node.nodeId === nodeId)
    return { nodeId, reason: lives ? "" : `Node ${nodeId} does not answer; the files come when it is back.` }
  }
  const [best] = facts.nodes.toSorted((a, b) => a.paneCount - b.paneCount)
  return best === undefined ? null : { nodeId: best.nodeId, reason: "" }
}

/**
 * Answers with the files. What was asked in everyday words and is not there may have been meant for the agent: then
 * `passOn` makes an ordinary request of it, but not for a shell, which would run the words.
 */
export const filesFetched = (
  state: SessionState,
  { nodeId, paths, requestId }: Fetched,
  context: WorldContext,
  passOn: (draft: Draft, request: RequestSpec) => void,
): WorldDecision<SessionEvent> => {
  const request = state.fetches.find((fetch) => fetch.requestId === requestId)
  if (request === undefined) return nothing
  const draft = new Draft(state)
  const missing = paths.filter(({ _tag }) => _tag === "Missing")
  const casual = request.command?._tag === "Send" && request.command.casual
  if (casual && missing.length > 0 && (request.driver ?? state.driver) !== "shell") {
    const reason = `${missing.map(({ path }) => shown(path)).join(", ")} is not in the workspace: the agent is asked.`
    draft.add({ _tag: "FetchPassedOn", requestId, reason: reason.slice(0, 500) })
    passOn(draft, request)
    return draft
  }
  draft.add({ _tag: "FilesFetched", requestId, nodeId, paths })
  endRequest(draft, request, endingOf(paths), null, "maillm", context)
  return draft
}

const endingOf = (paths: ReadonlyArray<FetchedPath>): Ending => {
  const { left, sent } = filesOf(paths)
  const [first] = sent
  const outcome =
    first === undefined
      ? left.length === 1
        ? `${left[0]?.name ?? "The file"} could not be sent.`
        : "None of the files could be sent."
      : sent.length === 1
        ? `Here is ${shown(first.name)} (${formatBytes(first.blob.sizeBytes)}).`
        : `Here are ${count(sent.length, "file")}.`
  const others =
    first === undefined || left.length === 0 ? "" : ` ${count(left.length, "other")} could not be sent.`
  return {
    state: first === undefined ? "failed" : "done",
    outcome: `${outcome}${others}`.slice(0, 500),
    detail: paths.flatMap(linesOf).join("\n").slice(0, 16_000),
    keepOutcome: true,
    files: { sent, left: [], leftCount: 0 },
  }
}

/** The same for the console and the answer: files that are there, and those that are not with the reason. */
export const filesOf = (paths: ReadonlyArray<FetchedPath>): Files => {
  const sent: Array<SentFile> = []
  const left: Array<LeftFile> = []
  for (const fetched of paths) {
    if (fetched._tag === "Found") sent.push(fetched.file)
    else {
      const reason = fetched._tag === "Missing" ? "is not in the workspace" : fetched.reason
      left.push({ name: shown(fetched.path).slice(0, 255), reason })
    }
  }
  return { sent, left, leftCount: left.length }
}

const linesOf = (fetched: FetchedPath): ReadonlyArray<string> => {
  if (fetched._tag === "Found") return []
  const path = code(fetched.path)
  if (fetched._tag === "Refused") return [`- ${path}: ${fetched.reason}`]
  const close = fetched.close.map(code).join(", ")
  return [
    `- ${path}: there is no such file in the workspace.${close === "" ? " Paths begin at the session's folder." : ` These come close: ${close}`}`,
  ]
}

const shown = (path: string) => visibleText(path.replaceAll(/\s+/g, " ")).slice(0, 200)
const code = (path: string) => `\`${shown(path).replaceAll("`", "'")}\``
