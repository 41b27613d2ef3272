import { readBytesIfThere, makePrivateFolder, writeFileAtomically } from "../files/atomicFile.ts"
import type { AgentSession } from "./AgentSession.ts"
import type { AgentKit } from "./AgentSessions.ts"

/** Longest stretch that a turn carries, bytes; of a longer one the end. */
const stretchLimitBytes = 16 * 1024 * 1024

/**
 * Keeps the conversation as the agent has stored it out of the agent's own reach, which may clean up, shorten or lose
 * it. Answers what has come since it was kept last; all of it where the agent began another one. What fails is reported
 * and made up for with the next turn.
 */
export const archiveTranscript = async (kit: AgentKit, agent: AgentSession): Promise<Buffer> => {
  const { sessionId } = agent.place
  const nothing = Buffer.alloc(0)
  try {
    const transcript = await agent.driver.transcript(agent.place)
    if (transcript === null) return nothing
    const path = kit.folder.transcript(sessionId)
    const before = (await readBytesIfThere(path)) ?? nothing
    await makePrivateFolder(kit.folder.transcripts)
    await writeFileAtomically(path, transcript)
    const goesOn = transcript.length >= before.length && transcript.subarray(0, before.length).equals(before)
    return (goesOn ? transcript.subarray(before.length) : transcript).subarray(-stretchLimitBytes)
  } catch (error) {
    kit.report(`the transcript of session ${sessionId} was not archived`, error)
    return nothing
  }
}
