import type { AgentSession } from "../agent/AgentSession.ts"
import type { LastTurn } from "../driver/AgentDriver.ts"
import type { TurnRecord } from "./TurnRecord.ts"

/** Readings that may fail before the agent's memory is taken to have nothing, and what is between them. */
const readAttempts = 5
const readPauseMillis = 1_000

/** What the agent's memory says of the turn, since the prompt that was typed last. */
export const lastTurn = ({ driver, place }: AgentSession, { agent: typed }: TurnRecord): Promise<LastTurn> =>
  driver.lastTurn(place, typed?.prompt ?? "", typed?.typedAtMillis ?? 0)

/** Whether its memory has what was typed last; tried again where that cannot be read just now. */
export const isKept = async (agent: AgentSession, turn: TurnRecord): Promise<boolean> => {
  for (let attempt = 1; ; attempt++) {
    const { end, promptSeen } = await lastTurn(agent, turn)
    if (end !== "unknown" || attempt === readAttempts) return promptSeen
    await agent.news(readPauseMillis)
  }
}

/** Whether an earlier node agent's typing was taken: the agent works, or its memory has the prompt. */
export const wasTaken = async (agent: AgentSession, turn: TurnRecord): Promise<boolean> => {
  await agent.readStatus()
  const state = agent.status?.state
  return state === "busy" || state === "waiting" || isKept(agent, turn)
}

/** The sentence to go on with that an earlier node agent was about to type, where it ended before that was taken. */
export const untakenResume = async (agent: AgentSession, turn: TurnRecord): Promise<string | null> => {
  if (turn.agent?.midway !== "resuming" || (await wasTaken(agent, turn))) return null
  return turn.agent.prompt
}
