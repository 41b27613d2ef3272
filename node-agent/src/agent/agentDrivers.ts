import type { AgentDriver } from "../driver/AgentDriver.ts"
import { ClaudeDriver } from "../driver/claude/ClaudeDriver.ts"

/** Every coding agent that this version has a driver for. */
export const agentDrivers: ReadonlyArray<AgentDriver> = [ClaudeDriver]
