import { join } from "node:path"
import type { AgentDriver, AgentLaunch, AgentPlace, ModelRoute } from "../AgentDriver.ts"
import { throughForwarder } from "../modelForwarder.ts"
import { codexRefusal, codexReply, codexSignal } from "./codexHooks.ts"
import { codexLastTurn, codexStatus, hasRollout, readRollout, startedFile } from "./codexRollout.ts"
import { codexScreenFault, codexStartKeys } from "./codexScreen.ts"
import { codexConfig, codexHooks, codexTokenVariable } from "./codexSettings.ts"

const version = "0.169.0"
const triples = [
  "x86_64-unknown-linux-musl",
  "aarch64-unknown-linux-musl",
  "aarch64-apple-darwin",
  "x86_64-apple-darwin",
]

/**
 * Codex as an interactive terminal program. What it relies on is measured in docs/agents.md. Codex has no hook that
 * opens its own dialog, so the gate waits for the person itself; meanwhile the terminal shows "Running hook", and Esc
 * there refuses by interrupting the turn.
 */
export const CodexDriver: AgentDriver = {
  name: "codex",
  title: "Codex",
  version,
  programs: triples.map((triple) => `codex/${version}/vendor/${triple}/bin/codex`),
  hasConversation: hasRollout,
  launch: (place, model, resumed) => launch(place, model, resumed),
  status: codexStatus,
  gateWaits: true,
  signal: codexSignal,
  reply: codexReply,
  refusal: codexRefusal,
  normalPrompt: (prompt) => prompt.trim(),
  // One Ctrl-U clears half a line of a draft; Ctrl-C would end the program when there is none.
  keys: { clear: "\u0015".repeat(16), submit: "\r", interrupt: "\u001b" },
  startKeys: codexStartKeys,
  lastTurn: codexLastTurn,
  transcript: readRollout,
  screenFault: codexScreenFault,
}

const launch = (place: AgentPlace, model: ModelRoute, resumed: boolean): AgentLaunch => {
  const profile = `maillm-${place.sessionId}`
  const config = codexConfig(place, model)
  const file = (name: string, content: string) => ({
    path: join(place.configFolder, name),
    content,
    keep: null,
  })
  return {
    argv: throughForwarder(model.socket, [
      place.program,
      // Else a server with the settings of whoever came first serves all sessions and outlives them.
      "--no-daemon",
      // The hooks are ours: they are written anew at each start, and those of a repository stay off.
      "--dangerously-bypass-hook-trust",
      "--profile",
      profile,
      ...(resumed ? ["resume", place.conversationId] : []),
    ]),
    environment: { CODEX_HOME: place.configFolder, [codexTokenVariable]: model.token },
    files: [
      // The program adds to the first; the second is this session's, for its folder and token are its own.
      file("config.toml", config),
      file(`${profile}.config.toml`, config),
      file("hooks.json", codexHooks(place.hookFolder)),
      { path: startedFile(place), content: String(Date.now()), keep: null },
    ],
  }
}
