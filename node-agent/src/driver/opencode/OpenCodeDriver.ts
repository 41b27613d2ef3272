import { readFileSync } from "node:fs"
import { join } from "node:path"
import { hookFiles } from "../../hook/hookScript.ts"
import type { AgentDriver, AgentLaunch, AgentPlace, ModelRoute } from "../AgentDriver.ts"
import { throughForwarder } from "../modelForwarder.ts"
import { openCodeRefusal, openCodeReply, openCodeSignal } from "./openCodeHooks.ts"
import {
  installedAlready,
  openCodeConfig,
  openCodeKeys,
  openCodeSwitches,
  openCodeTokenVariable,
} from "./openCodeSettings.ts"
import {
  hasSession,
  isPasted,
  openCodeLastTurn,
  openCodeStatus,
  readMessages,
  stateFolder,
  statusFile,
} from "./openCodeState.ts"

const version = "1.18.33"

/**
 * OpenCode as an interactive terminal program, with a plugin of ours in it (`maillmPlugin.ts`). What it relies on is
 * measured in docs/agents.md. A server of its own with an attached terminal would do too, but has a port that
 * everything in the container can knock at, a second program of half a gigabyte, and a dialog whose "always" lets
 * later calls run that nobody was asked about. The plugin sees each call before OpenCode's own rules do.
 */
export const OpenCodeDriver: AgentDriver = {
  name: "opencode",
  title: "OpenCode",
  version,
  programs: [`opencode/${version}/bin/opencode`],
  hasConversation: hasSession,
  launch: (place, model, resumed) => launch(place, model, resumed),
  status: openCodeStatus,
  gateWaits: true,
  signal: openCodeSignal,
  reply: openCodeReply,
  refusal: openCodeRefusal,
  normalPrompt: (prompt) => prompt.trim(),
  isPasted,
  // With its first prompt it loads what speaks to the model.
  takenMillis: 20_000,
  // Ctrl-C would end the program when there is no draft. F12 twice: see openCodeKeys.
  keys: { clear: "\u0015".repeat(16), submit: "\r", interrupt: "\u001b[24~\u001b[24~" },
  lastTurn: openCodeLastTurn,
  transcript: readMessages,
  screenFault: () => null,
}

const launch = (place: AgentPlace, model: ModelRoute, resumed: boolean): AgentLaunch => {
  const at = (...names: ReadonlyArray<string>) => join(place.configFolder, ...names)
  const config = (name: string) => at("config", "opencode", name)
  const state = stateFolder(place)
  const instructions = join(state, "instructions.md")
  return {
    argv: throughForwarder(model.socket, [
      place.program,
      ...(resumed ? ["--session", place.conversationId] : []),
    ]),
    environment: {
      ...openCodeSwitches,
      XDG_CONFIG_HOME: at("config"),
      XDG_DATA_HOME: at("data"),
      XDG_CACHE_HOME: at("cache"),
      XDG_STATE_HOME: at("state"),
      MAILLM_HOOK: join(place.hookFolder, hookFiles.script),
      MAILLM_OPENCODE_STATE: state,
      [openCodeTokenVariable]: model.token,
    },
    files: [
      { path: config("opencode.json"), content: openCodeConfig(model, instructions), keep: null },
      { path: instructions, content: place.outbox, keep: null },
      { path: config("tui.json"), content: openCodeKeys, keep: null },
      { path: config("plugin/maillm.ts"), content: pluginSource(), keep: null },
      { path: config("package-lock.json"), content: installedAlready(version), keep: null },
      { path: config("node_modules/.keep"), content: "", keep: null },
      // Until the plugin has written it anew there is no state.
      { path: join(state, statusFile), content: "", keep: null },
    ],
  }
}

const pluginSource = () => readFileSync(new URL("./maillmPlugin.ts", import.meta.url), "utf8")
