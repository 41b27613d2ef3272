import * as Effect from "effect/Effect"
import type { TurnOutcome } from "@maillm/schema/Turn"
import { archiveForTurn, untilStored } from "../agent/archiveTranscript.ts"
import type { AgentModel } from "../agent/AgentModel.ts"
import type { AgentSession } from "../agent/AgentSession.ts"
import type { AgentSessions } from "../agent/AgentSessions.ts"
import type { AgentTurn, TurnRecord } from "./TurnRecord.ts"
import { excerpt } from "./turnText.ts"
import type { TurnRun } from "./TurnRun.ts"

/** Longest answer that a result carries whole, bytes of UTF-8: a command must fit a NATS message. */
const answerLimitBytes = 200_000
const screenLimit = 20_000

/**
 * Makes the end of an agent's turn durable, with all that belongs to its result: from here on a restart only repeats
 * the telling. Nobody needs the turn's open approvals any more. `endPane`: what runs there is of no use to a later turn,
 * which gets a new one.
 */
export const agentEnded = (
  run: TurnRun & { readonly agents: AgentSessions },
  agent: AgentSession | null,
  turn: TurnRecord,
  outcome: TurnOutcome,
  endPane = false,
): Effect.Effect<TurnRecord> =>
  Effect.promise(async () => {
    const { order } = turn
    const { kit } = run.agents
    const book = await run.agents.book(order.sessionId)
    await book.cancelTurn(order.turnId, "the turn ended")
    const begun = turn.phase !== "accepted"
    if (agent !== null && begun) {
      if (outcome._tag === "Answered" && turn.agent !== undefined) await untilStored(agent, turn.agent)
      await archiveForTurn(kit, agent, order.turnId)
    }
    const pane = run.panes.get(order.sessionId)
    const answer = outcome._tag === "Answered" ? (agent?.facts.answered?.answer ?? "") : null
    const wanted = answer === null && pane !== undefined && pane.end === null && begun
    const screen = wanted ? await run.panes.screen(pane).catch(() => "") : ""
    // Before the turn is over for good, so that whoever takes it up again does it too; after its last look.
    if (endPane && pane !== undefined && pane.end === null) await run.panes.killPane(pane)
    const shared = agent !== null && kit.workspace.folders.end(order.userId, agent.place.cwd, order.turnId)
    const before = turn.agent?.before
    const changes = before === undefined ? null : await kit.workspace.changesSince(order.userId, before)
    await pane?.recorder?.close()
    const facts = begun ? await kit.model.endTurn(order.sessionId) : { usage: null, fault: null }
    const remedy = agent === null ? "" : kit.model.remedy(agent.driver.name)
    const about: AgentTurn = {
      prompt: turn.agent?.prompt ?? "",
      typedAtMillis: turn.agent?.typedAtMillis ?? turn.acceptedAtMillis,
      restarts: turn.agent?.restarts ?? 0,
      answer:
        answer === null ? null : (excerpt(answer.toWellFormed(), answerLimitBytes) ?? answer.toWellFormed()),
      screen: screen
        .replaceAll(/\n{3,}/g, "\n\n")
        .trim()
        .slice(-screenLimit)
        .toWellFormed(),
      usage: facts.usage,
      compactions: agent?.facts.compactions ?? 0,
      ...(changes === null ? {} : { changes: shared ? { ...changes, shared } : changes }),
    }
    return run.journal.modify(turn, (record) => ({
      ...record,
      phase: "ended",
      outcome: withProviderFault(outcome, facts.fault, remedy),
      endOffset: Math.max(record.offset, pane?.log.offset ?? record.offset),
      endedAtMillis: Date.now(),
      agent: about,
    }))
  })

/** The provider's own words are more exact than what the agent makes of them; what to do about its key is for us to say. */
const withProviderFault = (
  outcome: TurnOutcome,
  said: Awaited<ReturnType<AgentModel["endTurn"]>>["fault"],
  remedy: string,
): TurnOutcome => {
  if (outcome._tag !== "AgentFailed") return outcome
  const own = said === null || outcome.fault.kind === "agent-broken"
  const fault = own ? outcome.fault : { ...outcome.fault, ...said }
  if (fault.kind !== "authentication") return { ...outcome, fault }
  // Where no provider has refused anything, what it was started with was lost or has changed since.
  const todo = own
    ? `Send the request again: it is then started anew. If it fails again, ${remedy}`
    : `To go on, ${remedy}`
  const words = fault.message.slice(0, 600).replace(/[\s.]+$/, "")
  return { ...outcome, fault: { ...fault, message: `${words}. ${todo}` } }
}
