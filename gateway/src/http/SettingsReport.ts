import * as Context from "effect/Context"
import type { SettingRow } from "@maillm/schema/api/SystemApi"

/**
 * Settings that are set and where from, as the launcher read them: for people, without secrets (those say only
 * `set`). Empty where nobody provides it.
 */
export const SettingsReport = Context.Reference<ReadonlyArray<SettingRow>>(
  "@maillm/gateway/http/SettingsReport",
  { defaultValue: () => [] },
)
