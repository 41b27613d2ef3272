import type { AgentInfo, DriverName, PaneState } from "@maillm/schema/Turn"
import type { StateWord } from "./words.ts"

export const driverWords: Readonly<Record<DriverName, string>> = {
  shell: "Shell",
  claude: "Claude Code",
  codex: "Codex",
  opencode: "OpenCode",
}

/** What an agent is doing, by its own signals. */
export const paneStateWords: Readonly<Record<PaneState, StateWord>> = {
  starting: { word: "Starting", tone: "queued" },
  idle: { word: "Idle", tone: "idle" },
  busy: { word: "Working", tone: "running" },
  waiting: { word: "Waiting for you", tone: "waiting" },
  ended: { word: "Ended", tone: "idle" },
}

/** When an agent's provider takes requests again; null when it does now. */
export const limitedUntil = (
  agent: Pick<AgentInfo, "limitedUntilMillis">,
  nowMillis: number,
): number | null =>
  agent.limitedUntilMillis !== null && agent.limitedUntilMillis > nowMillis ? agent.limitedUntilMillis : null
