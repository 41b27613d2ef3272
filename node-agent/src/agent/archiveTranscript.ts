import { writeFileAtomically, makePrivateFolder } from "../files/atomicFile.ts"
import type { AgentSession } from "./AgentSession.ts"
import type { AgentKit } from "./AgentSessions.ts"

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
