import { writeFileAtomically, makePrivateFolder } from "../files/atomicFile.ts"
import type { AgentSession } from "./AgentSession.ts"
import type { TurnRecord } from "../turn/TurnRecord.ts"
import type { AgentKit } from "./AgentSessions.ts"

/** How long an agent may take to store the answer that it has told already. */
const storedMillis = 3_000
const lookAgainMillis = 150

/** Archives the conversation once a turn has ended, with its answer if there is one. */
export const archiveTurn = async (kit: AgentKit, agent: AgentSession, turn: TurnRecord): Promise<void> => {
  if (turn.agent === undefined || turn.startedAtMillis === null) return
  const { prompt, typedAtMillis } = turn.agent
  const deadline = performance.now() + storedMillis
  try {
    while (turn.outcome?._tag === "Answered" && performance.now() < deadline) {
      const { end, promptSeen } = await agent.driver.lastTurn(agent.place, prompt, typedAtMillis)
      if (promptSeen && end === "answered") break
      await agent.news(lookAgainMillis)
    }
  } catch (error) {
    kit.report(`the transcript of session ${agent.place.sessionId} was not read`, error)
  }
  await archiveTranscript(kit, agent)
}

/**
 * Keeps the conversation as the agent has stored it out of the agent's own reach, which may clean up, shorten or lose
 * it. What fails is reported and made up for with the next turn.
 */
export const archiveTranscript = async (kit: AgentKit, agent: AgentSession): Promise<void> => {
  const { sessionId } = agent.place
  try {
    const transcript = await agent.driver.transcript(agent.place)
    if (transcript === null) return
    await makePrivateFolder(kit.folder.transcripts)
    await writeFileAtomically(kit.folder.transcript(sessionId), transcript)
  } catch (error) {
    kit.report(`the transcript of session ${sessionId} was not archived`, error)
  }
}
