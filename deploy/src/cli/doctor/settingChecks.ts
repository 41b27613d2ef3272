import { join } from "node:path"
import {
  checkSettings,
  collectSettings,
  settingNames,
  type LocalSettings,
  type SettingValues,
} from "../../local/readSettings.ts"
import { wrongLine, ok, warning, wrong } from "./Check.ts"
import type { Check } from "./Check.ts"
import { nearestName } from "./nearestName.ts"

/** Read before any file is, or by programs that know the environment only. */
const environmentOnly: ReadonlyArray<string> = ["MAILLM_CACHE_DIR"]

/** Every wrong setting, and the settings without those: what the other checks go by. */
export const settingChecks = (
  env: NodeJS.ProcessEnv,
  folder: string,
): { readonly checks: ReadonlyArray<Check>; readonly settings: LocalSettings } => {
  const checks: Array<Check> = []
  const values = collected(env, folder, checks)
  const right: SettingValues = {}
  for (const name of settingNames) {
    const value = values[name]
    if (value === undefined) continue
    try {
      checkSettings({ [name]: value }, folder)
      right[name] = value
    } catch (error) {
      checks.push(wrongLine(name, messageOf(error)))
    }
    if (environmentOnly.includes(name) && value.source !== "environment")
      checks.push(
        warning(
          name,
          `it has no effect in ${value.source}`,
          "set it in the environment that maillm starts in",
        ),
      )
  }
  checks.push(...unknownNames(env))
  const settings = checkSettings(right, folder)
  if (checks.length > 0) return { checks, settings }
  const set = settings.sources.map(({ name, value, source }) => `${name}=${value} (${source})`)
  return {
    checks: [ok("settings", set.length === 0 ? "none set, all defaults" : set.join(", "))],
    settings,
  }
}

/** From the environment and the files; from the environment alone when a file cannot be used. */
const collected = (env: NodeJS.ProcessEnv, folder: string, checks: Array<Check>): SettingValues => {
  try {
    return collectSettings(env, folder)
  } catch (error) {
    const message = messageOf(error)
    const unknown = /there is no setting (\w+)/.exec(message)?.[1]
    checks.push(
      unknown === undefined
        ? wrongLine("settings", message)
        : wrong("settings", message, `did you mean ${nearestName(unknown, settingNames)}?`),
    )
    return collectSettings(env, join(folder, ".maillm-no-such-folder"))
  }
}

/** Names in the environment that maillm never reads; those of its own tests aside. */
const unknownNames = (env: NodeJS.ProcessEnv): ReadonlyArray<Check> =>
  Object.keys(env)
    .filter((name) => name.startsWith("MAILLM_") && !name.startsWith("MAILLM_TEST_"))
    .filter((name) => !settingNames.some((known) => known === name))
    .map((name) =>
      warning(
        name,
        "there is no such setting; it has no effect",
        `did you mean ${nearestName(name, settingNames)}?`,
      ),
    )

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
