import { join } from "node:path"
import type { AgentDriver, AgentLaunch, AgentPlace, ModelRoute } from "../AgentDriver.ts"
import type { ToolCall } from "../AgentSignal.ts"
import { claudeRefusal, claudeReply, claudeSignal } from "./claudeHooks.ts"
import { claudeScreenFault } from "./claudeScreen.ts"
import { claudeSettings } from "./claudeSettings.ts"
import { claudeStatus } from "./claudeState.ts"
import { claudeLastTurn, hasTranscript, readTranscript } from "./claudeTranscript.ts"

/** Claude Code as an interactive terminal program. What it relies on is measured in docs/agents.md. */
export const ClaudeDriver: AgentDriver = {
  name: "claude",
  title: "Claude Code",
  version: "2.1.330",
  programs: ["claude/2.1.330/claude", "claude/claude"],
  hasConversation: hasTranscript,
  launch: (place, model, resumed) => launch(place, model, resumed),
  status: claudeStatus,
  signal: claudeSignal,
  reply: claudeReply,
  refusal: claudeRefusal,
  normalPrompt: (prompt) => prompt.replaceAll("\t", "    ").trim(),
  keys: { clear: "\u0015\u0015\u0015\u0015", submit: "\r", interrupt: "\u001b" },
  lastTurn: claudeLastTurn,
  transcript: readTranscript,
  screenFault: claudeScreenFault,
  writesOwnFile: (place, call) => writesPlan(place, call),
}

/** In plan mode it is told to write and improve its plan, piece by piece, in a file beside its settings. */
const writesPlan = ({ configFolder }: AgentPlace, { input, tool }: ToolCall): boolean => {
  if ((tool !== "Write" && tool !== "Edit") || typeof input !== "object" || input === null) return false
  const path = "file_path" in input ? input.file_path : null
  const folder = `${configFolder}/plans/`
  return typeof path === "string" && path.startsWith(folder) && /^[\w-]+\.md$/.test(path.slice(folder.length))
}

const launch = (place: AgentPlace, model: ModelRoute, resumed: boolean): AgentLaunch => {
  const settings = join(place.configFolder, "maillm-settings.json")
  const managed = place.runtime === "docker"
  return {
    argv: [
      place.program,
      "--permission-mode",
      "manual",
      ...(managed ? [] : ["--settings", settings]),
      // Neither a repository's settings, which would run its hooks, nor the agent's own, in which it could switch ours off.
      "--setting-sources",
      "",
      ...(model.model === null ? [] : ["--model", model.model]),
      "--append-system-prompt",
      [place.notes, place.outbox].filter((part) => part !== "").join("\n\n"),
      resumed ? "--resume" : "--session-id",
      place.conversationId,
    ],
    environment: {
      CLAUDE_CONFIG_DIR: place.configFolder,
      CLAUDE_CODE_SANDBOXED: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: "1",
      // Also what a person or the agent asks for by `claude update`, which the switch for automatic ones lets through.
      DISABLE_AUTOUPDATER: "1",
      DISABLE_UPDATES: "1",
      // It has the session's token: a log-in is of no use, and /logout would spoil the settings of all the user's sessions.
      DISABLE_LOGIN_COMMAND: "1",
      DISABLE_LOGOUT_COMMAND: "1",
      // Half a minute, in which a node agent with its proxy can come back; what to do about a provider that stays away is
      // for the session to decide.
      CLAUDE_CODE_MAX_RETRIES: "6",
      ANTHROPIC_BASE_URL: model.baseUrl,
      ANTHROPIC_AUTH_TOKEN: model.token,
      ...(model.socket === null ? {} : { ANTHROPIC_UNIX_SOCKET: model.socket }),
    },
    files: [
      {
        path: join(place.configFolder, ".claude.json"),
        content: JSON.stringify({ hasCompletedOnboarding: true }),
        // Without it, as after /logout, it asks how it should look and waits for an answer.
        keep: /"hasCompletedOnboarding": *true/.source,
      },
      // The program reads these once, and its sessions share them.
      ...(managed ? [] : [{ path: settings, content: claudeSettings(place.hookFolder, false), keep: null }]),
    ],
  }
}
