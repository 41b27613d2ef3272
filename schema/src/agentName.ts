import type { DriverName } from "./Turn.ts"

const names: Readonly<Record<DriverName, string>> = {
  shell: "Shell",
  claude: "Claude Code",
  codex: "Codex",
  opencode: "OpenCode",
}

/** What people call the agent of a driver. */
export const agentName = (driver: DriverName): string => names[driver]
