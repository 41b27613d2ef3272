import { join } from "node:path"
import { hookFiles, hookSeconds, hookTimeoutSeconds } from "../../hook/hookScript.ts"
import type { HookMode } from "../../hook/hookScript.ts"
import { singleQuoted } from "../shellIntegration.ts"

/** In `/etc/claude-code`. */
export const managedClaudeFile = "managed-settings.json"

/** Which hooks are installed, and what for. */
export const claudeHookModes = {
  PreToolUse: "gate",
  PermissionRequest: "ask",
  PostToolUse: "tell",
  PostToolUseFailure: "tell",
  UserPromptSubmit: "tell",
  Stop: "tell",
  StopFailure: "tell",
  SubagentStop: "tell",
  SessionStart: "tell",
  SessionEnd: "tell",
  PreCompact: "tell",
  PostCompact: "tell",
  Notification: "tell",
} as const satisfies Record<string, HookMode>

/** Those that name a tool need a matcher. */
const toolEvents = /Tool|Permission/

/**
 * Settings that bind Claude Code to the node agent: hooks on all that matters, no mode in which the gate's questions
 * would not be asked, no messages between sessions, and transcripts that are not cleaned up under our hands. As
 * managed settings (in containers) nothing below can change them.
 */
export const claudeSettings = (hookFolder: string, managed: boolean): string => {
  const script = singleQuoted(join(hookFolder, hookFiles.script))
  const hooks = Object.fromEntries(
    Object.entries(claudeHookModes).map(([event, mode]) => [
      event,
      [
        {
          ...(toolEvents.test(event) ? { matcher: "*" } : {}),
          hooks: [
            {
              type: "command",
              command: `${script} ${event} ${mode} ${hookSeconds[mode]}`,
              timeout: hookTimeoutSeconds[mode],
              onFailure: mode === "gate" ? "block" : "continue",
            },
          ],
        },
      ],
    ]),
  )
  return JSON.stringify({
    hooks,
    disableAutoMode: "disable",
    permissions: { defaultMode: "default", disableBypassPermissionsMode: "disable" },
    cleanupPeriodDays: 3_650,
    crossSessionInbound: "refuse",
    // Also for those that the agent itself starts: another version is not what the driver knows.
    env: { DISABLE_AUTOUPDATER: "1", DISABLE_UPDATES: "1" },
    ...(managed ? { allowManagedHooksOnly: true, allowManagedPermissionRulesOnly: true } : {}),
  })
}
