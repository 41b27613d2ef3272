import { readBytesIfThere, makePrivateFolder, writeFileAtomically } from "../files/atomicFile.ts"
import type { AgentSession } from "./AgentSession.ts"
import type { AgentTurn } from "../turn/TurnRecord.ts"
import type { AgentKit } from "./AgentSessions.ts"

/** Longest stretch that a turn carries, bytes; of a longer one the end. */
const stretchLimitBytes = 16 * 1024 * 1024

/** How long an agent may take to store the answer that it has told already. */
const storedMillis = 3_000
const lookAgainMillis = 150

/** Waits until the answer stands in the agent's memory: hooks tell it before. */
export const untilStored = async (
  agent: AgentSession,
  { prompt, typedAtMillis }: Pick<AgentTurn, "prompt" | "typedAtMillis">,
): Promise<void> => {
  const deadline = performance.now() + storedMillis
  while (performance.now() < deadline) {
    const { end, promptSeen } = await agent.driver
      .lastTurn(agent.place, prompt, typedAtMillis)
      .catch(() => ({ end: "open", promptSeen: false }))
    if (promptSeen && end === "answered") return
    await agent.news(lookAgainMillis)
  }
}

/** Archives the conversation, and what is new of it for the turn's result. */
export const archiveForTurn = async (kit: AgentKit, agent: AgentSession, turnId: string): Promise<void> => {
  const path = kit.folder.turnTranscript(agent.place.sessionId, turnId)
  const news = await archiveTranscript(kit, agent)
  // What was kept of this turn before stays: the archive has it already.
  const kept = (await readBytesIfThere(path)) ?? Buffer.alloc(0)
  await writeFileAtomically(path, Buffer.concat([kept, news]))
}

/**
 * Keeps the conversation as the agent has stored it out of the agent's own reach, which may clean up, shorten or lose
 * it. Answers what has come since it was kept last; all of it where the agent began another one. What fails is reported
 * and made up for with the next turn.
 */
const archiveTranscript = async (kit: AgentKit, agent: AgentSession): Promise<Buffer> => {
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
