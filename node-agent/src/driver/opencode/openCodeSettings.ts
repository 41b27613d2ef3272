import type { ModelRoute } from "../AgentDriver.ts"
import { forwarderUrl } from "../modelForwarder.ts"

/** By which the agent finds its token. */
export const openCodeTokenVariable = "MAILLM_MODEL_TOKEN"

/**
 * Everything asks, so that nothing runs when the plugin is not there; the plugin answers what the gate has allowed.
 * Questions of the model have no way to a person who is not at the terminal.
 */
const permission = { "*": "ask", question: "deny" } as const

/** `opencode.json`. `instructions` is the file with what it is told besides its requests. */
export const openCodeConfig = (model: ModelRoute, instructions: string): string => {
  const { provider } = model
  const baseUrl = model.socket === null ? model.baseUrl : `${forwarderUrl}/${provider}`
  const name = model.model?.replace(/^(anthropic|openai)\//, "")
  return JSON.stringify({
    autoupdate: false,
    share: "disabled",
    snapshot: false,
    enabled_providers: [provider],
    ...(name === undefined ? {} : { model: `${provider}/${name}` }),
    provider: {
      [provider]: {
        options: { baseURL: `${baseUrl}/v1`, apiKey: `{env:${openCodeTokenVariable}}` },
        ...(name === undefined ? {} : { models: { [name]: {} } }),
      },
    },
    permission,
    instructions: [instructions],
  })
}

/** Esc must come twice and apart, which two key presses in one write are not; those of F12 are. */
export const openCodeKeys = JSON.stringify({ keybinds: { session_interrupt: "escape,f12" } })

/** With this and a `node_modules` beside it nothing is fetched from the package registry. */
export const installedAlready = (version: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { "": { dependencies: { "@opencode-ai/plugin": version } } },
  })

/** Nothing that a repository brings is read: settings, plugins, tools, instructions of other agents. */
export const openCodeSwitches: Readonly<Record<string, string>> = {
  OPENCODE_PERMISSION: JSON.stringify(permission),
  ...Object.fromEntries(
    [
      "AUTOUPDATE",
      "MODELS_FETCH",
      "DEFAULT_PLUGINS",
      "LSP_DOWNLOAD",
      "SHARE",
      "PROJECT_CONFIG",
      "EXTERNAL_SKILLS",
      "CLAUDE_CODE",
      "TERMINAL_TITLE",
    ].map((name) => [`OPENCODE_DISABLE_${name}`, "1"]),
  ),
}
