import { join } from "node:path"

/** Where the node agent keeps what outlives it, below `<data folder>/node`. Ids are subject tokens: safe as names. */
export const nodeFolder = (dataDir: string) => {
  const root = join(dataDir, "node")
  const session = (sessionId: string) => join(root, "sessions", sessionId)
  return {
    root,
    tmux: join(root, "tmux"),
    /** A random id of this installation: part of the names of what it has in Docker. */
    installation: join(root, "installation"),
    /** Shell integration files, read-only in containers: one folder for each user. */
    integration: (userId: string) => join(root, "integration", userId),
    /** What an agent of a user keeps with runtime `host`. */
    agent: (userId: string, driver: string) => join(root, "agents", userId, driver),
    /** Settings that agents in containers cannot change, by driver; mounted read-only. */
    managed: (driver: string) => join(root, "managed", driver),
    /** Port of the model's proxy, the same again after a restart. */
    modelPort: join(root, "model-port"),
    /** The approvals of a session. */
    approvals: (sessionId: string) => join(session(sessionId), "approvals.json"),
    /** An agent's conversation, as it was at the end of the last turn. */
    transcript: (sessionId: string) => join(root, "transcripts", `${sessionId}.jsonl`),
    transcripts: join(root, "transcripts"),
    sessions: join(root, "sessions"),
    session,
    /** Epoch and closed turns of a session. */
    sessionFile: (sessionId: string) => join(session(sessionId), "session.json"),
    /** The pane that the session has or had last. */
    paneFile: (sessionId: string) => join(session(sessionId), "pane.json"),
    turns: (sessionId: string) => join(session(sessionId), "turns"),
    turnFile: (sessionId: string, turnId: string) => join(session(sessionId), "turns", `${turnId}.json`),
    /** What the agent's transcript has of the turn. */
    turnTranscript: (sessionId: string, turnId: string) =>
      join(session(sessionId), "turns", `${turnId}.jsonl`),
    /** What the turn printed, up to `outputLimitBytes`. */
    turnOutput: (sessionId: string, turnId: string) => join(session(sessionId), "turns", `${turnId}.out`),
    /** The end of an output longer than that. */
    turnTail: (sessionId: string, turnId: string) => join(session(sessionId), "turns", `${turnId}.tail`),
    /** What its pane showed, as asciicast. */
    turnRecording: (sessionId: string, turnId: string) => join(session(sessionId), "turns", `${turnId}.cast`),
    log: (sessionId: string, generation: string) => join(session(sessionId), `log-${generation}`),
    /** The same relative to `root`, for shell commands: made of id characters and slashes only. */
    relativeLog: (sessionId: string, generation: string) => `sessions/${sessionId}/log-${generation}`,
    /** The user's files with runtime `host`. */
    workspace: (userId: string) => join(dataDir, "workspaces", userId),
  }
}
export type NodeFolder = ReturnType<typeof nodeFolder>
