import type { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { SetAside } from "../runtime/Actor.ts"
import { nothing } from "../world/Facts.ts"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { cancelApprovalsOf } from "./approvals.ts"
import { Draft, endRequest } from "./SessionDraft.ts"
import type { SessionState } from "./SessionState.ts"

/** Of the text of a request that is not run: it may be what was too much. */
const textLimit = 4_096
const referenceLimit = 20
/** Of a reason as the user is told it. */
const reasonLimit = 300

/**
 * Ends the request that a command was about which could not be handled, as failed and with a reply, so that neither
 * its user nor the requests behind it wait for ever. The next one is ordered by a timer that is due: should that be
 * what fails, it fails by itself.
 */
export const settleFailed = (
  state: SessionState,
  aside: SetAside<SessionCommand>,
  context: WorldContext,
): WorldDecision<SessionEvent> => {
  const concern = concernOf(state, aside)
  if (concern === null) return nothing
  const { request, outcome, detail, isNew } = concern
  const draft = new Draft(state)
  if (isNew) {
    if (!state.opened) draft.add({ _tag: "SessionOpened", title: request.title, driver: "shell" })
    draft.add({ _tag: "RequestQueued", request })
  }
  cancelApprovalsOf(draft, request.requestId, context)
  endRequest(draft, request, { state: "failed", outcome, detail }, null, "maillm", context)
  const { now } = context
  draft.effects.push({ _tag: "SetTimer", timer: "place", generation: now, atMillis: now })
  return draft
}

interface Concern {
  readonly request: RequestSpec
  readonly outcome: string
  readonly detail: string
  /** The session knows nothing of it yet. */
  readonly isNew: boolean
}

const concernOf = (
  { current, knownRequests, queue }: SessionState,
  { command, reason, sourceId }: SetAside<SessionCommand>,
): Concern | null => {
  const why = reason.slice(0, reasonLimit)
  const notRun = {
    outcome: "This could not be run.",
    detail: `maillm could not handle it: ${why}. It was not run. Send it again, or ask whoever runs maillm.`,
  }
  if (command?._tag === "AddRequest") {
    const { request } = command
    if (knownRequests.includes(request.requestId)) return null
    return { ...notRun, request: shortened(request), isNew: true }
  }
  if (command?._tag === "TimerFired") {
    const [next] = queue
    const isPlacing = command.timer === "place" && current === null
    return isPlacing && next !== undefined ? { ...notRun, request: shortened(next), isNew: false } : null
  }
  if (current === null || current.turnId !== endedTurn(command, sourceId)) return null
  return {
    request: shortened(current.request),
    outcome: "It was run, and its result is lost.",
    detail: `maillm could not handle what the terminal reported: ${why}. It was not run a second time; look at the session for what it did.`,
    isNew: false,
  }
}

/** A request that is over, with as much as its answer needs. */
const shortened = (request: RequestSpec): RequestSpec => {
  const { replyTo } = request
  const thread = replyTo && {
    ...replyTo.thread,
    references: replyTo.thread.references.slice(-referenceLimit),
  }
  return {
    ...request,
    text: request.text.slice(0, textLimit),
    attachments: [],
    replyTo: replyTo && thread && { ...replyTo, thread },
  }
}

/** The turn whose end a command tells of; one that could not be read says it by its id, as the node agent makes it. */
const endedTurn = (command: SessionCommand | null, sourceId: string): string | undefined => {
  if (command === null) return /^(.+)\/ended$/.exec(sourceId)?.[1]
  return command._tag === "TurnEnded" ? command.turnId : undefined
}
