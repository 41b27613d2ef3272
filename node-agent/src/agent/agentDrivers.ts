import type { AgentDriver } from "../driver/AgentDriver.ts"
import { ClaudeDriver } from "../driver/claude/ClaudeDriver.ts"
import { CodexDriver } from "../driver/codex/CodexDriver.ts"
import { OpenCodeDriver } from "../driver/opencode/OpenCodeDriver.ts"

/** Every coding agent that this version has a driver for. */
export const agentDrivers: ReadonlyArray<AgentDriver> = [ClaudeDriver, CodexDriver, OpenCodeDriver]
