import { join } from "node:path"
import { hookFiles, hookSeconds, hookTimeoutSeconds } from "../../hook/hookScript.ts"
import type { HookMode } from "../../hook/hookScript.ts"
import type { AgentPlace, ModelRoute } from "../AgentDriver.ts"
import { forwarderUrl } from "../modelForwarder.ts"
import { singleQuoted } from "../shellIntegration.ts"

/** By which the agent finds its token. */
export const codexTokenVariable = "MAILLM_MODEL_TOKEN"

/** Which hooks are installed, and what for. */
const hookModes = {
  PreToolUse: "gate",
  PostToolUse: "tell",
  UserPromptSubmit: "tell",
  Stop: "tell",
  SubagentStop: "tell",
  SessionStart: "tell",
  SessionEnd: "tell",
  PreCompact: "tell",
  Interrupt: "tell",
  PostModelRequest: "tell",
} as const satisfies Record<string, HookMode>

/**
 * The hooks. A gate that fails lets the tool run unless it exits with 2, so whatever becomes of the forwarder, the
 * shell around it makes that of it. It waits there for the person as long as an approval may take.
 */
export const codexHooks = (hookFolder: string): string => {
  const script = singleQuoted(join(hookFolder, hookFiles.script))
  const command = (event: string, mode: HookMode) =>
    mode === "gate"
      ? { command: `${script} ${event} gate ${hookSeconds.ask} || exit 2`, timeout: hookTimeoutSeconds.ask }
      : { command: `${script} ${event} ${mode} ${hookSeconds[mode]}`, timeout: hookTimeoutSeconds[mode] }
  return JSON.stringify({
    hooks: Object.fromEntries(
      Object.entries(hookModes).map(([event, mode]) => [
        event,
        [{ hooks: [{ type: "command", ...command(event, mode) }] }],
      ]),
    ),
  })
}

/** Off: what no hook is asked about (typing into a running program), what reaches out, and what tries without end. */
const featuresOff = [
  "unified_exec_tty",
  "unbounded_connection_retries",
  "multi_agent",
  "goals",
  "apps",
  "plugins",
  "skill_search",
  "image_generation",
  "sleep_tool",
  "daemon_auto_start",
]

/**
 * `config.toml`. What a repository brings (`.codex` with hooks, commands, settings) stays off: its folder is not
 * trusted. JSON strings are strings of TOML too.
 */
export const codexConfig = (place: AgentPlace, model: ModelRoute): string => {
  const baseUrl = model.socket === null ? model.baseUrl : `${forwarderUrl}/openai`
  return [
    ...(model.model === null ? [] : [`model = ${JSON.stringify(model.model)}`]),
    'model_provider = "maillm"',
    `developer_instructions = ${JSON.stringify(place.outbox)}`,
    "check_for_update_on_startup = false",
    // The gate decides; Codex's own dialogs would ask a second time, and its sandbox needs rights that containers lack.
    'approval_policy = "never"',
    'sandbox_mode = "danger-full-access"',
    'web_search = "disabled"',
    "[model_providers.maillm]",
    'name = "maillm"',
    `base_url = ${JSON.stringify(`${baseUrl}/v1`)}`,
    `env_key = ${JSON.stringify(codexTokenVariable)}`,
    'wire_api = "responses"',
    "request_max_retries = 2",
    "stream_max_retries = 1",
    "[history]",
    'persistence = "none"',
    "[analytics]",
    "enabled = false",
    "[features]",
    ...featuresOff.map((name) => `${name} = false`),
    "hooks = true",
    ...[...new Set([place.workspace, place.cwd])].flatMap((folder) => [
      `[projects.${JSON.stringify(folder)}]`,
      'trust_level = "untrusted"',
    ]),
    "",
  ].join("\n")
}
